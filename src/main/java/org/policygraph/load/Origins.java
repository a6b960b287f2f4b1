package org.policygraph.load;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.policygraph.source.DataFolder.Listener;
import org.policygraph.source.Entry;
import org.policygraph.source.Origin;

/// Finds the records that some nodes come from, by reading the files once more.
final class Origins {

    private Origins() {}

    static void find(Unit unit, Ontology ontology, Set<Node> nodes, Map<Node, Origin> found) {
        var triples = ontology.triples();
        switch (unit) {
            case Unit.OfOntology _, Unit.OfQuestions _ -> { }
            case Unit.OfRegistry(var folders) -> folders.forEach(folder -> folder.entities().forEach(file ->
                    folder.entities(file, quiet(entity -> triples.of(entity, from(entity, nodes, found))))));
            case Unit.OfSource(var folder, var source) -> {
                folder.source(source.source(), quiet(head -> triples.of(head, from(head, nodes, found))));
                source.claims().forEach(file -> folder.claims(file, quiet(claim -> triples.of(source.name(), claim, from(claim, nodes, found)))));
                source.figures().forEach(file -> folder.figures(file, quiet(figure -> triples.of(source.name(), figure, from(figure, nodes, found)))));
            }
        }
    }

    private static Consumer<Triple> from(Entry entry, Set<Node> nodes, Map<Node, Origin> found) {
        return triple -> {
            if (nodes.contains(triple.getSubject())) {
                found.putIfAbsent(triple.getSubject(), entry.origin());
            }
        };
    }

    private static <T> Listener<T> quiet(Consumer<T> entries) {
        return new Listener<>(entries, _ -> { }, _ -> { });
    }
}
