package org.policygraph.limit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.jena.atlas.lib.Alarm;
import org.apache.jena.atlas.lib.AlarmClock;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.util.Context;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// What a request has left: time and memory. Whoever works for it asks [#check] every so often, wherever that is; work for
/// nobody in particular, such as a command's, has no end.
public final class Allowance implements AutoCloseable {

    private static final ScopedValue<Allowance> CURRENT = ScopedValue.newInstance();

    private final AtomicReference<Problem> ended = new AtomicReference<>();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Alarm alarm;

    private Allowance(Duration time) {
        this.alarm = AlarmClock.get().add(() -> end(new Problem.Exceeded(new Where.Argument("query"), Problem.Bound.TIME, "--query-time",
                "it took longer than " + time.toMillis() / 1000.0 + " s")), time.toMillis());
    }

    public static Allowance of(Limits limits) {
        return new Allowance(limits.time());
    }

    /// Work for a request.
    public interface Work<T, E extends Exception> {
        T get() throws E;
    }

    /// Does the work on this thread; what it asks by [#check] is asked of this.
    /// @throws ProblemException `Exceeded` when something has come to its end
    public <T, E extends Exception> T spend(Work<T, E> work) throws E {
        try {
            return ScopedValue.where(CURRENT, this).call(work::get);
        } catch (QueryCancelledException late) {
            throw ended().map(ProblemException::new).map(RuntimeException.class::cast).orElse(late);
        }
    }

    /// Ends the request from any thread, for this reason: the first that is given.
    public void end(Problem why) {
        ended.compareAndSet(null, why);
        cancelled.set(true);
    }

    public Optional<Problem> ended() {
        return Optional.ofNullable(ended.get());
    }

    /// Set once the request has ended; what ARQ's iterators look at ([Context#getOrSetCancelSignal], [QueryIterator#cancel]).
    public AtomicBoolean cancelled() {
        return cancelled;
    }

    /// @throws ProblemException when the request that this thread works for has ended
    public static void check() {
        if (CURRENT.isBound() && CURRENT.get().cancelled.get()) {
            throw new ProblemException(CURRENT.get().ended.get());
        }
    }

    @Override public void close() {
        AlarmClock.get().cancel(alarm);
    }
}
