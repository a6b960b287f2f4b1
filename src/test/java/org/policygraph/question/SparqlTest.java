package org.policygraph.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// What is a query here, and what a person is told when it is none.
class SparqlTest {

    private static final Map<String, String> PREFIXES = Map.of(
            "pol", "https://w3id.org/policygraph/ontology#", "policy", "http://example.org/policy#");
    private static final Where FILE = Where.InFile.whole(Path.of("queries/q.rq"));

    @Test void aCommonPrefixNeedsNoDeclaration() {
        var query = Sparql.read("SELECT * { ?s pol:develops ?o }", FILE, PREFIXES);

        assertTrue(query.serialize().contains("pol:develops"), query::serialize);
    }

    @Test void aPrefixThatTheQueryDeclaresIsTheQuerys() {
        var query = Sparql.read("PREFIX pol: <http://example.org/mine#> SELECT * { ?s pol:develops ?o }", FILE, PREFIXES);

        assertEquals("http://example.org/mine#", query.getPrefix("pol"));
    }

    @Test void anErrorPointsAtItsLineAndColumnAndSaysWhatCouldStandThere() {
        assertEquals("queries/q.rq:2 column 26: found ')', expected a name or a variable or a number or a string"
                        + " or '(' or '<<(' or '!' or '+' or '-' or TRIPLE or isTRIPLE or SUBJECT or 69 other words",
                problem("SELECT *\n{ ?s ?p ?o . FILTER(?o = ) }"));
        assertEquals("queries/q.rq:1 column 24: found the end, expected '{' or '}' or ';' or ',' or '.' or '{|' or '~'"
                        + " or values or graph or optional or minus or bind or 2 other words",
                problem("SELECT * { ?s ?p \"華為\"@zh"));
    }

    @Test void aWordThatSparqlHasNotIsNamed() {
        assertEquals("queries/q.rq:1 column 6: found \"SELEC\","
                + " expected a keyword, a name, a variable, a number or a closed string", problem("SELEC * {}"));
    }

    @Test void aPrefixThatNobodyDeclaredIsToldWithThoseThatResembleIt() {
        assertEquals("queries/q.rq:1 column 15: unknown prefix 'poll'; did you mean pol?", problem("SELECT * { ?s poll:develops ?o }"));
    }

    @Test void whatIsWellFormedButMeansNothingIsTold() {
        assertEquals("queries/q.rq: Non-group key variable in SELECT: ?x", problem("SELECT ?x {} GROUP BY ?y"));
    }

    @Test void anArgumentIsNamedWithLineAndColumn() {
        var wrong = assertThrows(ProblemException.class,
                () -> Sparql.read("SELECT *\n{", new Where.Argument("-e"), PREFIXES));

        assertTrue(wrong.getMessage().startsWith("-e:2 column 1: found the end, expected"), wrong.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "INSERT DATA { <a> <b> <c> }",
        "DROP ALL",
        "LOAD <http://example.org/>",
        "JSON { 'a': ?o } WHERE { ?s ?p ?o }",
        "SELECT * { LET (?x := 1) }",
        "SELECT (median(?o) AS ?m) { ?s ?p ?o }",
        "CONSTRUCT { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "",
    })
    void anUpdateAndWhatOnlyJenaKnowsIsNoQuery(String text) {
        assertThrows(ProblemException.class, () -> Sparql.read(text, FILE, PREFIXES));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT ?where { ?s ?p ?o } }",
        "ASK { { SELECT ?s { ?s ?p ?o . OPTIONAL { SERVICE <urn:x> { ?s ?p ?o } } } } }",
        "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <urn:x> { ?s ?p ?o } } }",
        "SELECT (EXISTS { SERVICE <urn:x> { ?s ?p ?o } } AS ?e) { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <urn:x> { ?s ?p ?o } })",
        "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { SERVICE <urn:x> { ?s ?p ?o } })",
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { SERVICE <urn:x> { ?s ?p ?o } } }",
        "DESCRIBE ?s { SERVICE <urn:x> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o MINUS { SERVICE <urn:x> { ?s ?p ?o } } }",
    })
    void aQueryThatAsksAnotherServerIsRefusedWhereverItHidesThat(String text) {
        var wrong = assertThrows(ProblemException.class, () -> Sparql.read(text, FILE, PREFIXES));

        assertEquals("queries/q.rq: found SERVICE, expected a query that asks this graph alone", wrong.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT (<java:java.lang.Runtime>() AS ?x) {}",
        "SELECT * { ?s ?p ?o FILTER <java:org.example.F>(?o) }",
        "SELECT * { ?s <java:org.example.P> ?o }",
        "SELECT * { ?s <java:org.example.P> (1 2) }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { ?s <java:org.example.P> ?o } }",
        "SELECT (SUM(<java:org.example.F>(?o)) AS ?x) { ?s ?p ?o }",
        "SELECT ?s { ?s ?p ?o } ORDER BY <java:org.example.F>(?o)",
        "SELECT ?x { ?s ?p ?o } GROUP BY (<java:org.example.F>(?o) AS ?x)",
        "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (MAX(<java:org.example.F>(?o)) > 1)",
    })
    void aQueryThatNamesAJavaClassIsRefused(String text) {
        var wrong = assertThrows(ProblemException.class, () -> Sparql.read(text, FILE, PREFIXES));

        assertTrue(wrong.getMessage().contains("the Java class <java:"), wrong.getMessage());
    }

    private static String problem(String text) {
        return assertThrows(ProblemException.class, () -> Sparql.read(text, FILE, PREFIXES)).getMessage();
    }
}
