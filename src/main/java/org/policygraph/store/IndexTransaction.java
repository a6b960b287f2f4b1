package org.policygraph.store;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.jena.atlas.RuntimeIOException;
import org.apache.jena.dboe.base.file.Location;
import org.apache.jena.dboe.transaction.txn.ComponentId;
import org.apache.jena.dboe.transaction.txn.TransactionalComponentExternal;
import org.apache.jena.dboe.transaction.txn.TxnId;
import org.apache.jena.dboe.transaction.txn.journal.Journal;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.query.text.TextIndexException;
import org.apache.jena.tdb2.store.DatasetGraphTDB;
import org.apache.lucene.store.AlreadyClosedException;

/// The text index's part in a transaction of TDB2: it prepares, commits and aborts when the quads do.
///
/// Between the two commits the process may die. So when both are done, the index is told which state of the data it belongs
/// to; an index that says otherwise when the store is opened is made anew. For the same reason nothing that the index does
/// once the quads are committed may stop TDB2 half way: a failure then costs the index, not the store.
final class IndexTransaction extends TransactionalComponentExternal<ReadWrite> {

    private static final byte[] ID = {'t', 'e', 'x', 't'};

    private final FullText index;
    private final Location data;
    private final Journal journal;
    private final Breakage breakage;

    /// @param generation the quads
    IndexTransaction(FullText index, DatasetGraphTDB generation, Breakage breakage) {
        super(ComponentId.create(null, ID));
        this.index = index;
        this.data = generation.getLocation();
        this.journal = Generations.coordinator(generation).getJournal();
        this.breakage = breakage;
    }

    @Override protected ReadWrite _begin(ReadWrite mode, TxnId transaction) {
        return mode;
    }

    @Override protected ReadWrite _promote(TxnId transaction, ReadWrite mode) {
        return ReadWrite.WRITE;
    }

    @Override protected ByteBuffer _commitPrepare(TxnId transaction, ReadWrite mode) {
        if (mode == ReadWrite.WRITE && index.isTouched()) {
            // A full disk is found out here, where everything can still be undone.
            index.prepareCommit();
        }
        return null;
    }

    @Override protected void _commit(TxnId transaction, ReadWrite mode) {
        if (mode == ReadWrite.WRITE && index.isTouched()) {
            orBreak(index::commit);
        }
    }

    // Every other component has committed now, and no other writer has begun.
    @Override protected void _commitEnd(TxnId transaction, ReadWrite mode) {
        if (mode == ReadWrite.WRITE) {
            try {
                DataState.of(data).ifPresent(index::stamp);
            } catch (TextIndexException | UncheckedIOException | AlreadyClosedException full) {
                // Quads and index agree all the same. At the worst, the index is made anew without need.
                return;
            }
        }
    }

    @Override protected void _abort(TxnId transaction, ReadWrite mode) {
        if (mode == ReadWrite.WRITE) {
            if (index.isTouched()) {
                orBreak(index::rollback);
            }
            orBreak(this::emptyJournal);
        }
    }

    /// TDB2 leaves there what an aborted transaction prepared, and perhaps a torn end of it; what is written behind that could
    /// not be read after a crash.
    private void emptyJournal() {
        if (!journal.isEmpty()) {
            journal.reset();
        }
    }

    private void orBreak(Runnable step) {
        try {
            step.run();
        } catch (TextIndexException | RuntimeIOException | AlreadyClosedException failed) {
            breakage.broke(failed);
        }
    }
}
