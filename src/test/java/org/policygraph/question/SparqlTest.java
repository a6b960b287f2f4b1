package org.policygraph.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.jena.sparql.modify.request.UpdateDataInsert;
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
                        + " or values or graph or optional or minus or bind or 2 other words; close the '{' of line 1 by '}'",
                problem("SELECT * { ?s ?p \"華為\"@zh"));
    }

    @Test void aWordThatSparqlHasNotIsNamed() {
        assertEquals("queries/q.rq:1 column 6: found \"SELEC\","
                + " expected a keyword, a name, a variable, a number or a closed string; did you mean SELECT?", problem("SELEC * {}"));
    }

    @Test void ofALongTextThatIsNotClosedTheBeginningIsTold() {
        var told = problem("SELECT * { ?s ?p 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");

        assertTrue(told.length() < 200, told);
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

        assertTrue(wrong.getMessage().matches("queries/q.rq: found SERVICE (<.+>|\\?where), expected a query that asks this graph alone"), wrong.getMessage());
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

        assertTrue(wrong.getMessage().contains("found the function <java:"), wrong.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT * { ?s ?p ?o FILTER <F>(?o) }",
        "SELECT * { BIND(1 + IF(true, <F>(1), 2) AS ?x) }",
        "SELECT (<F>(?o) AS ?x) { ?s ?p ?o }",
        "SELECT (SUM(<F>(?o)) AS ?x) { ?s ?p ?o }",
        "SELECT (COUNT(DISTINCT <F>(?o)) AS ?x) { ?s ?p ?o }",
        "SELECT (GROUP_CONCAT(<F>(?o); SEPARATOR=',') AS ?x) { ?s ?p ?o }",
        "SELECT (<http://jena.apache.org/ARQ/function/aggregate#stdev>(<F>(?o)) AS ?x) { ?s ?p ?o }",
        "SELECT ?s { ?s ?p ?o } ORDER BY DESC(<F>(?o))",
        "SELECT ?x { ?s ?p ?o } GROUP BY (<F>(?o) AS ?x)",
        "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (MAX(?o) > 1) (<F>(?s))",
        "SELECT ?s { { SELECT ?s { ?s ?p ?o FILTER NOT EXISTS { ?s ?q ?r FILTER <F>(?r) } } } }",
        "SELECT ?s { GRAPH ?g { ?s ?p ?o OPTIONAL { ?s ?q ?r FILTER <F>(?r) } } }",
        "SELECT ?s { { ?s ?p ?o } UNION { ?s ?q ?o MINUS { ?s ?p ?o FILTER <F>(?o) } } }",
        "SELECT ?s { ?s ?p ?o FILTER(?o IN (1, <F>(2))) }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER <F>(?o) }",
        "DESCRIBE ?s { ?s ?p ?o FILTER <F>(?o) }",
        "ASK { ?s ?p ?o FILTER <F>(?o) }",
    })
    void aFunctionThatIsNotAllowedIsRefusedByNameWhereverItStands(String text) {
        for (var function : List.of("java:java.lang.System.exit", "http://jena.apache.org/ARQ/function#wait", "http://jena.apache.org/ARQ/function#version",
                "http://jena.apache.org/ARQ/function#context", "http://jena.apache.org/ARQ/jsFunction#f", "http://jena.hpl.hp.com/ARQ/function#wait",
                "http://www.w3.org/2005/xpath-functions#apply", "http://example.org/unheard-of")) {
            assertEquals("queries/q.rq: found the function <" + function + ">, expected a query that asks this graph alone",
                    problem(text.replace("<F>", "<" + function + ">")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT * { ?s <P> ?o }",
        "SELECT * { ?s <P> (?a 2) }",
        "SELECT * { (?a 2) <P> ?o }",
        "SELECT * { ?s <P>/<urn:x> ?o }",
        "SELECT * { ?s ^(<urn:x>|<P>*) ?o }",
        "SELECT * { ?s <urn:x> [ <P> ?o ] }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { { SELECT * { GRAPH ?g { ?s <P> ?o } } } } }",
        "SELECT (COUNT(*) AS ?n) { OPTIONAL { ?s <P> ?o } }",
        "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { ?s <P> ?o })",
        "CONSTRUCT WHERE { ?s <P> ?o }",
        "DESCRIBE ?s { ?s <P> ?o }",
    })
    void aPropertyThatRunsSomethingElseThanWhatIsAllowedIsRefusedByName(String text) {
        for (var property : List.of("java:org.example.P", "http://jena.apache.org/ARQ/property#versionARQ", "http://jena.apache.org/ARQ/property#assign",
                "http://jena.hpl.hp.com/ARQ/property#str", "http://jena.apache.org/ARQ/list#member", "http://jena.apache.org/ARQ/procedure#any")) {
            assertEquals("queries/q.rq: found the function <" + property + ">, expected a query that asks this graph alone",
                    problem(text.replace("<P>", "<" + property + ">")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT (xsd:integer(?o) AS ?x) { ?s ?p ?o FILTER xsd:boolean(?o) }",
        "PREFIX math: <http://www.w3.org/2005/xpath-functions/math#> SELECT (SUM(math:sqrt(?o)) AS ?x) { ?s ?p ?o }",
        "PREFIX agg: <http://jena.apache.org/ARQ/function/aggregate#> SELECT (agg:stdev(?o) AS ?x) { ?s ?p ?o }",
        "PREFIX text: <http://jena.apache.org/text#> SELECT * { ?s text:query 'huawei' }",
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT * { ?s rdfs:member ?o ; !(<java:any>) ?x }",
        "SELECT ?p { ?s ?p ?o VALUES ?p { <java:java.lang.System> } }",
    })
    void whatIsAllowedAndWhatRunsNothingIsRead(String text) {
        Sparql.read(text, FILE, PREFIXES);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "LOAD <http://example.org/>",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> } ; LOAD SILENT <file:///etc/passwd> INTO GRAPH <urn:g>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } USING <urn:g> WHERE { ?s ?p ?o FILTER EXISTS { SERVICE SILENT ?x { ?s ?p ?o } } }",
        "INSERT { ?s ?p ?x } WHERE { ?s ?p ?o BIND(<java:java.lang.System>(?o) AS ?x) }",
        "DELETE WHERE { GRAPH <urn:g> { ?s <java:org.example.P> ?o } }",
    })
    void anUpdateThatReachesElsewhereIsRefused(String text) {
        var wrong = assertThrows(ProblemException.class, () -> Sparql.readUpdate(text, 1 << 20, FILE, PREFIXES));

        assertTrue(wrong.getMessage().endsWith("expected an update of what is here"), wrong.getMessage());
    }

    @Test void anUpdateIsReadByTheStandardAlone() {
        assertEquals(2, Sparql.readUpdate("INSERT DATA { <a> pol:develops 1 } ; CLEAR GRAPH <urn:g>", 1 << 20, FILE, PREFIXES).getOperations().size());
        assertThrows(ProblemException.class, () -> Sparql.readUpdate("SELECT * {}", 1 << 20, FILE, PREFIXES));
        assertThrows(ProblemException.class, () -> Sparql.readUpdate("INSERT DATA { <a> <b> 1 } DELETE DATA { <a> <b> 1 }", 1 << 20, FILE, PREFIXES));
    }

    @Test void anUpdateOfManyTriplesIsRead() {
        var update = "INSERT DATA {" + " <a> <b> -1 .".repeat(200_000) + "}";

        var read = (UpdateDataInsert) Sparql.readUpdate(update, 16 << 20, FILE, PREFIXES).getOperations().getFirst();

        assertEquals(200_000, read.getQuads().size());
    }

    private static String problem(String text) {
        return assertThrows(ProblemException.class, () -> Sparql.read(text, FILE, PREFIXES)).getMessage();
    }
}
