package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.StandardSocketOptions;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.QuietException;

/// An answer that was begun can't be ended. Thrown out of a servlet it makes Jetty end the connection without the chunk that
/// would say that all is there; no client takes what it has for whole.
final class CutOff extends IOException implements QuietException {

    private static final long serialVersionUID = 1L;

    CutOff(Throwable why) {
        super(why.getMessage(), why);
    }

    /// Where no chunks tell, an answer ends with the connection, whose end must then be no usual one: it is reset.
    static void mustBeNoticed(HttpServletRequest request) {
        var metadata = ServletContextRequest.getServletContextRequest(request).getConnectionMetaData();
        if (metadata.getHttpVersion() != HttpVersion.HTTP_1_0) {
            return;
        }
        try {
            Line.of(metadata.getConnection().getEndPoint()).getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException gone) {
            // Then nobody is there to mistake it.
            metadata.getConnection().getEndPoint().close(gone);
        }
    }
}
