package org.policygraph.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Node;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.vocabulary.RDFS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;

/// Small changes do not swell a store, and nobody sees that it is made smaller.
class CompactionTest {

    private static final long MEGABYTE = 1 << 20;

    @TempDir
    private Path folder;

    private static Quad label(int number) {
        return Quad.create(Iris.REGISTRY_GRAPH, Iris.id("thing" + number), RDFS.label.asNode(), Literals.text("Thing " + number, "en"));
    }

    private static Set<Quad> quads(Store store) {
        return store.read(data -> Iter.toSet(data.find()));
    }

    /// What the disk gives for it: files of TDB2 are longer than that.
    static long onDisk(Path folder) {
        try {
            var counting = new ProcessBuilder("du", "-sk", folder.toString()).redirectErrorStream(true).start();
            return Long.parseLong(new String(counting.getInputStream().readAllBytes()).split("\\s")[0]) * 1024;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static long length(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test void manyChangesOfOneTripleTakeLessThanTenMegabytes() throws InterruptedException, IOException {
        try (var store = Store.on(folder)) {
            store.write(data -> IntStream.range(0, 2000).forEach(number -> data.add(label(number))));
            var onDisk = onDisk(folder);
            var length = length(folder);

            var most = 0L;
            for (int change = 0; change < 250; change++) {
                var number = change;
                store.write(data -> {
                    data.delete(label(number));
                    data.add(label(number + 10_000));
                });
                if (change % 50 == 49) {
                    store.compacted();
                    most = Math.max(most, onDisk(folder) - onDisk);
                }
            }
            store.compacted();

            assertTrue(most < 10 * MEGABYTE, "grew by " + most);
            assertTrue(onDisk(folder) - onDisk < 10 * MEGABYTE, "grew by " + (onDisk(folder) - onDisk));
            assertTrue(length(folder) - length < 10 * MEGABYTE, "files grew by " + (length(folder) - length));
            assertEquals(2000, quads(store).size());
        }
        try (var store = Store.on(folder, told -> {
            throw new AssertionError(told);
        })) {
            assertEquals(2000, quads(store).size());
            assertEquals(Integer.valueOf(2000), store.texts().search(searcher -> searcher.getIndexReader().numDocs()));
        }
    }

    @Test void aLoadIsNotTakenForWhatLiesUnused() {
        try (var store = Store.on(folder)) {
            store.write(data -> IntStream.range(0, 30_000).forEach(number -> data.add(Quad.create(Iris.sourceGraph("one"), Iris.id("thing" + number), RDFS.seeAlso.asNode(), Iris.id("thing" + number * 7 % 1000)))));
        }

        assertEquals(List.of("Data-0001"), generations());
    }

    @Test void aReaderStaysWithWhatItBeganWith() throws InterruptedException, ExecutionException {
        try (var store = Store.on(folder); var other = Executors.newSingleThreadExecutor()) {
            store.write(data -> data.add(label(0)));
            var data = store.dataset();

            data.begin(TxnType.READ);
            assertEquals(1, Iter.count(data.find()));
            other.submit(() -> swell(store)).get();
            while (generations().size() < 2) {
                Thread.sleep(20);
            }
            other.submit(() -> store.write(now -> now.add(label(5000)))).get();

            // In the folder that is no longer the store's: all that the thread asks, in whatever way.
            assertEquals(1, Iter.count(data.find()));
            assertTrue(data.contains(label(0)));
            assertEquals(1, data.getGraph(Iris.REGISTRY_GRAPH).size());
            assertEquals(1, rows(store));
            data.end();
            assertTrue(rowsInOwn(store) > 1);
            store.compacted();
            assertEquals(1, generations().size());
        }
    }

    @Test void theUnionIsSeenAndTextsAreFoundAfterwards() throws InterruptedException {
        try (var store = Store.on(folder)) {
            swell(store);
            store.compacted();

            assertTrue(!generations().equals(List.of("Data-0001")), generations()::toString);
            assertTrue(rowsInOwn(store) > 1);
            store.write(data -> data.add(label(7777)));
            store.dataset().executeRead(() -> {
                try (var query = QueryExec.dataset(store.dataset()).query("""
                        PREFIX text: <http://jena.apache.org/text#>
                        SELECT ?thing { ?thing text:query "7777" }
                        """).build()) {
                    assertEquals(1, Iter.count(query.select()));
                }
            });
        }
    }

    @Test void whatAProcessLeftInMidCompactionIsTakenAway() throws IOException {
        try (var store = Store.on(folder)) {
            store.write(data -> data.add(label(1)));
        }
        Files.createDirectories(folder.resolve("Data-0002-tmp"));
        Files.writeString(folder.resolve("Data-0002-tmp").resolve("GSPO.dat"), "half");

        try (var store = Store.on(folder)) {
            assertEquals(Set.of(label(1)), quads(store));
        }
        assertEquals(List.of("Data-0001"), generations());
    }

    @Test void theFolderThatACompactionLeftIsTakenAwayWhenItsProcessCouldNot() throws IOException {
        try (var store = Store.on(folder)) {
            store.write(data -> data.add(label(1)));
        }
        Files.move(folder.resolve("Data-0001"), folder.resolve("Data-0002"));
        Files.createDirectories(folder.resolve("Data-0001"));
        Files.writeString(folder.resolve("Data-0001").resolve("GSPO.dat"), "old");

        try (var store = Store.on(folder)) {
            assertEquals(Set.of(label(1)), quads(store));
        }
        assertEquals(List.of("Data-0002"), generations());
    }

    @Test void manyReadersAndAWriterGoOnThroughManyCompactions() throws InterruptedException, ExecutionException {
        var stop = new AtomicBoolean();
        var started = new CountDownLatch(3);
        try (var store = Store.on(folder); var others = Executors.newFixedThreadPool(3)) {
            store.write(data -> IntStream.range(0, 500).forEach(number -> data.add(label(number))));
            var reading = IntStream.range(0, 3).mapToObj(_ -> others.submit(() -> {
                started.countDown();
                var most = 0L;
                while (!stop.get()) {
                    var counted = store.read(data -> List.of(Iter.count(data.find()), (long) Iter.toSet(data.find(Iris.REGISTRY_GRAPH, Node.ANY, Node.ANY, Node.ANY)).size()));
                    assertEquals(counted.getFirst(), counted.getLast());
                    assertTrue(counted.getFirst() >= most, "a later reader saw less");
                    most = counted.getFirst();
                }
                return most;
            })).toList();
            started.await();
            for (int number = 500; number < 620; number++) {
                var one = label(number);
                store.write(data -> data.add(one));
            }
            stop.set(true);
            for (var reader : reading) {
                assertTrue(reader.get() >= 500);
            }
            assertEquals(620, quads(store).size());
        }
    }

    /// So many small changes that the store is made smaller at least once.
    private static void swell(Store store) {
        for (int number = 1; number < 60; number++) {
            var one = label(number);
            store.write(data -> data.add(one));
        }
    }

    private static long rows(Store store) {
        try (var query = QueryExec.dataset(store.dataset()).query("SELECT * { ?thing ?property ?text }").build()) {
            return Iter.count(query.select());
        }
    }

    private static long rowsInOwn(Store store) {
        return store.dataset().calculateRead(() -> rows(store));
    }

    private List<String> generations() {
        try (var files = Files.list(folder)) {
            return new ArrayList<>(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("Data-")).sorted().toList());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
