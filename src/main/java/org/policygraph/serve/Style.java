package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// The one style sheet of all pages. Its path names its content, so that a browser need never ask again.
final class Style extends ReadingDoor {

    private static final long serialVersionUID = 1L;
    private static final String TEXT = resource();

    static final String FOLDER = "/style/";
    static final String PATH = FOLDER + Fresh.digest(TEXT).substring(0, 12) + ".css";

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getRequestURI().equals(PATH)) {
            throw new ProblemException(new Problem.Absent(new Where.Resource(FOLDER), "style sheet", request.getRequestURI(), List.of(PATH)));
        }
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
        response.setHeader("X-Content-Type-Options", "nosniff");
        send(response, "text/css", TEXT);
    }

    private static String resource() {
        try (var in = Style.class.getResourceAsStream("page.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
