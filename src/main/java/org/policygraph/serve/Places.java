package org.policygraph.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// As many requests work at a time as there are places; a few more wait for one. Who has fewest at work is next, and nobody fills
/// the queue alone.
final class Places {

    /// How long one waits before it looks again whether somebody still wants its answer.
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(250);

    enum Outcome { TAKEN, FULL, LATE, ENDED }

    private final RequestBounds.Counts counts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Caller, Integer> working = new HashMap<>();
    private final List<Waiter> queue = new ArrayList<>();
    private int taken;

    Places(RequestBounds.Counts counts) {
        this.counts = counts;
    }

    private static final class Waiter {
        private final Running running;
        private final Condition told;
        private Outcome outcome = Outcome.LATE;
        private boolean decided;

        private Waiter(Running running, Condition told) {
            this.running = running;
            this.told = told;
        }

        private void decide(Outcome how) {
            outcome = how;
            decided = true;
            told.signal();
        }
    }

    /// Waits for a place if need be. Who gets `TAKEN` must [#give] it back.
    Outcome take(Running running, Duration most) {
        lock.lock();
        try {
            if (isFree(running.caller()) && queue.stream().noneMatch(waiter -> isFree(waiter.running.caller()))) {
                rejoin(running);
                return Outcome.TAKEN;
            }
            if (queue.size() >= counts.queue() && !makeRoom(running.caller())) {
                return Outcome.FULL;
            }
            var waiter = new Waiter(running, lock.newCondition());
            queue.add(waiter);
            running.is(Running.State.QUEUED);
            await(waiter, most);
            return waiter.outcome;
        } finally {
            lock.unlock();
        }
    }

    private void await(Waiter waiter, Duration most) {
        var until = System.nanoTime() + most.toNanos();
        while (!waiter.decided) {
            var left = until - System.nanoTime();
            if (waiter.running.ended().isPresent()) {
                waiter.decide(Outcome.ENDED);
            } else if (left <= 0) {
                waiter.decide(Outcome.LATE);
            } else {
                try {
                    // Who is told meanwhile has been decided upon; how long is left of the slice tells nothing.
                    var _ = waiter.told.awaitNanos(Math.min(left, LOOK));
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    waiter.decide(Outcome.ENDED);
                }
            }
        }
        queue.remove(waiter);
    }

    void give(Running running) {
        leave(running);
    }

    /// Leaves the place to another while the request waits for its caller.
    void leave(Running running) {
        lock.lock();
        try {
            taken--;
            working.merge(running.caller(), -1, (had, less) -> had + less == 0 ? null : had + less);
            next();
        } finally {
            lock.unlock();
        }
    }

    /// Goes on at once, though it makes one too many: what it has begun it should end.
    void rejoin(Running running) {
        lock.lock();
        try {
            taken++;
            working.merge(running.caller(), 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFree(Caller caller) {
        return taken < counts.requests() && working(caller) < counts.callerRequests();
    }

    private int working(Caller caller) {
        return working.getOrDefault(caller, 0);
    }

    private void next() {
        queue.stream().filter(waiter -> !waiter.decided && isFree(waiter.running.caller()))
                .reduce((one, other) -> working(other.running.caller()) < working(one.running.caller()) ? other : one)
                .ifPresent(waiter -> {
                    queue.remove(waiter);
                    rejoin(waiter.running);
                    waiter.decide(Outcome.TAKEN);
                });
    }

    /// Sends the last away of who has most waiting, if that is more than the newcomer would have.
    private boolean makeRoom(Caller newcomer) {
        var waiting = new LinkedHashMap<Caller, Integer>();
        queue.forEach(waiter -> waiting.merge(waiter.running.caller(), 1, Integer::sum));
        var most = waiting.entrySet().stream().max(Map.Entry.comparingByValue());
        if (most.isEmpty() || most.get().getValue() <= waiting.getOrDefault(newcomer, 0) + 1) {
            return false;
        }
        var last = queue.stream().filter(waiter -> waiter.running.caller().equals(most.get().getKey())).toList().getLast();
        queue.remove(last);
        last.decide(Outcome.FULL);
        return true;
    }
}
