package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.policygraph.limit.Limits;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// `/edits`: who changed what and when, for editors: what has been taken away on purpose is not for everybody.
final class EditsDoor extends Door implements Documented {

    static final String PATH = "/edits";

    private static final long serialVersionUID = 1L;
    private static final int USUAL = 50;
    private static final int MOST = 1_000;
    private static final Pattern ONE = Pattern.compile("/(\\d{1,15})(/undo)?");

    private final transient Optional<Editing> editing;
    private final transient Limits limits;

    EditsDoor(Optional<Editing> editing, Limits limits) {
        this.editing = editing;
        this.limits = limits;
    }

    @Override public List<Operation> operations() {
        return List.of(
                Operation.writing("get", PATH, "The edits, newest first, for editors").gives("text/plain", "application/json")
                        .may("before", "only those with a smaller number", "10").may("limit", "how many at most", "20"),
                Operation.writing("get", PATH + "/{number}", "What an edit changed, as RDF Patch, for editors").path("number", "1").gives("application/rdf-patch"),
                Operation.writing("post", PATH + "/{number}/undo", "Takes an edit back by another one, for editors").path("number", "1").gives("text/plain", "application/json")
                        .maybe(409, "something of it has changed since; says what"));
    }

    @Override List<String> methods(HttpServletRequest request) {
        return isUndo(request) ? List.of("POST") : List.of("GET", "HEAD");
    }

    private static boolean isUndo(HttpServletRequest request) {
        return Optional.ofNullable(request.getPathInfo()).filter(path -> path.endsWith("/undo")).isPresent();
    }

    @Override void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var open = Editing.of(editing);
        var editor = open.editor(request);
        var path = Optional.ofNullable(request.getPathInfo()).orElse("");
        if (path.isEmpty() || path.equals("/")) {
            var asked = new Asked(request, List.of("before", "limit"));
            var before = asked.text("before").isEmpty() ? Long.MAX_VALUE : asked.number("before", 0, 0, Integer.MAX_VALUE);
            Edited.send(open.edits().list(before, asked.number("limit", USUAL, 1, MOST)), request, response);
            return;
        }
        var one = ONE.matcher(path);
        if (!one.matches()) {
            throw new ProblemException(new Problem.Absent(new Where.Argument("path"), "path", PATH + path, List.of(PATH, PATH + "/1", PATH + "/1/undo")));
        }
        var number = Long.parseLong(one.group(1));
        if (isUndo(request)) {
            try (var allowance = Running.allow(request, limits)) {
                Edited.send(allowance.spend(() -> open.edits().undo(editor, number)), request, response);
            }
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"edit-" + number + ".rdfp\"");
        send(response, "application/rdf-patch", new String(open.edits().patch(number), StandardCharsets.UTF_8));
    }
}
