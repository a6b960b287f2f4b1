package org.policygraph.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.apache.jena.dboe.transaction.txn.TransactionCoordinator;
import org.apache.jena.dboe.transaction.txn.TxnState;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphWrapper;
import org.apache.jena.tdb2.store.DatasetGraphSwitchable;
import org.apache.jena.tdb2.store.DatasetGraphTDB;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.policygraph.problem.ProblemException;

/// The quads in TDB2, in the folder that holds them now. Compaction brings them into a new one while they are read; each
/// transaction stays with the folder that it began with.
///
/// TDB2's own container has no such memory: a reader that began before a compaction asks the new folder, where it is in no
/// transaction. Nor does it undo a commit that fails before it is one (a full disk): every later writer then waits for ever.
final class Generations extends DatasetGraphWrapper {

    /// @param mayWrite whether it keeps the folder from being exchanged
    private record Begun(DatasetGraphTDB generation, boolean mayWrite) {}

    private final DatasetGraphSwitchable container;
    private final String name;
    private final Optional<Path> disk;
    private final Breakage breakage;
    private final Consumer<DatasetGraphTDB> afterCommit;
    private final ThreadLocal<Begun> begun = new ThreadLocal<>();
    private final ReadWriteLock writers = new ReentrantReadWriteLock(true);
    private final ReadWriteLock current = new ReentrantReadWriteLock();

    /// @param disk        where the store is; none in memory
    /// @param afterCommit hears of each commit of a writer, on the writer's thread
    Generations(DatasetGraph container, String name, Optional<Path> disk, Breakage breakage, Consumer<DatasetGraphTDB> afterCommit) {
        super(null, container.getContext());
        this.container = TDBInternal.getDatabaseContainer(container);
        this.name = name;
        this.disk = disk;
        this.breakage = breakage;
        this.afterCommit = afterCommit;
    }

    /// That of the transaction on this thread; without one, the latest.
    @Override protected DatasetGraphTDB get() {
        var here = begun.get();
        return here == null ? latest() : here.generation;
    }

    DatasetGraphTDB latest() {
        return TDBInternal.getDatasetGraphTDB(container);
    }

    static TransactionCoordinator coordinator(DatasetGraphTDB generation) {
        return generation.getTxnSystem().getTxnMgr();
    }

    /// Keeps writers out for as long as the work takes; readers go on.
    void withoutWriters(Runnable work) {
        writers.writeLock().lock();
        try {
            work.run();
        } finally {
            writers.writeLock().unlock();
        }
    }

    /// What begins from now on sees the other folder, which has the same quads. Called without writers.
    void exchange(DatasetGraphTDB old, DatasetGraphTDB other) {
        current.writeLock().lock();
        try {
            if (!container.change(old, other)) {
                throw new IllegalStateException("nobody else exchanges folders");
            }
        } finally {
            current.writeLock().unlock();
        }
    }

    @Override public void begin() {
        begin(TxnType.READ_PROMOTE);
    }

    @Override public void begin(ReadWrite mode) {
        begin(TxnType.convert(mode));
    }

    @Override public void begin(TxnType type) {
        breakage.check();
        if (type == TxnType.WRITE) {
            disk.ifPresent(DiskTrouble::requireRoom);
        }
        var mayWrite = type != TxnType.READ;
        if (mayWrite) {
            writers.readLock().lock();
        }
        var done = false;
        try {
            current.readLock().lock();
            try {
                var generation = latest();
                generation.begin(type);
                begun.set(new Begun(generation, mayWrite));
                done = true;
            } finally {
                current.readLock().unlock();
            }
        } finally {
            if (!done && mayWrite) {
                writers.readLock().unlock();
            }
        }
        if (breakage.problem().isPresent()) {
            // It broke while this one waited for its turn. To abort would be to write down a state that is neither.
            over(begun.get());
            breakage.check();
        }
    }

    @Override public boolean isInTransaction() {
        return begun.get() != null;
    }

    @Override public void commit() {
        var here = required();
        var transaction = here.generation.getTxnSystem().getThreadTransaction();
        var writes = transaction.isWriteTxn();
        try {
            here.generation.commit();
        } catch (RuntimeException | Error failed) {
            if (transaction.getState() != TxnState.ACTIVE) {
                throw broken(here, failed);
            }
            // It was being prepared: everything can be undone, which TDB2 leaves to its caller.
            abort();
            if (DiskTrouble.isIn(failed)) {
                throw DiskTrouble.undone(name, failed);
            }
            throw failed;
        } finally {
            over(here);
        }
        if (writes) {
            afterCommit.accept(here.generation);
        }
    }

    @Override public void abort() {
        var here = required();
        try {
            here.generation.abort();
        } catch (RuntimeException | Error failed) {
            throw broken(here, failed);
        } finally {
            over(here);
        }
    }

    @Override public void end() {
        var here = begun.get();
        if (here != null) {
            try {
                here.generation.end();
            } finally {
                over(here);
            }
        }
    }

    /// Who waits for the writer that failed gets in, and is told.
    private ProblemException broken(Begun here, Throwable failed) {
        var problem = new ProblemException(breakage.broke(failed));
        problem.initCause(failed);
        var coordinator = coordinator(here.generation);
        if (here.mayWrite) {
            // Whether TDB2 still holds what lets one writer in at a time, or has let it go: then it is taken, to be let go.
            coordinator.tryBlockWriters();
            coordinator.enableWriters();
        }
        return problem;
    }

    private Begun required() {
        var here = begun.get();
        if (here == null) {
            throw new IllegalStateException("not in a transaction");
        }
        return here;
    }

    private void over(Begun here) {
        if (begun.get() == here) {
            begun.remove();
            if (here.mayWrite) {
                writers.readLock().unlock();
            }
        }
    }

    /// @return whether no transaction is under way, sooner or later
    boolean awaitIdle(Duration longest) {
        var end = System.nanoTime() + longest.toNanos();
        while (coordinator(latest()).countActive() > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        return true;
    }

    /// The store closes its quads, and nobody who was only lent them.
    @Override public void close() {}
}
