package org.policygraph.limit;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Who computes now: as many at a time as there are processors. Who has had least time goes first, so a question that is short
/// is answered beside any number that are not.
final class Turns {

    /// How long one goes on while others wait, in nanoseconds.
    static final long SLICE = TimeUnit.MILLISECONDS.toNanos(20);

    /// When none of those that have a turn has asked for so long, one more is let in: they are somewhere that never asks.
    private static final long STUCK = TimeUnit.MILLISECONDS.toNanos(300);

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Turn> queue = new PriorityQueue<>(Comparator.<Turn>comparingLong(turn -> turn.had).thenComparingLong(turn -> turn.asked));
    private int running;
    private long asked;
    private long changed = System.nanoTime();
    /// Looked at for each row, so not by way of the lock.
    private volatile boolean wanted;

    Turns(int most) {
        this.most = Math.max(1, most);
    }

    /// What one request has had. Its thread alone calls what is here; the rest is the lock's.
    final class Turn {
        private long had;
        private long since;
        private long asked;
        private Thread waiting;
        private boolean mine;

        private Turn() {}

        boolean isMine() {
            return mine;
        }

        /// Waits until one of the turns is this one's.
        /// @param ended whether there is no use in waiting any more; whoever makes it true calls [#wake]
        /// @return false when it has ended before
        boolean take(BooleanSupplier ended) {
            lock.lock();
            try {
                if (mine) {
                    return true;
                }
                if (running < most && queue.isEmpty()) {
                    running++;
                    begin();
                    return true;
                }
                enqueue();
            } finally {
                lock.unlock();
            }
            return await(ended);
        }

        /// Lets another go on; no turn is this one's then.
        void give() {
            lock.lock();
            try {
                if (mine) {
                    end();
                    handOver();
                }
            } finally {
                lock.unlock();
            }
        }

        /// Lets another go first when the slice is over and one waits that has had less.
        /// @return false when it has ended while it waited
        boolean giveWay(BooleanSupplier ended) {
            if (!wanted || System.nanoTime() - since < SLICE) {
                return true;
            }
            lock.lock();
            try {
                var now = System.nanoTime();
                had += now - since;
                since = now;
                changed = now;
                if (queue.isEmpty() || queue.peek().had >= had) {
                    return true;
                }
                mine = false;
                enqueue();
                handOver();
            } finally {
                lock.unlock();
            }
            return await(ended);
        }

        /// From any thread.
        void wake() {
            lock.lock();
            try {
                if (waiting != null) {
                    LockSupport.unpark(waiting);
                }
            } finally {
                lock.unlock();
            }
        }

        /// In nanoseconds, without the slice that runs.
        long had() {
            return had;
        }

        private boolean await(BooleanSupplier ended) {
            var interrupted = false;
            try {
                while (true) {
                    lock.lock();
                    try {
                        if (mine) {
                            return true;
                        }
                        if (ended.getAsBoolean()) {
                            queue.remove(this);
                            waiting = null;
                            wanted = !queue.isEmpty();
                            return false;
                        }
                        if (System.nanoTime() - changed > STUCK) {
                            running++;
                            next();
                            continue;
                        }
                    } finally {
                        lock.unlock();
                    }
                    LockSupport.parkNanos(this, STUCK);
                    interrupted |= Thread.interrupted();
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private void enqueue() {
            waiting = Thread.currentThread();
            asked = Turns.this.asked++;
            queue.add(this);
            wanted = true;
        }

        private void begin() {
            mine = true;
            waiting = null;
            since = System.nanoTime();
            changed = since;
        }

        private void end() {
            mine = false;
            had += System.nanoTime() - since;
        }
    }

    Turn turn() {
        return new Turn();
    }

    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void handOver() {
        if (queue.isEmpty() || running > most) {
            running--;
        } else {
            next();
        }
    }

    private void next() {
        var first = queue.remove();
        var thread = first.waiting;
        first.begin();
        wanted = !queue.isEmpty();
        LockSupport.unpark(thread);
    }
}
