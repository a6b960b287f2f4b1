package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Attributes;
import org.policygraph.problem.Problem;

/// What the doors tell of a request for the logs and the metrics, beside its answer. None of it goes to the caller.
final class Notes {

    private static final String NAME = Notes.class.getName();

    private volatile Optional<String> query = Optional.empty();
    private volatile Optional<String> editor = Optional.empty();
    private volatile Optional<Problem.Exceeded> refusal = Optional.empty();
    private volatile OptionalLong rows = OptionalLong.empty();

    private Notes() {}

    /// The same for a request as long as it lasts.
    static Notes of(HttpServletRequest request) {
        if (request.getAttribute(NAME) instanceof Notes known) {
            return known;
        }
        var notes = new Notes();
        request.setAttribute(NAME, notes);
        return notes;
    }

    /// The same, before it has come to a door.
    static Notes of(Request request) {
        return in(request).orElseGet(() -> {
            var notes = new Notes();
            request.setAttribute(NAME, notes);
            return notes;
        });
    }

    /// None where nobody had any.
    static Optional<Notes> in(Attributes request) {
        return Optional.ofNullable(request.getAttribute(NAME)).map(Notes.class::cast);
    }

    /// @param text of SPARQL as it was sent; it is logged where the request is slow
    void asks(String text) {
        query = Optional.of(text);
    }

    /// @param rows of the answer, or its triples
    void answers(long many) {
        rows = OptionalLong.of(many);
    }

    /// @param name by which the caller has shown to be an editor
    void comesFrom(String name) {
        editor = Optional.of(name);
    }

    /// The bound that ended it is counted; of other problems the status says enough.
    void endsBy(Problem problem) {
        if (problem instanceof Problem.Exceeded exceeded) {
            refusal = Optional.of(exceeded);
        }
    }

    Optional<String> query() {
        return query;
    }

    Optional<String> editor() {
        return editor;
    }

    Optional<Problem.Exceeded> refusal() {
        return refusal;
    }

    OptionalLong rows() {
        return rows;
    }
}
