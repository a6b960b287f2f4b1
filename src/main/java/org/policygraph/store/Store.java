package org.policygraph.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
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
import org.apache.jena.tdb2.sys.TDBInternal;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;
import org.policygraph.limit.Calls;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// The quads of the graph in TDB2 and their texts in Lucene, touched in one transaction at a time: whole or not at all.
public final class Store implements AutoCloseable {

    private static final String INDEX = "text-index";

    private final DatasetGraph data;
    private final FullText index;
    private final DatasetGraph indexed;
    private final String name;
    private final Journal journal;

    private Store(DatasetGraph data, FullText index, String name, Journal journal) {
        this.data = data;
        this.journal = journal;
        this.index = index;
        this.indexed = new IndexedData(data, index);
        this.name = name;
        // A query that names no graph sees the union of them all.
        data.getContext().set(TDB2.symUnionDefaultGraph, true);
        data.getContext().set(TextQuery.textIndex, index);
        Calls.set(data.getContext());
        var transactions = TDBInternal.getTransactionCoordinator(data);
        // Jena keeps a store open for the rest of the process; from an earlier time it may have the index of then.
        transactions.modifyConfig(() -> transactions.listExternals().stream().filter(IndexTransaction.class::isInstance)
                .forEach(transactions::removeExternal));
        transactions.modifyConfig(() -> transactions.addExternal(new IndexTransaction(index, location(data))));
    }

    /// The store in this folder, made when there is none.
    /// @throws ProblemException `Unusable` when the folder can't be used or another process has it
    public static Store on(Path folder) {
        return on(folder, _ -> { });
    }

    /// @param progress hears it when the text index has to be made anew
    public static Store on(Path folder, Consumer<String> progress) {
        try {
            Files.createDirectories(folder);
            var data = DatabaseMgr.connectDatasetGraph(Location.create(folder));
            var store = new Store(data, index(folder.resolve(INDEX)), folder.toString(), Journal.in(folder));
            store.mendIndex(progress);
            return store;
        } catch (LockObtainFailedException taken) {
            throw new ProblemException(new Problem.Unusable(new Where.Resource(folder.toString()),
                    "the store is open already; close it first, or choose another folder with --store"));
        } catch (IOException unusable) {
            throw new ProblemException(new Problem.Unusable(new Where.Resource(folder.toString()),
                    "the folder can't be used as a store (" + unusable.getMessage() + "); choose another with --store"));
        } catch (TDBException | DBOpEnvException unusable) {
            throw new ProblemException(new Problem.Unusable(new Where.Resource(folder.toString()),
                    "the store can't be opened (" + unusable.getMessage().lines().findFirst().orElse("no reason given")
                            + "); ask the process that has it, at its /sparql, or end it, or choose another folder with --store"));
        }
    }

    /// An empty store that is gone with the process.
    public static Store inMemory() {
        return new Store(DatabaseMgr.connectDatasetGraph(Location.mem()), new FullText(new ByteBuffersDirectory()), "mem", Journal.inMemory());
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
        var state = DataState.of(location(data)).orElse("");
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

    private static Location location(DatasetGraph data) {
        return TDBInternal.getDatasetGraphTDB(data).getLocation();
    }

    /// What `--store` was given: a folder, or `mem`.
    public String name() {
        return name;
    }

    public <T> T read(Function<DatasetGraph, T> work) {
        return Txn.calculateRead(data, () -> work.apply(data));
    }

    /// Runs the work in one write transaction; when it throws, nothing has changed.
    public void write(Consumer<DatasetGraph> work) {
        // WRITE at once, not promoted: a promotion may be refused after the work is half done.
        Txn.exec(indexed, TxnType.WRITE, () -> work.accept(indexed));
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

    @Override public void close() {
        data.getContext().remove(TextQuery.textIndex);
        index.close();
        data.close();
    }
}
