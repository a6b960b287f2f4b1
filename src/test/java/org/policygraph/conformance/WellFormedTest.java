package org.policygraph.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.RDF;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.model.impl.SimpleValueFactory;
import org.eclipse.rdf4j.query.BindingSet;
import org.eclipse.rdf4j.query.impl.TupleQueryResultBuilder;
import org.eclipse.rdf4j.query.resultio.QueryResultIO;
import org.eclipse.rdf4j.query.resultio.TupleQueryResultFormat;
import org.eclipse.rdf4j.rio.RDFFormat;
import org.eclipse.rdf4j.rio.Rio;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever characters literals hold, each syntax can be read by another implementation, which finds the same characters.
class WellFormedTest {

    private static final List<String> TEXTS = List.of(
            "", " ", "  at the edges  ", "a \"b\" 'c' \"\"\"d\"\"\" '''e'''", "C:\\new\\table \\u0041 \\", "one\ntwo\r\nthree\rfour\tfive",
            "<a href='x'>&amp; ]]> <!-- -- --> <?php ?> </literal>", "a,b;c|d, ,", "=1+1", "{\"a\":[1]} \\\" \\n", "@prefix <> . # ; ?x",
            "\u007f\u0080\u0085\u009f", "\u2028\u2029\ufeff\u200f\u202e", "😀𠮷\udbff\udfff", "華為 É ﷺ e\u0301");
    /// XML can't say them.
    private static final List<String> CONTROLS = List.of("a\u0001b", "\b\u000b\u001b\u001f", "nul \u0000", "\ufffe and \uffff");

    private static final List<TupleQueryResultFormat> ROWS = List.of(TupleQueryResultFormat.JSON, TupleQueryResultFormat.SPARQL, TupleQueryResultFormat.TSV);
    private static final List<RDFFormat> GRAPHS = List.of(RDFFormat.TURTLE, RDFFormat.NTRIPLES, RDFFormat.RDFXML, RDFFormat.JSONLD,
            RDFFormat.TRIG, RDFFormat.NQUADS, RDFFormat.RDFJSON);

    private static final String ALL_ROWS = "SELECT ?x { ?s ?p ?x }";
    private static final String ALL_TRIPLES = "CONSTRUCT WHERE { ?s ?p ?x }";
    private static OurServer server;

    @BeforeAll static void start() throws IOException {
        server = new OurServer();
    }

    @AfterAll static void stop() {
        server.close();
    }

    static List<TupleQueryResultFormat> rows() {
        return ROWS;
    }

    static List<RDFFormat> graphs() {
        return GRAPHS;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rowsHoldEachTextAsItIs(TupleQueryResultFormat format) throws Exception {
        server.hold(holding(TEXTS));

        assertEquals(Set.copyOf(TEXTS), texts(read(ask(ALL_ROWS, format.getDefaultMIMEType()), format)));
    }

    @Test void commaSeparatedValuesHoldEachTextAsItIs() throws Exception {
        var texts = Stream.concat(TEXTS.stream(), CONTROLS.stream()).toList();
        server.hold(holding(texts));

        var answer = ask(ALL_ROWS, "text/csv");

        try (var parsed = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get()
                .parse(new InputStreamReader(new ByteArrayInputStream(answer.body()), StandardCharsets.UTF_8))) {
            assertEquals(List.of("x"), parsed.getHeaderNames());
            // A row with the empty text alone is an empty line, which the reader passes over.
            assertEquals(texts.stream().filter(text -> !text.isEmpty()).collect(Collectors.toSet()), parsed.stream().map(row -> row.get(0)).filter(text -> !text.isEmpty()).collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void graphsHoldEachTextAsItIs(RDFFormat format) throws Exception {
        // RDF4J reads a blank text of RDF/XML as none.
        var texts = TEXTS.stream().filter(text -> !format.equals(RDFFormat.RDFXML) || !text.isBlank()).toList();
        server.hold(holding(texts));

        var answer = Rio.parse(new ByteArrayInputStream(ask(ALL_TRIPLES, format.getDefaultMIMEType()).body()), "http://base.example/", format);

        assertEquals(Set.copyOf(texts), answer.objects().stream().map(Value::stringValue).collect(Collectors.toSet()));
    }

    @Test void controlCharactersAreHeldWhereTheyCanBe() throws Exception {
        server.hold(holding(CONTROLS));

        for (var format : List.of(TupleQueryResultFormat.JSON, TupleQueryResultFormat.TSV)) {
            assertEquals(Set.copyOf(CONTROLS), texts(read(ask(ALL_ROWS, format.getDefaultMIMEType()), format)));
        }
        for (var format : List.of(RDFFormat.TURTLE, RDFFormat.NTRIPLES, RDFFormat.JSONLD)) {
            var answer = Rio.parse(new ByteArrayInputStream(ask(ALL_TRIPLES, format.getDefaultMIMEType()).body()), "http://base.example/", format);
            assertEquals(Set.copyOf(CONTROLS), answer.objects().stream().map(Value::stringValue).collect(Collectors.toSet()));
        }
    }

    @Test void whatXmlCannotSayIsReplacedInRowsAndRefusedInGraphs() throws Exception {
        server.hold(holding(CONTROLS));

        var replaced = CONTROLS.stream().map(text -> text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", "\ufffd")).collect(Collectors.toSet());
        assertEquals(replaced, texts(read(ask(ALL_ROWS, "application/sparql-results+xml"), TupleQueryResultFormat.SPARQL)));
        assertEquals(406, send(ALL_TRIPLES, "application/rdf+xml").statusCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "application/rdf+xml | CONSTRUCT { <http://e/s> <http://e/1> 1 } {}",
        "application/ld+json | CONSTRUCT { <http://e/s> <http://e/p> <<( <http://e/a> <http://e/b> 1 )>> } {}"})
    void whatAFormHasNoWordsForIsRefusedAndTheReasonTold(String type, String query) throws Exception {
        var answer = send(query, type);

        assertEquals(406, answer.statusCode());
        assertTrue(new String(answer.body(), StandardCharsets.UTF_8).contains("another format"), () -> Http.shown(answer));
    }

    @Test void halfACharacterIsReplacedEverywhere() throws Exception {
        server.hold(holding(List.of("a\ud800b", "c\udc00d")));

        for (var format : ROWS) {
            var texts = texts(read(ask(ALL_ROWS, format.getDefaultMIMEType()), format));
            assertTrue(texts.stream().allMatch(text -> text.matches("[ac][?\\ufffd][bd]")), texts::toString);
        }
    }

    static Stream<String> termsThatAreNone() {
        return Stream.of("STRLANG('x', 'en\" <a>')", "STRLANG('x', 'en . <a> <b> <c')", "STRLANG('x', 'en\\n<a> <b> <c>')", "STRLANG('x', '-')", "STRLANG('x', 'a\\u0000')",
                "STRLANG('x', 'abcdefghi')", "STRLANGDIR('x', 'en\">', 'ltr')", "<http://e/\\u003E%20.>", "'x'^^<http://e/\\u0022>", "IRI('http://e/> <http://f/')", "IRI('http://e/a b')", "IRI('http://e/\\n<a> <b> <c> .')",
                "STRDT('x', IRI('http://e/> . <a> <b> <c'))");
    }

    @ParameterizedTest
    @MethodSource("termsThatAreNone")
    void aTermThatIsNoneStandsUnbound(String expression) throws Exception {
        for (var format : ROWS) {
            var rows = read(ask("SELECT (" + expression + " AS ?x) (1 AS ?y) {}", format.getDefaultMIMEType()), format);
            assertEquals(1, rows.size());
            assertFalse(rows.getFirst().hasBinding("x"), () -> format + ": " + rows);
            assertEquals("1", rows.getFirst().getValue("y").stringValue());
        }
    }

    @ParameterizedTest
    @MethodSource("termsThatAreNone")
    void aTripleOfATermThatIsNoneIsLeftOut(String expression) throws Exception {
        for (var format : GRAPHS) {
            var answer = ask("CONSTRUCT { <http://e/s> <http://e/p> ?x ; <http://e/q> 1 } { BIND (" + expression + " AS ?x) }", format.getDefaultMIMEType());
            assertEquals(1, Rio.parse(new ByteArrayInputStream(answer.body()), "http://base.example/", format).size(), () -> format + Http.shown(answer));
        }
    }

    @Test void languagesAndDatatypesAreHeldBesideTheText() throws Exception {
        var data = DatasetGraphFactory.create();
        add(data, 0, NodeFactory.createLiteralLang("華為\n\"", "zh-Hant-TW"));
        add(data, 1, NodeFactory.createLiteralDT("<&\n\\\"", NodeFactory.getType("http://example.org/type?a=1&b='c'")));
        add(data, 2, NodeFactory.createLiteralDT("1", XSDDatatype.XSDinteger));
        server.hold(data);

        for (var format : ROWS) {
            var found = new TreeSet<String>();
            read(ask(ALL_ROWS, format.getDefaultMIMEType()), format).forEach(row -> {
                var literal = (Literal) row.getValue("x");
                found.add(literal.getLabel() + " " + literal.getLanguage().orElse(literal.getDatatype().stringValue()));
            });
            assertEquals(Set.of("華為\n\" zh-Hant-TW", "<&\n\\\" http://example.org/type?a=1&b='c'", "1 http://www.w3.org/2001/XMLSchema#integer"), found);
        }
    }

    @Test void namesOfVariablesAreHeldInAnyScript() throws Exception {
        server.hold(DatasetGraphFactory.create());
        var names = List.of("é", "名稱", "_1", "e\u0301");

        for (var format : ROWS) {
            var answer = ask("SELECT * { VALUES (" + names.stream().map(name -> "?" + name).collect(Collectors.joining(" ")) + ") { (1 2 3 4) } }", format.getDefaultMIMEType());
            assertEquals(Set.copyOf(names), read(answer, format).getFirst().getBindingNames());
        }
    }

    private static DatasetGraph holding(List<String> texts) {
        var data = DatasetGraphFactory.create();
        for (var number = 0; number < texts.size(); number++) {
            add(data, number, NodeFactory.createLiteralString(texts.get(number)));
        }
        return data;
    }

    private static void add(DatasetGraph data, int number, Node value) {
        data.add(Quad.defaultGraphNodeGenerated, NodeFactory.createURI("http://example.org/s" + number), RDF.value.asNode(), value);
    }

    private static HttpResponse<byte[]> send(String query, String type) throws IOException, InterruptedException {
        return Http.send(Http.post(server.query(), Http.QUERY, query.getBytes(StandardCharsets.UTF_8)).header("Accept", type));
    }

    private static HttpResponse<byte[]> ask(String query, String type) throws IOException, InterruptedException {
        var answer = send(query, type);
        assertEquals(200, answer.statusCode(), () -> Http.shown(answer));
        return answer;
    }

    private static List<BindingSet> read(HttpResponse<byte[]> answer, TupleQueryResultFormat format) throws IOException {
        var rows = new TupleQueryResultBuilder();
        QueryResultIO.parseTuple(new ByteArrayInputStream(answer.body()), format, rows, SimpleValueFactory.getInstance());
        var read = new ArrayList<BindingSet>();
        try (var result = rows.getQueryResult()) {
            result.forEach(read::add);
        }
        return read;
    }

    private static Set<String> texts(List<BindingSet> rows) {
        return rows.stream().map(row -> row.getValue("x").stringValue()).collect(Collectors.toSet());
    }
}
