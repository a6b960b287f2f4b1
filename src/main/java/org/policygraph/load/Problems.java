package org.policygraph.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// The problems of a run, to be shown together. Beyond so many only their number is kept.
final class Problems implements Consumer<Problem> {

    private static final int MOST = 1000;

    private final List<Problem> problems = new ArrayList<>();
    private long more;

    @Override public void accept(Problem problem) {
        if (problems.size() < MOST) {
            problems.add(problem);
        } else {
            more++;
        }
    }

    /// Whether more problems would only be counted, so that looking for a remedy is in vain.
    boolean areEnough() {
        return problems.size() >= MOST;
    }

    boolean areNone() {
        return problems.isEmpty();
    }

    List<Problem> all() {
        var all = new ArrayList<>(problems);
        if (more > 0) {
            all.add(new Problem.Violated(new Where.Resource("the data"), "there are " + more + " more problems; mend the first " + MOST + " and look again"));
        }
        return List.copyOf(all);
    }

    /// @throws ProblemException when there is one
    void throwIfAny() {
        if (!areNone()) {
            throw new ProblemException(all());
        }
    }
}
