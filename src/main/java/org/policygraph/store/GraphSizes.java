package org.policygraph.store;

import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.VOID;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;

/// How many triples each graph has, as the dataset says of itself (`void:triples`).
public final class GraphSizes {

    private GraphSizes() {}

    /// Of all graphs but the one that says so.
    /// @param data in a transaction
    public static long all(DatasetGraph data) {
        var sizes = data.getGraph(Iris.DATASET_GRAPH).find(Node.ANY, VOID.triples.asNode(), Node.ANY)
                .mapWith(triple -> ((Number) triple.getObject().getLiteralValue()).longValue()).toList();
        return sizes.stream().mapToLong(Long::longValue).sum();
    }

    /// Notes that a graph has changed; one that was not known becomes a part of the dataset.
    /// @param data in the write transaction that changed it
    public static void changed(DatasetGraph data, Node named, long added, long removed) {
        var graph = data.getGraph(Iris.DATASET_GRAPH);
        var before = graph.find(named, VOID.triples.asNode(), Node.ANY)
                .mapWith(triple -> ((Number) triple.getObject().getLiteralValue()).longValue()).nextOptional().orElse(0L);
        graph.remove(named, VOID.triples.asNode(), Node.ANY);
        graph.add(Triple.create(Iris.DATASET, VOID.subset.asNode(), named));
        graph.add(Triple.create(named, RDF.type.asNode(), VOID.Dataset.asNode()));
        graph.add(Triple.create(named, VOID.triples.asNode(), Literals.whole(before + added - removed)));
    }
}
