package org.policygraph.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.RDFS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;

/// What a backup has is what a reader saw, and a store is replaced by a whole one or not at all.
class BackupTest {

    @TempDir
    private Path folder;

    private static Quad label(int number) {
        return Quad.create(Iris.REGISTRY_GRAPH, Iris.id("thing" + number), RDFS.label.asNode(), Literals.text("Thing \"" + number + "\"\n華為", "en"));
    }

    /// Of each kind that a store may have.
    private static List<Quad> kinds() {
        var thing = Iris.id("thing");
        return List.of(label(1),
                Quad.create(Quad.defaultGraphIRI, thing, RDFS.label.asNode(), Literals.plain("in the default graph")),
                Quad.create(Iris.sourceGraph("one"), NodeFactory.createBlankNode("b-1 ü"), RDFS.seeAlso.asNode(), NodeFactory.createBlankNode("b-2")),
                Quad.create(Iris.sourceGraph("one"), thing, RDFS.seeAlso.asNode(), NodeFactory.createTripleTerm(Triple.create(thing, RDFS.label.asNode(), Literals.whole(7)))),
                Quad.create(Iris.sourceGraph("one"), thing, RDFS.comment.asNode(), Literals.plain("# not a comment\n# sha256")));
    }

    private Path store() {
        return folder.resolve("store");
    }

    private Path file() {
        return folder.resolve("backup.nq.gz");
    }

    static Set<Quad> quads(Store store) {
        return store.read(data -> Iter.toSet(data.find()));
    }

    private static Set<Quad> quads(Path folder) {
        try (var store = Store.on(folder, told -> {
            throw new AssertionError(told);
        })) {
            var all = quads(store);
            int texts = store.texts().search(searcher -> searcher.getIndexReader().numDocs());
            assertEquals(all.stream().filter(quad -> quad.getPredicate().equals(RDFS.label.asNode()) && !quad.isDefaultGraph()).count(), texts);
            return all;
        }
    }

    private Backup written(Path folder, List<Quad> quads) throws IOException {
        try (var store = Store.on(folder)) {
            store.write(data -> quads.forEach(data::add));
            store.write(data -> data.prefixes().add("id", Iris.ID));
            return Backup.write(store, file());
        }
    }

    private Backup restore() {
        return Restoration.restore(file(), store(), _ -> { });
    }

    @Test void whatIsRestoredIsWhatWasThere() throws IOException {
        var written = written(store(), kinds());
        Files.writeString(store().resolve(Journal.FILE), "what editors did");
        try (var store = Store.on(store())) {
            Backup.write(store, file());
        }
        var other = folder.resolve("other");

        var told = Restoration.restore(file(), other, _ -> { });

        assertEquals(kinds().size(), told.quads());
        assertEquals(written.quads(), told.quads());
        assertEquals(1, told.files());
        assertEquals(Set.copyOf(kinds()), quads(other));
        assertEquals("what editors did", Files.readString(other.resolve(Journal.FILE)));
        try (var store = Store.on(other)) {
            assertEquals(Iris.ID, store.read(data -> data.prefixes().get("id")));
        }
    }

    @Test void anyProgramForRdfReadsABackup() throws IOException {
        written(store(), kinds());

        try (var in = new GZIPInputStream(Files.newInputStream(file()))) {
            var read = RDFParser.source(in).lang(Lang.NQUADS).toDatasetGraph();
            assertEquals(kinds().size(), Iter.count(read.find()));
        }
    }

    @Test void aBackupOfWhichOneBitIsAnotherIsRefusedWhereverThatIs() throws IOException {
        written(store(), List.of(label(1), label(2)));
        var whole = Files.readAllBytes(file());
        var before = quads(store());

        var random = new Random(7);
        for (int place = 0; place < whole.length; place += place < 30 || place > whole.length - 110 ? 1 : 37) {
            var bytes = whole.clone();
            bytes[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(file(), bytes);
            assertRefused(file(), "byte " + place);
        }
        assertEquals(before, quads(store()));
    }

    @Test void aBackupThatIsCutOffIsRefusedWhereverThatIs() throws IOException {
        written(store(), List.of(label(1), label(2)));
        var whole = Files.readAllBytes(file());

        for (int length = 0; length < whole.length; length += length > whole.length - 110 ? 1 : 29) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertRefused(file(), "length " + length);
        }
        Files.write(file(), Arrays.copyOf(whole, whole.length + 1));
        assertRefused(file(), "longer");
    }

    private void assertRefused(Path file, String how) {
        var refused = assertThrows(ProblemException.class, () -> Restoration.restore(file, store(), _ -> { }), how);
        assertTrue(refused.problems().getFirst() instanceof Problem.Unreadable, () -> how + ": " + refused.getMessage());
        assertFalse(Files.exists(store().resolve(StoreFolder.RESTORED)), how);
    }

    /// With a checksum that is right.
    private void write(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream zipped = new GZIPOutputStream(bytes)) {
            zipped.write(text.getBytes(StandardCharsets.UTF_8));
        }
        var hash = DigestUtils.sha256(bytes.toByteArray());
        bytes.write(BackupFile.seal(hash));
        Files.write(file(), bytes.toByteArray());
    }

    private static String head(String format, String jena) {
        return "# PolicyGraph backup\n# format " + format + "\n# program 9.0\n# jena " + jena + "\n# lucene 10.0.0\n# text-index 1\n# dataset none\n# made 2026-11-30T00:00:00Z\n";
    }

    @Test void aBackupThatCountsOtherwiseIsRefused() throws IOException {
        write(head("1", "6.2.0") + "<urn:s> <urn:p> <urn:o> <urn:g> .\n# quads 2\n");
        assertRefused(file(), "too few");
        write(head("1", "6.2.0") + "<urn:s> <urn:p> <urn:o> <urn:g> .\n");
        assertRefused(file(), "not counted");
        write("<urn:s> <urn:p> <urn:o> <urn:g> .\n# quads 1\n");
        assertRefused(file(), "no head");
        write(head("1", "6.2.0") + "<urn:s> <urn:p> <urn:o <urn:g> .\n# quads 1\n");
        assertRefused(file(), "no N-Quads");

        write(head("1", "6.2.0") + "<urn:s> <urn:p> <urn:o> <urn:g> .\n# quads 1\n");
        assertEquals(1, restore().quads());
    }

    @Test void aBackupOfALaterVersionIsRefusedAndSaysWhatToDo() throws IOException {
        for (var head : List.of(head("2", "6.2.0"), head("1", "7.0.0"))) {
            write(head + "<urn:s> <urn:p> <urn:o> <urn:g> .\n# quads 1\n");
            var refused = assertThrows(ProblemException.class, this::restore);
            assertTrue(refused.problems().getFirst() instanceof Problem.Unusable, refused::getMessage);
            assertTrue(refused.getMessage().contains("the backup was written by PolicyGraph 9.0"), refused::getMessage);
            assertTrue(refused.getMessage().contains("use it with that version"), refused::getMessage);
        }
    }

    @Test void aStoreThatIsOpenIsNotReplaced() throws IOException {
        written(store(), List.of(label(1)));
        try (var store = Store.on(store())) {
            store.write(data -> data.add(label(2)));

            assertTrue(assertThrows(ProblemException.class, this::restore).getMessage().contains("open already"));
            assertEquals(Set.of(label(1), label(2)), quads(store));
        }
        assertEquals(Set.of(label(1), label(2)), quads(store()));
    }

    @Test void aFolderWithOtherThingsIsNoStoreAndStaysAsItIs() throws IOException {
        written(store(), List.of(label(1)));
        var home = folder.resolve("home");
        Files.createDirectories(home);
        Files.writeString(home.resolve("letters.txt"), "dear");

        var refused = assertThrows(ProblemException.class, () -> Restoration.restore(file(), home, _ -> { }));

        assertTrue(refused.getMessage().contains("is no store and has other things in it (letters.txt)"), refused::getMessage);
        assertTrue(assertThrows(ProblemException.class, () -> Store.on(home)).getMessage().contains("letters.txt"));
        assertEquals("dear", Files.readString(home.resolve("letters.txt")));
    }

    @Test void theOldStoreIsThereUntilTheNewOneIsWhole() throws IOException {
        written(store(), List.of(label(1)));
        try (var store = Store.on(store())) {
            store.write(data -> data.add(label(2)));
        }
        // A process that died before the mark.
        Files.createDirectories(store().resolve("restored/Data-0002"));
        Files.writeString(store().resolve("restored/Data-0002/GSPO.dat"), "half");

        assertEquals(Set.of(label(1), label(2)), quads(store()));
        assertFalse(Files.exists(store().resolve("restored")));
        restore();
        assertEquals(Set.of(label(1)), quads(store()));
        restore();
        assertEquals(Set.of(label(1)), quads(store()));
    }

    /// Each step of the exchange in turn is the last that the process takes.
    @Test void whoeverOpensAStoreWhoseExchangeBrokeOffFinishesIt() throws IOException {
        written(store(), List.of(label(1)));
        for (int steps = 0; steps < 5; steps++) {
            var place = folder.resolve("place" + steps);
            try (var store = Store.on(place)) {
                store.write(data -> data.add(label(2)));
            }
            Files.writeString(place.resolve(Journal.FILE), "old");
            // What a restoration has made when it sets the mark.
            var made = folder.resolve("made" + steps);
            Restoration.restore(file(), made, _ -> { });
            var restored = place.resolve("restored");
            Files.createDirectories(restored);
            Files.move(made.resolve("Data-0001"), restored.resolve("Data-0002"));
            Files.move(made.resolve("text-index"), restored.resolve("text-index"));
            Files.move(made.resolve(Journal.FILE), restored.resolve(Journal.FILE));
            Files.writeString(restored.resolve("whole"), "");
            if (steps > 0) {
                Files.move(restored.resolve("Data-0002"), place.resolve("Data-0002"));
            }
            if (steps > 1) {
                Durable.delete(place.resolve("text-index"));
            }
            if (steps > 2) {
                Files.move(restored.resolve("text-index"), place.resolve("text-index"));
            }
            if (steps > 3) {
                Files.delete(place.resolve(Journal.FILE));
                Files.move(restored.resolve(Journal.FILE), place.resolve(Journal.FILE));
            }

            try (var store = Store.on(place)) {
                assertEquals(Set.of(label(1)), quads(store), "after step " + steps);
                assertEquals(1, (int) store.texts().search(searcher -> searcher.getIndexReader().numDocs()), "after step " + steps);
            }
            assertEquals("", Files.readString(place.resolve(Journal.FILE)));
            assertFalse(Files.exists(restored));
            assertFalse(Files.exists(place.resolve("Data-0001")));
        }
    }

    @Test void aBackupBesideWritersHasOneVersion() throws IOException, InterruptedException, ExecutionException {
        var stop = new AtomicBoolean();
        try (var store = Store.on(store()); var others = Executors.newSingleThreadExecutor()) {
            store.write(data -> IntStream.range(0, 300).forEach(number -> data.add(label(number))));
            // Each commit takes one away and adds another: there are always as many.
            var writing = others.submit(() -> {
                for (int number = 0; !stop.get(); number++) {
                    var one = number;
                    store.write(data -> {
                        data.delete(label(one));
                        data.add(label(one + 300));
                    });
                }
            });
            var seen = new ArrayList<Set<Quad>>();
            for (int round = 0; round < 4; round++) {
                Thread.sleep(100);
                Backup.write(store, file());
                Restoration.restore(file(), folder.resolve("round" + round), _ -> { });
                seen.add(quads(folder.resolve("round" + round)));
            }
            stop.set(true);
            writing.get();

            for (var one : seen) {
                var first = IntStream.range(0, 100_000).filter(number -> one.contains(label(number))).findFirst().orElseThrow();
                assertEquals(Set.copyOf(IntStream.range(first, first + 300).mapToObj(BackupTest::label).toList()), one);
            }
            assertTrue(Set.copyOf(seen).size() > 1, "the writer did nothing meanwhile");
        }
    }

    @Test void aStoreThatIsServedIsBackedUpThroughItsSocket() throws IOException {
        try (var store = Store.on(store()); var _ = BackupSocket.open(store)) {
            store.write(data -> data.add(label(1)));

            var taken = BackupSocket.take(store(), file()).orElseThrow();

            assertEquals(1, taken.quads());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(store().resolve(BackupSocket.FILE))));
            assertEquals(taken, Backup.verify(file()));
        }
        assertEquals(Optional.empty(), BackupSocket.take(store(), file()));
        Files.writeString(store().resolve(BackupSocket.FILE), "left by a process that died");
        Files.delete(store().resolve(BackupSocket.FILE));
        assertEquals(Set.of(label(1)), quads(store()));
    }

    @Test void aBackupThatCanNotBeWrittenLeavesTheOneBefore() throws IOException {
        written(store(), List.of(label(1)));
        var before = Files.readAllBytes(file());
        try (var store = Store.on(store())) {
            Files.createDirectory(Backup.part(file()));

            assertThrows(IOException.class, () -> Backup.write(store, file()));
        }
        assertEquals(DigestUtils.sha256Hex(before), DigestUtils.sha256Hex(Files.readAllBytes(file())));
    }
}
