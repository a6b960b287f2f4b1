package org.policygraph.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.jena.dboe.DBOpEnvException;
import org.apache.jena.dboe.base.file.Location;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.TDB2;
import org.apache.jena.tdb2.TDBException;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// The quads of the graph in TDB2, touched in one transaction at a time: whole or not at all.
public final class Store implements AutoCloseable {

    private final DatasetGraph dataset;
    private final String name;

    private Store(DatasetGraph dataset, String name) {
        this.dataset = dataset;
        this.name = name;
        // A query that names no graph sees the union of them all.
        dataset.getContext().set(TDB2.symUnionDefaultGraph, true);
    }

    /// The store in this folder, made when there is none.
    /// @throws ProblemException `Unusable` when the folder can't be used or another process has it
    public static Store on(Path folder) {
        try {
            Files.createDirectories(folder);
            return new Store(DatabaseMgr.connectDatasetGraph(Location.create(folder)), folder.toString());
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
        return new Store(DatabaseMgr.connectDatasetGraph(Location.mem()), "mem");
    }

    /// What `--store` was given: a folder, or `mem`.
    public String name() {
        return name;
    }

    public <T> T read(Function<DatasetGraph, T> work) {
        return Txn.calculateRead(dataset, () -> work.apply(dataset));
    }

    /// Runs the work in one write transaction; when it throws, nothing has changed.
    public void write(Consumer<DatasetGraph> work) {
        // WRITE at once, not promoted: a promotion may be refused after the work is half done.
        Txn.exec(dataset, TxnType.WRITE, () -> work.accept(dataset));
    }

    /// For those who bring their own transactions, such as an HTTP server.
    public DatasetGraph dataset() {
        return dataset;
    }

    @Override public void close() {
        dataset.close();
    }
}
