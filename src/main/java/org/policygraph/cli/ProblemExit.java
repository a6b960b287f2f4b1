package org.policygraph.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.apache.jena.atlas.RuntimeIOException;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import picocli.CommandLine;

/// The exit status of a problem, and its lines on standard error.
final class ProblemExit implements CommandLine.IExecutionExceptionHandler {

    static final int DONE = 0;
    static final int NO = 1;
    static final int WRONG_USAGE = 2;
    static final int BAD_INPUT = 3;
    static final int NO_SUCH_THING = 4;
    static final int UNUSABLE = 5;

    private final PrintStream err;

    ProblemExit(PrintStream err) {
        this.err = err;
    }

    static int status(Problem problem) {
        return switch (problem) {
            case Problem.Unreadable _, Problem.Invalid _, Problem.Unknown _, Problem.Violated _, Problem.Exceeded _,
                    Problem.Forbidden _, Problem.Outdated _, Problem.Conflicting _ -> BAD_INPUT;
            case Problem.Absent _ -> NO_SUCH_THING;
            case Problem.Unusable _, Problem.Unsayable _ -> UNUSABLE;
        };
    }

    /// Of several problems the first decides. What is none flies on, with its trace.
    @Override public int handleExecutionException(Exception thrown, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        switch (thrown) {
            case ProblemException problems -> {
                problems.problems().stream().map(Problem::line).forEach(err::println);
                if (problems.problems().size() > 1) {
                    err.println(problems.problems().size() + " problems");
                }
                return status(problems.problems().getFirst());
            }
            case IOException failed -> {
                return failed(failed);
            }
            case UncheckedIOException failed -> {
                return failed(failed.getCause());
            }
            case RuntimeIOException failed when failed.getCause() instanceof IOException cause -> {
                return failed(cause);
            }
            default -> throw thrown;
        }
    }

    private int failed(IOException failed) {
        // Whoever read the results has seen enough: `policygraph query … | head`.
        if (!"Broken pipe".equals(failed.getMessage())) {
            err.println("The machine can't: " + failed);
        }
        return UNUSABLE;
    }
}
