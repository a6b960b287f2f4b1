package org.policygraph.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/// The HTTP status that tells whose fault a problem is, and how it is told: as problem details (RFC 9457) to who asks for
/// JSON, as text to others.
final class ProblemResponse {

    static final String DETAILS = "application/problem+json";
    static final String TEXT = "text/plain";

    /// The answer's own, which a problem in its place must not keep.
    static final List<String> HEADERS_OF_ANSWERS = List.of("ETag", "Cache-Control", "Content-Length", "Content-Language", "Content-Location", "Content-Security-Policy", "Link");

    /// Set on a request whose `format=` asks for JSON, so that its problems are told in JSON too.
    static final String JSON_ASKED = ProblemResponse.class.getName() + ".json";

    private static final JsonMapper JSON = JsonMapper.shared();

    private ProblemResponse() {}

    static int status(ProblemException problems) {
        return switch (problems.problems().getFirst()) {
            case Problem.Unreadable _, Problem.Invalid _, Problem.Unknown _ -> 400;
            case Problem.Forbidden _ -> 403;
            case Problem.Absent _ -> 404;
            case Problem.Unsayable _ -> 406;
            case Problem.Conflicting _ -> 409;
            case Problem.Outdated _ -> 412;
            case Problem.Violated _ -> 422;
            case Problem.Unusable _ -> 503;
            case Problem.Exceeded exceeded -> switch (exceeded.bound()) {
                case TIME, MEMORY, RESULT, BUSY -> 503;
                case LENGTH -> 413;
                case SHAPE -> 400;
            };
        };
    }

    /// @param title   the status in words
    /// @param detail  what is wrong, in sentences
    /// @param errors  each problem with its place
    /// @param request its id, to quote when asking about it
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Details(String type, String title, int status, String detail, List<Line> errors, Optional<String> request) {}

    record Line(String where, String message) {}

    /// A problem in the words of who is told.
    record Told(String mediaType, String body) {}

    static void send(ProblemException problems, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Notes.of(request).endsBy(problems.problems().getFirst());
        if (problems.problems().getFirst() instanceof Problem.Exceeded exceeded && exceeded.bound() == Problem.Bound.BUSY) {
            response.setIntHeader("Retry-After", Refusals.RETRY_SECONDS);
        }
        var lines = problems.problems().stream().map(problem -> new Line(problem.where().toString(), problem.message())).toList();
        send(status(problems), problems.getMessage(), lines, request, response);
    }

    static void send(Refusal refusal, HttpServletRequest request, HttpServletResponse response) throws IOException {
        refusal.headers().forEach(response::setHeader);
        send(refusal.status(), refusal.getMessage(), List.of(), request, response);
    }

    private static void send(int status, String detail, List<Line> lines, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.addHeader("Vary", "Accept");
        var asked = Collections.list(request.getHeaders("Accept"));
        var told = told(status, detail, lines, request.getAttribute(JSON_ASKED) != null || wantsJson(asked), Running.of(request).map(Running::id));
        Door.send(response, told.mediaType(), told.body());
    }

    /// @param json whether it is told as problem details
    static Told told(int status, String detail, List<Line> lines, boolean json, Optional<String> id) {
        return json ? new Told(DETAILS, JSON.writeValueAsString(new Details("about:blank", HttpStatus.getMessage(status), status, detail, lines, id)) + "\n")
                : new Told(TEXT, detail + (status < 500 ? "" : id.map(text -> "\nRequest " + text).orElse("")) + "\n");
    }

    /// Whether JSON of any kind is named, and text is not liked better. Who minds nothing gets text.
    static boolean wantsJson(List<String> accept) {
        var ranges = Accepted.parse(accept);
        return ranges.stream().filter(range -> range.subtype().equals("json") || range.subtype().endsWith("+json")).mapToDouble(Accepted.Range::quality).max().orElse(0)
                > ranges.stream().filter(range -> range.type().equals("text") && (range.subtype().equals("plain") || range.subtype().equals("*")))
                .mapToDouble(Accepted.Range::quality).max().orElse(0);
    }
}
