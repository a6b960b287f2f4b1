package org.policygraph.evidence;

import org.apache.jena.graph.Node;

/// Asks how two things are tied.
/// @param most    how many ways, from 1 to [#MOST]
/// @param longest how many steps a way may have, from 1 to [#LONGEST]
public record PathQuery(Node from, Node to, WayOrder order, int most, int longest, PathFilter filter, PathLimits limits) {

    public static final int USUAL_MOST = 5;
    public static final int MOST = 50;
    public static final int USUAL_LONGEST = 4;
    public static final int LONGEST = 8;

    public PathQuery {
        if (most < 1 || most > MOST || longest < 1 || longest > LONGEST) {
            throw new IllegalArgumentException(most + " ways of up to " + longest + " steps");
        }
    }

    /// The shortest ways, with nothing filtered.
    public static PathQuery between(Node from, Node to) {
        return new PathQuery(from, to, WayOrder.SHORTEST, USUAL_MOST, USUAL_LONGEST, PathFilter.NONE, PathLimits.USUAL);
    }

    public PathQuery by(WayOrder other) {
        return new PathQuery(from, to, other, most, longest, filter, limits);
    }

    public PathQuery most(int other) {
        return new PathQuery(from, to, order, other, longest, filter, limits);
    }

    public PathQuery longest(int other) {
        return new PathQuery(from, to, order, most, other, filter, limits);
    }

    public PathQuery over(PathFilter other) {
        return new PathQuery(from, to, order, most, longest, other, limits);
    }

    public PathQuery within(PathLimits other) {
        return new PathQuery(from, to, order, most, longest, filter, other);
    }
}
