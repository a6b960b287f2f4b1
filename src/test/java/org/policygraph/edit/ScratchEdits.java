package org.policygraph.edit;

import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.Quad;
import org.policygraph.graph.Rules;
import org.policygraph.store.Store;

/// Edits of a store that holds anything: without shapes, of any graph, with blank nodes.
public final class ScratchEdits {

    private ScratchEdits() {}

    public static Edits over(Store store, Rules rules) {
        return new Edits(store, rules, List.of(), new Permitted(Graph.emptyGraph) {
            @Override void graph(Node graph) {
                // Any.
            }

            @Override void statement(Quad quad) {
                // Any.
            }

            @Override boolean namesBlankNodes() {
                return false;
            }
        }, EditLimits.usual());
    }
}
