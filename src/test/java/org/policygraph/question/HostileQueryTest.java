package org.policygraph.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.sparql.exec.QueryExec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.evidence.PathFunction;
import org.policygraph.limit.Allowance;
import org.policygraph.limit.Limits;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.store.Store;
import org.policygraph.term.Literals;

/// Queries that would take a day, all memory, or the stack: each is told what it may not, soon.
@Timeout(120)
class HostileQueryTest {

    private static final Store STORE = Store.inMemory();
    private static final Limits USUAL = Limits.usual();
    private static final Limits HASTY = USUAL.withTime(Duration.ofMillis(400));
    /// The thread is free again at most so long after the deadline; what a test's machine adds is not the query's.
    private static final Duration SOON = Duration.ofMillis(1_500);
    private static final int THINGS = 3_000;

    @BeforeAll static void fill() {
        PathFunction.register();
        STORE.write(data -> {
            var graph = NodeFactory.createURI("urn:g");
            for (int i = 0; i < THINGS; i++) {
                var thing = NodeFactory.createURI("urn:thing:" + i);
                data.add(graph, thing, NodeFactory.createURI("urn:next"), NodeFactory.createURI("urn:thing:" + (i + 1) % THINGS));
                data.add(graph, thing, NodeFactory.createURI("urn:also"), NodeFactory.createURI("urn:thing:" + (i * 7 + 3) % THINGS));
                data.add(graph, thing, NodeFactory.createURI("urn:n"), Literals.whole(i));
                data.add(graph, thing, NodeFactory.createURI("urn:text"), NodeFactory.createLiteralString("text number " + i + " " + "a".repeat(i % 50)));
            }
        });
    }

    @AfterAll static void close() {
        STORE.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        // Joins and cross products.
        "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }",
        "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(?b = ?nothing) }",
        "SELECT * { ?a <urn:text> ?b . ?c <urn:n> ?d . ?e <urn:n> ?f FILTER(?d + ?f < -1) }",
        "SELECT * { { ?a <urn:n> ?x } { ?b <urn:n> ?y } { ?c <urn:n> ?z } FILTER(?x + ?y + ?z < 0) }",
        "SELECT (COUNT(*) AS ?n) { ?a <urn:n> ?x OPTIONAL { { ?b <urn:n> ?y } { ?c <urn:n> ?z } FILTER(?x + ?y + ?z < 0) } }",
        "SELECT (COUNT(*) AS ?n) { VALUES ?a { 1 2 3 4 5 6 7 8 9 10 } VALUES ?b { 1 2 3 4 5 6 7 8 9 10 } VALUES ?c { 1 2 3 4 5 6 7 8 9 10 } VALUES ?d { 1 2 3 4 5 6 7 8 9 10 }"
                + " VALUES ?e { 1 2 3 4 5 6 7 8 9 10 } VALUES ?f { 1 2 3 4 5 6 7 8 9 10 } VALUES ?g { 1 2 3 4 5 6 7 8 9 10 } VALUES ?h { 1 2 3 4 5 6 7 8 9 10 } VALUES ?i { 1 2 3 4 5 6 7 8 9 10 } }",
        // What is not there.
        "SELECT * { ?a ?p ?b . ?c ?q ?d FILTER NOT EXISTS { ?e ?r ?f . ?g ?s ?h FILTER(?b = ?h && ?f = -1) } }",
        "SELECT * { ?a ?p ?b MINUS { ?a ?p ?c . ?d ?q ?e . ?f ?r ?g FILTER(?e = ?nothing) } }",
        "ASK { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(?b = ?nothing) }",
        // Aggregates, sorts, what is told once.
        "SELECT (SUM(?x + ?y + ?z) AS ?n) { ?a <urn:n> ?x . ?b <urn:n> ?y . ?c <urn:n> ?z }",
        "SELECT ?x (COUNT(*) AS ?n) { ?a <urn:n> ?x . ?b <urn:n> ?y . ?c <urn:n> ?z } GROUP BY ?x HAVING (COUNT(*) < 0)",
        "SELECT * { ?a <urn:n> ?x . ?b <urn:n> ?y . ?c <urn:n> ?z } ORDER BY DESC(?x * ?y * ?z) LIMIT 5",
        "SELECT DISTINCT ?p { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }",
        "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }",
        "SELECT (SAMPLE(?x) AS ?n) { { SELECT DISTINCT ?x { ?a <urn:n> ?x . ?b <urn:n> ?y . ?c <urn:n> ?z } } }",
        // Paths.
        "SELECT (COUNT(*) AS ?n) { ?a (<urn:next>|<urn:also>)* ?b . ?b (<urn:next>|<urn:also>)* ?c }",
        "SELECT (COUNT(*) AS ?n) { ?a (<urn:next>/<urn:also>|^<urn:next>)+ ?b }",
        "ASK { ?a (!<urn:n>)* ?b . ?b (!<urn:n>)* ?c FILTER(?c = -1) }",
        // Regular expressions.
        "SELECT * { BIND(CONCAT('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '!') AS ?t) FILTER REGEX(?t, '(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x$') }",
        "SELECT * { FILTER REGEX('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x$') }",
        "SELECT (REPLACE('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x$', 'b') AS ?x) {}",
        "SELECT * { ?a <urn:text> ?t FILTER(REGEX(CONCAT(?t, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'), '(a*)*(a*)*(a*)*$')) }",
        "SELECT ?t { ?a <urn:text> ?t } ORDER BY REGEX(CONCAT(?t, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'), '(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x$')",
        "SELECT (SUM(IF(REGEX(CONCAT(?t, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'), '(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x$'), 1, 0)) AS ?x) { ?a <urn:text> ?t }",
        // Written for ever, put together for ever.
        "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }",
        "CONSTRUCT { ?a <urn:a> <urn:b> } WHERE { VALUES ?a { <urn:a> } ?b <urn:n> ?x . ?c <urn:n> ?y . ?d <urn:n> ?z FILTER(?x + ?y + ?z < 0) }",
        "DESCRIBE ?a { ?a <urn:n> ?x . ?c <urn:n> ?y . ?d <urn:n> ?z FILTER(?x + ?y + ?z < 0) }",
        "SELECT * FROM <urn:g> { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(?b = ?nothing) }",
        "SELECT * FROM NAMED <urn:g> { GRAPH ?g { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(?b = ?nothing) } }",
    })
    void itIsEndedAtItsDeadlineWhereverItIs(String text) {
        assertEquals(Problem.Bound.TIME, ended(text, HASTY).bound());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT * { ?a ?p ?b . ?c ?q ?d } ORDER BY ?b",
        "SELECT DISTINCT * { ?a ?p ?b . ?c ?q ?d }",
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?a ?p ?b . ?c ?q ?d }",
        "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?a <urn:n> ?b . ?c <urn:n> ?d BIND(CONCAT(STR(?b), '-', STR(?d)) AS ?x) }",
        "SELECT (SUM(DISTINCT ?x) AS ?n) { ?a <urn:n> ?b . ?c <urn:n> ?d BIND(?b * 10000 + ?d AS ?x) }",
        "SELECT (GROUP_CONCAT(?t) AS ?n) { ?a <urn:text> ?t . ?c <urn:n> ?d }",
        "SELECT (GROUP_CONCAT(DISTINCT ?x) AS ?n) { ?a <urn:n> ?b . ?c <urn:n> ?d BIND(CONCAT(STR(?b), '-', STR(?d)) AS ?x) }",
        "SELECT ?a ?c (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d } GROUP BY ?a ?c",
        "SELECT ?a ?c { ?a ?p ?b . ?c ?q ?d } GROUP BY ?a ?c",
        "SELECT * { { ?a <urn:n> ?x . ?c <urn:n> ?z OPTIONAL { ?a <urn:next> ?y } } { ?b <urn:n> ?w OPTIONAL { ?b <urn:next> ?y } } }",
        "SELECT * { ?a <urn:n> ?x OPTIONAL { { SELECT ?a ?y { ?a <urn:n> ?y . ?b <urn:n> ?z } } FILTER(?y < -1) } }",
        "SELECT * { ?a <urn:n> ?x MINUS { ?a <urn:none> ?w } MINUS { SELECT ?x ?y { ?b <urn:n> ?z . ?c <urn:n> ?y BIND(?z + ?y + 0.5 AS ?x) } } }",
        "CONSTRUCT { ?a <urn:with> ?c } WHERE { ?a ?p ?b . ?c ?q ?d }",
        "DESCRIBE ?a { ?a ?p ?b . ?c ?q ?d }",
    })
    void oneThatWouldKeepMoreThanItMayIsToldSo(String text) {
        var told = ended(text, USUAL.withMemory(4 << 20, 1 << 30));

        assertEquals(Problem.Bound.MEMORY, told.bound());
        assertEquals("--query-memory", told.option());
    }

    @Test void aCountOfEverythingKeepsNothing() {
        for (var text : List.of("SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c <urn:n> ?d FILTER(?d < 100) }", "SELECT ?p (COUNT(*) AS ?n) { ?a ?p ?b . ?c <urn:n> ?d FILTER(?d < 100) } GROUP BY ?p",
                "SELECT DISTINCT ?p { ?a ?p ?b . ?c <urn:n> ?d FILTER(?d < 100) }", "SELECT ?p { ?a ?p ?b . ?c <urn:n> ?d FILTER(?d < 100) } GROUP BY ?p",
                "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?a ?p ?b . ?c <urn:n> ?d FILTER(?d < 100) }")) {
            answered(text, USUAL.withMemory(1 << 20, 1 << 30));
        }
    }

    @Test void whatASortWithinAnotherKeptIsFreeAgain() {
        answered("SELECT (COUNT(?y) AS ?n) { ?a <urn:n> ?x FILTER EXISTS { SELECT ?a ?y { ?a <urn:next> ?b . ?b <urn:text> ?y } ORDER BY ?y } }",
                USUAL.withMemory(64 << 10, 1 << 30));
    }

    @Test void aTextThatDoublesIsStoppedBeforeItIsLarge() {
        var doubling = new StringBuilder("SELECT (STRLEN(?x60) AS ?n) { BIND('0123456789' AS ?x0) ");
        for (int i = 0; i < 60; i++) {
            doubling.append("BIND(CONCAT(?x").append(i).append(", ?x").append(i).append(") AS ?x").append(i + 1).append(") ");
        }
        for (var text : List.of(doubling + "}", doubling.toString().replaceAll("CONCAT\\((\\?x\\d+), \\?x\\d+\\)", "REPLACE($1, '.', '\\$0\\$0')") + "}",
                doubling.toString().replaceAll("CONCAT\\((\\?x\\d+), \\?x\\d+\\)", "ENCODE_FOR_URI(REPLACE($1, '.', '\\$0華'))") + "}",
                doubling.toString().replaceAll("CONCAT\\(", "<http://www.w3.org/2005/xpath-functions#concat>(") + "}")) {
            var told = ended(text, USUAL);
            assertEquals("--query-string", told.option(), () -> told.message() + " " + text);
        }
    }

    @Test void aNumberThatSquaresIsStoppedBeforeItIsLarge() {
        var squaring = new StringBuilder("SELECT (?x60 AS ?n) { BIND(1234567890 AS ?x0) ");
        for (int i = 0; i < 60; i++) {
            squaring.append("BIND(?x").append(i).append(" * ?x").append(i).append(" AS ?x").append(i + 1).append(") ");
        }

        assertEquals(Problem.Bound.SHAPE, ended(squaring + "}", USUAL).bound());
        assertEquals(Problem.Bound.SHAPE, ended("SELECT (<http://www.w3.org/2005/xpath-functions/math#pow>(10, 1000000000) AS ?x) {}", USUAL).bound());
    }

    @Test void aRegularExpressionThatWouldOverflowTheStackIsTold() {
        var long1 = "ab".repeat(100_000);
        assertEquals(Problem.Bound.SHAPE, ended("SELECT * { FILTER REGEX('" + long1 + "', '^(a|b)*$') }", USUAL).bound());
        assertEquals(Problem.Bound.SHAPE, ended("SELECT (REPLACE('" + long1 + "', '^(a|b)*$', 'x') AS ?x) {}", USUAL).bound());
        var wrong = assertThrows(ProblemException.class, () -> answered("SELECT * { FILTER REGEX('a', '" + "(".repeat(100_000) + "') }", USUAL));
        assertTrue(wrong.getMessage().startsWith("query"), wrong.getMessage());
    }

    @Test void lookingForALongTextInALongTextTakesNoTime() {
        var text = "a".repeat(250_000);
        var needle = "a".repeat(125_000) + "b";
        for (var function : List.of("CONTAINS('%s', '%s')", "STRBEFORE('%s', '%s') = ''", "STRAFTER('%s', '%s') = ''")) {
            answered("ASK { FILTER(" + function.formatted(text, needle) + ") }", USUAL.withTime(Duration.ofSeconds(2)));
        }
    }

    @Test void withNobodyToAnswerToItStillHasNoMoreThanItMay() {
        var told = assertThrows(ProblemException.class, () -> write("SELECT (REPLACE('" + "ab".repeat(100_000) + "', '^(a|b)*$', 'x') AS ?x) {}", OutputStream.nullOutputStream()));

        assertEquals("query: a regular expression of it goes too deep into a text (--query-parts)", told.getMessage());
    }

    @Test void aQueryThatHasATimeOfItsOwnEndsAlone() {
        try (var allowance = Allowance.of(USUAL)) {
            assertEquals("goes on", allowance.spend(() -> STORE.read(data -> {
                try (var asked = QueryExec.dataset(data).query("ASK { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(?b = ?nothing) }").timeout(100, TimeUnit.MILLISECONDS).build()) {
                    assertThrows(QueryCancelledException.class, asked::ask);
                }
                Allowance.check();
                try (var next = QueryExec.dataset(data).query("SELECT * { ?a <urn:n> ?b }").build()) {
                    var rows = next.select();
                    for (int i = 0; i < THINGS; i++) {
                        rows.next();
                    }
                }
                return "goes on";
            })));
            assertEquals(Optional.empty(), allowance.ended());
        }
    }

    @Test void answersAreAsTheyWereWithoutBounds() {
        var answers = Map.of(
                "SELECT (REGEX('Policy', '^p', 'i') AS ?a) (REGEX('a.c', 'a.c', 'q') AS ?b) (REGEX('abc'@en, 'B') AS ?c) {}", "a,b,c\r\ntrue,true,false\r\n",
                "SELECT (REPLACE('abcd', 'b(.)', '[$1]') AS ?a) (REPLACE('ABC'@en, 'b', 'x', 'i') AS ?b) (LANG(?b) AS ?l) {}", "a,b,l\r\na[c]d,AxC,en\r\n",
                "SELECT (REPLACE('', '.*', 'x') AS ?a) (REPLACE('notEmpty', '.*', 'x') AS ?b) {}", "a,b\r\nx,x\r\n",
                "SELECT (CONCAT('a', 'b') AS ?a) (CONTAINS('abc', 'b') AS ?b) (STRBEFORE('abc'@en, 'b') AS ?c) (1 + 2 * 3 / 4 AS ?d) {}", "a,b,c,d\r\nab,true,a,2.5\r\n",
                "SELECT (COUNT(DISTINCT ?p) AS ?n) (GROUP_CONCAT(DISTINCT ?x; SEPARATOR=',') AS ?c) { ?a ?p ?o . ?a <urn:n> 1 BIND('z' AS ?x) }", "n,c\r\n4,z\r\n",
                "SELECT (COUNT(*) AS ?n) { <urn:thing:0> <urn:next>+ ?b }", "n\r\n" + THINGS + "\r\n");
        answers.forEach((text, expected) -> {
            var out = new ByteArrayOutputStream();
            write(text, out);
            assertEquals(expected, out.toString(StandardCharsets.UTF_8), text);
        });
    }

    private static Problem.Exceeded ended(String text, Limits limits) {
        var since = System.nanoTime();
        var told = assertThrows(ProblemException.class, () -> answered(text, limits), text);
        var late = Duration.ofNanos(System.nanoTime() - since).minus(limits.time());
        assertTrue(late.compareTo(SOON) < 0, () -> text + " was ended " + late + " after its time");
        return (Problem.Exceeded) told.problems().getFirst();
    }

    private static void answered(String text, Limits limits) {
        try (var allowance = Allowance.of(limits)) {
            allowance.spend(() -> {
                write(text, OutputStream.nullOutputStream());
                return null;
            });
        }
    }

    private static void write(String text, OutputStream out) {
        var query = Sparql.read(text, new Where.Argument("query"), Map.of());
        Answer.write(query, STORE, AnswerFormat.of(query).contains(AnswerFormat.CSV) ? AnswerFormat.CSV : AnswerFormat.NT, out);
    }
}
