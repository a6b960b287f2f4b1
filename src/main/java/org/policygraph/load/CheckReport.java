package org.policygraph.load;

import java.util.List;
import org.policygraph.problem.Problem;

/// What a check found.
/// @param coverage one for each source that is a text; none while there are records that can't be loaded
/// @param entities how many records there are of each kind
public record CheckReport(List<Problem> problems, List<Coverage> coverage, long entities, long claims, long figures) {
    public CheckReport {
        problems = List.copyOf(problems);
        coverage = List.copyOf(coverage);
    }

    public boolean clean() {
        return problems.isEmpty();
    }
}
