package org.policygraph.serve;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.apache.logging.log4j.CloseableThreadContext;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.eclipse.jetty.io.QuietException;

/// While a request is served, whatever is logged bears its id, and a bug's trace is logged: its caller is told the id alone.
final class RequestThread implements Filter {

    private static final Logger BUGS = LogManager.getLogger("org.policygraph.bugs");

    @Override public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var id = Running.of(request).map(Running::id).orElse("");
        try (var _ = CloseableThreadContext.put(RequestLines.ID, id)) {
            chain.doFilter(request, response);
        } catch (RuntimeException | Error | ServletException bug) {
            if (!isByNetwork(bug)) {
                BUGS.error(Event.of("bug").with(RequestLines.ID, id), bug);
            }
            throw bug;
        }
    }

    /// That a caller has gone, or sends what is no HTTP, is nobody's bug here.
    private static boolean isByNetwork(Throwable thrown) {
        return thrown != null && (thrown instanceof QuietException || isByNetwork(thrown.getCause()));
    }
}
