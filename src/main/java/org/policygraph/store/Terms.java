package org.policygraph.store;

import org.apache.jena.graph.Node;
import org.apache.jena.tdb2.store.NodeIdInline;

/// Terms as the store gives them back.
public final class Terms {

    private Terms() {}

    /// Numbers and dates are kept as values: `"007"^^xsd:integer` comes back as 7.
    public static Node asKept(Node term) {
        var value = NodeIdInline.inline(term);
        return value == null ? term : NodeIdInline.extract(value);
    }
}
