package org.policygraph.problem;

import java.util.List;
import java.util.stream.Collectors;

/// Carries problems to where they become an exit status or an HTTP status.
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ProblemException(Problem problem) {
        this(List.of(problem));
    }

    /// @param problems at least one, in the order in which they should be read
    public ProblemException(List<Problem> problems) {
        super(problems.stream().map(Problem::line).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
