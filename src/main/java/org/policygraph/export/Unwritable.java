package org.policygraph.export;

import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// What a syntax has no words for.
final class Unwritable {

    private Unwritable() {}

    static ProblemException in(String syntax, Object term) {
        return new ProblemException(new Problem.Unsayable(new Where.Resource(term.toString()), syntax));
    }
}
