package org.policygraph.attack;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.policygraph.problem.ProblemException;

/// What whoever reads outside text owes: a value or a problem, in time and without telling how it is made.
public final class Owed {

    /// How it is made: classes, and lines of a trace.
    static final Pattern INSIDES = Pattern.compile("\\b(?:java|javax|jakarta|jdk|sun)\\.[a-z]+\\.|org\\.(?:apache|eclipse|policygraph)\\b|tools\\.jackson|com\\.(?:fasterxml|ibm)"
            + "|\\tat |\\b[A-Z]\\w{0,60}(?:Exception|Error)\\b|\\bat [a-z]+(?:\\.\\w+)+\\(|[a-z]\\w{0,60}\\.java:\\d");

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Owed() {}

    /// Fails when the work ends in anything but a value or a [ProblemException], or not in time.
    /// @param time of a processor: others may want it as well
    public static void aValueOrAProblem(String input, Duration time, Callable<?> work) {
        var task = new FutureTask<>(work::call);
        // With the stack that a request's thread has.
        var thread = Thread.ofPlatform().daemon().name("tried").start(task);
        try {
            while (!isDone(task)) {
                if (THREADS.getThreadCpuTime(thread.threadId()) > time.toNanos()) {
                    var held = new AssertionError("no end after " + time + " with an input of " + input.length() + " characters");
                    held.setStackTrace(thread.getStackTrace());
                    throw held;
                }
            }
            task.get();
        } catch (ExecutionException thrown) {
            if (!(thrown.getCause() instanceof ProblemException problem)) {
                throw new AssertionError("neither a value nor a problem: " + thrown.getCause(), thrown.getCause());
            }
            isForAPerson(problem, input);
        } catch (InterruptedException ended) {
            throw new AssertionError(ended);
        }
    }

    private static boolean isDone(FutureTask<?> task) throws InterruptedException {
        try {
            task.get(100, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException later) {
            return false;
        } catch (ExecutionException thrown) {
            return true;
        }
    }

    static void isForAPerson(ProblemException problem, String input) {
        problem.problems().forEach(one -> {
            assertFalse(one.message().isBlank() || one.message().equals("null"), "a problem without a message");
            var inside = INSIDES.matcher(one.message());
            assertTrue(!inside.find() || input.contains(inside.group()), () -> "a problem that tells of the program's insides: " + one.message());
        });
    }
}
