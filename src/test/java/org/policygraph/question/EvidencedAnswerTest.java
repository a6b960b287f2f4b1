package org.policygraph.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.apache.jena.riot.rowset.RowSetReader;
import org.apache.jena.sparql.exec.RowSet;
import org.eclipse.rdf4j.model.impl.SimpleValueFactory;
import org.eclipse.rdf4j.query.resultio.QueryResultIO;
import org.eclipse.rdf4j.query.resultio.helpers.QueryResultCollector;
import org.eclipse.rdf4j.query.resultio.TupleQueryResultFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.policygraph.evidence.Reasons;
import org.policygraph.graph.Inference;
import org.policygraph.graph.Rules;
import org.policygraph.problem.Where;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Vocabulary;
import tools.jackson.databind.json.JsonMapper;

/// What an answer looks like with evidence, and that others can read it.
class EvidencedAnswerTest {

    private static final Vocabulary WORDS = Vocabulary.read(Path.of("ontology"));
    private static final Reasons REASONS = new Reasons(WORDS, Rules.read(Path.of("ontology/rules"), WORDS.graph()));
    private static final String PREFIXES = WORDS.prefixes().entrySet().stream()
            .map(prefix -> "PREFIX " + prefix.getKey() + ": <" + prefix.getValue() + ">\n").collect(Collectors.joining());
    private static final String WHO = "SELECT ?who ?what { ?who pol:worksAgainst ?what }";
    private static final String COLUMNS = ",evidence_claims,evidence_paragraphs,evidence_status,evidence_speakers,evidence_confidence,evidence_weakest_link,"
            + "evidence_sole_source,evidence_note\r\n";
    private static final String ID = Iris.ID;

    private final Store store = Store.inMemory();

    @BeforeEach void fill() {
        store.write(data -> {
            RDFParser.fromString(PREFIXES + """
                    GRAPH graph:ontology { status:assessment pol:holds true . confidence:high pol:weight 0.9 . confidence:medium pol:weight 0.6 . }
                    GRAPH <https://w3id.org/policygraph/graph/source/one> { id:one.p3 pol:paragraph 3 . id:firm pol:implements id:fund . id:fund pol:alleviates id:gap .
                    """ + claim("one.c1", "id:firm pol:implements id:fund", "high") + claim("one.c2", "id:fund pol:alleviates id:gap", "medium") + """
                    }
                    GRAPH <https://w3id.org/policygraph/graph/source/two> { id:fund pol:alleviates id:gap . id:state pol:implements id:fund .
                    """ + claim("two.c1", "id:fund pol:alleviates id:gap", "high") + claim("two.c2", "id:state pol:implements id:fund", "high") + "}",
                    Lang.TRIG).parse(data);
            var inference = new Inference(REASONS.rules(), data.getUnionGraph(), data.getGraph(Iris.INFERRED_GRAPH));
            data.getUnionGraph().find().toList().forEach(inference::added);
        });
    }

    private static String claim(String name, String says, String confidence) {
        var terms = says.split(" ");
        return """
                id:%s a pol:Claim ; rdf:subject %s ; rdf:predicate %s ; rdf:object %s ; pol:inSource id:%s ; pol:assertedBy id:someone ; pol:speakerKind speaker:study ;
                    pol:passage id:one.p3 ; pol:claimStatus status:assessment ; pol:confidence confidence:%s ; pol:negated false ; rdfs:label "It says so."@en .
                """.formatted(name, terms[0], terms[1], terms[2], name.substring(0, 3), confidence);
    }

    @AfterEach void close() {
        store.close();
    }

    @Test void eachRowHasItsClaimsParagraphsSpeakersWeakestLinkAndSoleSource() {
        var claims = ID + "one.c1 " + ID + "one.c2 " + ID + "two.c1";

        assertEquals("what" + COLUMNS + ID + "gap," + claims + ",one 3; two 3,assessment,someone (study),0.9,id:firm pol:worksAgainst id:gap,one,\r\n",
                answer("SELECT ?what { id:firm pol:worksAgainst ?what }", AnswerFormat.CSV));
    }

    @Test void aRowThatTwoWaysLeadToRestsOnNeitherAlone() {
        assertEquals("", cell("SELECT DISTINCT ?what { ?who pol:implements/pol:alleviates ?what }", "evidence_sole_source"));
        assertEquals("one", cell("SELECT DISTINCT ?what { id:firm pol:implements/pol:alleviates ?what }", "evidence_sole_source"));
        assertEquals("", cell("SELECT ?fund { { id:firm pol:implements ?fund } UNION { id:state pol:implements ?fund } } LIMIT 1", "evidence_note"));
    }

    @Test void anAggregateListsItsMembersAndANegationSaysWhatFoundNothing() {
        assertEquals(ID + "one.c1 " + ID + "two.c2", cell("SELECT (COUNT(*) AS ?n) { ?who pol:implements id:fund }", "evidence_claims"));
        assertEquals("aggregates nothing", cell("SELECT (COUNT(*) AS ?n) { ?who pol:implements id:none }", "evidence_note"));
        assertEquals("nothing matches NOT EXISTS { id:firm pol:develops ?x }",
                cell("SELECT ?who { VALUES ?who { id:firm } ?who pol:implements id:fund FILTER NOT EXISTS { ?who pol:develops ?x } }", "evidence_note"));
        assertEquals("nothing matches MINUS { id:firm pol:develops ?x }",
                cell("SELECT ?who { VALUES ?who { id:firm } ?who pol:implements id:fund MINUS { ?who pol:develops ?x } }", "evidence_note"));
    }

    @Test void aFromClauseChoosesWhatIsMatchedButNotWhoClaimsIt() {
        assertEquals(ID + "one.c1", cell("SELECT ?who FROM <https://w3id.org/policygraph/graph/source/one> { ?who pol:implements ?fund }", "evidence_claims"));
    }

    @Test void whatComesOutOtherwiseTheSecondTimeIsToldToBeUntraced() {
        assertTrue(cell("SELECT (UUID() AS ?new) { id:firm pol:implements ?fund }", "evidence_note").startsWith("not traced"), "a new name each time");
    }

    @Test void aColumnOfTheQueryKeepsItsName() {
        assertTrue(answer("SELECT (1 AS ?evidence_note) { id:firm pol:implements ?fund }", AnswerFormat.CSV).startsWith("evidence_note,evidence_claims,"), "first the query's own");
        assertTrue(answer("SELECT (1 AS ?evidence_note) { id:firm pol:implements ?fund }", AnswerFormat.CSV).contains(",evidence_note_\r\n"), "then the other");
    }

    @Test void theRowsAreThoseWithoutEvidenceInEachFormForJenaAndForRdf4j() {
        var plain = new ByteArrayOutputStream();
        Answer.write(read(WHO), store, AnswerFormat.JSON, plain);
        var expected = rows(RowSetReader.createReader(ResultSetLang.RS_JSON).read(new ByteArrayInputStream(plain.toByteArray()), null));

        for (var format : List.of(AnswerFormat.JSON, AnswerFormat.XML, AnswerFormat.TSV)) {
            var bytes = answer(WHO, format).getBytes(StandardCharsets.UTF_8);
            assertEquals(expected, rows(RowSetReader.createReader(org.apache.jena.riot.RDFLanguages.contentTypeToLang(format.mediaType())).read(new ByteArrayInputStream(bytes), null)), format::toString);
        }
        for (var format : List.of(TupleQueryResultFormat.JSON, TupleQueryResultFormat.CSV)) {
            var ours = format.equals(TupleQueryResultFormat.JSON) ? AnswerFormat.JSON : AnswerFormat.CSV;
            assertEquals(expected, rdf4j(answer(WHO, ours), format), format::toString);
        }
        assertEquals(2, expected.size());
    }

    private static List<String> rows(RowSet rows) {
        return rows.stream().map(row -> row.get("who") + " " + row.get("what")).toList();
    }

    private static List<String> rdf4j(String text, TupleQueryResultFormat format) {
        var rows = new QueryResultCollector();
        try {
            QueryResultIO.parseTuple(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), format, rows, SimpleValueFactory.getInstance());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return rows.getBindingSets().stream().map(row -> row.getValue("who").stringValue() + " " + row.getValue("what").stringValue()).toList();
    }

    @Test void jsonHasTheWholeOfItBesideTheRows() {
        var json = JsonMapper.shared().readTree(answer(WHO, AnswerFormat.JSON));

        assertEquals(2, json.get("results").get("bindings").size());
        assertEquals(2, json.get("evidence").size());
        var edge = json.get("evidence").get(0).get("edges").get(0);
        assertEquals("inferred", edge.get("basis").asString());
        assertEquals("worksAgainst", edge.get("derivations").get(0).get("rule").asString());
        assertEquals(3, edge.get("derivations").get(0).get("premises").get(0).get("claims").get(0).get("paragraphs").get(0).asInt());
    }

    @Test void yesHasTheEvidenceOfItsFirstSolution() {
        var table = answer("ASK { id:firm pol:worksAgainst id:gap }", AnswerFormat.TABLE);
        var json = JsonMapper.shared().readTree(answer("ASK { id:firm pol:worksAgainst id:gap }", AnswerFormat.JSON));

        assertTrue(table.startsWith("yes\nevidence_claims: " + ID + "one.c1 "), table);
        assertTrue(json.get("boolean").asBoolean());
        assertEquals("one", json.get("evidence").get("soleSources").get(0).asString().replaceFirst(".*/", ""));
        assertFalse(JsonMapper.shared().readTree(answer("ASK { id:firm pol:worksAgainst id:none }", AnswerFormat.JSON)).has("evidence"));
    }

    @Test void aGraphHasTheProofsOfWhatItCameFrom() {
        var construct = answer("CONSTRUCT { ?who pol:competesWith ?what } { ?who pol:worksAgainst ?what }", AnswerFormat.NT);
        var describe = answer("DESCRIBE id:firm", AnswerFormat.NT);

        assertTrue(construct.contains("<" + ID + "firm> <https://w3id.org/policygraph/ontology#competesWith> <" + ID + "gap>"), construct);
        for (var graph : List.of(construct, describe)) {
            assertTrue(graph.contains("<http://www.w3.org/ns/prov#wasDerivedFrom> <" + ID + "one.c1>"), graph);
            assertFalse(graph.contains("_:"), graph);
        }
    }

    @Test void rowsBeyondThoseThatAreTracedSayThatTheyAreNot() {
        var hundred = java.util.stream.IntStream.range(0, 101).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        var rows = answer("SELECT ?who { VALUES ?a { " + hundred + " } VALUES ?b { " + hundred + " } VALUES ?who { id:firm } ?who pol:implements ?what }", AnswerFormat.CSV)
                .lines().toList();

        assertEquals(1 + 101 * 101, rows.size());
        assertTrue(rows.get(10_000).contains("one.c1"), rows.get(10_000));
        assertEquals(ID + "firm,,,,,,,,not traced: beyond the first 10000 rows", rows.get(10_001));
    }

    /// What the first row has in this column.
    private String cell(String query, String column) {
        var rows = RowSetReader.createReader(ResultSetLang.RS_JSON).read(new ByteArrayInputStream(answer(query, AnswerFormat.JSON).getBytes(StandardCharsets.UTF_8)), null);
        return Optional.ofNullable(rows.next().get(column)).map(org.apache.jena.graph.Node::getLiteralLexicalForm).orElse("");
    }

    private String answer(String text, AnswerFormat format) {
        var out = new ByteArrayOutputStream();
        Answer.write(read(text), store, format, Optional.of(REASONS), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static org.apache.jena.query.Query read(String text) {
        return Sparql.read(text, Where.InFile.whole(Path.of("q.rq")), WORDS.prefixes());
    }
}
