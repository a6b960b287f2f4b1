package org.policygraph.serve;

import org.apache.jena.graph.Graph;
import org.apache.jena.graph.GraphUtil;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.VOID;
import org.policygraph.store.Statistics;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;

/// What the endpoint says about itself, in the words of SPARQL 1.1 Service Description.
/// What is the same everywhere stands in `service.ttl`; the graphs and their sizes are added to it.
final class ServiceDescription {

    private static final String TEMPLATE = "service.ttl";
    private static final String SD = "http://www.w3.org/ns/sparql-service-description#";

    private ServiceDescription() {}

    /// @param endpoint the IRI by which the asker reached the endpoint
    /// @param content  what VoID says of it
    static Graph of(String endpoint, Statistics statistics, Graph content) {
        var description = GraphFactory.createDefaultGraph();
        RDFParser.source(ServiceDescription.class.getResourceAsStream(TEMPLATE)).lang(Lang.TURTLE)
                .base(endpoint).checking(false).parse(description);

        var dataset = NodeFactory.createURI(endpoint + "#data");
        counts(description, NodeFactory.createURI(endpoint + "#union"), statistics.union());
        statistics.graphs().forEach((name, counts) -> {
            var graph = NodeFactory.createURI(endpoint + "#graph/" + (name.startsWith(Iris.GRAPH) ? name.substring(Iris.GRAPH.length()) : name));
            var triples = NodeFactory.createURI(graph.getURI() + "/content");
            description.add(dataset, term("namedGraph"), graph);
            description.add(graph, RDF.Nodes.type, term("NamedGraph"));
            description.add(graph, term("name"), NodeFactory.createURI(name));
            description.add(graph, term("graph"), triples);
            description.add(triples, RDF.Nodes.type, term("Graph"));
            counts(description, triples, counts);
        });
        GraphUtil.addInto(description, content);
        return description;
    }

    private static void counts(Graph description, Node graph, Statistics.OfGraph counts) {
        description.add(graph, VOID.triples.asNode(), Literals.whole(counts.triples()));
        description.add(graph, VOID.entities.asNode(), Literals.whole(counts.entities()));
        description.add(graph, VOID.distinctSubjects.asNode(), Literals.whole(counts.subjects()));
        description.add(graph, VOID.distinctObjects.asNode(), Literals.whole(counts.objects()));
        description.add(graph, VOID.classes.asNode(), Literals.whole(counts.classes().size()));
        description.add(graph, VOID.properties.asNode(), Literals.whole(counts.properties().size()));
    }

    private static Node term(String name) {
        return NodeFactory.createURI(SD + name);
    }
}
