package org.policygraph.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

@Timeout(60)
class AllowanceTest {

    private static final Problem GONE = new Problem.Exceeded(new Where.Argument("query"), Problem.Bound.TIME, "--query-time", "nobody waits for it");

    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> started = new ArrayList<>();
    private final AtomicInteger sum = new AtomicInteger();

    /// A number of processors that no other test has, so that none of theirs wait here; one, where it is less than that.
    private static Limits limits(int processors) {
        return Limits.usual().withTime(Duration.ofSeconds(30)).withProcessors(processors);
    }

    @AfterEach void end() throws InterruptedException {
        over.set(true);
        for (var thread : started) {
            thread.join();
        }
    }

    @Test void whoComesLastGoesFirstBesideAnyNumberThatNeverEnd() throws InterruptedException {
        var limits = limits(-4);
        var busy = new CountDownLatch(24);
        for (int i = 0; i < 24; i++) {
            spin(limits, busy);
        }
        assertTrue(busy.await(20, TimeUnit.SECONDS), "each has had a turn");

        var since = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            try (var newcomer = Allowance.of(limits)) {
                newcomer.spend(() -> null);
            }
        }
        var took = Duration.ofNanos(System.nanoTime() - since);

        // In the order of arrival, five rounds of 24 slices are 2.4 s.
        assertTrue(took.toMillis() < 1_000, () -> "five newcomers waited " + took);
    }

    @Test void whoseCallerHasTakenLeastOfLateGoesFirst() throws InterruptedException {
        var one = limits(-5);
        compute(one, "greedy", Duration.ofMillis(100));
        compute(one, "modest", Duration.ofMillis(1));
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        started.add(Thread.ofPlatform().start(() -> {
            try (var allowance = Allowance.of(one, "third")) {
                allowance.spend(() -> {
                    begun.countDown();
                    return go.await(20, TimeUnit.SECONDS);
                });
            } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
            }
        }));
        assertTrue(begun.await(20, TimeUnit.SECONDS));

        var order = Collections.synchronizedList(new ArrayList<String>());
        for (var caller : List.of("greedy", "modest")) {
            var thread = Thread.ofPlatform().start(() -> {
                try (var allowance = Allowance.of(one, caller)) {
                    allowance.spend(() -> order.add(caller));
                }
            });
            started.add(thread);
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }
        go.countDown();
        for (var thread : started) {
            thread.join();
        }

        assertEquals(List.of("modest", "greedy"), order);
    }

    private static void compute(Limits limits, String caller, Duration time) {
        try (var allowance = Allowance.of(limits, caller)) {
            allowance.spend(() -> {
                var since = System.nanoTime();
                while (System.nanoTime() - since < time.toNanos()) {
                    Allowance.check();
                }
                return null;
            });
        }
    }

    @Test void whateverItWasWrappedInWhatEndedItIsTold() {
        try (var allowance = Allowance.of(limits(-6))) {
            var told = assertThrows(ProblemException.class, () -> allowance.spend(() -> {
                allowance.end(GONE);
                throw new ProblemException(new Problem.Unreadable(new Where.Argument("query"), "something that it caused"));
            }));

            assertEquals(List.of(GONE), told.problems());
        }
    }

    @Test void asManyComputeAtATimeAsThereAreProcessors() throws InterruptedException {
        var limits = limits(3);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var rounds = new CountDownLatch(60);
        for (int i = 0; i < 12; i++) {
            started.add(Thread.ofVirtual().start(() -> {
                while (rounds.getCount() > 0) {
                    try (var allowance = Allowance.of(limits)) {
                        allowance.spend(() -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            Thread.yield();
                            now.decrementAndGet();
                            rounds.countDown();
                            return null;
                        });
                    }
                }
            }));
        }

        assertTrue(rounds.await(20, TimeUnit.SECONDS));

        assertTrue(most.get() <= 3, () -> most + " at a time");
    }

    @Test void whoIsAwayHoldsNoTurn() throws InterruptedException {
        var one = limits(-1);
        var away = new CountDownLatch(1);
        var back = new CountDownLatch(1);
        started.add(Thread.ofPlatform().start(() -> {
            try (var allowance = Allowance.of(one)) {
                allowance.spend(() -> {
                    Allowance.away(() -> {
                        away.countDown();
                        back.await();
                    });
                    Allowance.check();
                    sum.incrementAndGet();
                    return null;
                });
            } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
            }
        }));
        assertTrue(away.await(20, TimeUnit.SECONDS));

        try (var other = Allowance.of(one.withTime(Duration.ofMillis(200)))) {
            other.spend(() -> sum.addAndGet(10));
        }

        back.countDown();
        started.getLast().join();
        assertEquals(11, sum.get());
    }

    @Test void whoIsEndedWhileItWaitsIsToldAtOnce() throws InterruptedException {
        var one = limits(-2);
        var inside = new CountDownLatch(1);
        started.add(Thread.ofPlatform().start(() -> {
            try (var allowance = Allowance.of(one)) {
                allowance.spend(() -> {
                    inside.countDown();
                    while (!over.get()) {
                        Thread.onSpinWait();
                    }
                    return null;
                });
            }
        }));
        assertTrue(inside.await(20, TimeUnit.SECONDS));

        try (var late = Allowance.of(one.withTime(Duration.ofMillis(50)))) {
            var since = System.nanoTime();
            var told = assertThrows(ProblemException.class, () -> late.spend(() -> sum.incrementAndGet()));
            assertEquals("query: it took longer than 0.05 s (--query-time)", told.getMessage());
            assertTrue(System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(250), "before one that is stuck lets it in");
        }
        assertEquals(0, sum.get());
    }

    @Test void oneThatNeverAsksDoesNotHoldUpTheOthersForLong() throws InterruptedException {
        var one = limits(-3);
        var inside = new CountDownLatch(1);
        started.add(Thread.ofPlatform().start(() -> {
            try (var allowance = Allowance.of(one)) {
                allowance.spend(() -> {
                    inside.countDown();
                    while (!over.get()) {
                        Thread.onSpinWait();
                    }
                    return null;
                });
            }
        }));
        assertTrue(inside.await(20, TimeUnit.SECONDS));

        try (var other = Allowance.of(one.withTime(Duration.ofSeconds(10)))) {
            assertEquals(1, other.spend(sum::incrementAndGet));
        }
    }

    @Test void whoseTimeIsOverIsToldWhenItAsks() {
        try (var allowance = Allowance.of(limits(2).withTime(Duration.ofMillis(20)))) {
            var told = assertThrows(ProblemException.class, () -> allowance.spend(() -> {
                while (true) {
                    Allowance.check();
                }
            }));
            assertEquals("query: it took longer than 0.02 s (--query-time)", told.getMessage());
        }
    }

    @Test void theFirstReasonToEndIsTheOneThatIsTold() {
        try (var allowance = Allowance.of(limits(2))) {
            allowance.end(GONE);
            allowance.end(new Problem.Invalid(new Where.Argument("query"), "this", "that"));

            var told = assertThrows(ProblemException.class, () -> allowance.spend(() -> null));

            assertEquals(List.of(GONE), told.problems());
        }
    }

    @Test void moreThanOneMayKeepEndsItAndNamesTheOption() {
        try (var allowance = Allowance.of(limits(2).withMemory(1 << 20, 1 << 30))) {
            var told = assertThrows(ProblemException.class, () -> allowance.spend(() -> {
                for (int i = 0; i < 2_000; i++) {
                    Allowance.hold(1_000);
                }
                return null;
            }));
            assertEquals("query: it would keep more than 1 MB in memory (--query-memory)", told.getMessage());
        }
    }

    @Test void whatIsReleasedMayBeKeptAgain() {
        try (var allowance = Allowance.of(limits(2).withMemory(1 << 20, 1 << 30))) {
            assertEquals("done", allowance.spend(() -> {
                for (int i = 0; i < 2_000; i++) {
                    Allowance.hold(1_000);
                    Allowance.release(1_000);
                }
                return "done";
            }));
        }
    }

    @Test void whereAllKeepTooMuchTheLargestIsEndedAndTheOthersGoOn() {
        var limits = limits(2).withMemory(100 << 20, 3 << 20);
        try (var large = Allowance.of(limits); var small = Allowance.of(limits)) {
            large.spend(() -> {
                Allowance.hold(2 << 20);
                return null;
            });
            assertEquals("done", small.spend(() -> {
                Allowance.hold(3 << 19);
                return "done";
            }));

            var told = assertThrows(ProblemException.class, () -> large.spend(() -> null));

            assertEquals("query: all queries together would keep more than 3 MB in memory, and it kept the most (--memory)", told.getMessage());
        }
        try (var later = Allowance.of(limits)) {
            assertEquals("done", later.spend(() -> {
                Allowance.hold(5 << 19);
                return "done";
            }), "what the others kept is free again");
        }
    }

    @Test void aStackThatOverflowsAndAHeapThatIsFullEndTheRequestAlone() {
        try (var allowance = Allowance.of(limits(2))) {
            assertEquals("query: it is nested more deeply than can be followed (--query-nesting)",
                    assertThrows(ProblemException.class, () -> allowance.spend(() -> deep(0))).getMessage());
            assertEquals("query: there was no memory left for it (--memory)",
                    assertThrows(ProblemException.class, () -> allowance.spend(() -> {
                        throw new OutOfMemoryError();
                    })).getMessage());
        }
    }

    @Test void workForNobodyHasNoEnd() {
        Allowance.check();
        Allowance.hold(Long.MAX_VALUE);
        Allowance.away(sum::incrementAndGet);

        assertEquals(1, sum.get());
    }

    private static int deep(int depth) {
        return 1 + deep(depth + 1);
    }

    private void spin(Limits limits, CountDownLatch busy) {
        started.add(Thread.ofPlatform().start(() -> {
            try (var allowance = Allowance.of(limits)) {
                allowance.spend(() -> {
                    busy.countDown();
                    while (!over.get()) {
                        Allowance.check();
                    }
                    return null;
                });
            }
        }));
    }
}
