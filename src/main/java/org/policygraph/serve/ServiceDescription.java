package org.policygraph.serve;

import java.util.TreeSet;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.policygraph.term.Iris;

/// What the endpoint says about itself, in the words of SPARQL 1.1 Service Description.
/// What is the same everywhere stands in `service.ttl`; the names of the graphs are added to it.
final class ServiceDescription {

    private static final String TEMPLATE = "service.ttl";
    private static final String SD = "http://www.w3.org/ns/sparql-service-description#";

    private ServiceDescription() {}

    /// @param endpoint the IRI by which the asker reached the endpoint
    /// @param data     in a read transaction
    static Graph of(String endpoint, DatasetGraph data) {
        var description = GraphFactory.createDefaultGraph();
        RDFParser.source(ServiceDescription.class.getResourceAsStream(TEMPLATE)).lang(Lang.TURTLE)
                .base(endpoint).checking(false).parse(description);

        var dataset = NodeFactory.createURI(endpoint + "#data");
        var names = new TreeSet<String>();
        Iter.asStream(data.listGraphNodes()).map(Node::getURI).forEach(names::add);
        for (var name : names) {
            var graph = NodeFactory.createURI(endpoint + "#graph/" + (name.startsWith(Iris.GRAPH) ? name.substring(Iris.GRAPH.length()) : name));
            description.add(dataset, term("namedGraph"), graph);
            description.add(graph, RDF.Nodes.type, term("NamedGraph"));
            description.add(graph, term("name"), NodeFactory.createURI(name));
        }
        return description;
    }

    private static Node term(String name) {
        return NodeFactory.createURI(SD + name);
    }
}
