package org.policygraph.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.dboe.base.file.Location;
import org.apache.jena.dboe.sys.Names;
import org.apache.jena.dboe.transaction.txn.ComponentId;
import org.apache.jena.dboe.transaction.txn.journal.Journal;
import org.apache.jena.dboe.transaction.txn.journal.JournalEntry;
import org.apache.jena.dboe.transaction.txn.journal.JournalEntryType;

import org.apache.jena.graph.Graph;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.VOID;
import org.apache.lucene.index.Term;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.policygraph.graph.Inference;
import org.policygraph.graph.Rules;
import org.policygraph.problem.ProblemException;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;

/// Damage is told, whichever file it is in; or it changes nothing of what the store says.
class StoreCheckTest {

    private static final Path ONTOLOGY = Path.of("ontology");

    /// How often each file is damaged in each way; more takes longer.
    private static final int ROUNDS = Integer.getInteger("damage.rounds", 1);

    @TempDir
    private Path folder;

    private Path store() {
        return folder.resolve("store");
    }

    private static StoreCheck.Report check(Path store) {
        return StoreCheck.of(store, Optional.empty(), GraphFactory.createDefaultGraph(), _ -> { });
    }

    private static Quad label(int number) {
        return Quad.create(Iris.REGISTRY_GRAPH, Iris.id("thing" + number), RDFS.label.asNode(), Literals.text("Thing " + number + " 華為", number % 2 == 0 ? "en" : "zh-Hant"));
    }

    private void fill() {
        try (var store = Store.on(store())) {
            for (int round = 0; round < 3; round++) {
                var first = round * 100;
                store.write(data -> IntStream.range(first, first + 100).forEach(number -> {
                    data.add(label(number));
                    data.add(Quad.create(Iris.sourceGraph("one"), Iris.id("thing" + number), RDFS.seeAlso.asNode(), Iris.id("thing" + number / 3)));
                    data.add(Quad.create(Iris.sourceGraph("one"), Iris.id("thing" + number), RDFS.comment.asNode(), Literals.whole(number)));
                    data.add(Quad.create(Quad.defaultGraphIRI, Iris.id("thing" + number), RDFS.comment.asNode(), Literals.plain("default " + number)));
                }));
            }
            store.write(data -> data.prefixes().add("id", Iris.ID));
        }
    }

    private static Set<Quad> quads(Store store) {
        return store.read(data -> Iter.toSet(data.find()));
    }

    @Test void aStoreThatIsWholeIsClean() {
        fill();

        var report = check(store());

        assertEquals(List.of(), report.damages());
        assertEquals(1200, report.quads());
        assertEquals(1, report.skipped().size(), report::toString);
    }

    /// A copy whose files end where what is used of them ends: small, and all of it matters.
    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.getFileName().toString().endsWith(".lock")) {
                    var bytes = Files.size(file) > 1 << 22 ? used(file) : Files.readAllBytes(file);
                    Files.write(target, bytes);
                }
            }
        }
    }

    private static byte[] used(Path file) throws IOException {
        var name = file.getFileName().toString();
        var stem = name.substring(0, name.lastIndexOf('.'));
        var state = ByteBuffer.wrap(Files.readAllBytes(file.resolveSibling(stem + ".bpt")));
        var blocks = name.endsWith(".idn") ? state.getLong(8) : state.getLong(16);
        try (var bytes = Files.newInputStream(file)) {
            return bytes.readNBytes((int) blocks * 8192);
        }
    }

    @Test void whateverIsDamagedIsToldOrChangesNothing() throws IOException {
        fill();
        Set<Quad> before;
        List<List<String>> texts;
        try (var store = Store.on(store())) {
            before = quads(store);
            texts = texts(store);
        }
        var whole = folder.resolve("whole");
        copy(store(), whole);
        assertTrue(check(whole).clean());
        Durable.delete(whole);
        copy(store(), whole);

        var random = new Random(11);
        var told = 0;
        List<Path> files;
        try (var all = Files.walk(whole)) {
            files = all.filter(Files::isRegularFile).map(whole::relativize).sorted().toList();
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (var file : files) {
                // By turns where there is one round alone, which is enough for every day.
                for (var cut : ROUNDS == 1 ? List.of(files.indexOf(file) % 3 == 0) : List.of(false, true)) {
                    var copy = folder.resolve("copy");
                    copy(whole, copy);
                    var how = damage(copy.resolve(file), cut, random);
                    if (how.isPresent() && isTold(copy, before, texts, file + " " + how.get())) {
                        told++;
                    }
                    Durable.delete(copy);
                }
            }
        }
        assertTrue(told > files.size() * ROUNDS / 3, "only " + told + " of " + files.size() + " files");
    }

    private static Optional<String> damage(Path file, boolean cut, Random random) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            if (bytes.length() == 0) {
                return Optional.empty();
            }
            var at = random.nextLong(bytes.length());
            if (cut) {
                bytes.setLength(at);
                return Optional.of("ends at " + at);
            }
            bytes.seek(at);
            var was = bytes.read();
            bytes.seek(at);
            bytes.write(was ^ 1 << random.nextInt(8));
            return Optional.of("changed at " + at);
        }
    }

    private static boolean isTold(Path copy, Set<Quad> before, List<List<String>> texts, String how) {
        try {
            if (!check(copy).clean()) {
                return true;
            }
        } catch (ProblemException refused) {
            return true;
        } catch (RuntimeException | Error failed) {
            throw new AssertionError(how, failed);
        }
        try (var store = Store.on(copy)) {
            assertEquals(before, quads(store), how);
            assertEquals(texts, texts(store), how);
        }
        return false;
    }

    private static List<List<String>> texts(Store store) {
        return store.texts().search(searcher -> {
            var all = new ArrayList<List<String>>();
            for (var leaf : searcher.getIndexReader().leaves()) {
                for (int document = 0; document < leaf.reader().maxDoc(); document++) {
                    if (leaf.reader().getLiveDocs() == null || leaf.reader().getLiveDocs().get(document)) {
                        all.add(FullText.kept(leaf.reader().storedFields().document(document)));
                    }
                }
            }
            all.sort((one, other) -> one.toString().compareTo(other.toString()));
            return all;
        });
    }

    @Test void aRowThatOneIndexLacksIsTold() {
        fill();
        try (var store = Store.on(store())) {
            store.dataset().executeWrite(() -> {
                var generation = TDBInternal.requireStorage(((Generations) ((IndexedData) store.dataset()).getWrapped()).getWrapped());
                var table = generation.getQuadTable().getNodeTupleTable().getTupleTable();
                table.getIndex(3).delete(table.getIndex(0).all().next());
            });
        }

        var report = check(store());

        assertEquals(1, report.damages().size(), report::toString);
        assertEquals("index " + "POSG" + " has other quads (899) than the first index (900)", report.damages().getFirst().what());
        assertTrue(report.damages().getFirst().remedy().contains("policygraph restore"));
    }

    @Test void anIndexOfTextsThatDiffersFromTheQuadsIsTold() throws IOException {
        fill();
        try (var store = Store.on(store())) {
            store.texts().getIndexWriter().deleteDocuments(new Term(FullText.IRI, Iris.id("thing7").getURI()));
            store.texts().commit();
        }

        var report = check(store());

        assertEquals(List.of("the text index has other texts (299) than the quads (300)"), report.damages().stream().map(StoreCheck.Damage::what).toList());
        assertTrue(report.damages().getFirst().remedy().contains("text-index"));
    }

    @Test void whatTheDatasetSaysOfItselfIsCounted() {
        fill();
        try (var store = Store.on(store())) {
            store.write(data -> data.add(Quad.create(Iris.DATASET_GRAPH, Iris.sourceGraph("one"), VOID.triples.asNode(), Literals.whole(601))));
        }

        assertEquals(List.of(Iris.sourceGraph("one") + " has 600 triples, and the dataset says 601"), check(store()).damages().stream().map(StoreCheck.Damage::what).toList());
    }

    @Test void aHistoryOfEditsThatIsDamagedIsTold() throws IOException {
        fill();
        try (var store = Store.on(store())) {
            var entry = store.journal().append(0, zipped("an edit"));
            store.write(data -> data.add(Quad.create(Iris.EDITS_GRAPH, Iris.id("edit"), DCTerms.identifier.asNode(),
                    Literals.plain("bytes " + entry.start() + "-" + entry.end() + " sha256 " + entry.sha256()))));
        }
        assertTrue(check(store()).clean());

        var file = store().resolve(org.policygraph.store.Journal.FILE);
        var bytes = Files.readAllBytes(file);
        bytes[4] ^= 1;
        Files.write(file, bytes);

        assertTrue(check(store()).damages().getFirst().what().startsWith("the history of edits can't be read"));
    }

    private static byte[] zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zipping = new GZIPOutputStream(bytes)) {
            zipping.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test void aGraphThatRulesWouldNotInferIsTold() {
        var words = Vocabulary.read(ONTOLOGY);
        var rules = Rules.read(ONTOLOGY.resolve("rules"), words.graph());
        var fact = Triple.create(Iris.id("huawei"), NodeFactory.createURI(Pol.NAMESPACE + "develops"), Iris.id("ascend"));
        try (var store = Store.on(store())) {
            store.write(data -> {
                words.graph().find().forEach(triple -> data.add(Quad.create(Iris.ONTOLOGY_GRAPH, triple)));
                data.add(Quad.create(Iris.sourceGraph("one"), fact));
                var inference = new Inference(rules, data.getUnionGraph(), data.getGraph(Iris.INFERRED_GRAPH));
                data.getUnionGraph().find().toList().stream().filter(rules::concern).forEach(inference::added);
            });
        }
        var clean = check(store(), rules, words.graph());
        assertEquals(List.of(), clean.damages());
        assertEquals(List.of(), clean.skipped());

        try (var store = Store.on(store())) {
            store.write(data -> data.delete(Quad.create(Iris.sourceGraph("one"), fact)));
        }

        var report = check(store(), rules, words.graph());
        assertTrue(report.damages().getFirst().what().startsWith("the inferred graph lacks 0 triples that follow, and has "), report::toString);
    }

    private static StoreCheck.Report check(Path store, Rules rules, Graph ontology) {
        return StoreCheck.of(store, Optional.of(rules), ontology, _ -> { });
    }

    @Test void aJournalThatEndsWithinAnEntryIsCutAndTheStoreIsAsItWas() throws IOException {
        fill();
        var file = store().resolve("Data-0001").resolve(Names.journalFile);
        var entries = journal(false);

        for (int length = 0; length < entries.length; length++) {
            Files.write(file, Arrays.copyOf(entries, length));
            TornJournal.mend(store().resolve("Data-0001"));
            assertEquals(0, Files.size(file), "length " + length);
        }
        Files.write(file, Arrays.copyOf(entries, entries.length - 3));
        assertTrue(check(store()).clean());
    }

    @Test void whatFollowsTheLastCommitOfAJournalIsCutAndNoMore() throws IOException {
        fill();
        var file = store().resolve("Data-0001").resolve(Names.journalFile);
        var committed = journal(true);
        for (int more = 0; more < 30; more++) {
            Files.write(file, Arrays.copyOf(committed, committed.length + more));
            TornJournal.mend(store().resolve("Data-0001"));
            assertEquals(committed.length, Files.size(file));
        }
        var damaged = committed.clone();
        damaged[20] ^= 1;
        Files.write(file, damaged);

        assertTrue(assertThrows(ProblemException.class, () -> Store.on(store())).getMessage().contains("the journal is damaged before a commit"));
    }

    /// As TDB2 writes it.
    private byte[] journal(boolean committed) throws IOException {
        var place = folder.resolve("journal");
        Files.createDirectories(place);
        Files.deleteIfExists(place.resolve(Names.journalFile));
        var journal = Journal.create(Location.create(place));
        for (int entry = 0; entry < 2; entry++) {
            journal.write(JournalEntryType.REDO, ComponentId.create(null, new byte[] {0, 0, 0, 99}), ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
        }
        if (committed) {
            journal.writeJournal(JournalEntry.COMMIT);
        }
        journal.close();
        return Files.readAllBytes(place.resolve(Names.journalFile));
    }

    @Test void aFileThatIsCutIsNotFilledWithZerosWhenTheStoreIsOpened() throws IOException {
        fill();
        var file = store().resolve("Data-0001").resolve("SPOG.dat");
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(8192);
        }

        var refused = assertThrows(ProblemException.class, () -> Store.on(store()));

        assertTrue(refused.getMessage().contains("the store is damaged (SPOG.dat has 1 blocks of"), refused::getMessage);
        assertTrue(refused.getMessage().contains("policygraph restore"), refused::getMessage);
        assertEquals(8192, Files.size(file));
    }

    @Test void aStoreOfALaterVersionIsNeitherCheckedNorOpened() throws IOException {
        fill();
        var stamp = store().resolve(StoreFormat.FILE);
        Files.writeString(stamp, Files.readString(stamp).replace("format 1", "format 2").replaceFirst("program .*", "program 9.9"));

        for (var refused : List.of(assertThrows(ProblemException.class, () -> check(store())), assertThrows(ProblemException.class, () -> Store.on(store())))) {
            assertTrue(refused.getMessage().contains("the store was written by PolicyGraph 9.9 (format 2"), refused::getMessage);
        }
    }

    @Test void theStampIsThereBeforeTheData() {
        try (var store = Store.on(store())) {
            assertEquals(StoreFormat.current(), StoreFormat.of(store()).orElseThrow());
            assertEquals(0, quads(store).size());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test void aStoreWithoutAStampGetsOneWhenItIsWhole() throws IOException {
        fill();
        Files.delete(store().resolve(StoreFormat.FILE));
        var told = new ArrayList<String>();

        try (var store = Store.on(store(), told::add)) {
            assertEquals(1200, quads(store).size());
        }
        assertEquals(List.of("Checking " + store() + ", which an earlier version wrote"), told);
        assertEquals(StoreFormat.current(), StoreFormat.of(store()).orElseThrow());
    }

    @Test void aStoreWithoutAStampThatIsNotWholeIsRefused() throws IOException {
        fill();
        Files.delete(store().resolve(StoreFormat.FILE));
        var file = store().resolve("Data-0001").resolve("nodes-data.obj");
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(60);
            var was = bytes.read();
            bytes.seek(60);
            bytes.write(was ^ 1);
        }

        assertTrue(assertThrows(ProblemException.class, () -> Store.on(store())).getMessage().contains("the store is damaged"));
        assertTrue(Files.notExists(store().resolve(StoreFormat.FILE)));
    }
}
