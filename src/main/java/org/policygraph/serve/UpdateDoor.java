package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.modify.request.UpdateModify;
import org.apache.jena.sparql.modify.request.UpdateDeleteWhere;
import org.apache.jena.sparql.modify.request.UpdateWithUsing;
import org.apache.jena.update.UpdateRequest;
import org.policygraph.limit.Limits;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.question.Sparql;

/// `/update`: SPARQL 1.1 Update by the SPARQL Protocol, for editors.
final class UpdateDoor extends Door implements Documented {

    static final String PATH = "/update";

    private static final long serialVersionUID = 1L;
    private static final List<String> METHODS = List.of("POST");
    private static final String USING = "using-graph-uri";
    private static final String USING_NAMED = "using-named-graph-uri";
    private static final String EXAMPLE = "INSERT DATA { GRAPH <https://example.org/notes> { id:huawei rdfs:comment \"To be looked at\" } }";

    private final transient Served served;
    private final transient Optional<Editing> editing;
    private final transient Limits limits;

    UpdateDoor(Served served, Optional<Editing> editing, Limits limits) {
        this.served = served;
        this.editing = editing;
        this.limits = limits;
    }

    @Override public List<Operation> operations() {
        return List.of(Operation.writing("post", PATH, "SPARQL 1.1 Update by the SPARQL Protocol, for editors. With If-Match, only if the dataset has that ETag")
                .gives("text/plain", "application/json")
                .maybe(415, "what is posted is neither an update nor a form")
                .orPosted(Map.of(SparqlCall.Kind.UPDATE.mediaType(), EXAMPLE, SparqlCall.FORM, "update=" + Page.encoded(EXAMPLE))));
    }

    @Override List<String> methods(HttpServletRequest request) {
        return METHODS;
    }

    @Override void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var open = Editing.of(editing);
        var editor = open.editor(request);
        var condition = Editing.condition(request);
        var call = SparqlCall.of(request, SparqlCall.Kind.UPDATE, open.edits().limits().updateLength());
        var text = call.needed(SparqlCall.Kind.UPDATE, "an update, as update=… in a form or as the body; queries are asked at /sparql");
        Notes.of(request).asks(text);
        try (var allowance = Running.allow(request, limits)) {
            var outcome = allowance.spend(() -> open.edits().update(editor, update(text, call, open.edits().limits().updateLength()), text, condition));
            Edited.send(outcome, request, response);
        }
    }

    private UpdateRequest update(String text, SparqlCall call, int most) {
        var update = Sparql.readUpdate(text, most, new Where.Argument(SparqlCall.Kind.UPDATE.parameter()), served.words().prefixes());
        var using = call.graphs(USING);
        var usingNamed = call.graphs(USING_NAMED);
        if (!using.isEmpty() || !usingNamed.isEmpty()) {
            for (var operation : update.getOperations()) {
                switch (operation) {
                    case UpdateModify modify when isItsOwn(modify) -> throw new ProblemException(new Problem.Invalid(new Where.Argument(USING),
                            "USING or WITH in the update as well", "one of them, as the SPARQL Protocol says"));
                    case UpdateModify modify -> {
                        using.forEach(graph -> modify.addUsing(NodeFactory.createURI(graph)));
                        usingNamed.forEach(graph -> modify.addUsingNamed(NodeFactory.createURI(graph)));
                    }
                    case UpdateDeleteWhere _ -> throw new ProblemException(new Problem.Invalid(new Where.Argument(USING),
                            "DELETE WHERE, which deletes from the graphs that it asks", "DELETE { … } WHERE { … }"));
                    default -> { }
                }
            }
        }
        return update;
    }

    private static boolean isItsOwn(UpdateWithUsing update) {
        return update.getWithIRI() != null || !update.getUsing().isEmpty() || !update.getUsingNamed().isEmpty();
    }
}
