package org.policygraph.question;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.system.PrefixMapFactory;

/// A query knows some forty prefixes by itself; the graph that answers it declares those that it uses.
public final class UsedPrefixes {

    private UsedPrefixes() {}

    /// @param known prefix without colon, namespace
    public static void declareIn(Graph graph, Map<String, String> known) {
        var prefixes = PrefixMapFactory.create(known);
        Map<String, String> used = new HashMap<>();
        graph.find()
                .forEach(triple -> Stream.of(triple.getSubject(), triple.getPredicate(), triple.getObject())
                        .map(node -> node.isURI() ? node.getURI() : node.isLiteral() ? node.getLiteralDatatypeURI() : "")
                        .map(prefixes::abbrev)
                        .filter(Objects::nonNull)
                        .forEach(name -> used.put(name.getLeft(), known.get(name.getLeft()))));
        graph.getPrefixMapping().clearNsPrefixMap().setNsPrefixes(used);
    }
}
