package org.policygraph.store;

import java.nio.ByteBuffer;
import org.apache.jena.dboe.base.file.Location;
import org.apache.jena.dboe.transaction.txn.ComponentId;
import org.apache.jena.dboe.transaction.txn.TransactionalComponentExternal;
import org.apache.jena.dboe.transaction.txn.TxnId;
import org.apache.jena.query.ReadWrite;

/// The text index's part in a transaction of TDB2: it prepares, commits and aborts when the quads do.
///
/// Between the two commits the process may die. So when both are done, the index is told which state of the data it belongs
/// to; an index that says otherwise when the store is opened is made anew.
final class IndexTransaction extends TransactionalComponentExternal<ReadWrite> {

    private static final byte[] ID = {'t', 'e', 'x', 't'};

    private final FullText index;
    private final Location data;

    /// @param data where the quads are
    IndexTransaction(FullText index, Location data) {
        super(ComponentId.create(null, ID));
        this.index = index;
        this.data = data;
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
            index.commit();
        }
    }

    // Every other component has committed now, and no other writer has begun.
    @Override protected void _commitEnd(TxnId transaction, ReadWrite mode) {
        if (mode == ReadWrite.WRITE) {
            DataState.of(data).ifPresent(index::stamp);
        }
    }

    @Override protected void _abort(TxnId transaction, ReadWrite mode) {
        if (mode == ReadWrite.WRITE && index.isTouched()) {
            index.rollback();
        }
    }
}
