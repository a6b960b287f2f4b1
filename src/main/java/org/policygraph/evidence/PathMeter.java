package org.policygraph.evidence;

import java.util.Optional;
import org.policygraph.evidence.PathAnswer.Limit;
import org.policygraph.limit.Allowance;

/// Counts what a search looks at, and ends it at its limits.
final class PathMeter {

    /// The clock is asked once in so many edges.
    private static final int EDGES_A_LOOK = 64;

    private final PathLimits limits;
    private final long started = System.nanoTime();
    private long edges;
    private Optional<Limit> reached = Optional.empty();

    PathMeter(PathLimits limits) {
        this.limits = limits;
    }

    /// Whether one more edge may be looked at; three quarters of the time are for reading.
    boolean mayLook() {
        Allowance.check();
        if (reached.isEmpty()) {
            if (edges >= limits.edges()) {
                reached = Optional.of(Limit.EDGES);
            } else if (edges % EDGES_A_LOOK == 0 && elapsed() > limits.time().toNanos() / 4 * 3) {
                reached = Optional.of(Limit.TIME);
            } else {
                edges++;
            }
        }
        return reached.isEmpty();
    }

    /// Whether there is time left to put ways together from what was read.
    boolean mayThink() {
        Allowance.check();
        if (elapsed() > limits.time().toNanos()) {
            reached = reached.or(() -> Optional.of(Limit.TIME));
            return false;
        }
        return true;
    }

    long edges() {
        return edges;
    }

    Optional<Limit> reached() {
        return reached;
    }

    private long elapsed() {
        return System.nanoTime() - started;
    }
}
