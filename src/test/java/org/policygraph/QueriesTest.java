package org.policygraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.Syntax;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.exec.QueryExec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.store.Store;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;

/// The questions in `queries/`, asked of what is shipped: each answer has what the article says, at the paragraph where it says so.
class QueriesTest {

    private static final Path FOLDER = Path.of("queries");
    private static final Path ONTOLOGY = Path.of("ontology");

    private static Store store;

    @BeforeAll static void load() {
        store = Store.inMemory();
        Loader.load(new Content(ONTOLOGY, List.of(Path.of("data"))), store, false, Progress.silent());
    }

    @AfterAll static void close() {
        store.close();
    }

    static List<Path> files() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isStandardSparqlThatCanBePastedAnywhere(Path file) {
        var query = QueryFactory.create(text(file), Syntax.syntaxSPARQL_11);

        assertTrue(query.hasOrderBy(), "an answer in no order can't be compared with another");
    }

    @ParameterizedTest
    @MethodSource("files")
    void saysInBothLanguagesWhatItAsksAndWhatItReturns(Path file) {
        var header = text(file).lines().takeWhile(line -> line.startsWith("#")).toList();

        for (var field : List.of("#+ title: ", "#+ title-zh: ", "#+ returns: ")) {
            assertTrue(header.stream().anyMatch(line -> line.startsWith(field)), field);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void usesOnlyTermsThatTheOntologyHas(Path file) {
        var terms = Vocabulary.read(ONTOLOGY).terms().stream().map(Node::getLocalName).collect(Collectors.toSet());
        var code = text(file).lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));

        var used = Pattern.compile("\\bpol:(\\w+)").matcher(code).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
        used.removeAll(terms);

        assertEquals(Set.of(), used);
        assertTrue(code.contains("PREFIX pol: <" + Pol.NAMESPACE + ">"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void isAnsweredByTheShippedGraph(Path file) {
        var answer = ask(file.getFileName().toString().replace(".rq", ""));

        assertFalse(answer.rows().isEmpty());
        assertEquals(answer.rows().stream().distinct().count(), answer.rows().size(), "rows that are there twice");
    }

    @Test void actorsDevelopTechnologyInBothLanguages() {
        var answer = ask("actors-develop-technology");

        answer.has("huawei Huawei 華為 ascend 16, 35", "actor", "actorEn", "actorZh", "technology", "paragraphs");
        answer.has("baidu 百度 paddlepaddle 18", "actor", "actorZh", "technology", "paragraphs");
        answer.has("moore-threads 摩爾線程 cuda-alternatives 18", "actor", "actorZh", "technology", "paragraphs");
    }

    @Test void instrumentsHaveTheirStageAndTheirAmountInDollars() {
        var answer = ask("instruments");

        answer.has("big-fund in-force 47000000000", "instrument", "stage", "amountUsd");
        answer.has("national-ai-industry-fund in-force 8200000000", "instrument", "stage", "amountUsd");
        answer.has("state-venture-guidance-fund 138000000000", "instrument", "amountUsd");
        answer.has("bank-of-china-ai-financing bank-loan-programme 138000000000", "instrument", "kind", "amountUsd");
        answer.has("power-subsidies possible", "instrument", "stage");
        answer.has("ai-pilot-zones pilot-zone", "instrument", "kind");
    }

    @Test void whoRunsWhat() {
        var answer = ask("who-runs-what");

        answer.has("bank-of-china bank-of-china-ai-financing 48", "actor", "instrument", "paragraphs");
        answer.has("us-government us-chip-equipment-export-controls", "actor", "instrument");
        answer.hasNot("chinese-government us-export-controls", "actor", "instrument");
    }

    @Test void bottlenecksHaveWhatCausesThemWhatHelpsAndWhomTheyHoldBack() {
        var answer = ask("bottlenecks");

        answer.has("compute-shortage causes us-ai-chip-export-controls", "bottleneck", "role", "other");
        answer.has("compute-shortage constrains bytedance", "bottleneck", "role", "other");
        answer.has("talent-shortage alleviates state-support-for-ai", "bottleneck", "role", "other");
        answer.has("ai-chip-shortage worsens compute-demand-surge", "bottleneck", "role", "other");
        // Denied: subsidies alone do not close the gap.
        answer.has("ai-investment-gap alleviates state-subsidies true", "bottleneck", "role", "other", "negated");
    }

    @Test void chainsRunFromAnInstrumentToAnOutcomeAndKeepTheirSign() {
        var answer = ask("chains");

        answer.has("us-ai-chip-export-controls compute-shortage chinese-ai-firms chip-stockpiling -1 -1",
                "instrument", "bottleneck", "actor", "response", "signOnActor", "netSign");
        answer.has("us-ai-chip-export-controls compute-shortage chinese-ai-firms compute-saving 1", "instrument", "bottleneck", "actor", "response", "netSign");
        answer.has("state-support-for-ai talent-shortage china-ai-industry 1", "instrument", "bottleneck", "actor", "netSign");
        answer.has("domestic-platform-mandate switch-to-huawei-chips iflytek-development-delay 1", "instrument", "response", "outcome", "netSign");
    }

    @Test void theTargetOfComputeStandsBesideTheLatestFigureOfTheSameMetric() {
        var answer = ask("targets-against-figures");

        answer.has("china-compute-capacity total-compute 2025 full-stack.f39-2 full-stack.f39-1 2024-06 39 39",
                "thing", "metric", "due", "target", "figure", "figureDate", "targetParagraphs", "figureParagraphs");
        answer.has("china-ai-industry industry-size 2030 -", "thing", "metric", "due", "figure");
        answer.has("shenzhen-intelligent-computing-centre computing-centre-capacity - -", "thing", "metric", "due", "figure");
    }

    @Test void foreignTechnologiesHaveDomesticSubstitutesWithTheirShortcomings() {
        var answer = ask("substitutes");

        answer.has("nvidia-gpus ascend domestic-chip-performance-gap", "foreign", "substitute", "shortcoming");
        answer.has("nvidia-gpus ascend domestic-chip-output-gap", "foreign", "substitute", "shortcoming");
        answer.has("pytorch mindspore low-framework-attention", "foreign", "substitute", "shortcoming");
        answer.has("cuda cuda-alternatives Dengling Technology; Moore Threads", "foreign", "substitute", "developersEn");
        answer.has("github gitee low-foreign-appeal", "foreign", "substitute", "shortcoming");
    }

    @Test void theEditorialAloneLinksTheFreeMarketToTheStrengthOfTheAmericanIndustry() {
        var answer = ask("editorial-only");

        answer.has("free-market-and-openness enables us-ai-industry 61", "subject", "relation", "object", "paragraphs");
        answer.hasNot("artificial-intelligence dependsOn innovation", "subject", "relation", "object");
        assertTrue(answer.rows().stream().allMatch(row -> row.getFirst().startsWith("full-stack.c59") || row.getFirst().startsWith("full-stack.c6")));
    }

    @Test void goalsComeByDateAndThoseWithoutOneLast() {
        var answer = ask("goals-by-due-date");
        var dates = answer.columns("due");

        answer.has("2030 chinese-government aimsAt global-ai-leadership 3", "due", "subject", "relation", "object", "paragraphs");
        answer.has("2025 full-stack.f39-2-claim", "due", "claim");
        assertEquals(dates.stream().filter(date -> !date.equals("-")).sorted().toList(), dates.stream().takeWhile(date -> !date.equals("-")).toList());
    }

    @Test void whatIsDeniedSaysWhoDeniesIt() {
        var answer = ask("denied");

        answer.has("us-government funds us-ai-industry study-authors 25", "subject", "relation", "object", "deniedBy", "paragraphs");
        answer.has("state-owned-enterprises drives", "subject", "relation");
        answer.has("us-export-controls prevents 17", "subject", "relation", "paragraphs");
    }

    /// @param rows values in the order of `names`: the last part of an IRI, a literal as it is, "-" for none
    private record Answered(List<String> names, List<List<String>> rows) {

        void has(String row, String... columns) {
            assertTrue(columns(columns).contains(row), () -> "no row " + row + " in\n" + String.join("\n", columns(columns)));
        }

        void hasNot(String row, String... columns) {
            assertFalse(columns(columns).contains(row), () -> "the row " + row);
        }

        List<String> columns(String... columns) {
            var at = Stream.of(columns).map(names::indexOf).toList();
            assertFalse(at.contains(-1), () -> "columns " + List.of(columns) + " of " + names);
            return rows.stream().map(row -> at.stream().map(row::get).collect(Collectors.joining(" "))).toList();
        }
    }

    private static Answered ask(String name) {
        var query = QueryFactory.create(text(FOLDER.resolve(name + ".rq")), Syntax.syntaxSPARQL_11);
        return store.read(data -> {
            try (var asked = QueryExec.dataset(data).query(query).build()) {
                var found = asked.select();
                var names = found.getResultVars().stream().map(Var::getVarName).toList();
                var rows = new ArrayList<List<String>>();
                found.forEachRemaining(row -> rows.add(names.stream().map(column -> shown(row.get(column))).toList()));
                return new Answered(names, rows);
            }
        });
    }

    private static String shown(Node value) {
        if (value == null) {
            return "-";
        }
        return value.isURI() ? value.getURI().replaceFirst(".*[/#]", "") : value.getLiteralLexicalForm();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
