package org.policygraph.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.jena.dboe.base.file.Location;
import org.apache.jena.dboe.sys.SystemIndex;
import org.apache.jena.query.text.TextIndexException;
import org.apache.jena.tdb2.store.DatasetGraphTDB;
import org.apache.jena.tdb2.store.tupletable.TupleTable;
import org.apache.jena.tdb2.sys.CopyDSG;
import org.apache.jena.tdb2.sys.StoreConnection;
import org.policygraph.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps many small changes from swelling a store. TDB2 copies each block that it changes and never uses the old one again; so
/// now and then all is copied into a new folder, while readers go on and writers wait.
///
/// What is no longer used is counted: of what a tree has grown by in a transaction, at most as much as it was before can have
/// replaced something.
final class Compaction implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    private static final long MEGABYTE = 1 << 20;

    /// So many bytes may lie unused, whatever the size of the store.
    private static final long ALWAYS_ALLOWED = 4 * MEGABYTE;

    /// Beyond that, so many of those that are used.
    private static final int ONE_IN = 4;

    /// In the folder of the quads, so that processes that write a little each add up.
    private static final String UNUSED = "unused";

    private static final String TREE = ".bpt";

    /// A reader is waited for by looking so often whether it is done.
    private static final long LOOK_MILLIS = 50;

    private final Path folder;
    private final Generations generations;
    private final FullText index;
    private final Breakage breakage;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("compaction").factory());
    private final AtomicBoolean wanted = new AtomicBoolean();
    private volatile boolean closing;

    private Path measured;
    private long[] blocks = {};
    private long unused;

    Compaction(Path folder, Generations generations, FullText index, Breakage breakage) {
        this.folder = folder;
        this.generations = generations;
        this.index = index;
        this.breakage = breakage;
        measure(path(generations.latest()));
    }

    /// After each commit, and before the next one.
    synchronized void committed(DatasetGraphTDB generation) {
        var place = path(generation);
        if (!place.equals(measured)) {
            measure(place);
            return;
        }
        try {
            var now = blocks(place);
            for (int tree = 0; tree < now.length; tree++) {
                unused += Math.min(Math.max(0, now[tree] - blocks[tree]), blocks[tree]) * SystemIndex.BlockSize;
            }
            blocks = now;
            Files.writeString(place.resolve(UNUSED), Long.toString(unused));
        } catch (IOException full) {
            LOG.warn("What lies unused in {} could not be written down ({})", place, full.getMessage());
        }
        if (unused > Math.max(ALWAYS_ALLOWED, used() / ONE_IN) && !closing && wanted.compareAndSet(false, true)) {
            worker.execute(this::compact);
        }
    }

    private long used() {
        return Arrays.stream(blocks).sum() * SystemIndex.BlockSize - unused;
    }

    private synchronized void measure(Path place) {
        try {
            measured = place;
            blocks = blocks(place);
            unused = unused(place);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static long unused(Path place) throws IOException {
        try {
            var text = Files.readString(place.resolve(UNUSED));
            return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
        } catch (NoSuchFileException first) {
            return 0;
        }
    }

    /// How many blocks each tree has taken.
    private static long[] blocks(Path place) throws IOException {
        try (var files = Files.list(place)) {
            var counts = files.filter(file -> file.getFileName().toString().endsWith(TREE)).sorted().mapToLong(Compaction::taken).toArray();
            return counts;
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    // The root, then how many blocks of nodes and of records there are.
    private static long taken(Path tree) {
        try {
            var state = ByteBuffer.wrap(Files.readAllBytes(tree));
            return state.limit() < 3 * Long.BYTES ? 0 : state.getLong(Long.BYTES) + state.getLong(2 * Long.BYTES);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path path(DatasetGraphTDB generation) {
        return Path.of(generation.getLocation().getDirectoryPath());
    }

    private void compact() {
        if (closing) {
            return;
        }
        var old = generations.latest();
        try {
            generations.withoutWriters(() -> copyAndExchange(old));
            release(old);
        } catch (ProblemException | UncheckedIOException | TextIndexException full) {
            // The next try is after as much again.
            LOG.warn("{} could not be made smaller ({})", folder, DiskTrouble.reason(full));
        } finally {
            wanted.set(false);
        }
    }

    private void copyAndExchange(DatasetGraphTDB old) {
        if (breakage.problem().isPresent()) {
            return;
        }
        var place = path(old);
        var fresh = folder.resolve(StoreFolder.next(Optional.of(place)));
        // TDB2 takes away what bears this name when it opens a store.
        var part = folder.resolve(fresh.getFileName() + "-tmp");
        DatasetGraphTDB other = null;
        try {
            DiskTrouble.requireRoom(folder);
            Files.createDirectory(part);
            var copy = StoreConnection.connectCreate(Location.create(part)).getDatasetGraphTDB();
            CopyDSG.copy(old, copy);
            old.executeRead(() -> copy.executeRead(() -> requireSame(old, copy)));
            StoreConnection.internalExpel(Location.create(part), true);
            Files.move(part, fresh, StandardCopyOption.ATOMIC_MOVE);
            Durable.folder(folder);
            other = StoreConnection.connectCreate(Location.create(fresh)).getDatasetGraphTDB();
            other.getContext().putAll(old.getContext());
            attach(other, index, breakage);
            Generations.coordinator(other).takeOverFrom(Generations.coordinator(old));
            DataState.of(other.getLocation()).ifPresent(index::stamp);
            measure(fresh);
            generations.exchange(old, other);
        } catch (IOException | RuntimeException | InternalError failed) {
            takeAway(part);
            if (other == null || generations.latest() != other) {
                // Were it left, the next process would take it for the store, without what is written from here on.
                takeAway(fresh);
                measure(place);
                unused = 0;
            }
            throw failed instanceof RuntimeException known ? wrapped(known) : new UncheckedIOException(new IOException(DiskTrouble.reason(failed), failed));
        }
    }

    private static RuntimeException wrapped(RuntimeException failed) {
        return DiskTrouble.isIn(failed) ? new UncheckedIOException(new IOException(DiskTrouble.reason(failed), failed)) : failed;
    }

    private static void takeAway(Path generation) {
        if (Files.exists(generation)) {
            StoreConnection.internalExpel(Location.create(generation), true);
            try {
                Durable.delete(generation);
            } catch (IOException stays) {
                throw new UncheckedIOException(stays);
            }
        }
    }

    /// Has each transaction of these quads take the index along.
    static void attach(DatasetGraphTDB generation, FullText index, Breakage breakage) {
        var transactions = Generations.coordinator(generation);
        transactions.modifyConfig(() -> {
            // Jena may have kept it open from an earlier time, with the index of then.
            transactions.listExternals().stream().filter(IndexTransaction.class::isInstance).forEach(transactions::removeExternal);
            transactions.addExternal(new IndexTransaction(index, generation, breakage));
        });
    }

    private static void requireSame(DatasetGraphTDB old, DatasetGraphTDB copy) {
        for (var tables : List.of(List.of(tuples(old, true), tuples(copy, true)), List.of(tuples(old, false), tuples(copy, false)))) {
            var sizes = tables.stream().mapToLong(table -> table.getIndex(0).size()).toArray();
            if (sizes[0] != sizes[1]) {
                throw new IllegalStateException("a copy has " + sizes[1] + " of " + sizes[0]);
            }
        }
    }

    private static TupleTable tuples(DatasetGraphTDB data, boolean quads) {
        return (quads ? data.getQuadTable().getNodeTupleTable() : data.getTripleTable().getNodeTupleTable()).getTupleTable();
    }

    /// Closes what nobody reads any more, and takes it away.
    private void release(DatasetGraphTDB old) {
        if (old == generations.latest()) {
            return;
        }
        try {
            while (Generations.coordinator(old).countActive() > 0) {
                if (closing) {
                    return;
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        }
        takeAway(path(old));
    }

    /// Waits for the one that runs. A store that a process leaves in the middle of one is as before.
    @Override public void close() {
        closing = true;
        worker.shutdown();
        try {
            worker.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /// For tests: all that has been wanted is done.
    void await() throws InterruptedException {
        while (wanted.get() || hasOld()) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private boolean hasOld() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("Data-")).count() > 1;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
