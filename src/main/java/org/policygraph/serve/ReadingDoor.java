package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.policygraph.problem.ProblemException;

/// Answers GET and HEAD, and nothing else, within what a query may take.
abstract class ReadingDoor extends Door {

    private static final long serialVersionUID = 1L;
    private static final List<String> METHODS = List.of("GET", "HEAD");

    /// What is written to a HEAD request's response is dropped by the server.
    /// A [ProblemException] or a [Refusal] becomes an answer.
    abstract void read(HttpServletRequest request, HttpServletResponse response) throws IOException;

    @Override List<String> methods(HttpServletRequest request) {
        return METHODS;
    }

    /// What is looked up, searched, followed or diagnosed may be as much as a query asks for.
    @Override void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (var allowance = Running.allow(request, Running.limits(request))) {
            allowance.spend(() -> {
                read(request, response);
                return null;
            });
        }
    }
}
