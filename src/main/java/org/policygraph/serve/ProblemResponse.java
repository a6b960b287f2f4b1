package org.policygraph.serve;

import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;

/// The HTTP status that tells whose fault a problem is.
final class ProblemResponse {

    private ProblemResponse() {}

    static int status(ProblemException problems) {
        return switch (problems.problems().getFirst()) {
            case Problem.Unreadable _, Problem.Invalid _, Problem.Unknown _ -> 400;
            case Problem.Absent _ -> 404;
            case Problem.Violated _ -> 422;
            case Problem.Unusable _ -> 503;
        };
    }
}
