package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.apache.jena.atlas.web.AcceptList;
import org.apache.jena.fuseki.system.ConNeg;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/// The HTTP status that tells whose fault a problem is, and how it is told: as problem details (RFC 9457) to who asks for
/// JSON, as text to others.
final class ProblemResponse {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DETAILS = "application/problem+json";
    private static final AcceptList FORMS = AcceptList.create("text/plain", "application/json", DETAILS);

    private ProblemResponse() {}

    static int status(ProblemException problems) {
        return switch (problems.problems().getFirst()) {
            case Problem.Unreadable _, Problem.Invalid _, Problem.Unknown _ -> 400;
            case Problem.Forbidden _ -> 403;
            case Problem.Absent _ -> 404;
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

    /// @param title  the first problem, in one sentence
    /// @param errors each problem with its place
    private record Details(String type, String title, int status, List<Line> errors) {}

    private record Line(String where, String message) {}

    static void send(ProblemException problems, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.resetBuffer();
        response.addHeader("Vary", "Accept");
        var status = status(problems);
        var accept = request.getHeader("Accept");
        var form = accept == null ? null : ConNeg.match(accept, FORMS);
        if (form == null || form.getContentTypeStr().equals("text/plain")) {
            ReadingDoor.text(response, status, problems.getMessage());
            return;
        }
        var lines = problems.problems().stream().map(problem -> new Line(problem.where().toString(), problem.message())).toList();
        response.setStatus(status);
        ReadingDoor.send(response, DETAILS, JSON.writeValueAsString(
                new Details("about:blank", problems.problems().getFirst().line(), status, lines)) + "\n");
    }
}
