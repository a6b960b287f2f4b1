package org.policygraph.limit;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.jena.atlas.lib.Alarm;
import org.apache.jena.atlas.lib.AlarmClock;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// What a request has left: time, memory, and its turn to compute. Whoever works for it asks [#check] every so often, wherever
/// that is, and says by [#hold] what it keeps; work for nobody in particular, such as a command's, has no end.
public final class Allowance implements AutoCloseable {

    private static final ScopedValue<Allowance> CURRENT = ScopedValue.newInstance();

    /// Processors and heap are the process's: whoever counts them as the same number shares them.
    private static final Map<Integer, Turns> TURNS = new ConcurrentHashMap<>();
    private static final Set<Allowance> ALL = ConcurrentHashMap.newKeySet();
    private static final AtomicLong HELD = new AtomicLong();
    private static final Heap HEAP = new Heap(() -> endLargest("--memory", "the server's memory is nearly full, and it kept the most"));

    /// What is taken from the memory of all at a time, so that they don't meet there for each row.
    private static final long BLOCK = 64 * 1024;
    private static final long MEGABYTE = 1 << 20;

    private final AtomicReference<Problem> ended = new AtomicReference<>();
    private final Set<AtomicBoolean> signals = Collections.newSetFromMap(new WeakHashMap<>());
    private final Limits limits;
    private final Alarm alarm;
    private final Turns.Turn turn;
    /// Its thread alone writes; others look who keeps most.
    private volatile long held;
    private long taken;
    private final long until;

    private Allowance(Limits limits, Optional<String> caller) {
        this.limits = limits;
        this.until = System.nanoTime() + limits.time().toNanos();
        var turns = TURNS.computeIfAbsent(limits.processors(), Turns::new);
        this.turn = caller.map(turns::turn).orElseGet(turns::turn);
        this.alarm = AlarmClock.get().add(() -> end(overtime(limits.time())), limits.time().toMillis());
        ALL.add(this);
    }

    public static Allowance of(Limits limits) {
        return new Allowance(limits, Optional.empty());
    }

    /// @param caller whose other requests count as well, when it is asked whose turn it is
    public static Allowance of(Limits limits, String caller) {
        return new Allowance(limits, Optional.of(caller));
    }

    private static Problem overtime(Duration time) {
        return exceeded(Problem.Bound.TIME, "--query-time", "it took longer than " + time.toMillis() / 1000.0 + " s");
    }

    private static Problem.Exceeded exceeded(Problem.Bound bound, String option, String what) {
        return new Problem.Exceeded(new Where.Argument("query"), bound, option, what);
    }

    /// Work for a request.
    public interface Work<T, E extends Exception> {
        T get() throws E;
    }

    /// Something that waits for others and computes nothing: a socket's write, mostly.
    public interface Errand<E extends Exception> {
        void run() throws E;
    }

    /// Does the work on this thread when it is this request's turn; what is asked of an allowance meanwhile is asked of this.
    /// @throws ProblemException `Exceeded` when something has come to its end
    public <T, E extends Exception> T spend(Work<T, E> work) throws E {
        if (turn.isMine()) {
            return work.get();
        }
        try {
            take();
            return ScopedValue.where(CURRENT, this).call(work::get);
        } catch (RuntimeException broken) {
            // Whatever it was wrapped in on its way: what ended the request is what there is to tell.
            throw ended().map(ProblemException::new).map(RuntimeException.class::cast).orElse(broken);
        } catch (StackOverflowError deep) {
            throw new ProblemException(exceeded(Problem.Bound.SHAPE, "--query-nesting", "it is nested more deeply than can be followed"));
        } catch (OutOfMemoryError full) {
            // What it kept is garbage now.
            throw new ProblemException(exceeded(Problem.Bound.MEMORY, "--memory", "there was no memory left for it"));
        } finally {
            turn.give();
        }
    }

    /// On another thread while the one that has the turn waits for it.
    void alsoHere(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    /// Ends the request from any thread, for this reason: the first that is given.
    public void end(Problem why) {
        ended.compareAndSet(null, why);
        synchronized (signals) {
            signals.forEach(signal -> signal.set(true));
        }
        turn.wake();
    }

    private boolean isOver() {
        return ended.get() != null;
    }

    /// Has this set when the request ends. A signal is one query's: ARQ also sets it when that query alone has had its time.
    void alsoSets(AtomicBoolean signal) {
        synchronized (signals) {
            signals.add(signal);
        }
        if (isOver()) {
            signal.set(true);
        }
    }

    public Optional<Problem> ended() {
        return Optional.ofNullable(ended.get());
    }

    /// That of the request for which this thread works.
    public static Optional<Allowance> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    public Limits limits() {
        return limits;
    }

    /// The time that the request for which this thread works has yet, at least a millisecond.
    static Duration left() {
        var nanos = current().map(allowance -> allowance.until - System.nanoTime()).orElseGet(() -> Limits.usual().time().toNanos());
        return Duration.ofNanos(Math.max(nanos, Duration.ofMillis(1).toNanos()));
    }

    /// Also lets others have their turn. Cheap enough to be asked for each row.
    /// @throws ProblemException when the request that this thread works for has ended
    public static void check() {
        if (CURRENT.isBound()) {
            CURRENT.get().look();
        }
    }

    /// As [#check], from within an expression.
    /// @throws Ended since ARQ takes another exception there for a row that does not match
    static void checkInside() {
        try {
            check();
        } catch (ProblemException ended) {
            throw new Ended(ended.problems().getFirst());
        }
    }

    /// Ends the request that asks for more than a query may, or the command where there is no request.
    static Ended beyond(String what) {
        return beyond(Problem.Bound.SHAPE, what, "--query-parts");
    }

    static Ended beyond(String what, String option) {
        return beyond(Problem.Bound.MEMORY, what, option);
    }

    private static Ended beyond(Problem.Bound bound, String what, String option) {
        var problem = exceeded(bound, option, what);
        current().ifPresent(allowance -> allowance.end(problem));
        return new Ended(problem);
    }

    private void look() {
        if (isOver()) {
            throw new ProblemException(ended.get());
        }
        if (!turn.isMine()) {
            take();
        } else if (!turn.giveWay(this::isOver)) {
            throw new ProblemException(ended.get());
        }
    }

    private void take() {
        if (!turn.take(this::isOver) || isOver()) {
            throw new ProblemException(ended.get());
        }
    }

    /// Says that the request keeps so many bytes more, until [#release] or its end.
    /// @throws ProblemException `Exceeded` when one request, or all at a time, would keep more than they may
    public static void hold(long bytes) {
        if (CURRENT.isBound()) {
            CURRENT.get().keep(bytes);
        }
    }

    /// Says that so much of what was held is kept no more.
    public static void release(long bytes) {
        if (CURRENT.isBound()) {
            var allowance = CURRENT.get();
            allowance.held = Math.max(0, allowance.held - bytes);
        }
    }

    private void keep(long bytes) {
        held = Math.addExact(held, bytes);
        if (held > limits.memory()) {
            end(exceeded(Problem.Bound.MEMORY, "--query-memory", "it would keep more than " + megabytes(limits.memory()) + " in memory"));
        } else if (held > taken) {
            var more = Math.max(held - taken, BLOCK);
            taken += more;
            HEAP.look();
            if (HELD.addAndGet(more) > limits.totalMemory()) {
                endLargest("--memory", "all queries together would keep more than " + megabytes(limits.totalMemory()) + " in memory, and it kept the most");
            }
        }
        look();
    }

    /// Ends the one that keeps the most of those that go on: the others need not suffer for it.
    private static void endLargest(String option, String what) {
        ALL.stream().filter(one -> !one.isOver()).max(Comparator.<Allowance>comparingLong(one -> one.held).thenComparingLong(one -> one.turn.had()))
                .ifPresent(largest -> largest.end(exceeded(Problem.Bound.MEMORY, option, what)));
    }

    private static String megabytes(long bytes) {
        return bytes >= MEGABYTE ? bytes / MEGABYTE + " MB" : bytes / 1024 + " KB";
    }

    /// Lets another have the turn while this request waits for something that does not need the processor, then waits for a turn.
    public static <E extends Exception> void away(Errand<E> errand) throws E {
        if (!CURRENT.isBound() || !CURRENT.get().turn.isMine()) {
            errand.run();
            return;
        }
        var allowance = CURRENT.get();
        allowance.turn.give();
        errand.run();
        allowance.take();
    }

    @Override public void close() {
        AlarmClock.get().cancel(alarm);
        turn.give();
        if (ALL.remove(this)) {
            HELD.addAndGet(-taken);
        }
    }
}
