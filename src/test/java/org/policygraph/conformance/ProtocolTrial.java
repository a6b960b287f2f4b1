package org.policygraph.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.rdf.model.Property;
import org.apache.jena.rdf.model.RDFList;
import org.apache.jena.rdf.model.RDFNode;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.rdf.model.ResourceFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.rowset.RowSetReaderRegistry;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.resultset.ResultsReader;
import org.apache.jena.sparql.vocabulary.TestManifestUpdate_11;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.TestManifest;

/// Sends what a case of the SPARQL Protocol or of the Graph Store Protocol says, request by request.
record ProtocolTrial(Case tried, SuiteFolder suites) implements Trial {

    private static final String HT = "http://www.w3.org/2011/http#";
    private static final Property REQUESTS = ResourceFactory.createProperty(HT + "requests");
    private static final Property PATH = ResourceFactory.createProperty(HT + "absolutePath");
    private static final Property METHOD = ResourceFactory.createProperty(HT + "methodName");
    private static final Property HEADERS = ResourceFactory.createProperty(HT + "headers");
    private static final Property FIELD = ResourceFactory.createProperty(HT + "fieldName");
    private static final Property VALUE = ResourceFactory.createProperty(HT + "fieldValue");
    private static final Property BODY = ResourceFactory.createProperty(HT + "body");
    private static final Property RESPONSE = ResourceFactory.createProperty(HT + "resp");
    private static final Property CHARACTERS = ResourceFactory.createProperty("http://www.w3.org/2011/content#chars");
    private static final Property ENCODING = ResourceFactory.createProperty("http://www.w3.org/2011/content#characterEncoding");
    private static final Property STATUS = ResourceFactory.createProperty(TestManifest.NS + "expectedStatus");
    private static final Property YES_OR_NO = ResourceFactory.createProperty(TestManifest.NS + "expectedBoolean");
    private static final Property FORMAT = ResourceFactory.createProperty(TestManifest.NS + "expectedFormat");
    private static final Property LOCATION = ResourceFactory.createProperty(TestManifest.NS + "expectedLocation");

    private static final String SPARQL = "/sparql/";
    private static final String GRAPHS = "/gsp";
    private static final Map<String, Integer> STATUSES = Map.of("OK", 200, "Created", 201, "NoContent", 204, "NotFound", 404);

    @Override public Passed against(Subject subject) throws IOException, InterruptedException {
        if (tried.action() == null) {
            throw new NotPassed("the case is described in prose alone");
        }
        var data = DatasetGraphFactory.create();
        Case.values(tried.entry(), TestManifestUpdate_11.graphData).map(RDFNode::asResource).forEach(graph -> {
            var triples = GraphFactory.createDefaultGraph();
            suites.parser(graph.getPropertyResourceValue(TestManifestUpdate_11.graph).getURI()).parse(triples);
            data.addGraph(NodeFactory.createURI(graph.getProperty(RDFS.label).getString()), triples);
        });
        subject.hold(data);

        var found = new HashMap<String, String>();
        var requests = list(tried.action(), REQUESTS);
        for (var step = 0; step < requests.size(); step++) {
            var request = requests.get(step);
            var answer = send(subject, request, found);
            var place = "request " + (step + 1) + " (" + text(request, METHOD).orElse("") + "): ";
            Optional.ofNullable(request.getPropertyResourceValue(RESPONSE)).ifPresent(expected -> compare(place, expected, answer, found));
        }
        return Passed.BY_TERM;
    }

    private HttpResponse<byte[]> send(Subject subject, Resource described, Map<String, String> found) throws IOException, InterruptedException {
        var path = filled(text(described, PATH).orElseThrow(), found);
        var body = Optional.ofNullable(described.getPropertyResourceValue(BODY));
        var bytes = body.map(part -> filled(text(part, CHARACTERS).orElse(""), found).getBytes(Charset.forName(text(part, ENCODING).orElse("UTF-8"))));
        var method = text(described, METHOD).orElseThrow();
        var request = HttpRequest.newBuilder(target(subject, path, described))
                .method(method, bytes.map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody()));
        headers(described).forEach(request::header);
        return Http.send(writes(path, method, described) ? subject.asEditor(request) : request);
    }

    private URI target(Subject subject, String path, Resource described) {
        if (path.startsWith(SPARQL)) {
            var endpoint = writes(path, "", described) ? subject.update() : subject.query();
            return URI.create(endpoint + path.substring(SPARQL.length()));
        }
        return URI.create(subject.data() + path.substring(GRAPHS.length()));
    }

    /// The manifest has one endpoint for both; a server may have two. Of a bad request, its name says for which it is meant.
    private boolean writes(String path, String method, Resource described) {
        if (path.startsWith(GRAPHS)) {
            return !method.equals("GET") && !method.equals("HEAD");
        }
        var type = Optional.ofNullable(headers(described).get("content-type")).orElse("");
        return type.startsWith(Http.UPDATE) || tried.iri().contains("update") && !type.startsWith(Http.QUERY)
                && !path.contains("?query=") && !bodyText(described).startsWith("query=");
    }

    private static String bodyText(Resource described) {
        return Optional.ofNullable(described.getPropertyResourceValue(BODY)).flatMap(body -> text(body, CHARACTERS)).orElse("");
    }

    private static Map<String, String> headers(Resource message) {
        var headers = new HashMap<String, String>();
        list(message, HEADERS).forEach(header -> headers.put(text(header, FIELD).orElseThrow().toLowerCase(), text(header, VALUE).orElse("")));
        return headers;
    }

    private static void compare(String place, Resource expected, HttpResponse<byte[]> answer, Map<String, String> found) {
        var statuses = Case.values(expected, STATUS).map(status -> status.asResource().getLocalName()).toList();
        if (!statuses.isEmpty() && statuses.stream().noneMatch(status -> is(status, answer.statusCode()))) {
            throw new NotPassed(place + "expected " + String.join(" or ", statuses) + ", got " + Http.shown(answer));
        }
        var type = answer.headers().firstValue("Content-Type").orElse("");
        Optional.ofNullable(headers(expected).get("content-type")).ifPresent(wanted -> {
            // Some say the charset, which of Turtle is always the same.
            if (!type.replaceFirst(";.*", "").equalsIgnoreCase(wanted.replaceFirst(";.*", ""))) {
                throw new NotPassed(place + "expected Content-Type " + wanted + ", got " + type);
            }
        });
        text(expected, LOCATION).ifPresent(variable -> found.put(variable, answer.headers().firstValue("Location")
                .orElseThrow(() -> new NotPassed(place + "expected a Location, got " + answer.headers().map()))));
        Optional.ofNullable(expected.getPropertyResourceValue(BODY)).ifPresent(body -> {
            var wanted = GraphFactory.createDefaultGraph();
            RDFParser.fromString(filled(text(body, CHARACTERS).orElse(""), found), Lang.TURTLE).parse(wanted);
            var got = GraphFactory.createDefaultGraph();
            RDFParser.source(new ByteArrayInputStream(answer.body())).lang(Lang.TURTLE).parse(got);
            if (!Terms.same(Terms.of(wanted), Terms.of(got), Passed.BY_TERM)) {
                throw new NotPassed(place + "expected " + Terms.of(wanted) + ", got " + Terms.of(got));
            }
        });
        text(expected, FORMAT).ifPresent(format -> compareFormat(place, format, type.replaceFirst(";.*", ""), answer));
        Optional.ofNullable(expected.getProperty(YES_OR_NO)).ifPresent(wanted -> {
            var said = ResultsReader.create().forceLang(results(type.replaceFirst(";.*", ""))).build().readAny(new ByteArrayInputStream(answer.body())).getBooleanResult();
            if (said != wanted.getBoolean()) {
                throw new NotPassed(place + "expected " + wanted.getBoolean() + ", got " + said);
            }
        });
    }

    private static boolean is(String expected, int status) {
        return expected.startsWith("StatusCode") ? expected.charAt("StatusCode".length()) - '0' == status / 100
                : Optional.ofNullable(STATUSES.get(expected)).orElseThrow(() -> new NotPassed("a status that is not known: " + expected)) == status;
    }

    private static void compareFormat(String place, String format, String type, HttpResponse<byte[]> answer) {
        var body = new ByteArrayInputStream(answer.body());
        switch (format) {
            case "boolean" -> ResultsReader.create().forceLang(results(type)).build().readAny(body).getBooleanResult();
            case "tabular" -> ResultSetFormatter.consume(ResultsReader.create().forceLang(results(type)).build().readAny(body).getResultSet());
            case "RDF" -> RDFParser.source(body).lang(Optional.ofNullable(RDFLanguages.contentTypeToLang(type)).filter(RDFLanguages::isTriples)
                    .orElseThrow(() -> new NotPassed(place + "expected RDF, got " + type))).toGraph();
            default -> throw new NotPassed("a format that is not known: " + format);
        }
    }

    private static Lang results(String type) {
        return Optional.ofNullable(RDFLanguages.contentTypeToLang(type)).filter(RowSetReaderRegistry::isRegistered)
                .orElseThrow(() -> new NotPassed("expected results, got " + type));
    }

    private static String filled(String text, Map<String, String> found) {
        var filled = text;
        for (var variable : found.entrySet()) {
            filled = filled.replace(variable.getKey(), variable.getValue());
        }
        return filled;
    }

    private static Optional<String> text(Resource of, Property property) {
        return Optional.ofNullable(of.getProperty(property)).map(statement -> statement.getString());
    }

    private static List<Resource> list(Resource of, Property property) {
        return Optional.ofNullable(of.getPropertyResourceValue(property)).map(list -> list.as(RDFList.class).asJavaList()).orElse(List.of())
                .stream().map(RDFNode::asResource).toList();
    }
}
