package org.policygraph.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.Quad;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Pol;

class LoaderTest {

    private static final String CLAIMS = "sources/paper/claims.json";

    @TempDir Path folder;

    @Test void aClaimThatHoldsStandsAsAPlainEdgeToo() {
        var data = new SmallData(folder);
        try (var store = Store.inMemory()) {
            data.load(store);

            assertTrue(has(store, "maker", "develops", "chip"));
        }
    }

    @Test void goalsAndDeniedClaimsDoNotStandAsPlainEdges() {
        var data = new SmallData(folder);
        data.change(CLAIMS, "reported-fact", "goal");
        try (var store = Store.inMemory()) {
            data.load(store);

            assertFalse(has(store, "maker", "develops", "chip"));
            data.change(CLAIMS, "\"goal\", \"negated\": false", "\"reported-fact\", \"negated\": true");
            data.load(store);
            assertFalse(has(store, "maker", "develops", "chip"));
            assertTrue(has(store, Quad.create(Iris.sourceGraph("paper"), Iris.inSource("paper", "c2-01"), Pol.NEGATED, Literals.TRUE)));
        }
    }

    @Test void loadingTheSameAgainChangesNothingAndSaysSo() {
        var data = new SmallData(folder);
        try (var store = Store.inMemory()) {
            assertFalse(data.load(store).unchanged());
            var before = SmallData.quads(store);

            assertTrue(data.load(store).unchanged());
            assertEquals(before, SmallData.quads(store));
        }
    }

    @Test void otherBytesThatSayTheSameChangeNoTriple() {
        var data = new SmallData(folder);
        try (var store = Store.inMemory()) {
            data.load(store);
            var before = SmallData.content(store);
            data.write(CLAIMS, data.read(CLAIMS) + "\n\n");

            assertTrue(data.load(store).unchanged());
            assertEquals(before, SmallData.content(store));
        }
    }

    @Test void aChangedSourceLeavesWhatAFreshLoadWouldLeave() {
        var data = new SmallData(folder);
        try (var store = Store.inMemory(); var fresh = Store.inMemory()) {
            data.load(store);
            data.change(CLAIMS, "alleviates", "worsens");
            data.change(CLAIMS, "\"maker\", \"predicate\": \"develops\"", "\"maker\", \"predicate\": \"uses\"");

            data.load(store);
            data.load(fresh);

            assertEquals(SmallData.content(fresh), SmallData.content(store));
            assertFalse(has(store, "ministry", "worksAgainst", "shortage"));
        }
    }

    @Test void whatImplementsAnInstrumentThatAlleviatesWorksAgainst() {
        var data = new SmallData(folder);
        try (var store = Store.inMemory()) {
            data.load(store);

            assertTrue(has(store, Quad.create(Iris.INFERRED_GRAPH, Iris.id("ministry"), pol("worksAgainst"), Iris.id("shortage"))));
            assertTrue(has(store, "fund", "implementedBy", "ministry"));
        }
    }

    @Test void twoClaimsOfTheSameStageAreOneEdgeInTheGraphAndOneInItsCount() {
        var data = new SmallData(folder);
        data.write(CLAIMS, "[" + SmallData.claim("c2-01", "fund", "hasStage", "stage/in-force") + "," + SmallData.claim("c2-02", "fund", "hasStage", "stage/in-force") + "]");
        try (var store = Store.inMemory()) {
            var told = data.load(store).changes().stream().filter(change -> change.graph().equals(Iris.sourceGraph("paper").getURI())).findFirst().orElseThrow();

            assertEquals(of(SmallData.quads(store), "paper").size(), told.added());
        }
    }

    @Test void anotherOntologyIsInferredFromAnew(@TempDir Path other) throws IOException {
        var data = new SmallData(folder);
        copy(SmallData.ONTOLOGY, other);
        var rules = other.resolve("rules/chains.rules");
        Files.writeString(rules, Files.readString(rules).replace("pol:worksAgainst ?bottleneck", "pol:hasEffectOn ?bottleneck"));
        try (var store = Store.inMemory(); var fresh = Store.inMemory()) {
            data.load(store);
            Loader.load(new Content(other, List.of(folder)), store, false, Progress.silent());
            Loader.load(new Content(other, List.of(folder)), fresh, false, Progress.silent());

            assertFalse(has(store, "ministry", "worksAgainst", "shortage"));
            assertTrue(has(store, "ministry", "hasEffectOn", "shortage"));
            assertEquals(SmallData.content(fresh), SmallData.content(store));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    @Test void aSourceOfAnotherFolderStaysWhenOneIsLoaded(@TempDir Path other) {
        var data = new SmallData(folder);
        var second = new SmallData(other);
        second.delete("sources/paper/claims.json");
        second.delete("sources/paper/figures.json");
        second.change("sources/paper/source.json", "\"id\": \"paper\"", "\"id\": \"note\"");
        second.write("sources/note/source.json", second.read("sources/paper/source.json"));
        second.delete("sources/paper/source.json");
        second.delete("sources/paper");
        second.write("sources/note/claims.json", "[" + SmallData.claim("c2-01", "maker", "uses", "chip") + "]");
        try (var store = Store.inMemory()) {
            data.load(store);
            var before = of(SmallData.quads(store), "paper");

            second.load(store);

            assertTrue(has(store, "maker", "uses", "chip"));
            assertTrue(has(store, "maker", "develops", "chip"));
            assertEquals(before, of(SmallData.quads(store), "paper"));
        }
    }

    @Test void freshTakesAwayWhatTheFilesNoLongerSay() {
        var data = new SmallData(folder);
        try (var store = Store.inMemory()) {
            store.write(dataset -> dataset.add(Quad.create(NodeFactory.createURI("urn:g"), Iris.id("a"), pol("uses"), Iris.id("b"))));

            Loader.load(data.content(), store, true, Progress.silent());

            assertFalse(has(store, "a", "uses", "b"));
            assertTrue(has(store, "maker", "develops", "chip"));
        }
    }

    @Test void arraysNdjsonAndTheirGzippedFormsGiveTheSameGraph() throws IOException {
        var data = new SmallData(folder);
        try (var store = Store.inMemory()) {
            data.load(store);
            var expected = SmallData.content(store);
            var array = data.read(CLAIMS);
            var ndjson = array.strip().substring(1, array.strip().length() - 1).replaceAll("\n\\s*", " ").replaceAll("}, \\{\"id\"", "}\n{\"id\"").strip() + "\n";
            Files.delete(folder.resolve(CLAIMS));

            for (var name : List.of("claims.ndjson", "claims.ndjson.gz", "claims.json.gz")) {
                var text = name.contains("ndjson") ? ndjson : array;
                data.write("sources/paper/" + name, name.endsWith(".gz") ? gzip(text) : text.getBytes(StandardCharsets.UTF_8));
                try (var other = Store.inMemory()) {
                    data.load(other);
                    assertEquals(expected, SmallData.content(other), name);
                }
                data.delete("sources/paper/" + name);
            }
        }
    }

    @Test void aLoadFromDiskIsThereAfterReopening(@TempDir Path disk) {
        var data = new SmallData(folder);
        try (var store = Store.on(disk)) {
            data.load(store);
        }
        try (var store = Store.on(disk)) {
            assertTrue(has(store, "maker", "develops", "chip"));
            assertTrue(data.load(store).unchanged());
        }
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Set<Quad> of(Set<Quad> quads, String source) {
        return quads.stream().filter(quad -> quad.getGraph().equals(Iris.sourceGraph(source))).collect(Collectors.toSet());
    }

    private static boolean has(Store store, String subject, String predicate, String object) {
        return SmallData.quads(store).stream().map(Quad::asTriple).anyMatch(Triple.create(Iris.id(subject), pol(predicate), Iris.id(object))::equals);
    }

    private static boolean has(Store store, Quad quad) {
        return SmallData.quads(store).contains(quad);
    }

    private static Node pol(String name) {
        return NodeFactory.createURI(Pol.NAMESPACE + name);
    }
}
