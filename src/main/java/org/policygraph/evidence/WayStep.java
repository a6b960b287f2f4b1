package org.policygraph.evidence;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.apache.jena.graph.Node;

/// From one node of a way to the next, over all edges between the two that the filter lets through.
/// @param edges at least one: those that run along the way first, then by predicate
public record WayStep(Node from, Node to, List<WayEdge> edges) {

    public WayStep {
        edges = List.copyOf(edges);
    }

    /// That of its most trusted edge.
    public BigDecimal trust() {
        return edges.stream().map(WayEdge::trust).max(Comparator.naturalOrder()).orElseThrow();
    }
}
