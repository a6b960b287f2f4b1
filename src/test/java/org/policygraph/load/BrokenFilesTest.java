package org.policygraph.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.store.Store;

/// What a curator sees when a file is wrong: the right place, what stood there, what to do; and the store as it was.
class BrokenFilesTest {

    private static final String ENTITIES = "entities/all.json";
    private static final String SOURCE = "sources/paper/source.json";
    private static final String CLAIMS = "sources/paper/claims.json";
    private static final String FIGURES = "sources/paper/figures.json";

    @TempDir Path folder;

    record Broken(String how, String file, String was, String is, String place, String message) {
        @Override public String toString() {
            return how;
        }
    }

    static Stream<Broken> ways() {
        return Stream.of(
                new Broken("a field that does not exist", CLAIMS, "\"speaker\"", "\"speeker\"",
                        ":4 /0/speeker", "unknown field of a claim 'speeker'; did you mean speaker?"),
                new Broken("a field that is missing", CLAIMS, "\"status\": \"reported-fact\", ", "", ":2 /0", "expected the field 'status'"),
                new Broken("a word where true or false belongs", CLAIMS, "\"negated\": false", "\"negated\": \"no\"",
                        ":5 /0/negated", "found \"no\", expected true or false"),
                new Broken("a number where an array belongs", CLAIMS, "[2]", "2", ":4 /0/paragraphs", "found 2, expected an array"),
                new Broken("an unknown relation", CLAIMS, "\"develops\"", "\"develop\"", ":2 /0/predicate", "unknown relation 'develop'; did you mean develops"),
                new Broken("an entity that no one has registered", CLAIMS, "\"object\": \"chip\"", "\"object\": \"chips\"",
                        ":3 /0/object", "unknown entity 'chips'; did you mean chip?"),
                new Broken("an unknown status", CLAIMS, "\"reported-fact\"", "\"fact\"", ":5 /0/status", "unknown claim status 'fact'; did you mean counterfactual or reported-fact?"),
                new Broken("an unknown concept", CLAIMS, "\"object\": \"chip\"", "\"object\": \"layer/chip\"",
                        ":3 /0/object", "unknown concept 'layer/chip'; did you mean layer/chips?"),
                new Broken("an id that is there twice", CLAIMS, "\"c2-02\"", "\"c2-01\"", ":7 /1/id", "found the id 'c2-01' again"),
                new Broken("a field that is there twice", CLAIMS, "\"speaker\": \"study\"", "\"speaker\": \"study\", \"speaker\": \"study\"",
                        ":4", "not JSON: Duplicate Object property \"speaker\""),
                new Broken("a paragraph that the source does not have", CLAIMS, "[2]", "[3]", ":4 /0/paragraphs", "found paragraph 3, expected a paragraph of the source, of which there are 2"),
                new Broken("both an object and a value", CLAIMS, "\"object\": \"chip\"", "\"object\": \"chip\", \"value\": \"2020\"",
                        ":2 /0", "found both 'object' and 'value', expected one of them"),
                new Broken("an attribute with an object", CLAIMS, "\"develops\"", "\"startDate\"", ":3 /0/object", "'object' only with predicate"),
                new Broken("a claim that disputes one that is not there", CLAIMS, "\"gloss\"", "\"disputes\": [\"c9-99\"], \"gloss\"",
                        "/0/disputes/0", "unknown claim 'c9-99'"),
                new Broken("text in one language only", CLAIMS, ", \"zh-Hant\": \"如此。\"", "", ":6 /0/gloss", "expected the field 'zh-Hant'"),
                new Broken("JSON that breaks off", CLAIMS, "\"confidence\": \"high\",", "\"confidence\": \"high", ":5", "not JSON"),
                new Broken("a relation between things of the wrong kinds", CLAIMS, "\"object\": \"chip\"", "\"object\": \"shortage\"",
                        ":3 /0/object", "'object' is shortage, which is Bottleneck, but develops leads to Facility or Resource or Technology"),
                new Broken("an unknown type", ENTITIES, "\"PrivateFirm\"", "\"PrivateFrim\"", ":2 /0/type", "unknown class of entities 'PrivateFrim'; did you mean PrivateFirm?"),
                new Broken("an instrument without a kind", ENTITIES, "\"kind\": \"government-venture-fund\", ", "", ":8 /3", "expected the field 'kind'"),
                new Broken("a kind on what is no instrument", ENTITIES, "\"id\": \"maker\"", "\"id\": \"maker\", \"kind\": \"pilot-zone\"", ":2 /0/kind", "'kind' only with type Instrument"),
                new Broken("an id with capitals", ENTITIES, "\"maker\"", "\"Maker\"", ":2 /0/id", "found \"Maker\", expected an id"),
                new Broken("an entity that is there twice", ENTITIES, "\"ministry\"", "\"maker\"", ":4 /1", "found the id 'maker' again"),
                new Broken("an unknown unit", FIGURES, "\"CCY_USD\"", "\"CCY_USB\"", ":3 /0/unit", "unknown unit 'CCY_USB'; did you mean CCY_USD"),
                new Broken("an unknown metric", FIGURES, "\"fund-size\"", "\"fund-sise\"", ":2 /0/metric", "unknown metric 'fund-sise'; did you mean fund-size?"),
                new Broken("a number in quotes", FIGURES, "1000000", "\"1000000\"", ":3 /0/value", "found \"1000000\", expected a number"),
                new Broken("a number that would fill the disk", FIGURES, "1000000", "1e999999999", ":3 /0/value", "expected a number of at most 60 digits"),
                new Broken("a range that goes down", FIGURES, "\"value\": 1000000, \"unit\": \"CCY_USD\", \"comparator\": \"exactly\"",
                        "\"minimum\": 2, \"maximum\": 1, \"unit\": \"CCY_USD\", \"comparator\": \"between\"", ":3 /0/minimum", "'minimum' must be less than 'maximum'"),
                new Broken("a date that there is not", FIGURES, "\"paragraphs\"", "\"forDate\": \"2023-02-30\", \"paragraphs\"",
                        ":4 /0/forDate", "found \"2023-02-30\", expected a date"),
                new Broken("a source whose id is not its folder's name", SOURCE, "\"id\": \"paper\"", "\"id\": \"papers\"", ":2 /id", "expected the name of its folder, 'paper'"),
                new Broken("a checksum that is none", SOURCE, "1111111111111111111111111111111111111111111111111111111111111111", "11",
                        ":9 /passages/1/sha256", "expected a SHA-256"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void pointsAtThePlaceAndLeavesTheStoreAsItWas(Broken broken) {
        var data = new SmallData(folder);
        try (var store = Store.inMemory()) {
            data.load(store);
            var before = SmallData.quads(store);
            data.change(broken.file(), broken.was(), broken.is());

            var thrown = assertThrows(ProblemException.class, () -> data.load(store));

            var lines = thrown.problems().stream().map(Problem::line).toList();
            assertTrue(lines.stream().anyMatch(line -> line.startsWith(folder.resolve(broken.file()) + "") && line.contains(broken.place())
                    && line.contains(broken.message())), () -> "expected " + broken.place() + ": … " + broken.message() + "\nfound " + String.join("\n", lines));
            assertEquals(before, SmallData.quads(store));
        }
    }

    @Test void allProblemsOfARunAreShownTogether() {
        var lines = problemsWith(data -> {
            data.change(CLAIMS, "\"develops\"", "\"develop\"");
            data.change(ENTITIES, "\"PrivateFirm\"", "\"Firmament\"");
            data.change(FIGURES, "\"exactly\"", "\"circa\"");
        });

        assertEquals(3, lines.size(), lines::toString);
    }

    @Test void aFileThatIsNotUtf8SaysSo() {
        var lines = problemsWith(data -> data.write("entities/bad.json", new byte[] {'[', '{', '"', (byte) 0xff, '"', ':', '1', '}', ']'}));

        assertTrue(lines.getFirst().contains("bad.json:1") && lines.getFirst().contains("UTF-8"), lines::toString);
    }

    @Test void aLineOfNdjsonThatIsBrokenDoesNotHideTheNext() {
        var lines = problemsWith(data -> {
            data.delete(CLAIMS);
            data.write("sources/paper/claims.ndjson", "{\"id\":\n" + SmallData.claim("c2-09", "maker", "devlops", "chip").replace("\n", " ") + "\n");
        });

        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains("claims.ndjson:1:"), lines::toString);
        assertTrue(lines.get(1).contains("claims.ndjson:2 /predicate"), lines::toString);
    }

    @Test void anEmptyFileAMisnamedFileAndASourceWithoutAHeadAreToldApart() {
        assertTrue(problemsWith(data -> data.write(FIGURES, "")).toString().contains("found an empty file"));
        assertTrue(problemsWith(data -> data.write("sources/paper/claim.json", "[]")).toString().contains("unknown file of a source 'claim.json'"));
        assertTrue(problemsWith(data -> data.delete(SOURCE)).toString().contains("has no source.json"));
    }

    @Test void aFolderWithNothingToLoadSaysWhatBelongsThere() {
        try (var store = Store.inMemory()) {
            var thrown = assertThrows(ProblemException.class,
                    () -> Loader.load(new Content(SmallData.ONTOLOGY, java.util.List.of(folder)), store, false, Progress.silent()));

            assertEquals(new Where.InFile(folder, 0, ""), thrown.problems().getFirst().where());
            assertTrue(thrown.getMessage().contains("entities/*.json"));
        }
    }

    private java.util.List<String> problemsWith(Consumer<SmallData> breaking) {
        var data = new SmallData(folder);
        breaking.accept(data);
        try (var store = Store.inMemory()) {
            var thrown = assertThrows(ProblemException.class, () -> data.load(store));
            assertEquals(java.util.Set.of(), SmallData.quads(store));
            return thrown.problems().stream().map(Problem::line).toList();
        }
    }
}
