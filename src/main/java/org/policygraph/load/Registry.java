package org.policygraph.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.vocabulary.RDF;
import org.policygraph.problem.Problem;
import org.policygraph.problem.Where;
import org.policygraph.source.Nearest;
import org.policygraph.term.Iris;

/// Which ids there are: entities and sources, of the store and of the files at hand.
final class Registry {

    /// Where an id was given in the files; no place for one that only the store has.
    private final Map<String, Where> ids = new HashMap<>();

    static Registry of(DatasetGraph data) {
        var registry = new Registry();
        data.getGraph(Iris.REGISTRY_GRAPH).find(Node.ANY, RDF.type.asNode(), Node.ANY).forEach(typed ->
                registry.ids.put(typed.getSubject().getURI().substring(Iris.ID.length()), STORED));
        return registry;
    }

    private static final Where STORED = new Where.Resource("the store");

    /// Takes an id in; one that the files give twice is a problem.
    void add(String id, Where.InFile where, Consumer<Problem> problems) {
        var before = ids.put(id, where);
        if (before instanceof Where.InFile first) {
            ids.put(id, first);
            problems.accept(new Problem.Invalid(where, "the id '" + id + "' again", "an id that is used once (the first is at " + first + ")"));
        }
    }

    void check(String id, Where where, Problems problems) {
        if (!ids.containsKey(id)) {
            problems.accept(new Problem.Unknown(where, "entity", id, problems.areEnough() ? List.of() : Nearest.to(id, ids.keySet())));
        }
    }
}
