package org.policygraph.evidence;

import java.util.List;
import org.apache.jena.sparql.algebra.Op;

/// Algebra with the same solutions as that of a query, each of which still has what its steps need.
record Traceable(Op op, List<Step> steps) {
    Traceable {
        steps = List.copyOf(steps);
    }
}
