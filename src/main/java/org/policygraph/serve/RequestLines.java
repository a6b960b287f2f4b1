package org.policygraph.serve;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;

/// A line of the log for each request that has ended, those included that no door ever saw; another for each that was slow.
///
/// What a caller asked stands in the second alone: a path is told without its query, and headers not at all.
final class RequestLines implements RequestLog {

    /// Also the name of the logger.
    static final String REQUESTS = "org.policygraph.requests";
    static final String ID = "id";

    private static final Logger REQUEST_LOG = LogManager.getLogger(REQUESTS);
    private static final Logger SLOW_LOG = LogManager.getLogger("org.policygraph.slow");
    private static final int LONGEST_PATH = 300;
    private static final int LONGEST_QUERY = 4000;
    private static final int LONGEST_NAME = 100;

    private final Duration slow;

    /// @param slow from which on a request is told with its query
    RequestLines(Duration slow) {
        this.slow = slow;
    }

    @Override public void log(Request request, Response response) {
        var took = Duration.ofNanos(NanoTime.since(request.getBeginNanoTime()));
        var notes = Notes.in(request);
        var line = told(request, response, took);
        REQUEST_LOG.info(line.with("editor", notes.flatMap(Notes::editor).map(name -> cut(name, LONGEST_NAME)))
                .with("bound", notes.flatMap(Notes::refusal).map(exceeded -> exceeded.bound().name()))
                .with("option", notes.flatMap(Notes::refusal).map(exceeded -> exceeded.option())));
        if (took.compareTo(slow) >= 0) {
            SLOW_LOG.warn(new Event("slow", line.fields())
                    .with("rows", notes.map(Notes::rows).filter(OptionalLong::isPresent).map(OptionalLong::getAsLong))
                    .with("query", notes.flatMap(Notes::query).map(text -> cut(text, LONGEST_QUERY))));
        }
    }

    private static Event told(Request request, Response response, Duration took) {
        var running = Running.of(request);
        return Event.of("request")
                .with(ID, running.map(Running::id).or(() -> Optional.ofNullable(response.getHeaders().get(ProtectiveHeaders.REQUEST_ID))))
                .with("method", cut(request.getMethod(), LONGEST_NAME))
                .with("path", cut(Optional.ofNullable(request.getHttpURI().getPath()).orElse(""), LONGEST_PATH))
                .with("status", response.getStatus())
                .with("ms", took.toMillis())
                .with("bytes", Response.getContentBytesWritten(response))
                .with("caller", running.map(Running::caller).map(Caller::name).orElseGet(() -> Request.getRemoteAddr(request)));
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "… (" + text.length() + " characters)";
    }
}
