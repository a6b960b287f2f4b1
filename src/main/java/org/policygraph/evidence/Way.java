package org.policygraph.evidence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Node;

/// One way between two things, which comes to no node twice.
public record Way(List<WayStep> steps) {

    public Way {
        steps = List.copyOf(steps);
    }

    public List<Node> nodes() {
        var nodes = new ArrayList<Node>();
        nodes.add(steps.getFirst().from());
        steps.forEach(step -> nodes.add(step.to()));
        return nodes;
    }

    /// The product of its steps'.
    public BigDecimal trust() {
        return steps.stream().map(WayStep::trust).reduce(BigDecimal.ONE, BigDecimal::multiply).stripTrailingZeros();
    }

    /// The product of its edges' signs, when all edges run the same way, each has a sign, and those of one step agree.
    public Optional<Integer> sign() {
        var edges = steps.stream().flatMap(step -> step.edges().stream()).toList();
        if (edges.stream().map(WayEdge::forward).distinct().count() > 1) {
            return Optional.empty();
        }
        var product = 1;
        for (var step : steps) {
            var signs = step.edges().stream().map(WayEdge::sign).distinct().toList();
            if (signs.size() > 1 || signs.getFirst().isEmpty()) {
                return Optional.empty();
            }
            product *= signs.getFirst().get();
        }
        return Optional.of(product);
    }
}
