package org.policygraph.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.jena.dboe.base.file.Location;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.TDB2;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.problem.ProblemException;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;

/// The text index holds what the quads say, whatever happens to them.
class FullTextTest {

    private static final Node LABEL = RDFS.label.asNode();
    private static final List<Node> GRAPHS = List.of(Iris.REGISTRY_GRAPH, Iris.sourceGraph("one"), Iris.INFERRED_GRAPH, Quad.defaultGraphIRI);
    private static final List<Node> PROPERTIES = List.of(LABEL, SKOS.altLabel.asNode(), SKOS.definition.asNode(), SKOS.prefLabel.asNode(), RDFS.seeAlso.asNode());
    private static final Quad HUAWEI = Quad.create(Iris.REGISTRY_GRAPH, Iris.id("huawei"), LABEL, Literals.text("華為", "zh-Hant"));
    private static final Quad TSMC = Quad.create(Iris.REGISTRY_GRAPH, Iris.id("tsmc"), LABEL, Literals.text("台積電", "zh-Hant"));

    @TempDir
    private Path folder;

    @Test void aTextThatWouldHaveLuceneLookAtVeryMuchIsRefusedBeforeItDoes() {
        try (var store = Store.inMemory()) {
            store.write(data -> {
                data.add(HUAWEI);
            });
            for (var text : List.of("word~2 OR ".repeat(400) + "word", "wo*d ".repeat(9), "wo* ".repeat(9), "[a TO b] ".repeat(9), "word ".repeat(200), "w".repeat(200) + "~", "x".repeat(5_000), "(".repeat(3_000),
                    "/a.*b/")) {
                var told = assertThrows(ProblemException.class, () -> store.read(_ -> asked(store, text)), text.substring(0, 5));
                assertTrue(told.getMessage().contains("at most 128 words and of these 8 with ~ or *"), told.getMessage());
                assertTrue(told.getMessage().length() < 1_500, told.getMessage());
            }
            assertEquals(1, store.read(_ -> asked(store, "華為 OR " + "huawei~ ".repeat(8) + "word ".repeat(100))).intValue());
        }
    }

    private static int asked(Store store, String text) {
        return store.texts().query((Node) null, List.of(), text, null, null, 10, null).size();
    }

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void afterAnyChangesAndAbortsItIsWhatARebuildGives(long seed) {
        var random = new Random(seed);
        var most = 0;
        try (var store = Store.inMemory()) {
            for (var round = 0; round < 40; round++) {
                var aborted = random.nextInt(4) == 0;
                try {
                    store.write(data -> {
                        for (var change = 0; change < 12; change++) {
                            change(data, random);
                        }
                        if (aborted) {
                            throw new Undone();
                        }
                    });
                } catch (Undone undone) {
                    assertTrue(aborted);
                }
                assertEquals(rebuilt(store), documents(store), "round " + round);
                most = Math.max(most, documents(store).size());
            }
        }
        assertTrue(most > 5, "hardly anything was ever in it: " + most);
    }

    /// One of the ways in which a graph can be changed, those of the loader among them.
    private static void change(DatasetGraph data, Random random) {
        var quad = any(random);
        switch (random.nextInt(40)) {
            case 0 -> data.removeGraph(quad.getGraph());
            case 1 -> data.getGraph(quad.getGraph()).clear();
            case 2 -> data.deleteAny(Node.ANY, quad.getSubject(), Node.ANY, Node.ANY);
            case 3 -> data.deleteAny(quad.getGraph(), Node.ANY, quad.getPredicate(), null);
            case 4 -> data.getGraph(quad.getGraph()).remove(quad.getSubject(), Node.ANY, Node.ANY);
            case 5 -> data.clear();
            case 6 -> {
                var graph = GraphFactory.createDefaultGraph();
                IntStream.range(0, 5).forEach(_ -> graph.add(any(random).asTriple()));
                data.addGraph(quad.getGraph(), graph);
            }
            case 7, 8, 9, 10 -> data.delete(quad);
            case 11, 12, 13, 14 -> data.getGraph(quad.getGraph()).delete(quad.asTriple());
            case 15, 16, 17, 18, 19, 20, 21, 22 -> data.add(quad);
            case 23 -> data.getDefaultGraph().add(quad.asTriple());
            default -> data.getGraph(quad.getGraph()).add(quad.asTriple());
        }
    }

    private static Quad any(Random random) {
        var text = List.of("華為", "华为", "Huawei", "a", "", "芯片短缺").get(random.nextInt(6));
        var object = switch (random.nextInt(5)) {
            case 0 -> Iris.id("object");
            case 1 -> Literals.plain(text);
            case 2 -> Literals.whole(7);
            default -> Literals.text(text, random.nextBoolean() ? "en" : "zh-Hant");
        };
        return Quad.create(GRAPHS.get(random.nextInt(GRAPHS.size())), Iris.id("thing" + random.nextInt(4)), PROPERTIES.get(random.nextInt(PROPERTIES.size())), object);
    }

    private static List<String> rebuilt(Store store) {
        try (var fresh = Store.inMemory()) {
            var quads = new ArrayList<Quad>();
            store.read(data -> {
                data.find().forEachRemaining(quads::add);
                return null;
            });
            fresh.write(data -> quads.forEach(data::add));
            return documents(fresh);
        }
    }

    /// All that each document keeps.
    private static List<String> documents(Store store) {
        return store.texts().search(searcher -> {
            var documents = new ArrayList<String>();
            for (var document : searcher.search(new MatchAllDocsQuery(), 10_000).scoreDocs) {
                documents.add(searcher.storedFields().document(document.doc).getFields().stream().map(field -> field.name() + "=" + field.stringValue()).sorted().toList().toString());
            }
            return documents.stream().sorted().toList();
        });
    }

    @Test void eachTextOfAGraphIsThereOnceAndNothingElse() {
        try (var store = Store.inMemory()) {
            store.write(data -> {
                data.add(HUAWEI);
                data.add(HUAWEI);
                data.add(HUAWEI.getGraph(), HUAWEI.getSubject(), SKOS.prefLabel.asNode(), HUAWEI.getObject());
                data.add(Quad.defaultGraphIRI, HUAWEI.getSubject(), LABEL, HUAWEI.getObject());
            });

            assertEquals(1, documents(store).size());
        }
    }

    @Test void aReadThatFailsTakesNothingBackOfAWriterBesideIt() {
        try (var store = Store.inMemory()) {
            store.write(data -> {
                data.add(HUAWEI);
                var reader = new Thread(() -> assertThrows(Undone.class, () -> store.read(_ -> {
                    throw new Undone();
                })));
                reader.start();
                try {
                    reader.join();
                } catch (InterruptedException stopped) {
                    throw new AssertionError(stopped);
                }
                data.add(TSMC);
            });

            assertEquals(2, documents(store).size());
        }
    }

    @Test void nothingIsSeenBeforeTheCommit() {
        try (var store = Store.inMemory()) {
            store.write(data -> {
                data.add(HUAWEI);
                assertEquals(List.of(), documents(store));
            });

            assertEquals(1, documents(store).size());
        }
    }

    @Test void whoBringsATransactionOfTheirOwnChangesTheIndexToo() {
        try (var store = Store.inMemory()) {
            Txn.executeWrite(store.dataset(), () -> store.dataset().add(HUAWEI));

            assertEquals(1, documents(store).size());
        }
    }

    @Test void theUnionOfTheGraphsIsStillWhatAQuerySees() {
        try (var store = Store.inMemory()) {
            assertEquals(true, store.dataset().getContext().get(TDB2.symUnionDefaultGraph));
            store.write(data -> {
                data.add(HUAWEI);
                assertTrue(data.getUnionGraph().contains(HUAWEI.asTriple()));
            });
        }
    }

    @Test void anIndexOfThisStateIsTakenAsItIs() {
        written(HUAWEI);
        var told = new ArrayList<String>();

        try (var store = Store.on(folder, told::add)) {
            assertEquals(1, documents(store).size());
        }
        assertEquals(List.of(), told);
    }

    @Test void aStoreOfATimeBeforeTheIndexGetsOne() throws IOException {
        written(HUAWEI);
        delete(folder.resolve("text-index"));

        assertMended(1);
    }

    @Test void anIndexThatADyingProcessLeftBehindIsMadeAnew() throws IOException {
        written(HUAWEI);
        copy(folder.resolve("text-index"), folder.resolve("before"));
        written(TSMC);
        delete(folder.resolve("text-index"));
        copy(folder.resolve("before"), folder.resolve("text-index"));

        assertMended(2);
    }

    @Test void anIndexThatADyingProcessGotAheadWithIsMadeAnew() throws IOException {
        written(HUAWEI);
        TDBInternal.expel(DatabaseMgr.connectDatasetGraph(Location.create(folder)));
        copy(folder.resolve("Data-0001"), folder.resolve("before"));
        written(TSMC);
        TDBInternal.expel(DatabaseMgr.connectDatasetGraph(Location.create(folder)));
        delete(folder.resolve("Data-0001"));
        copy(folder.resolve("before"), folder.resolve("Data-0001"));

        assertMended(1);
    }

    @Test void dataChangedByAnotherProgramIsIndexedAnew() {
        written(HUAWEI);
        TDBInternal.expel(DatabaseMgr.connectDatasetGraph(Location.create(folder)));
        var data = DatabaseMgr.connectDatasetGraph(Location.create(folder));
        Txn.executeWrite(data, () -> {
            data.add(TSMC);
            data.delete(HUAWEI);
        });
        TDBInternal.expel(data);

        assertMended(1);
    }

    @Test void aBrokenIndexIsMadeAnew() throws IOException {
        written(HUAWEI);
        try (var files = Files.list(folder.resolve("text-index"))) {
            for (var file : files.filter(one -> one.getFileName().toString().startsWith("segments")).toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }

        assertMended(1);
    }

    @Test void aStoreThatIsOpenAlreadySaysSo() {
        try (var _ = Store.on(folder)) {
            assertTrue(assertThrows(ProblemException.class, () -> Store.on(folder)).getMessage().contains("open already"));
        }
    }

    private void assertMended(int size) {
        var told = new ArrayList<String>();
        try (var store = Store.on(folder, told::add)) {
            assertEquals(List.of("Making the text index of " + folder + " anew"), told);
            assertEquals(rebuilt(store), documents(store));
            assertEquals(size, documents(store).size());
        }
        told.clear();
        Store.on(folder, told::add).close();
        assertEquals(List.of(), told);
    }

    private void written(Quad quad) {
        try (var store = Store.on(folder)) {
            store.write(data -> data.add(quad));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
