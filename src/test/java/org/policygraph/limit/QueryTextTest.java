package org.policygraph.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

class QueryTextTest {

    private static final Where WHERE = new Where.Argument("query");
    private static final Limits LIMITS = Limits.usual().withText(1 << 20, 50, 1_000);

    @Test void whatIsNestedTooDeepIsRefusedAndSaysWhere() {
        for (var nested : List.of("(", "{", "[ <p> ", "<<", "<<( ", "{ <a> <b> <c> {| ")) {
            var told = refused("SELECT *\n{ " + nested.repeat(60));
            assertEquals(Problem.Bound.SHAPE, told.bound(), nested);
            assertEquals("--query-nesting", told.option(), nested);
            assertTrue(told.where().toString().startsWith("query:2 column "), () -> told.where().toString());
        }
        checked("SELECT * " + "{".repeat(20) + "}".repeat(20));
    }

    @Test void whatIsChainedIsFollowedAsDeepAsWhatIsNested() {
        for (var chained : List.of("{ ?s !a !", "{ ?s a/ a/ ", "{ ?s a|a|", "{ ?s ^a^a", "{ FILTER(1+1+", "{ FILTER(1-1-1", "{ FILTER(?x-?x-?x", "{ FILTER(true-true-true",
                "{ FILTER(!!!", "{ FILTER(?a&&?a", "{ FILTER(?a||?a", "{ {} UNION {} UNION ", "{ OPTIONAL {} OPTIONAL {}", "{ MINUS {} ", "{ {} {} ", "{ BIND(1 AS ?x) ",
                "{ FILTER(1) ", "{ GRAPH ?g {} ", "{ FILTER(?x*?x*")) {
            var head = chained.substring(0, chained.contains("FILTER(") && !chained.contains("1) ") ? chained.indexOf('(') + 1 : chained.startsWith("{ ?s") ? 5 : 2);
            var told = refused("SELECT * " + head + chained.substring(head.length()).repeat(60));
            assertEquals("--query-nesting", told.option(), chained);
        }
    }

    @Test void bracketsAndOperatorsWithinOtherThingsAreNone() {
        var many = "((({{{[[[+-*/!|^&".repeat(20);

        checked("SELECT * { ?s ?p \"" + many + "\" , '" + many + "' , \"\"\"\n\"" + many + "\"\"\" , '''" + many + "\\''' ' '' " + many + "''' }");
        checked("SELECT * { # " + many + "\n ?s ?p ?o }");
        checked("SELECT * { ?s <http://example.org/((([[[/////////////////////////////////////////////////////////////++++++> ?o }");
        checked("SELECT * { ?s ex:a-b-c-d\\(\\(\\( ?o . ?s ?p \"a\"@en-us-x-y , \"1\"^^<urn:t> }");
        checked("SELECT * { VALUES ?x { " + "-1 +1 \"a\"^^<urn:t> ".repeat(5_000) + " } VALUES (?x ?y) { " + "(-1 +1) ".repeat(5_000) + "} }");
        checked("SELECT * { ?s ?p ?o FILTER(?o IN (" + "\"a\"^^<urn:t>, -1, ".repeat(200) + "1)) }");
        checked("SELECT * { ?s <p>/<q>/<r> ?o . " + "?s <p>/<q>/<r> ?o . ".repeat(100) + "}");
    }

    @Test void existsWithinExistsIsRefusedBeforeTheOptimiserDoublesItsWorkTooOften() {
        checked("ASK { " + "FILTER EXISTS { ?s ?p ?o ".repeat(8) + "}".repeat(9));

        assertEquals("--query-nesting", refused("ASK { " + "FILTER NOT EXISTS { ?s ?p ?o ".repeat(9) + "}".repeat(10)).option());
    }

    @Test void lessThanIsNoIri() {
        var told = refused("SELECT * { FILTER(?a < 1 && " + "(?b<".repeat(60));

        assertEquals("--query-nesting", told.option());
    }

    @Test void whatHasTooManyPartsIsRefused() {
        for (var part : List.of("?s ?p ?o . ", "?s ?p ?o ; ", "?s ?p ?o , ", "[] ")) {
            assertEquals("--query-parts", refused("SELECT * {" + part.repeat(1_100)).option(), part);
        }
    }

    @Test void whatIsTooLongIsRefusedWhetherInCharactersOrInBytes() {
        var limits = LIMITS.withText(1_000, 50, 1_000);

        var characters = assertThrows(ProblemException.class, () -> QueryText.checked("x".repeat(1_001), limits, WHERE));
        var bytes = assertThrows(ProblemException.class, () -> QueryText.checked("華".repeat(334), limits, WHERE));
        QueryText.checked("華".repeat(333), limits, WHERE);

        assertEquals("query: it is longer than 1000 bytes (--query-length)", characters.getMessage());
        assertEquals("query: it is longer than 1000 bytes (--query-length)", bytes.getMessage());
    }

    @Test void aTokenThatWouldHoldTheLexerIsRefused() {
        var text = "INSERT DATA { <a> <b> \"" + "x".repeat(8 << 20) + "\" }";

        var told = assertThrows(ProblemException.class, () -> QueryText.checkedUpdate(text, LIMITS, 16 << 20, WHERE));

        assertTrue(told.getMessage().startsWith("query:1 column 23: a name, a number, a comment or a text in it is longer than"), told.getMessage());
    }

    @Test void whateverTheLexerTakesForOneTokenIsBounded() {
        var times = 300_000;
        for (var token : List.of("1".repeat(times), "1." + "1".repeat(times), "1e" + "1".repeat(times), "." + "1".repeat(times), "-" + "1".repeat(times), "?" + "x".repeat(times), "a".repeat(times),
                "a:" + "b".repeat(times), "a:" + "%41".repeat(times), "a:" + "\\-".repeat(times), "a:b" + ".".repeat(times), "_:" + "b".repeat(times), "a-".repeat(times), "true-".repeat(times),
                "<" + "x".repeat(times) + ">", "<" + "x".repeat(times), "'" + "x".repeat(times) + "'", "'" + "x".repeat(times), "'''" + "\n".repeat(times) + "'''", "\"" + "\\t".repeat(times) + "\"",
                "#" + "x".repeat(times), "[" + " ".repeat(times) + "]", "(" + "\n".repeat(times), "\"a\"@" + "b".repeat(times), "\"a\"@en-" + "a-".repeat(times), "\\".repeat(times))) {
            assertEquals("--query-length", refused("ASK { ?s ?p " + token).option(), token.substring(0, 10));
        }
        checked("ASK { ?s ?p '" + "x".repeat(250_000) + "', <" + "x".repeat(8_000) + "> }" + " ".repeat(times));
    }

    @Test void membersOfListsAndArgumentsAndWhatIsDeclaredAreParts() {
        for (var many : List.of("SELECT * { ?s ?p ( " + "1 ".repeat(2_000) + ") }", "SELECT * { ?s ?p ( " + "[] ".repeat(2_000) + ") }", "SELECT * { ?s ?p ( " + "true ".repeat(2_000) + ") }",
                "SELECT * { FILTER(?x IN (" + "'a', ".repeat(2_000) + "'b')) }", "SELECT (CONCAT(" + "'a', ".repeat(2_000) + "'b') AS ?x) {}", "PREFIX a: <b> ".repeat(1_000) + "ASK {}",
                "SELECT * " + "FROM <a> ".repeat(1_000) + "{}", "SELECT " + "?x ".repeat(2_000) + "{}", "DESCRIBE " + "<a> ".repeat(2_000), "SELECT * { { SELECT " + "?x ".repeat(2_000) + "{} } }",
                "SELECT * {} GROUP BY " + "?x ".repeat(2_000), "INSERT { ?s ?p ( " + "1 ".repeat(2_000) + ") } WHERE {}")) {
            assertEquals("--query-parts", refused(many).option(), many.substring(0, 20));
        }
    }

    @Test void rowsOfValuesHaveMoreRoomAndAnEnd() {
        checked("SELECT * { VALUES ?x { " + "1 ".repeat(50_000) + "} }");
        checked("SELECT * {} VALUES (?x ?y) { " + "(1 'a'@en) ".repeat(25_000) + "}");

        assertEquals("--query-parts", refused("SELECT * { VALUES ?x { " + "1 ".repeat(50_001) + "} }").option());
    }

    @Test void whatStandsInAListOrIsAnArgumentIsAPartEach() {
        for (var list : List.of("?s ?p (" + " 1".repeat(1_100) + ")", "FILTER(?x IN (1" + ",1".repeat(1_100) + "))", "BIND(CONCAT('a'" + ", 'a'".repeat(1_100) + ") AS ?x)")) {
            assertEquals("--query-parts", refused("SELECT * {" + list + "}").option(), list);
        }
    }

    @Test void dataOfAnUpdateIsNoPattern() {
        QueryText.checkedUpdate("INSERT DATA { GRAPH <g> {" + "<a> <b> (-1 -2), -3 ; <c> +4 . ".repeat(5_000) + "} }", LIMITS, 16 << 20, WHERE);

        assertThrows(ProblemException.class, () -> QueryText.checkedUpdate("INSERT {" + "<a> <b> ?c . ".repeat(5_000) + "} WHERE {}", LIMITS, 16 << 20, WHERE));
    }

    /// Whatever is not closed, or is no SPARQL at all.
    @Test void anyTextIsLookedAtOnce() {
        for (var piece : List.of("<", "'", "\"", "\"\"\"", "\\", "#", "@", "?", "$", ".", "a-", "1.", ":", "%", "<<(", ")", "}", "^", "^^", "\ud800", "\u0000", "華", "<a ", "\"\\")) {
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                try {
                    QueryText.checked(piece.repeat((1 << 20) / 3 / piece.length()), LIMITS.withText(1 << 22, 1 << 20, 1 << 22), WHERE);
                } catch (ProblemException _) {
                    // Also an answer.
                }
            }, piece);
        }
    }

    private static void checked(String text) {
        QueryText.checked(text, LIMITS, WHERE);
    }

    private static Problem.Exceeded refused(String text) {
        return (Problem.Exceeded) assertThrows(ProblemException.class, () -> checked(text), text).problems().getFirst();
    }
}
