package org.policygraph.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.policygraph.problem.Where;
import org.policygraph.store.Store;

/// What an answer looks like in each form.
class AnswerTest {

    private static final Map<String, String> PREFIXES = Map.of(
            "pol", "https://w3id.org/policygraph/ontology#", "id", "https://w3id.org/policygraph/id/",
            "skos", "http://www.w3.org/2004/02/skos/core#");
    private static final String ACTORS = """
            SELECT ?actor ?name ?staff ?page { ?actor pol:name ?name OPTIONAL { ?actor pol:staff ?staff }
                OPTIONAL { ?actor pol:page ?page } } ORDER BY ?name""";

    private final Store store = Store.inMemory();

    @BeforeEach void fill() {
        store.write(data -> RDFParser.fromString("""
                PREFIX pol: <https://w3id.org/policygraph/ontology#>
                PREFIX id: <https://w3id.org/policygraph/id/>
                GRAPH <urn:one> {
                    id:huawei pol:name "華為"@zh-Hant , "Huawei"@en ; pol:staff 207000 ; pol:page <http://example.org/h> .
                    id:lab pol:name "A\\tlab\\u001B[31m" ; pol:staff 80 .
                }
                GRAPH <urn:two> { id:huawei pol:staff 207000 . }
                """, Lang.TRIG).parse(data));
    }

    @AfterEach void close() {
        store.close();
    }

    @Test void aTableIsAlignedByTheColumnsThatCharactersTake() {
        assertEquals("""
                actor      name         staff  page
                ─────────  ──────────  ──────  ──────────────────────
                id:lab     A lab [31m      80
                id:huawei  Huawei      207000  <http://example.org/h>
                id:huawei  華為        207000  <http://example.org/h>
                """, answer(ACTORS, AnswerFormat.TABLE));
    }

    @Test void aTableWithoutRowsIsItsHead() {
        assertEquals("""
                x
                ─
                """, answer("SELECT ?x { ?x <urn:no> ?y }", AnswerFormat.TABLE));
    }

    @Test void rowsAfterTheMeasuredOnesAreNotLost() {
        var rows = answer("""
                SELECT ?n { VALUES ?a { 1 2 3 4 5 6 7 8 9 0 } VALUES ?b { 1 2 3 4 5 6 7 8 9 0 } VALUES ?c { 1 2 3 4 5 6 7 8 9 0 }
                    VALUES ?d { 1 2 3 } BIND(?a + 10 * ?b + 100 * ?c + 1000 * ?d AS ?n) }""", AnswerFormat.TABLE).lines();

        assertEquals(3_002, rows.distinct().count());
    }

    @Test void rowsAreWrittenInEachFormThatSparqlHas() {
        var one = "SELECT ?name ?staff { id:huawei pol:name ?name ; pol:staff ?staff FILTER(lang(?name) = 'zh-Hant') }";

        assertEquals("name,staff\r\n華為,207000\r\n", answer(one, AnswerFormat.CSV));
        assertEquals("?name\t?staff\n\"華為\"@zh-Hant\t207000\n", answer(one, AnswerFormat.TSV));
        assertTrue(answer(one, AnswerFormat.JSON).contains("\"value\":\"華為\",\"xml:lang\":\"zh-Hant\""), answer(one, AnswerFormat.JSON));
        assertTrue(answer(one, AnswerFormat.XML).contains("<literal xml:lang=\"zh-Hant\">華為</literal>"));
    }

    @Test void aQueryThatNamesNoGraphSeesTheUnionWithEachTripleOnce() {
        assertEquals("n\r\n1\r\n", answer("SELECT (COUNT(*) AS ?n) { id:huawei pol:staff ?staff }", AnswerFormat.CSV));
        assertEquals("n\r\n2\r\n", answer("SELECT (COUNT(*) AS ?n) { GRAPH ?g { id:huawei pol:staff ?staff } }", AnswerFormat.CSV));
    }

    @Test void aFromClauseChoosesAmongTheGraphsAndFetchesNothing() {
        assertEquals("n\r\n1\r\n", answer("SELECT (COUNT(*) AS ?n) FROM <urn:two> { ?s ?p ?o }", AnswerFormat.CSV));
        assertEquals("n\r\n1\r\n", answer("SELECT (COUNT(*) AS ?n) FROM NAMED <urn:two> { GRAPH ?g { ?s ?p ?o } }", AnswerFormat.CSV));
        assertEquals("n\r\n6\r\n", answer("SELECT (COUNT(*) AS ?n) FROM <urn:one> FROM <urn:two> { ?s pol:name|pol:staff|pol:page ?o }", AnswerFormat.CSV));
        assertEquals("n\r\n0\r\n", answer("SELECT (COUNT(*) AS ?n) FROM <file:///etc/passwd> { ?s ?p ?o }", AnswerFormat.CSV));
    }

    @Test void yesOrNoIsAWordInATable() {
        assertEquals("yes\n", answer("ASK { id:huawei pol:staff 207000 }", AnswerFormat.TABLE));
        assertEquals("no\n", answer("ASK { id:huawei pol:staff 1 }", AnswerFormat.TABLE));
    }

    @Test void onlyAnAskThatIsNotSoIsANo() {
        assertFalse(Answer.write(read("ASK { id:huawei pol:staff 1 }"), store, AnswerFormat.JSON, new ByteArrayOutputStream()));
        assertTrue(Answer.write(read("SELECT * { id:huawei pol:staff 1 }"), store, AnswerFormat.JSON, new ByteArrayOutputStream()));
    }

    @Test void aGraphIsWrittenInEachSyntaxWithThePrefixesThatItUses() {
        var construct = "CONSTRUCT { ?s pol:employs ?n } WHERE { ?s pol:staff ?n FILTER(?n > 100) }";

        assertEquals("""
                PREFIX id:  <https://w3id.org/policygraph/id/>
                PREFIX pol: <https://w3id.org/policygraph/ontology#>

                id:huawei  pol:employs  207000 .
                """, answer(construct, AnswerFormat.TTL));
        for (var format : List.of(AnswerFormat.NT, AnswerFormat.JSONLD, AnswerFormat.RDFXML)) {
            assertTrue(answer(construct, format).contains("207000"), format::toString);
        }
    }

    @Test void aDescriptionIsAGraphToo() {
        var described = answer("DESCRIBE id:huawei", AnswerFormat.NT);

        assertEquals(4, described.lines().count(), described);
    }

    @Test void aFormatIsForRowsOrForGraphs() {
        assertEquals(List.of(AnswerFormat.TABLE, AnswerFormat.CSV, AnswerFormat.TSV, AnswerFormat.JSON, AnswerFormat.XML),
                AnswerFormat.of(read("ASK {}")));
        assertEquals(List.of(AnswerFormat.TTL, AnswerFormat.NT, AnswerFormat.JSONLD, AnswerFormat.RDFXML, AnswerFormat.TRIG, AnswerFormat.NQ, AnswerFormat.RDFJSON),
                AnswerFormat.of(read("DESCRIBE <urn:x>")));
        assertEquals(AnswerFormat.TABLE, AnswerFormat.usual(read("ASK {}"), true));
        assertEquals(AnswerFormat.CSV, AnswerFormat.usual(read("ASK {}"), false));
        assertEquals(AnswerFormat.TTL, AnswerFormat.usual(read("DESCRIBE <urn:x>"), true));
    }

    private String answer(String text, AnswerFormat format) {
        var out = new ByteArrayOutputStream();
        Answer.write(read(text), store, format, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static org.apache.jena.query.Query read(String text) {
        return Sparql.read(text, Where.InFile.whole(Path.of("q.rq")), PREFIXES);
    }
}
