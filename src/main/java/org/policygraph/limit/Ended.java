package org.policygraph.limit;

import org.apache.jena.query.QueryCancelledException;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;

/// A bound is met inside an expression, where ARQ takes any other exception for a row that does not match.
public final class Ended extends QueryCancelledException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Ended(Problem problem) {
        super(new ProblemException(problem));
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
