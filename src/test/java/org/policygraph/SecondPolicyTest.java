package org.policygraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.exec.QueryExec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.load.Check;
import org.policygraph.load.CheckReport;
import org.policygraph.load.Content;
import org.policygraph.load.GraphChange;
import org.policygraph.load.LoadReport;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A policy of another country, on another technology, in another currency and read from another language: it needs data,
/// and a Turtle file with concepts that the shipped taxonomies lack, and no Java.
class SecondPolicyTest {

    private static final Path SHIPPED = Path.of("data");
    private static final Path SECOND = Path.of("src/test/resources/second-policy");
    private static final String SOURCE = "hydrogen-corridors";
    private static final Node SHIPPED_GRAPH = Iris.sourceGraph("full-stack");

    @TempDir private static Path words;
    private static Store first;
    private static Store second;
    private static Store both;

    @TempDir Path folder;

    @BeforeAll static void load() throws IOException {
        copy(Path.of("ontology"), words);
        copy(SECOND.resolve("taxonomy"), words.resolve("taxonomy"));
        first = fresh(SHIPPED);
        second = fresh(SECOND);
        both = fresh(SHIPPED, SECOND);
    }

    @AfterAll static void close() {
        Stream.of(first, second, both).forEach(Store::close);
    }

    @Test void itStandsAloneAndLeavesNothingOut() {
        var report = Check.of(new Content(words, List.of(SECOND)), Map.of(SOURCE, SECOND.resolve("sources/hydrogen-corridors/text.en.txt")), Progress.silent());

        assertEquals(List.of(), report.problems());
        assertTrue(report.clean());
        assertEquals(new CheckReport(List.of(), report.coverage(), 51, 58, 12), report);
    }

    @Test void itsGraphsStandBesideThoseOfTheFirst() {
        var graphs = graphs(first);
        graphs.add(Iris.sourceGraph(SOURCE));
        graphs.add(Iris.sourceGraph("boreal-electrolysis-site"));

        assertEquals(graphs, graphs(both));
        assertEquals(quads(first, SHIPPED_GRAPH), quads(both, SHIPPED_GRAPH));
        assertEquals(quads(second, Iris.sourceGraph(SOURCE)), quads(both, Iris.sourceGraph(SOURCE)));
    }

    @ParameterizedTest @ValueSource(strings = { "denied", "disputed", "funds", "governments", "works-against" })
    void aQuestionToBothIsAnsweredFromEither(String question) throws IOException {
        var ofFirst = rows(first, question);
        var ofSecond = rows(second, question);
        var ofBoth = new TreeSet<>(ofFirst);
        ofBoth.addAll(ofSecond);

        assertFalse(ofFirst.isEmpty());
        assertFalse(ofSecond.isEmpty());
        assertEquals(ofBoth, new TreeSet<>(rows(both, question)));
    }

    @Test void whatFollowsFromItIsInferredByTheSameRules() throws IOException {
        assertEquals(List.of("id:alberta-government id:dear-borrowing id:alberta-loan-guarantee"), rows(second, "works-against"));
    }

    @Test void itsCurrencyIsAUnitLikeAnyOther() throws IOException {
        assertEquals(List.of(
                "id:corridor-capital-fund 1800000000 unit:CCY_CAD id:hydrogen-corridors",
                "id:northern-hydrogen-corridors-programme 200000000 350000000 unit:CCY_CAD id:hydrogen-corridors"),
                rows(second, "funds").stream().map(row -> row.replaceFirst("(\\d+) \\1 ", "$1 ")).toList());
    }

    @Test void loadingBothAgainChangesNothing() {
        var before = quads(both);

        assertTrue(load(both, SHIPPED, SECOND).unchanged());
        assertEquals(before, quads(both));
    }

    @Test void aStoreWithTheFirstTakesInTheSecond() {
        try (var store = fresh(SHIPPED)) {
            var report = load(store, SECOND);

            assertFalse(changed(report).contains(SHIPPED_GRAPH.getURI()));
            assertEquals(content(both), content(store));
            assertTrue(load(store, SECOND).unchanged());
        }
    }

    @Test void aReplacedSourceLeavesWhatAFreshLoadGives() throws IOException {
        var changed = changed(folder, claims -> {
            drop(claims, "c05-04");
            claim(claims, "c07-05").put("status", "reported-fact");
            claims.add(claim(claims, "c14-05").deepCopy().put("id", "c15-04").put("object", "early-stack-wear").put("negated", false)
                    .put("assertedBy", "programme-review-authors").put("speaker", "study").set("paragraphs", paragraphs(15)));
        });
        try (var store = fresh(SHIPPED, SECOND); var afresh = fresh(SHIPPED, changed)) {
            var report = load(store, SHIPPED, changed);

            assertEquals(Set.of(Iris.sourceGraph(SOURCE).getURI(), Iris.INFERRED_GRAPH.getURI()), changed(report));
            assertNotEquals(quads(both), quads(store));
            assertEquals(quads(afresh), quads(store));
            assertEquals(quads(both, SHIPPED_GRAPH), quads(store, SHIPPED_GRAPH));
            assertEquals(List.of("id:canadian-government id:early-stack-wear id:northern-hydrogen-corridors-programme",
                    "id:hydrogen-corridors-office id:early-stack-wear id:northern-hydrogen-corridors-programme"),
                    rows(store, "works-against").stream().filter(row -> row.contains("stack-wear") || row.contains("dear-borrowing")).toList());

            load(store, SHIPPED, SECOND);
            assertEquals(quads(both), quads(store));
        }
    }

    @Test void aBrokenChangeLeavesBothAsTheyWere() throws IOException {
        var broken = changed(folder, claims -> {
            drop(claims, "c05-04");
            claim(claims, "c07-03").put("object", "redwater-autumn-plant");
        });
        var before = quads(both);

        var problems = assertThrows(ProblemException.class, () -> load(both, SHIPPED, broken)).problems();

        assertEquals(List.of("unknown entity 'redwater-autumn-plant'; did you mean redwater-spring-plant?"),
                problems.stream().map(problem -> problem.message()).toList());
        assertEquals(before, quads(both));
    }

    private interface Change {
        void to(ArrayNode claims);
    }

    /// The second policy with other claims.
    private static Path changed(Path folder, Change change) throws IOException {
        copy(SECOND, folder);
        var file = folder.resolve("sources/hydrogen-corridors/claims.json");
        var claims = (ArrayNode) JsonMapper.shared().readTree(Files.readString(file));
        change.to(claims);
        Files.writeString(file, claims.toPrettyString());
        return folder;
    }

    private static ObjectNode claim(ArrayNode claims, String id) {
        return claims.valueStream().filter(claim -> claim.get("id").stringValue().equals(id)).map(ObjectNode.class::cast).findFirst().orElseThrow();
    }

    private static void drop(ArrayNode claims, String id) {
        claims.removeIf(claim -> claim.get("id").stringValue().equals(id));
    }

    private static ArrayNode paragraphs(int number) {
        return JsonMapper.shared().createArrayNode().add(number);
    }

    private static Store fresh(Path... folders) {
        var store = Store.inMemory();
        load(store, folders);
        return store;
    }

    private static LoadReport load(Store store, Path... folders) {
        return Loader.load(new Content(words, List.of(folders)), store, false, Progress.silent());
    }

    private static Set<String> changed(LoadReport report) {
        return report.changes().stream().map(GraphChange::graph).collect(Collectors.toSet());
    }

    private static Set<Quad> quads(Store store) {
        return quads(store, Node.ANY);
    }

    private static Set<Quad> quads(Store store, Node graph) {
        return store.read(data -> {
            var quads = new HashSet<Quad>();
            data.find(graph, Node.ANY, Node.ANY, Node.ANY).forEachRemaining(quads::add);
            return quads;
        });
    }

    /// All but what the dataset says of itself: which files a graph was made from.
    private static Set<Quad> content(Store store) {
        var quads = quads(store);
        quads.removeIf(quad -> quad.getGraph().equals(Iris.DATASET_GRAPH));
        return quads;
    }

    private static Set<Node> graphs(Store store) {
        return quads(store).stream().map(Quad::getGraph).collect(Collectors.toCollection(HashSet::new));
    }

    /// The rows of an answer, each as one line with the ontology's prefixes.
    private static List<String> rows(Store store, String question) throws IOException {
        var query = QueryFactory.create(Files.readString(SECOND.resolve("queries/" + question + ".rq")));
        var prefixes = new HashMap<>(Map.of(Iris.ID, "id:", "http://qudt.org/vocab/unit/", "unit:"));
        return store.read(data -> {
            try (var answer = QueryExec.dataset(data).query(query).build()) {
                var rows = new ArrayList<String>();
                answer.select().forEachRemaining(row -> rows.add(query.getProjectVars().stream().map((Var name) -> {
                    var node = row.get(name);
                    var text = node.isURI() ? node.getURI() : node.getLiteralLexicalForm().replaceFirst("\\.0$", "");
                    return prefixes.entrySet().stream().reduce(text, (shown, prefix) -> shown.replace(prefix.getKey(), prefix.getValue()), (a, _) -> a);
                }).collect(Collectors.joining(" "))));
                return rows;
            }
        });
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
