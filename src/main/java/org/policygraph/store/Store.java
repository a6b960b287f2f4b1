package org.policygraph.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.jena.atlas.RuntimeIOException;
import org.apache.jena.dboe.DBOpEnvException;
import org.apache.jena.dboe.base.file.Location;
import org.apache.jena.graph.Node;
import org.apache.jena.query.TxnType;
import org.apache.jena.query.text.TextIndexException;
import org.apache.jena.query.text.TextQuery;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.TDB2;
import org.apache.jena.tdb2.TDBException;
import org.apache.jena.tdb2.store.DatasetGraphTDB;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;
import org.policygraph.limit.Bounds;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// The quads of the graph in TDB2 and their texts in Lucene, touched in one transaction at a time: whole or not at all.
public final class Store implements AutoCloseable {

    /// Transactions that are under way when the store is closed have so long to end.
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final DatasetGraph container;
    private final Generations data;
    private final FullText index;
    private final DatasetGraph indexed;
    private final String name;
    private final Journal journal;
    private final Optional<Path> folder;
    private final Breakage breakage;
    private final Optional<Compaction> compaction;

    private Store(DatasetGraph container, FullText index, Optional<Path> folder) {
        this.container = container;
        this.journal = folder.map(Journal::in).orElseGet(Journal::inMemory);
        this.index = index;
        this.folder = folder;
        this.name = folder.map(Path::toString).orElse("mem");
        this.breakage = new Breakage(name);
        this.data = new Generations(container, name, folder, breakage, this::committed);
        this.indexed = new IndexedData(data, index);
        // A query that names no graph sees the union of them all.
        data.getContext().set(TDB2.symUnionDefaultGraph, true);
        data.getContext().set(TextQuery.textIndex, index);
        Bounds.set(data.getContext());
        Compaction.attach(data.latest(), index, breakage);
        this.compaction = folder.map(place -> new Compaction(place, data, index, breakage));
    }

    private void committed(DatasetGraphTDB generation) {
        compaction.ifPresent(running -> running.committed(generation));
    }

    /// The store in this folder, made when there is none.
    /// @throws ProblemException `Unusable` when the folder can't be used, another process has it, or another version wrote it
    public static Store on(Path folder) {
        return on(folder, _ -> { });
    }

    /// @param progress hears it when the text index has to be made anew
    public static Store on(Path folder, Consumer<String> progress) {
        try {
            Files.createDirectories(folder);
            var unstamped = prepare(folder);
            return opened(folder, unstamped, progress);
        } catch (LockObtainFailedException taken) {
            throw openAlready(folder);
        } catch (IOException unusable) {
            throw unusable(folder, unusable);
        } catch (UncheckedIOException | RuntimeIOException | TextIndexException | InternalError unusable) {
            if (DiskTrouble.isIn(unusable)) {
                throw unusable(folder, unusable);
            }
            throw unusable;
        } catch (TDBException | DBOpEnvException unusable) {
            throw StoreFolder.taken(folder, unusable);
        }
    }

    private static Store opened(Path folder, boolean unstamped, Consumer<String> progress) throws IOException {
        var opened = false;
        try {
            var container = DatabaseMgr.connectDatasetGraph(Location.create(folder));
            var store = new Store(container, index(folder.resolve(StoreFolder.TEXT_INDEX)), Optional.of(folder));
            try {
                store.mendIndex(progress);
                if (unstamped) {
                    migrate(store, folder, progress);
                }
                opened = true;
            } finally {
                if (!opened) {
                    store.close();
                }
            }
            return store;
        } catch (ProblemException | UncheckedIOException | RuntimeIOException | TextIndexException | TDBException | DBOpEnvException told) {
            throw told;
        } catch (RuntimeException | StackOverflowError damaged) {
            // Bytes that are not what TDB2 wrote lead it anywhere.
            throw StoreFolder.damaged(folder, Damaged.reason(damaged));
        } finally {
            if (!opened) {
                new StoreFolder(folder).letGo();
            }
        }
    }

    /// One of a version that wrote no stamp: it gets one when its quads are all there.
    private static void migrate(Store store, Path folder, Consumer<String> progress) throws IOException {
        progress.accept("Checking " + folder + ", which an earlier version wrote");
        var damages = new ArrayList<String>();
        store.read(data -> {
            var generation = TDBInternal.requireStorage(data);
            new TableCheck("triples", generation.getTripleTable().getNodeTupleTable(), damages::add).run();
            new TableCheck("quads", generation.getQuadTable().getNodeTupleTable(), damages::add).run();
            return null;
        });
        if (!damages.isEmpty()) {
            throw StoreFolder.damaged(folder, damages.getFirst());
        }
        StoreFormat.current().write(folder);
    }

    /// An empty store that is gone with the process.
    public static Store inMemory() {
        return new Store(DatabaseMgr.connectDatasetGraph(Location.mem()), new FullText(new ByteBuffersDirectory()), Optional.empty());
    }

    private static ProblemException openAlready(Path folder) {
        return new ProblemException(new Problem.Unusable(new Where.Resource(folder.toString()),
                "the store is open already; close it first, or choose another folder with --store"));
    }

    private static ProblemException unusable(Path folder, Throwable why) {
        return new ProblemException(new Problem.Unusable(new Where.Resource(folder.toString()),
                "the folder can't be used as a store (" + DiskTrouble.reason(why) + "); choose another with --store"));
    }

    /// @return whether the quads in it are of a version that wrote no stamp
    private static boolean prepare(Path folder) throws IOException {
        var place = new StoreFolder(folder);
        var unstamped = new boolean[1];
        place.alone(() -> unstamped[0] = place.prepare());
        return unstamped[0];
    }

    private static FullText index(Path folder) throws IOException {
        try {
            return new FullText(new NIOFSDirectory(folder));
        } catch (TextIndexException failed) {
            switch (failed.getCause()) {
                case LockObtainFailedException taken -> throw taken;
                case CorruptIndexException _, IndexFormatTooOldException _, IndexFormatTooNewException _ -> {
                    try (var files = new NIOFSDirectory(folder)) {
                        for (var file : files.listAll()) {
                            files.deleteFile(file);
                        }
                    }
                    return new FullText(new NIOFSDirectory(folder));
                }
                case IOException unusable -> throw unusable;
                default -> throw failed;
            }
        }
    }

    /// Makes the index anew when it is not of this state of the data: the process died between two commits, or the data was
    /// changed by something that knows of no index.
    private void mendIndex(Consumer<String> progress) {
        var state = DataState.of(data.latest().getLocation()).orElse("");
        if (!index.stamped().equals(state)) {
            read(quads -> {
                if (quads.find().hasNext()) {
                    progress.accept("Making the text index of " + name + " anew");
                }
                index.deletedAll();
                index.properties().forEach(property -> quads.find(Node.ANY, Node.ANY, property, Node.ANY).forEachRemaining(index::added));
                index.stamp(state);
                return null;
            });
        }
    }

    /// What `--store` was given: a folder, or `mem`.
    public String name() {
        return name;
    }

    /// Empty for one in memory.
    public Optional<Path> folder() {
        return folder;
    }

    /// Why nobody reads or writes here any more, when that is so: a change ended half way in this process.
    public Optional<Problem> problem() {
        return breakage.problem();
    }

    /// @param hearer of [#problem], once, on a thread of its own
    public void whenBroken(Consumer<Problem> hearer) {
        breakage.tell(hearer);
    }

    /// @throws ProblemException `Unusable` when [#problem] has one
    public <T> T read(Function<DatasetGraph, T> work) {
        return Txn.calculateRead(data, () -> work.apply(data.get()));
    }

    /// What a read transaction sees, for its thread alone, and the files beside the quads that belong to it.
    record Snapshot(DatasetGraphTDB data, List<Beside> files, Runnable end) implements AutoCloseable {
        @Override public void close() {
            end.run();
        }
    }

    /// @param length of it then; what came behind that later is of later changes
    record Beside(String name, Path path, long length) {}

    Snapshot snapshot() throws IOException {
        data.begin(TxnType.READ);
        var done = false;
        try {
            var files = new ArrayList<Beside>();
            // Begun after the quads, so that it has all that they know of.
            var edits = folder.map(place -> place.resolve(Journal.FILE)).filter(Files::exists);
            if (edits.isPresent()) {
                files.add(new Beside(Journal.FILE, edits.get(), Files.size(edits.get())));
            }
            done = true;
            return new Snapshot(data.get(), files, data::end);
        } finally {
            if (!done) {
                data.end();
            }
        }
    }

    /// Runs the work in one write transaction; when it throws, nothing has changed.
    /// @throws ProblemException `Unusable` when the disk is full or fails: nothing has changed either, unless [#problem] has one
    public void write(Consumer<DatasetGraph> work) {
        try {
            // WRITE at once, not promoted: a promotion may be refused after the work is half done.
            Txn.exec(indexed, TxnType.WRITE, () -> work.accept(indexed));
        } catch (ProblemException told) {
            throw told;
        } catch (RuntimeException | InternalError failed) {
            if (folder.isPresent() && DiskTrouble.isIn(failed)) {
                throw DiskTrouble.undone(name, failed);
            }
            throw failed;
        }
    }

    /// For those who bring their own transactions, such as an HTTP server.
    public DatasetGraph dataset() {
        return indexed;
    }

    /// Names and texts, as they were last committed: of the data that a read which begins now sees, but a read that began
    /// earlier may find texts in it that came later, and miss some that have gone since.
    public FullText texts() {
        return index;
    }

    /// What edits changed.
    public Journal journal() {
        return journal;
    }

    /// For tests: waits until the store is as small as it will be.
    void compacted() throws InterruptedException {
        if (compaction.isPresent()) {
            compaction.get().await();
        }
    }

    /// Waits a little for what is under way; what is not done then will never have been.
    @Override public void close() {
        compaction.ifPresent(Compaction::close);
        var idle = data.awaitIdle(CLOSING);
        data.getContext().remove(TextQuery.textIndex);
        index.close();
        if (idle && folder.isPresent() && breakage.problem().isEmpty()) {
            // Lets another process have it; Jena would keep it to the end of this one.
            TDBInternal.expel(container);
        }
    }
}
