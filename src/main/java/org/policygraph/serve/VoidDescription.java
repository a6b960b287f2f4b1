package org.policygraph.serve;

import java.util.List;
import java.util.Optional;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.VOID;
import org.policygraph.store.Names;
import org.policygraph.store.Statistics;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Vocabulary;

/// What the dataset is, in the words of VoID. What is the same everywhere stands in `void.ttl`; counts are added to it.
/// No blank nodes: each partition is a fragment of the document.
final class VoidDescription {

    private static final String SHACL = "http://www.w3.org/ns/shacl#";

    private final String document;
    private final Graph description = GraphFactory.createDefaultGraph();

    private VoidDescription(String document) {
        this.document = document;
    }

    /// @param document its own IRI, of which partitions are fragments
    static Graph of(String document, Statistics statistics, Optional<String> version, Vocabulary words) {
        var made = new VoidDescription(document);
        RDFParser.source(VoidDescription.class.getResourceAsStream("void.ttl")).lang(Lang.TURTLE).base(document).checking(false).parse(made.description);
        made.describe(statistics, version, words);
        return made.description;
    }

    private void describe(Statistics statistics, Optional<String> version, Vocabulary words) {
        version.ifPresent(one -> add(Iris.DATASET, OWL2.versionInfo.asNode(), Literals.plain(one)));
        counts(Iris.DATASET, "all", statistics.union(), words);
        statistics.graphs().forEach((name, counts) -> {
            var graph = NodeFactory.createURI(name);
            add(Iris.DATASET, VOID.subset.asNode(), graph);
            counts(graph, "graph/" + local(name), counts, words);
        });
        // As SHACL declares them; clients look for these to know which prefixes a query may use.
        words.prefixes().forEach((prefix, namespace) -> {
            var declared = fragment("prefix/" + prefix);
            add(Iris.DATASET, NodeFactory.createURI(SHACL + "declare"), declared);
            add(declared, NodeFactory.createURI(SHACL + "prefix"), Literals.plain(prefix));
            add(declared, NodeFactory.createURI(SHACL + "namespace"), NodeFactory.createLiteralDT(namespace, XSDDatatype.XSDanyURI));
        });
    }

    /// @param id of the part, which those of its partitions begin with
    private void counts(Node part, String id, Statistics.OfGraph counts, Vocabulary words) {
        add(part, RDF.Nodes.type, VOID.Dataset.asNode());
        add(part, VOID.triples.asNode(), Literals.whole(counts.triples()));
        add(part, VOID.entities.asNode(), Literals.whole(counts.entities()));
        add(part, VOID.distinctSubjects.asNode(), Literals.whole(counts.subjects()));
        add(part, VOID.distinctObjects.asNode(), Literals.whole(counts.objects()));
        add(part, VOID.classes.asNode(), Literals.whole(counts.classes().size()));
        add(part, VOID.properties.asNode(), Literals.whole(counts.properties().size()));
        properties(part, id, counts.properties(), words);
        for (var one : counts.classes()) {
            var within = id + "/class/" + name(one.type(), words);
            var partition = fragment(within);
            add(part, VOID.classPartition.asNode(), partition);
            add(partition, VOID._class.asNode(), one.type());
            add(partition, VOID.entities.asNode(), Literals.whole(one.entities()));
            properties(partition, within, one.properties(), words);
            labels(one.type(), words);
        }
    }

    private void properties(Node part, String id, List<Statistics.OfProperty> properties, Vocabulary words) {
        for (var one : properties) {
            var partition = fragment(id + "/property/" + name(one.property(), words));
            add(part, VOID.propertyPartition.asNode(), partition);
            add(partition, VOID.property.asNode(), one.property());
            add(partition, VOID.triples.asNode(), Literals.whole(one.triples()));
            labels(one.property(), words);
        }
    }

    private void labels(Node term, Vocabulary words) {
        words.graph().find(term, RDFS.Nodes.label, Node.ANY).forEach(description::add);
    }

    private String name(Node term, Vocabulary words) {
        return Paths.escaped(new Names(words).shortened(term).replaceAll("[<>#]", ""));
    }

    private static String local(String graph) {
        return graph.startsWith(Iris.GRAPH) ? graph.substring(Iris.GRAPH.length()) : Paths.escaped(graph.replace("#", ""));
    }

    private Node fragment(String name) {
        return NodeFactory.createURI(document + "#" + name);
    }

    private void add(Node subject, Node property, Node object) {
        description.add(subject, property, object);
    }
}
