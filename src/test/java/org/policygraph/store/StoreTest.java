package org.policygraph.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.jena.atlas.RuntimeIOException;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.dboe.transaction.txn.ComponentId;
import org.apache.jena.dboe.transaction.txn.TransactionalComponentExternal;
import org.apache.jena.dboe.transaction.txn.TxnId;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.RDFS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.policygraph.problem.ProblemException;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;

/// Of a commit that fails nothing is left, or the process says that it can't know.
class StoreTest {

    private static final Quad FIRST = label(1);
    private static final Quad SECOND = label(2);

    @TempDir
    private Path folder;

    private static Quad label(int number) {
        return Quad.create(Iris.REGISTRY_GRAPH, Iris.id("thing" + number), RDFS.label.asNode(), Literals.text("Thing " + number, "en"));
    }

    private static Set<Quad> quads(Store store) {
        return store.read(data -> Iter.toSet(data.find()));
    }

    private static int texts(Store store) {
        return store.texts().search(searcher -> searcher.getIndexReader().numDocs());
    }

    /// A part of the store whose disk fails, where it is told to.
    private static final class Failing extends TransactionalComponentExternal<ReadWrite> {
        private final AtomicBoolean inPrepare = new AtomicBoolean();
        private final AtomicBoolean inCommit = new AtomicBoolean();

        private Failing() {
            super(ComponentId.create(null, new byte[] {'f', 'a', 'i', 'l'}));
        }

        static Failing in(Store store) {
            var failing = new Failing();
            var generation = ((Generations) ((IndexedData) store.dataset()).getWrapped()).latest();
            var transactions = Generations.coordinator(generation);
            transactions.modifyConfig(() -> transactions.addExternal(failing));
            return failing;
        }

        private static void fail(AtomicBoolean asked) {
            if (asked.getAndSet(false)) {
                throw new RuntimeIOException(new IOException("No space left on device"));
            }
        }

        @Override protected ReadWrite _begin(ReadWrite mode, TxnId transaction) {
            return mode;
        }

        @Override protected ReadWrite _promote(TxnId transaction, ReadWrite mode) {
            return ReadWrite.WRITE;
        }

        @Override protected ByteBuffer _commitPrepare(TxnId transaction, ReadWrite mode) {
            fail(inPrepare);
            return null;
        }

        @Override protected void _commit(TxnId transaction, ReadWrite mode) {
            if (mode == ReadWrite.WRITE) {
                fail(inCommit);
            }
        }

        @Override protected void _commitEnd(TxnId transaction, ReadWrite mode) {}

        @Override protected void _abort(TxnId transaction, ReadWrite mode) {}
    }

    @Test void aCommitThatFailsBeforeItIsOneIsUndoneAndOthersGoOn() throws ExecutionException, InterruptedException, TimeoutException {
        try (var store = Store.on(folder); var other = Executors.newSingleThreadExecutor()) {
            store.write(data -> data.add(FIRST));
            var failing = Failing.in(store);

            failing.inPrepare.set(true);
            var refused = assertThrows(ProblemException.class, () -> store.write(data -> data.add(SECOND)));

            assertEquals(folder + ": the change could not be written (No space left on device), and nothing of it is in the store; make room on the disk, then try again", refused.getMessage());
            assertEquals(Set.of(FIRST), quads(store));
            assertEquals(1, texts(store));
            // Without the undoing, TDB2 keeps every other writer waiting for ever.
            other.submit(() -> store.write(data -> data.add(SECOND))).get(20, TimeUnit.SECONDS);
            assertEquals(Set.of(FIRST, SECOND), quads(store));
            assertTrue(store.problem().isEmpty());
        }
        try (var store = Store.on(folder)) {
            assertEquals(Set.of(FIRST, SECOND), quads(store));
        }
    }

    @Test void afterACommitThatFailsHalfWayNobodyReadsOrWritesAndTheNextProcessFindsItWhole() throws InterruptedException, IOException {
        var store = Store.on(folder);
        store.write(data -> data.add(FIRST));
        var failing = Failing.in(store);
        var heard = new CountDownLatch(1);
        store.whenBroken(_ -> heard.countDown());

        failing.inCommit.set(true);
        var broken = assertThrows(ProblemException.class, () -> store.write(data -> data.add(SECOND)));

        assertTrue(broken.getMessage().contains("a change ended half way (No space left on device); end this process and start it again"), broken::getMessage);
        assertTrue(heard.await(10, TimeUnit.SECONDS));
        assertEquals(broken.getMessage(), assertThrows(ProblemException.class, () -> quads(store)).getMessage());
        assertEquals(broken.getMessage(), assertThrows(ProblemException.class, () -> store.write(data -> data.add(label(3)))).getMessage());
        assertEquals(broken.getMessage(), assertThrows(ProblemException.class, () -> store.dataset().begin(TxnType.READ)).getMessage());
        assertFalse(store.dataset().isInTransaction());

        // What another process would find: the same files.
        var copy = folder.resolveSibling("copy of " + folder.getFileName());
        assertEquals(0, new ProcessBuilder("cp", "-r", "--sparse=always", folder.toString(), copy.toString()).start().waitFor());
        try (var whole = Store.on(copy)) {
            assertTrue(Set.of(Set.of(FIRST), Set.of(FIRST, SECOND)).contains(quads(whole)));
            assertEquals(quads(whole).size(), texts(whole));
        } finally {
            Durable.delete(copy);
        }
    }

    @Test void whatIsUnderWayWhenTheStoreIsClosedHasNeverBeen() throws InterruptedException {
        var store = Store.on(folder);
        store.write(data -> data.add(FIRST));
        var writing = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        var late = Thread.ofPlatform().daemon().start(() -> {
            try {
                store.write(data -> {
                    data.add(SECOND);
                    writing.countDown();
                    try {
                        closed.await();
                    } catch (InterruptedException stopped) {
                        throw new AssertionError(stopped);
                    }
                });
            } catch (RuntimeException gone) {
                assertTrue(gone.getMessage() != null);
            }
        });
        writing.await();

        store.close();
        var inIndex = store.texts().search(searcher -> searcher.getIndexReader().numDocs());
        closed.countDown();
        late.join();

        // Lucene's own way to close would have committed the label of the change that never was.
        assertEquals(Integer.valueOf(1), inIndex);
    }

    @Test void aStoreThatIsClosedCanBeOpenedAgain() {
        try (var store = Store.on(folder)) {
            store.write(data -> data.add(FIRST));
        }
        try (var store = Store.on(folder)) {
            store.write(data -> data.add(SECOND));
        }
        try (var store = Store.on(folder)) {
            assertEquals(Set.of(FIRST, SECOND), quads(store));
        }
    }
}
