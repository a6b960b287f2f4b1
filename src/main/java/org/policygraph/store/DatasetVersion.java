package org.policygraph.store;

import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.OWL2;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;

/// Twelve hexadecimal digits that name the content of a store: those of two stores are equal when the same files were loaded
/// in the same way, in whatever order and wherever.
public final class DatasetVersion {

    private static final int DIGITS = 12;

    private DatasetVersion() {}

    /// Empty for a store that was not filled by loading files.
    /// @param data in a transaction
    public static Optional<String> of(DatasetGraph data) {
        return data.getGraph(Iris.DATASET_GRAPH).find(Iris.DATASET, OWL2.versionInfo.asNode(), Node.ANY)
                .mapWith(version -> version.getObject().getLiteralLexicalForm()).nextOptional();
    }

    /// Writes what follows from the fingerprints that stand in the dataset's own graph: SHA-256 over them, in the order of the
    /// names of their graphs.
    /// @param data in a write transaction, the one in which the fingerprints were written
    public static void renew(DatasetGraph data) {
        var graph = data.getGraph(Iris.DATASET_GRAPH);
        var prints = graph.find(Node.ANY, DCTerms.identifier.asNode(), Node.ANY)
                .mapWith(print -> print.getSubject().getURI() + " " + print.getObject().getLiteralLexicalForm() + "\n")
                .toList().stream().sorted().collect(Collectors.joining());
        graph.remove(Iris.DATASET, OWL2.versionInfo.asNode(), Node.ANY);
        graph.add(Triple.create(Iris.DATASET, OWL2.versionInfo.asNode(), Literals.plain(DigestUtils.sha256Hex(prints).substring(0, DIGITS))));
    }
}
