package org.policygraph.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// What each command prints, and the status that it ends with.
class MainTest {

    private static final Home HOME = new Home(Path.of("").toAbsolutePath());
    private static final String DEVELOPS = "ASK { id:huawei pol:develops id:ascend }";

    @TempDir
    private static Path shared;
    private static Path store;

    @TempDir
    private Path folder;

    @BeforeAll static void load() {
        store = shared.resolve("store");
        var run = run("load", "--store", store.toString());
        assertEquals(0, run.status(), run::toString);
        assertTrue(run.out().contains("https://w3id.org/policygraph/graph/source/full-stack  +"), run::toString);
        assertTrue(run.err().contains("Writing"), run::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "load", "check", "ask", "query", "why", "path", "search", "export", "backup", "restore", "editor"})
    void eachCommandExplainsItselfWithExamples(String command) {
        var run = run(command, "--help");

        assertEquals(0, run.status());
        assertTrue(run.out().contains("\n  policygraph " + command), run::toString);
        run.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
        assertEquals("", run.err());
    }

    @Test void theProgramListsItsCommandsAndStatuses() {
        var run = run("--help");

        assertEquals(0, run.status());
        for (var part : List.of("serve", "load", "check", "query", "export", "backup", "restore", "Exit status", "policygraph COMMAND --help")) {
            assertTrue(run.out().contains(part), run::toString);
        }
        assertFalse(run.out().contains("rehearse"), run::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "query --version"})
    void itKnowsItsVersion(String words) {
        var run = run(words.split(" "));

        assertEquals(0, run.status());
        assertTrue(run.out().startsWith("policygraph "), run::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "nonsense",
        "query",
        "query a.rq b.rq",
        "query a.rq -e ASK{}",
        "query -e ASK{} --format yaml",
        "query -e ASK{} --nonsense",
        "query -e ASK{} --format ttl --store mem",
        "export --format yaml",
        "export --source a --graph b",
        "serve --port many",
        "check --format xml",
        "check --text full-stack",
    })
    void wrongUsageIsTwoAndSaysWhereHelpIs(String words) {
        var run = run(words.isEmpty() ? new String[0] : words.split(" "));

        assertEquals(2, run.status(), run::toString);
        assertEquals("", run.out());
        assertTrue(run.err().contains("--help"), run::toString);
    }

    @Test void aNameIsFoundInAnyScript() {
        var run = run("search", "华为", "--limit", "1", "--store", store.toString());

        assertEquals(0, run.status(), run::toString);
        assertTrue(run.out().contains("id/huawei,label,false,華為,zh-Hant,pol:PrivateFirm,"), run::toString);
        assertEquals("", run.err());
    }

    @Test void aNameThatNothingBearsIsOneAndToldWhatIsNear() {
        var run = run("search", "huawei", "factory", "--format", "text", "--store", store.toString());

        assertEquals(1, run.status(), run::toString);
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("Nothing is called 'huawei factory'; did you mean Huawei"), run::toString);
    }

    @Test void anEdgeIsProvedAndOneThatIsNotThereIsANo() {
        var why = run("why", "華為", "develops", "ascend", "--store", store.toString());
        var not = run("why", "huawei", "develops", "nvidia", "--lang", "zh-Hant", "--store", store.toString());

        assertEquals(0, why.status(), why::toString);
        assertTrue(why.out().startsWith("Huawei — develops — Ascend\n  id:huawei pol:develops id:ascend\n├─ id:full-stack.c16-05 "), why::toString);
        assertEquals(1, not.status(), not::toString);
        assertTrue(not.out().contains("圖中沒有這條邊"), not::toString);
        assertEquals(4, run("why", "huaweii", "develops", "ascend", "--store", store.toString()).status());
    }

    @Test void aRowCarriesItsEvidenceWhereThisIsAskedFor() {
        var run = run("query", "-e", "SELECT ?t { id:huawei pol:develops ?t } ORDER BY ?t LIMIT 1", "--evidence", "--store", store.toString());

        assertEquals("t,evidence_claims,evidence_paragraphs,", run.out().substring(0, 38), run::toString);
        assertTrue(run.out().contains("full-stack.c35-12,\"16, 35\",reported-fact,study-authors (study),0.9,"), run::toString);
    }

    @Test void aMistypedCommandIsToldTheOneMeant() {
        assertTrue(run("quer").err().contains("policygraph query"));
    }

    @Test void aPersonGetsATableAndAProgramCsv() {
        var query = "SELECT ?name { id:huawei rdfs:label ?name } ORDER BY LANG(?name)";

        assertEquals("name\n──────\nHuawei\n華為\n", asPerson("query", "-e", query, "--store", store.toString()).out());
        assertEquals("name\r\nHuawei\r\n華為\r\n", run("query", "-e", query, "--store", store.toString()).out());
        assertEquals("?name\n\"Huawei\"@en\n\"華為\"@zh-Hant\n", asPerson("query", "-e", query, "--format", "TSV", "--store", store.toString()).out());
    }

    @Test void aQueryComesFromAFileAnOptionOrStandardInput() throws IOException {
        var file = Files.writeString(folder.resolve("q.rq"), DEVELOPS);

        for (var run : List.of(asPerson("query", file.toString(), "--store", store.toString()),
                asPerson("query", "-e", DEVELOPS, "--store", store.toString()),
                run(new ByteArrayInputStream(DEVELOPS.getBytes(StandardCharsets.UTF_8)), true, "query", "-", "--store", store.toString()))) {
            assertEquals("yes\n", run.out());
            assertEquals(0, run.status());
        }
    }

    @Test void anAskThatIsNotSoIsOne() {
        var run = asPerson("query", "-e", "ASK { id:huawei pol:develops id:nothing }", "--store", store.toString());

        assertEquals(1, run.status());
        assertEquals("no\n", run.out());
    }

    @Test void aQueryThatFindsNothingSaysWhyOnStandardError() {
        var rows = run("query", "-e", "SELECT ?what { id:huawei pol:develop ?what }", "--store", store.toString());
        var graph = run("query", "-e", "CONSTRUCT WHERE { id:huwaei pol:develops ?what }", "--store", store.toString());
        var no = run("query", "-e", "ASK { id:ascend pol:develops id:huawei }", "--store", store.toString());

        assertEquals(new Run(0, "what\r\n", """
                This finds nothing.
                  no property pol:develop; did you mean pol:develops?
                Smallest part that fails:
                  id:huawei pol:develop ?what    # alone: no solutions
                """), rows);
        assertTrue(graph.err().contains("did you mean id:huawei?"), graph::toString);
        assertTrue(no.err().startsWith("The answer is no.\n") && no.err().contains("in the other direction"), no::toString);
    }

    @Test void aQueryThatFindsSomethingSaysNothingOnStandardError() {
        assertEquals("", run("query", "-e", "SELECT ?what { id:huawei pol:develops ?what }", "--store", store.toString()).err());
    }

    @Test void aStoreInMemoryHasWhatPolicyGraphShips() {
        assertEquals(0, run("query", "-e", DEVELOPS, "--store", "mem").status());
    }

    @Test void aWrongQueryIsThreeAndSaysWhere() throws IOException {
        var file = Files.writeString(folder.resolve("q.rq"), "SELECT *\nWHER { ?s ?p ?o }");

        var run = run("query", file.toString(), "--store", store.toString());

        assertEquals(3, run.status());
        assertTrue(run.err().startsWith(file + ":2 column "), run::toString);
        assertEquals("", run.out());
    }

    @Test void aQueryThatIsNoTextIsThree() throws IOException {
        var file = Files.write(folder.resolve("q.rq"), new byte[] {'A', 'S', 'K', (byte) 0xFF});

        var run = run("query", file.toString(), "--store", store.toString());

        assertEquals(3, run.status());
        assertEquals(file + ": it is not UTF-8\n", run.err());
    }

    @Test void aFileThatIsNotThereIsFourAndTheLibrarysQuestionOfThatNameIsTold() throws IOException {
        var some = Files.list(HOME.queries()).filter(file -> file.toString().endsWith(".rq")).findFirst().orElseThrow();
        var name = some.getFileName().toString().replace(".rq", "");

        var run = run("query", name, "--store", store.toString());

        assertEquals(4, run.status());
        assertTrue(run.err().contains("did you mean queries/" + name + ".rq"), run::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"query -e ASK{}", "export"})
    void anEmptyOrAbsentStoreIsFourAndSaysWhatToRunFirst(String words) throws IOException {
        var empty = Files.createDirectories(folder.resolve("empty"));
        for (var place : List.of(folder.resolve("absent"), empty)) {
            var run = run(with(words.split(" "), "--store", place.toString()));

            assertEquals(4, run.status(), run::toString);
            assertTrue(run.err().contains("policygraph load") && run.err().contains(place.toString()), run::toString);
        }
        assertFalse(Files.exists(folder.resolve("absent")), "asking makes no store");
        try (var files = Files.list(empty)) {
            assertEquals(0, files.count(), "asking makes no store");
        }
    }

    @Test void aStoreThatWasLoadedWithNothingIsFourToo() {
        var place = folder.resolve("bare");
        org.policygraph.store.Store.on(place).close();

        assertEquals(4, run("query", "-e", "ASK {}", "--store", place.toString()).status());
    }

    @Test void aStoreThatIsNoFolderIsFive() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");

        assertEquals(5, run("load", "--store", file.toString()).status());
    }

    @Test void anotherFolderThanPolicyGraphsIsFiveAndSaysSo() {
        var run = run(new Home(folder), InputStream.nullInputStream(), false, "load", "--store", "mem");

        assertEquals(5, run.status());
        assertTrue(run.err().contains("ontology/policygraph.ttl"), run::toString);
    }

    @Test void loadingTheSameTwiceChangesNothingAndSaysSo() {
        var run = run("load", "--store", store.toString());

        assertEquals(0, run.status());
        assertEquals("Nothing changed: the store has this content already\n", run.out());
    }

    @Test void dataThatIsWrongIsThreeWithItsPlaceAndLeavesTheStoreAsItWas() throws IOException {
        var data = Files.createDirectories(folder.resolve("data/entities")).getParent();
        Files.writeString(data.resolve("entities/a.json"), "[\n  { \"id\": \"a\", \"type\": \"Nonsense\" }\n]\n");
        var before = run("export", "--format", "nq", "--store", store.toString()).out();

        var run = run("load", data.toString(), "--store", store.toString());

        assertEquals(3, run.status(), run::toString);
        assertTrue(run.err().contains(data.resolve("entities/a.json") + ":2 /0/type"), run::toString);
        assertTrue(run.err().lines().anyMatch(line -> line.matches("\\d+ problems")), run::toString);
        assertEquals(before, run("export", "--format", "nq", "--store", store.toString()).out());
    }

    @Test void aCheckThatFindsSomethingIsOneAndTellsItAsItsResult() throws IOException {
        var data = Files.createDirectories(folder.resolve("data/entities")).getParent();
        Files.writeString(data.resolve("entities/a.json"), "[\n  { \"id\": \"a\", \"type\": \"Nonsense\" }\n]\n");

        var text = run("check", data.toString());
        var json = run("check", data.toString(), "--format", "json");

        assertEquals(1, text.status(), text::toString);
        assertTrue(text.out().contains(data.resolve("entities/a.json") + ":2 /0/type"), text::toString);
        assertEquals(1, json.status());
        var report = JsonMapper.shared().readTree(json.out());
        assertFalse(report.get("clean").asBoolean());
        var told = report.get("problems").get(0);
        assertEquals(data.resolve("entities/a.json").toString(), told.get("file").asString());
        assertEquals(2, told.get("line").asInt());
        assertTrue(told.get("pointer").asString().startsWith("/0"), told::toString);
    }

    @Test void aCheckOfWhatPolicyGraphShipsIsCleanAndTellsHowMuchItCovers() {
        var run = run("check");

        assertEquals(0, run.status(), run::toString);
        assertTrue(run.out().contains("full-stack: ") && run.out().endsWith(": clean\n"), run::toString);
    }

    @Test void anExportGoesToStandardOutputOrToAFileThatTellsItsFormat() throws IOException {
        var file = folder.resolve("out.nt");

        var lines = run("export", "--format", "nt", "--store", store.toString());
        var written = run("export", "--output", file.toString(), "--store", store.toString());

        assertEquals(0, lines.status());
        assertEquals(new Run(0, "", ""), written);
        assertEquals(lines.out(), Files.readString(file));
        assertTrue(lines.out().lines().count() > 10_000);
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList(), "nothing else is left");
        }
    }

    @Test void aFileMayEndAsRdfXmlUsuallyDoes() throws IOException {
        var file = folder.resolve("out.rdf");

        assertEquals(0, run("export", "--graph", "graph:dataset", "--output", file.toString(), "--store", store.toString()).status());

        assertTrue(Files.readString(file).startsWith("<?xml"));
    }

    @Test void aPartCanBeExportedByTheSourcesIdOrTheGraphsName() {
        var bySource = run("export", "--source", "full-stack", "--format", "nq", "--store", store.toString());
        var byName = run("export", "--graph", "graph:source/full-stack", "--format", "nq", "--store", store.toString());
        var byIri = run("export", "--graph", "https://w3id.org/policygraph/graph/source/full-stack", "--format", "nq", "--store", store.toString());

        assertEquals(0, bySource.status(), bySource::err);
        assertEquals(bySource, byName);
        assertEquals(bySource, byIri);
        assertTrue(bySource.out().lines().allMatch(line -> line.endsWith("<https://w3id.org/policygraph/graph/source/full-stack> .")));
    }

    @ParameterizedTest
    @CsvSource({"--source, fullstack, did you mean full-stack?", "--graph, graph:ontologi, no graph 'graph:ontologi'"})
    void aPartThatIsNotThereIsFourAndLeavesNoFile(String option, String part, String told) throws IOException {
        var run = run("export", option, part, "--output", folder.resolve("out.ttl").toString(), "--store", store.toString());

        assertEquals(4, run.status());
        assertTrue(run.err().contains(told), run::toString);
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test void aBugIsFiveWithItsTrace() {
        var broken = new InputStream() {
            @Override public int read() {
                throw new IllegalStateException("a bug");
            }
        };

        var run = run(broken, false, "query", "-", "--store", store.toString());

        assertEquals(5, run.status());
        assertTrue(run.err().contains("IllegalStateException: a bug\n\tat "), run::toString);
    }

    @ParameterizedTest
    @CsvSource({"Broken pipe, ''", "No space left on device, The machine can't: java.io.IOException: No space left on device"})
    void resultsThatNobodyTakesAreFiveWithoutATrace(String why, String told) {
        var refusing = new OutputStream() {
            @Override public void write(int one) throws IOException {
                throw new IOException(why);
            }
        };
        for (var words : List.of("query -e DESCRIBE<https://w3id.org/policygraph/id/huawei>", "query -e SELECT*{?s?p?o}LIMIT(1)".replace("LIMIT(1)", ""),
                "query -e SELECT*{?s?p?o} --format table", "export --format ttl", "export --format nq", "export --format rdfxml", "export --format jsonld")) {
            var err = new ByteArrayOutputStream();
            var terminal = new Terminal(InputStream.nullInputStream(), refusing, new PrintStream(err, true, StandardCharsets.UTF_8), false, false);

            assertEquals(5, Main.run(terminal, HOME, with(words.split(" "), "--store", store.toString())), words);
            assertEquals(told, err.toString(StandardCharsets.UTF_8).strip(), words);
        }
    }

    @Test void aPersonSeesABarAndALogALineForEachStep() {
        var seen = asPerson("load", "--store", folder.resolve("one").toString());
        var logged = run("load", "--store", folder.resolve("two").toString());

        assertTrue(seen.err().contains("%") && seen.err().contains("\r"), seen::toString);
        assertTrue(logged.err().lines().count() > 3 && !logged.err().contains("\r") && !logged.err().contains("%"), logged::toString);
        assertEquals(logged.out(), seen.out());
    }

    record Run(int status, String out, String err) {}

    private static Run run(String... words) {
        return run(InputStream.nullInputStream(), false, words);
    }

    private static Run asPerson(String... words) {
        return run(InputStream.nullInputStream(), true, words);
    }

    private static Run run(InputStream in, boolean person, String... words) {
        return run(HOME, in, person, words);
    }

    private static Run run(Home home, InputStream in, boolean person, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var status = Main.run(new Terminal(in, out, new PrintStream(err, true, StandardCharsets.UTF_8), person, person), home, words);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String[] with(String[] words, String... more) {
        var all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
