package org.policygraph.load;

import java.util.Collection;
import java.util.Map;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.VOID;
import org.policygraph.store.DatasetVersion;
import org.policygraph.store.GraphSizes;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Vocabulary;

/// What the dataset says of itself, in a graph of its own: which graphs there are, how many triples each has, and which
/// files it was made from.
final class Description {

    /// With another way to make triples of records, what the same files give is no longer the same.
    private static final String MAPPING = "1";

    private Description() {}

    /// What [Unit#fingerprint] was when the graph was loaded; empty when it was not.
    static String fingerprint(DatasetGraph data, Node graph) {
        var found = data.getGraph(Iris.DATASET_GRAPH).find(graph, DCTerms.identifier.asNode(), Node.ANY)
                .mapWith(triple -> triple.getObject().getLiteralLexicalForm()).nextOptional().orElse("");
        var start = "mapping " + MAPPING + " sha256 ";
        return found.startsWith(start) ? found.substring(start.length()) : "";
    }

    static void write(DatasetGraph data, Vocabulary words, Map<Node, String> fingerprints, Collection<GraphChange> changes) {
        var graph = data.getGraph(Iris.DATASET_GRAPH);
        graph.add(Triple.create(Iris.DATASET, RDF.type.asNode(), VOID.Dataset.asNode()));
        graph.add(Triple.create(Iris.DATASET, DCTerms.title.asNode(), Literals.text("PolicyGraph", "en")));
        fingerprints.forEach((named, fingerprint) -> {
            graph.remove(named, DCTerms.identifier.asNode(), Node.ANY);
            graph.add(Triple.create(named, DCTerms.identifier.asNode(), Literals.plain("mapping " + MAPPING + " sha256 " + fingerprint)));
        });
        for (var change : changes) {
            var named = NodeFactory.createURI(change.graph());
            GraphSizes.changed(data, named, change.added(), change.removed());
            DatasetVersion.load(data, named);
        }
        DatasetVersion.renew(data);
    }
}
