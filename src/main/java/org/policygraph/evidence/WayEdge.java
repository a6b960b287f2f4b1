package org.policygraph.evidence;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Node;

/// One edge of a step, as it is stated: a way may walk it from its object to its subject.
/// @param forward  whether the way walks it from subject to object
/// @param sign     of the property
/// @param holds    whether a claim of it holds; false when all are plans, goals and the like
/// @param inferred whether a chain of rules made it; its claims are then those of its premises
/// @param trust    the greatest weight of its claims; of an inferred edge the product of its premises'
/// @param claims   in the order of their IRIs
public record WayEdge(Node subject, Node predicate, Node object, boolean forward, Optional<Integer> sign, boolean holds, boolean inferred,
        BigDecimal trust, List<WayClaim> claims) {

    public WayEdge {
        claims = List.copyOf(claims);
    }
}
