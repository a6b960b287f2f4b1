package org.policygraph.evidence;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Node;

/// A claim that an edge of a way rests on.
/// @param paragraphs in order; none for a source that has none
/// @param speaker    who says so, where it is told
/// @param weight     of its confidence
public record WayClaim(Node claim, List<Integer> paragraphs, Node status, Optional<Node> speaker, Node confidence, BigDecimal weight) {

    public WayClaim {
        paragraphs = List.copyOf(paragraphs);
    }
}
