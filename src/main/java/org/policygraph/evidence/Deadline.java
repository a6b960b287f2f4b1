package org.policygraph.evidence;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.jena.atlas.lib.Alarm;
import org.apache.jena.atlas.lib.AlarmClock;
import org.apache.jena.query.QueryCancelledException;
import org.policygraph.limit.Allowance;

/// When to stop looking for evidence.
public final class Deadline implements AutoCloseable {

    private final AtomicBoolean passed = new AtomicBoolean();
    private final Optional<Alarm> alarm;

    private Deadline(Duration time) {
        this.alarm = time.isZero() ? Optional.empty() : Optional.of(AlarmClock.get().add(() -> passed.set(true), time.toMillis()));
    }

    /// @param time zero for no end
    public static Deadline in(Duration time) {
        return new Deadline(time);
    }

    AtomicBoolean passed() {
        return passed;
    }

    /// @throws QueryCancelledException when it has passed
    void check() {
        Allowance.check();
        if (passed.get()) {
            throw new QueryCancelledException();
        }
    }

    @Override public void close() {
        alarm.ifPresent(AlarmClock.get()::cancel);
    }
}
