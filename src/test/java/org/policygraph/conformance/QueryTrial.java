package org.policygraph.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.Syntax;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.rdf.model.Property;
import org.apache.jena.rdf.model.ResourceFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.resultset.ResultsReader;
import org.apache.jena.sparql.vocabulary.ResultSetGraphVocab;
import org.apache.jena.sparql.vocabulary.TestManifestUpdate_11;
import org.apache.jena.sparql.vocabulary.VocabTestQuery;
import org.apache.jena.vocabulary.RDFS;

/// Asks a query of a case's data, in each format that can say all of the answer, and compares each with the case's result.
/// @param evidence whether to ask what each row rests on as well, which only our server answers: in columns after the query's own
record QueryTrial(Case tried, SuiteFolder suites, boolean evidence) implements Trial {

    private static final Map<String, Lang> ROWS = ordered(ResultSetLang.RS_JSON, ResultSetLang.RS_XML, ResultSetLang.RS_TSV);
    private static final Map<String, Lang> YES_OR_NO = ordered(ResultSetLang.RS_JSON, ResultSetLang.RS_XML);
    private static final Map<String, Lang> GRAPHS = ordered(Lang.TURTLE, Lang.NTRIPLES, Lang.RDFXML, Lang.JSONLD);
    private static final Map<String, Lang> CSV = ordered(ResultSetLang.RS_CSV);
    private static final Map<String, Lang> WITH_EVIDENCE = ordered(ResultSetLang.RS_JSON);

    private static final Pattern NOT_XML = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]");
    private static final Property SERVICE_DATA = ResourceFactory.createProperty(VocabTestQuery.NS + "serviceData");

    private static Map<String, Lang> ordered(Lang... languages) {
        var byType = new LinkedHashMap<String, Lang>();
        Stream.of(languages).forEach(language -> byType.put(language.getContentType().getContentTypeStr(), language));
        return byType;
    }

    @Override public Passed against(Subject subject) throws IOException, InterruptedException {
        if (tried.action().hasProperty(SERVICE_DATA)) {
            throw new NotPassed("it needs other servers");
        }
        var file = tried.action().getPropertyResourceValue(VocabTestQuery.query).getURI();
        // The server knows not where the text is from, and some texts name files beside them.
        var text = "BASE <" + file + ">\n" + new String(suites.bytes(file), StandardCharsets.UTF_8);
        var query = QueryFactory.create(text, Syntax.syntaxSPARQL_12);
        if (evidence && (query.isConstructType() || query.isDescribeType())) {
            // A graph has proofs beside its own triples.
            return Passed.BY_TERM;
        }
        subject.hold(data(query));

        var passed = Passed.BY_TERM;
        for (var format : formats(query).entrySet()) {
            var answer = ask(subject, text, format.getKey());
            if (answer.statusCode() != 200) {
                throw new NotPassed(format.getKey() + ": " + Http.shown(answer));
            }
            var type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
            if (!type.equals(format.getKey())) {
                throw new NotPassed("asked for " + format.getKey() + ", got " + type);
            }
            if (compare(query, answer.body(), format.getValue()) == Passed.BY_VALUE) {
                passed = Passed.BY_VALUE;
            }
        }
        return passed;
    }

    private Map<String, Lang> formats(Query query) {
        if (evidence) {
            return WITH_EVIDENCE;
        }
        if (tried.kind().equals("CSVResultFormatTest")) {
            return CSV;
        }
        return query.isSelectType() ? ROWS : query.isAskType() ? YES_OR_NO : formats(expectedGraph());
    }

    private static Map<String, Lang> formats(Graph graph) {
        var formats = new LinkedHashMap<>(GRAPHS);
        // RDF/XML has no name for some properties and XML no way to say some characters, and JSON-LD no triple terms.
        if (graph.find().filterKeep(triple -> triple.getPredicate().getLocalName().isEmpty() || NOT_XML.matcher(triple.toString()).find()).hasNext()) {
            formats.remove(Lang.RDFXML.getContentType().getContentTypeStr());
        }
        if (graph.find().filterKeep(triple -> triple.getObject().isTripleTerm()).hasNext()) {
            formats.remove(Lang.JSONLD.getContentType().getContentTypeStr());
        }
        return formats;
    }

    private Graph expectedGraph() {
        var expected = GraphFactory.createDefaultGraph();
        suites.parser(resultFile()).parse(expected);
        return expected;
    }

    /// The protocol has three ways to ask, each of which a third of the cases takes.
    private HttpResponse<byte[]> ask(Subject subject, String text, String type) throws IOException, InterruptedException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (evidence) {
            return Http.send(Http.post(URI.create(subject.query() + "?evidence=true"), Http.QUERY, bytes).header("Accept", type));
        }
        var request = switch (Math.floorMod(tried.iri().hashCode(), 3)) {
            case 0 -> Http.get(subject.query(), "query", bytes);
            case 1 -> Http.form(subject.query(), "query", bytes);
            default -> Http.post(subject.query(), Http.QUERY, bytes);
        };
        return Http.send(request.header("Accept", type));
    }

    private DatasetGraph data(Query query) {
        var data = DatasetGraphFactory.create();
        Case.values(tried.action(), VocabTestQuery.data).forEach(file -> suites.parser(file.asResource().getURI()).parse(data));
        var named = new HashMap<String, String>();
        Case.values(tried.action(), VocabTestQuery.graphData).forEach(graph -> {
            if (graph.isURIResource()) {
                named.put(graph.asResource().getURI(), graph.asResource().getURI());
            } else {
                named.put(graph.asResource().getProperty(RDFS.label).getString(),
                        graph.asResource().getPropertyResourceValue(TestManifestUpdate_11.graph).getURI());
            }
        });
        // What a query says it is from is fetched by nobody: it has to be there.
        Stream.concat(query.getGraphURIs().stream(), query.getNamedGraphURIs().stream()).filter(suites::holds).forEach(file -> named.put(file, file));
        named.forEach((name, file) -> {
            var graph = GraphFactory.createDefaultGraph();
            suites.parser(file).parse(graph);
            data.addGraph(NodeFactory.createURI(name), graph);
        });
        return data;
    }

    private Passed compare(Query query, byte[] answer, Lang language) throws IOException {
        if (query.isAskType()) {
            var said = ResultsReader.create().forceLang(language).build().readAny(new ByteArrayInputStream(answer)).getBooleanResult();
            if (said != expectedYesOrNo()) {
                throw new NotPassed(language.getName() + ": expected " + expectedYesOrNo() + ", got " + said);
            }
            return Passed.BY_TERM;
        }
        if (query.isSelectType()) {
            return language.equals(ResultSetLang.RS_CSV) ? compareCsv(answer) : compareRows(query, rows(query, answer, language), language);
        }
        var expected = expectedGraph();
        var got = GraphFactory.createDefaultGraph();
        RDFParser.source(new ByteArrayInputStream(answer)).lang(language).parse(got);
        for (var how : Passed.values()) {
            if (Terms.same(Terms.of(expected), Terms.of(got), how)) {
                return how;
            }
        }
        throw new NotPassed(language.getName() + ": expected " + expected.find().toList() + ", got " + got.find().toList());
    }

    private Rows rows(Query query, byte[] answer, Lang language) {
        var rows = Rows.read(answer, language);
        return evidence ? rows.only(query.getProjectVars()) : rows;
    }

    private Passed compareRows(Query query, Rows got, Lang language) {
        var expected = expectedRows();
        var order = query.isOrdered() ? Rows.Order.KEPT : Rows.Order.FREE;
        for (var how : Passed.values()) {
            // What REDUCED leaves out is the server's to choose.
            if (query.isReduced() ? expected.distinct().sameAs(got.distinct(), order, how) : expected.sameAs(got, order, how)) {
                return how;
            }
        }
        throw new NotPassed(language.getName() + ": expected " + expected + ", got " + got);
    }

    private Passed compareCsv(byte[] answer) throws IOException {
        var expected = Csv.read(suites.bytes(resultFile()));
        var got = Csv.read(answer);
        if (!expected.sameAs(got)) {
            throw new NotPassed("CSV: expected " + expected + ", got " + got);
        }
        return Passed.BY_TERM;
    }

    private String resultFile() {
        return tried.result().orElseThrow(() -> new NotPassed("the case has no result")).getURI();
    }

    private Optional<Model> described() {
        var file = resultFile();
        if (Optional.ofNullable(RDFLanguages.filenameToLang(file)).filter(RDFLanguages::isTriples).isEmpty()) {
            return Optional.empty();
        }
        var model = ModelFactory.createDefaultModel();
        suites.parser(file).parse(model);
        return Optional.of(model);
    }

    private Rows expectedRows() {
        return described().map(Rows::of).orElseGet(() -> Rows.read(suites.bytes(resultFile()), resultLanguage()));
    }

    private boolean expectedYesOrNo() {
        return described().map(model -> model.listObjectsOfProperty(model.createProperty(ResultSetGraphVocab.getURI() + "boolean")).next().asLiteral().getBoolean())
                .orElseGet(() -> ResultsReader.create().forceLang(resultLanguage()).build()
                        .readAny(new ByteArrayInputStream(suites.bytes(resultFile()))).getBooleanResult());
    }

    private Lang resultLanguage() {
        return RDFLanguages.filenameToLang(resultFile());
    }

    /// Rows as CSV has them: strings, and blank nodes under any name.
    private record Csv(List<String> names, List<List<String>> rows) {

        static Csv read(byte[] bytes) throws IOException {
            try (var parsed = CSVFormat.RFC4180.parse(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8))) {
                var rows = parsed.stream().map(CSVRecord::toList).toList();
                return new Csv(rows.getFirst(), rows.subList(1, rows.size()));
            }
        }

        boolean sameAs(Csv other) {
            var rest = new ArrayList<>(other.rows.stream().map(row -> row(names, other.names, row)).toList());
            return names.size() == other.names.size() && other.names.containsAll(names) && rows.size() == rest.size()
                    && rows.stream().allMatch(row -> rest.remove(row(names, names, row)));
        }

        private static List<String> row(List<String> order, List<String> names, List<String> row) {
            return order.stream().map(name -> row.get(names.indexOf(name))).map(value -> value.startsWith("_:") ? "_:" : value).toList();
        }

        @Override public String toString() {
            return Arrays.asList(names, rows).toString();
        }
    }
}
