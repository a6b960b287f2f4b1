package org.policygraph.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.Syntax;
import org.eclipse.rdf4j.query.QueryLanguage;
import org.eclipse.rdf4j.query.parser.ParsedTupleQuery;
import org.eclipse.rdf4j.query.parser.QueryParserUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.source.QuestionEntry.Tier;
import org.policygraph.store.Names;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Vocabulary;

/// The library of questions: heads that say what they are, values that enter as terms, answers that are known.
class LibraryTest {

    private static final Path FOLDER = Path.of("queries");
    private static final Names NAMES = new Names(Vocabulary.read(Path.of("ontology")));
    private static final Library LIBRARY = Library.read(FOLDER, NAMES);
    private static final Store STORE = Store.inMemory();

    @TempDir private Path folder;

    @BeforeAll static void load() {
        Loader.load(new Content(Path.of("ontology"), List.of(Path.of("data")), Optional.of(FOLDER)), STORE, false, Progress.silent());
    }

    @AfterAll static void close() {
        STORE.close();
    }

    static List<Question> questions() {
        return LIBRARY.questions();
    }

    @Test void asksAtLeastFortyQuestionsInEveryTier() {
        assertTrue(questions().size() >= 40, () -> questions().size() + " questions");
        assertEquals(Arrays.stream(Tier.values()).collect(Collectors.toSet()),
                questions().stream().map(question -> question.entry().tier()).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void isAnsweredByTheShippedGraphWithTheGoldenResult(Question question) throws IOException {
        assertEquals(Files.readString(FOLDER.resolve(question.entry().name() + ".tsv")), answer(question.query()));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void hasAnAnswerThatSaysSomething(Question question) {
        assertTrue(answer(question.query()).lines().count() > 1);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void isParsedByAnotherParserWithTheSameColumns(Question question) {
        var parsed = QueryParserUtil.parseQuery(QueryLanguage.SPARQL, question.entry().text(), Iris.BASE);

        assertEquals(true, parsed instanceof ParsedTupleQuery);
        assertEquals(new TreeSet<>(question.query().getResultVars()), new TreeSet<>(parsed.getTupleExpr().getBindingNames().stream()
                .filter(question.query().getResultVars()::contains).toList()));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void drawsColumnsThatItHas(Question question) {
        assertEquals(List.of(), question.entry().view().columns().values().stream()
                .filter(column -> !question.query().getResultVars().contains(column)).toList());
    }

    @ParameterizedTest
    @MethodSource("questions")
    void offersItsDefaultsAmongTheChoices(Question question) {
        STORE.read(data -> {
            for (var parameter : question.entry().parameters()) {
                if (parameter.value().isPresent()) {
                    assertEquals(answer(question.query()), answer(question.with(Map.of(parameter.name(), parameter.value().get()), data)));
                }
                assertEquals(parameter.choices().isEmpty(), question.choices(parameter, 10_000, data).isEmpty(), parameter.name());
            }
            return null;
        });
    }

    @Test void isFoundByClientsThatLookForExamplesOfShacl() {
        var examples = QueryFactory.create(resource("examples.rq"), Syntax.syntaxSPARQL_11);
        var prefixes = QueryFactory.create(resource("prefixes.rq"), Syntax.syntaxSPARQL_11);

        var found = answer(examples);
        questions().forEach(question -> assertTrue(found.contains("<" + Iris.question(question.entry().name()).getURI() + ">"), question.entry().name()));
        assertTrue(answer(prefixes).contains("\"pol\"\t\"https://w3id.org/policygraph/ontology#\""));
    }

    // What an asker gives.

    @Test void aValueTakesThePlaceOfTheDefault() throws IOException {
        var question = made("VALUES ?actor { id:bytedance } ?actor pol:develops ?t", "id:bytedance");

        assertEquals("?t\n", answer(question.query()));
        for (var typed : List.of("huawei", "id:huawei", "https://w3id.org/policygraph/id/huawei", "Huawei", "華為")) {
            assertTrue(answer(with(question, "actor", typed)).contains("<https://w3id.org/policygraph/id/ascend>\n"), typed);
        }
    }

    @Test void aValueReachesInnerSelectsAndFilters() throws IOException {
        var question = made("VALUES ?actor { id:bytedance } { SELECT ?t { VALUES ?actor { id:bytedance } ?actor pol:develops ?t } }", "id:bytedance");

        assertTrue(answer(with(question, "actor", "huawei")).contains("/id/ascend>"));
    }

    @Test void whatMayBeLeftOpenCanBeSet() throws IOException {
        var question = made("VALUES ?actor { UNDEF } ?actor pol:develops ?t", "any");

        var open = answer(question.query());
        assertTrue(open.lines().count() > answer(with(question, "actor", "huawei")).lines().count());
        assertEquals(open, answer(with(question, "actor", "any")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "actor | huawai | actor: no thing 'huawai'; did you mean huawei?",
        "actor | id:huawei } ?s ?p ?o # | actor: no thing 'id:huawei } ?s ?p ?o #'",
        "actor | any | actor: no thing 'any'",
        "actor | ascend | actor: found 'ascend', expected one of pol:Actor",
        "actr | huawei | made: unknown parameter 'actr'; did you mean actor?",
    })
    void aValueThatCanNotBeMeantIsToldAndNothingIsAsked(String name, String value, String told) throws IOException {
        var question = made("VALUES ?actor { id:bytedance } ?actor pol:develops ?t", "id:bytedance");

        var refused = assertThrows(ProblemException.class, () -> with(question, name, value));

        assertTrue(refused.getMessage().startsWith(told), refused.getMessage());
    }

    @Test void aNameThatIsNoneIsToldWithThoseLikeIt() {
        var refused = assertThrows(ProblemException.class, () -> LIBRARY.named("who-runs-wat", new Where.Argument("ask")));

        assertEquals("ask: no question 'who-runs-wat'; did you mean who-runs-what?", refused.getMessage());
    }

    // What is wrong with a file.

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "#+ title: What? | #+ titel: What? | :1 /titel: unknown field of a question 'titel'; did you mean title",
        "tags: [gap] | tags: [gaps] | unknown tier as the first of the tags 'gaps'",
        "view: {type: table} | view: {type: pie} | unknown view 'pie'",
        "view: {type: table} | view: {type: table | the head is not YAML",
        "default: id:bytedance | default: id:huawei | found the default id:huawei, expected what VALUES ?actor has: id:bytedance",
        "name: actor | name: actors | found no VALUES ?actors { … } in the query, expected one, with the default",
        "ORDER BY ?t | ORDER BUY ?t | not SPARQL 1.1",
        "SELECT ?t { | SELECT ?t { SERVICE <http://example.org/> { ?a ?b ?c } | found SERVICE <http://example.org/>, expected a query that asks this graph alone",
        "PREFIX id: | PREFIX di: | not SPARQL 1.1",
    })
    void aFileThatIsWrongIsToldWithItsPlace(String right, String wrong, String told) throws IOException {
        var text = text("VALUES ?actor { id:bytedance } ?actor pol:develops ?t", "id:bytedance");
        assertTrue(text.contains(right), right);
        Files.writeString(folder.resolve("made.rq"), text.replace(right, wrong));

        var refused = assertThrows(ProblemException.class, () -> Library.read(folder, NAMES));

        assertTrue(refused.getMessage().startsWith(folder.resolve("made.rq").toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains(told), refused.getMessage());
    }

    private Question made(String pattern, String standard) throws IOException {
        Files.writeString(folder.resolve("made.rq"), text(pattern, standard));
        return Library.read(folder, NAMES).named("made", new Where.Argument("ask"));
    }

    private static String text(String pattern, String standard) {
        return """
                #+ title: What?
                #+ title-zh: 何？
                #+ description: >-
                #+   What it develops: all of it.
                #+ description-zh: 所研發者。
                #+ tags: [gap]
                #+ params:
                #+   - name: actor
                #+     type: iri
                #+     default: %s
                #+     choices: pol:Actor
                #+     title: the actor
                #+     title-zh: 行動者
                #+ view: {type: table}
                #+ returns: ?t

                PREFIX id: <https://w3id.org/policygraph/id/>
                PREFIX pol: <https://w3id.org/policygraph/ontology#>

                SELECT ?t { %s } ORDER BY ?t
                """.formatted(standard, pattern);
    }

    private static Query with(Question question, String name, String value) {
        return STORE.read(data -> question.with(Map.of(name, value), data));
    }

    private static String answer(Query query) {
        var out = new ByteArrayOutputStream();
        Answer.write(query, STORE, AnswerFormat.TSV, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String resource(String name) {
        try (var in = LibraryTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
