package org.policygraph.limit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Who computes now: as many at a time as there are processors. First go the requests of whoever has taken least of late, and of
/// one caller's those that have had least time: so a question that is short is answered beside any number that are not.
final class Turns {

    /// How long one goes on while others wait, in nanoseconds. The first time is short: most questions need no more, and those
    /// that do should not hold up the others that have only come.
    static final long SLICE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long FIRST_SLICE = TimeUnit.MILLISECONDS.toNanos(5);

    /// When all of those that have a turn have computed for so long without asking, one more is let in: they are somewhere that never asks.
    private static final long STUCK = TimeUnit.MILLISECONDS.toNanos(300);
    /// The same for those that don't compute but wait, on a disk or a lock. Longer: where the processors are others', they only seem to.
    private static final long BLOCKED = TimeUnit.SECONDS.toNanos(3);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private static final Comparator<Turn> ORDER = Comparator.<Turn>comparingLong(turn -> turn.account.taken)
            .thenComparingLong(turn -> turn.had).thenComparingLong(turn -> turn.asked);
    /// After so long, half of what a caller has taken is forgotten.
    private static final long HALF_LIFE = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_ACCOUNTS = 10_000;

    private final Set<Turn> queue = new HashSet<>();
    private final Map<String, Account> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
            return size() > MOST_ACCOUNTS;
        }
    };
    private final Set<Turn> holders = new HashSet<>();
    private long asked;
    private long letIn = System.nanoTime();
    /// Looked at for each row, so not by way of the lock.
    private volatile boolean wanted;

    Turns(int most) {
        this.most = Math.max(1, most);
    }

    /// What one caller has taken of late, in nanoseconds.
    private static final class Account {
        private long taken;
        private long at = System.nanoTime();

        void take(long time, long now) {
            taken = (long) (taken * Math.pow(0.5, (double) (now - at) / HALF_LIFE)) + time;
            at = now;
        }
    }

    /// What one request has had. Its thread alone calls what is here; the rest is the lock's.
    final class Turn {
        private long had;
        private long since;
        private long heard;
        private long heardOfProcessor;
        private long asked;
        private Thread thread = Thread.currentThread();
        private Thread waiting;
        private boolean mine;

        private final Account account;

        private Turn(Account account) {
            this.account = account;
        }

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
                thread = Thread.currentThread();
                if (holders.size() < most && queue.isEmpty()) {
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
                    spend(System.nanoTime());
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
            if (!wanted || System.nanoTime() - since < (had == 0 ? FIRST_SLICE : SLICE)) {
                return true;
            }
            lock.lock();
            try {
                spend(System.nanoTime());
                hear();
                if (queue.isEmpty() || ORDER.compare(first(), this) >= 0) {
                    return true;
                }
                end();
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
                        if (areStuck()) {
                            letIn = System.nanoTime();
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
            if (queue.isEmpty()) {
                // Nobody had to ask as long as nobody waited.
                holders.forEach(Turn::hear);
            }
            waiting = thread;
            asked = Turns.this.asked++;
            queue.add(this);
            wanted = true;
        }

        private void begin() {
            mine = true;
            waiting = null;
            holders.add(this);
            since = System.nanoTime();
            hear();
        }

        private void spend(long now) {
            had += now - since;
            account.take(now - since, now);
            since = now;
        }

        private void end() {
            mine = false;
            holders.remove(this);
        }

        private void hear() {
            heard = System.nanoTime();
            heardOfProcessor = ofProcessor();
        }

        /// Whether it has a turn, others wait, and it has not asked for long.
        private boolean isStuck(long now) {
            return now - heard > STUCK && (ofProcessor() - heardOfProcessor > STUCK || now - heard > BLOCKED);
        }

        /// What its thread has had of a processor, in nanoseconds.
        private long ofProcessor() {
            return THREADS.getThreadCpuTime(thread.threadId());
        }
    }

    /// Asked often; the last that was let in has time to show whether it asks.
    private boolean areStuck() {
        var now = System.nanoTime();
        return now - letIn > STUCK && holders.stream().allMatch(turn -> turn.isStuck(now));
    }

    /// One of nobody in particular.
    Turn turn() {
        return new Turn(new Account());
    }

    /// @param caller whose other requests count as well
    Turn turn(String caller) {
        lock.lock();
        try {
            return new Turn(accounts.computeIfAbsent(caller, _ -> new Account()));
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

    private void handOver() {
        if (!queue.isEmpty() && holders.size() < most) {
            next();
        }
    }

    private Turn first() {
        var now = System.nanoTime();
        queue.forEach(turn -> turn.account.take(0, now));
        return Collections.min(queue, ORDER);
    }

    private void next() {
        var first = first();
        queue.remove(first);
        var thread = first.waiting;
        first.begin();
        wanted = !queue.isEmpty();
        LockSupport.unpark(thread);
    }
}
