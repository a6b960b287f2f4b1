package org.policygraph.store;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.OWL2;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Pol;

/// Twelve hexadecimal digits that name the content of a store: those of two stores are equal when the same files were loaded
/// in the same way, in whatever order and wherever, and edited alike since.
public final class DatasetVersion {

    private static final int DIGITS = 12;

    private DatasetVersion() {}

    /// Empty for a store that was not filled by loading files.
    /// @param data in a transaction
    public static Optional<String> of(DatasetGraph data) {
        return value(data, Iris.DATASET, OWL2.versionInfo.asNode());
    }

    /// What names the content of one graph in the same way; that of all graphs where this one has none of its own, since it
    /// follows from the others.
    /// @param data in a transaction
    public static Optional<String> of(DatasetGraph data, Node graph) {
        return edited(data, graph).or(() -> value(data, graph, DCTerms.identifier.asNode()).map(DatasetVersion::digits)).or(() -> of(data));
    }

    /// The version that the graph has been brought to by edits since it was loaded; empty without any.
    public static Optional<String> edited(DatasetGraph data, Node graph) {
        return value(data, graph, OWL2.versionInfo.asNode());
    }

    /// Notes that the graph has been edited. To be followed by [#renew].
    /// @param edit     which has done so last
    /// @param contents of the edit, in any form that tells it from others
    /// @param data     in a write transaction
    public static void edit(DatasetGraph data, Node graph, Node edit, String contents) {
        var version = digits(of(data, graph).orElse("") + " " + contents);
        load(data, graph);
        data.add(Iris.DATASET_GRAPH, graph, OWL2.versionInfo.asNode(), Literals.plain(version));
        data.add(Iris.DATASET_GRAPH, graph, Pol.PROV_WAS_GENERATED_BY, edit);
    }

    /// The edit that changed the graph last since it was loaded.
    public static Optional<Node> lastEdit(DatasetGraph data, Node graph) {
        return data.getGraph(Iris.DATASET_GRAPH).find(graph, Pol.PROV_WAS_GENERATED_BY, Node.ANY).mapWith(Triple::getObject).nextOptional();
    }

    /// Notes that the graph is what files say, whatever edits came before. To be followed by [#renew].
    /// @param data in a write transaction
    public static void load(DatasetGraph data, Node graph) {
        data.deleteAny(Iris.DATASET_GRAPH, graph, OWL2.versionInfo.asNode(), Node.ANY);
        data.deleteAny(Iris.DATASET_GRAPH, graph, Pol.PROV_WAS_GENERATED_BY, Node.ANY);
    }

    /// Writes what follows from the fingerprints and versions of graphs that stand in the dataset's own graph: SHA-256 over
    /// them, in the order of the names of their graphs.
    /// @param data in a write transaction, the one in which they were written
    public static void renew(DatasetGraph data) {
        var graph = data.getGraph(Iris.DATASET_GRAPH);
        graph.remove(Iris.DATASET, OWL2.versionInfo.asNode(), Node.ANY);
        graph.add(Triple.create(Iris.DATASET, OWL2.versionInfo.asNode(), Literals.plain(expected(data))));
    }

    /// What [#renew] would write.
    static String expected(DatasetGraph data) {
        return digits(Stream.of(DCTerms.identifier.asNode(), OWL2.versionInfo.asNode())
                .flatMap(property -> data.getGraph(Iris.DATASET_GRAPH).find(Node.ANY, property, Node.ANY).toList().stream())
                .filter(print -> !print.getSubject().equals(Iris.DATASET))
                .map(print -> print.getSubject().getURI() + " " + print.getObject().getLiteralLexicalForm() + "\n")
                .sorted().collect(Collectors.joining()));
    }

    private static Optional<String> value(DatasetGraph data, Node graph, Node property) {
        return data.getGraph(Iris.DATASET_GRAPH).find(graph, property, Node.ANY)
                .mapWith(triple -> triple.getObject().getLiteralLexicalForm()).nextOptional();
    }

    private static String digits(String of) {
        return DigestUtils.sha256Hex(of).substring(0, DIGITS);
    }
}
