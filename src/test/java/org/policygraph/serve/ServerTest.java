package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.util.IsoMatcher;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.graph.Rules;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.question.Library;
import org.policygraph.store.Names;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Vocabulary;

/// What the server answers, and that it answers nothing else.
class ServerTest {

    private static final Vocabulary WORDS = Vocabulary.read(Path.of("ontology"));
    private static final Rules RULES = Rules.read(Path.of("ontology/rules"), WORDS.graph());
    private static final Library LIBRARY = Library.read(Path.of("queries"), new Names(WORDS));
    private static final String SELECT = "SELECT ?name { ?actor pol:develops ?t ; pol:name ?name } ORDER BY ?name";
    private static final String CONSTRUCT = "CONSTRUCT { ?t pol:developedBy ?actor } WHERE { ?actor pol:develops ?t }";
    private static final String SOURCE = Iris.GRAPH + "source/full-stack";

    private static final Store STORE = Store.inMemory();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Server server;
    private static DatasetGraph content;

    @BeforeAll static void start() {
        content = DatasetGraphFactory.create();
        RDFParser.fromString("""
                PREFIX pol: <https://w3id.org/policygraph/ontology#>
                PREFIX id: <https://w3id.org/policygraph/id/>
                GRAPH <https://w3id.org/policygraph/graph/registry> {
                    id:huawei pol:name "Huawei"@en , "華為"@zh-Hant ; pol:develops id:ascend .
                }
                GRAPH <https://w3id.org/policygraph/graph/source/full-stack> {
                    id:huawei pol:develops id:ascend .
                    id:f1 pol:value 3952 .
                }
                GRAPH <https://w3id.org/policygraph/graph/dataset> { id:dataset pol:name "all" . }
                """, Lang.TRIG).parse(content);
        STORE.write(data -> content.find().forEachRemaining(data::add));
        server = Server.start(served(STORE), "127.0.0.1", 0);
    }

    private static Served served(Store store) {
        return Shipped.from(store);
    }

    @AfterAll static void stop() {
        server.close();
        STORE.close();
    }

    @AfterEach void nothingHasChanged() {
        STORE.read(data -> {
            assertTrue(IsoMatcher.isomorphic(content, data));
            return null;
        });
    }

    @Test void aQueryIsAskedByGetByFormOrByBody() throws Exception {
        var byGet = get("/sparql?query=" + encoded(SELECT), "text/csv");
        var byForm = send(post("/sparql", "application/x-www-form-urlencoded", "query=" + encoded(SELECT)).header("Accept", "text/csv"));
        var byBody = send(post("/sparql", "application/sparql-query", SELECT).header("Accept", "text/csv"));

        for (var answer : List.of(byGet, byForm, byBody)) {
            assertEquals(200, answer.statusCode());
            assertEquals("name\r\nHuawei\r\n華為\r\n", answer.body());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/sparql-results+json, '\"xml:lang\":\"zh-Hant\"'",
        "application/json, '\"xml:lang\":\"zh-Hant\"'",
        "application/sparql-results+xml, <literal xml:lang=\"zh-Hant\">華為</literal>",
        "application/xml, <literal xml:lang=\"zh-Hant\">華為</literal>",
        "text/csv, 華為",
        "text/tab-separated-values, '\"華為\"@zh-Hant'",
        "text/plain, 華為",
        "*/*, '\"xml:lang\":\"zh-Hant\"'",
    })
    void rowsComeInTheFormAskedFor(String type, String part) throws Exception {
        var answer = get("/sparql?query=" + encoded(SELECT), type);

        assertEquals(200, answer.statusCode());
        assertTrue(type.equals("*/*") || type(answer).equals(type), () -> type(answer));
        assertTrue(answer.body().contains(part), answer::body);
    }

    @ParameterizedTest
    @CsvSource({
        "application/sparql-results+json, true",
        "application/sparql-results+xml, <boolean>true</boolean>",
        "text/csv, true",
        "text/tab-separated-values, true",
    })
    void yesOrNoComesInTheFormAskedFor(String type, String part) throws Exception {
        var answer = get("/sparql?query=" + encoded("ASK { id:huawei pol:develops id:ascend }"), type);

        assertEquals(type, type(answer));
        assertTrue(answer.body().contains(part), answer::body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json",
        "application/trig", "application/n-quads", "application/rdf+json"})
    void aGraphComesInTheSyntaxAskedFor(String type) throws Exception {
        var expected = graph("PREFIX pol: <https://w3id.org/policygraph/ontology#> PREFIX id: <https://w3id.org/policygraph/id/> "
                + "id:ascend pol:developedBy id:huawei .", "text/turtle");

        var answer = get("/sparql?query=" + encoded(CONSTRUCT), type);

        assertEquals(200, answer.statusCode());
        assertEquals(type, type(answer));
        assertTrue(expected.isIsomorphicWith(graph(answer.body(), type)), answer::body);
    }

    @Test void aGraphDeclaresThePrefixesThatItUsesAndNoOthers() throws Exception {
        var answer = get("/sparql?query=" + encoded(CONSTRUCT), "text/turtle").body();

        assertEquals(2, answer.lines().filter(line -> line.startsWith("PREFIX") || line.startsWith("@prefix")).count(), answer);
        assertTrue(answer.contains("id:huawei"), answer);
    }

    @Test void aQuerySeesTheUnionOfTheGraphsWithEachTripleOnce() throws Exception {
        assertEquals("5", count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"));
        assertEquals("1", count("SELECT (COUNT(*) AS ?n) { id:huawei pol:develops ?o }"));
        assertEquals("2", count("SELECT (COUNT(*) AS ?n) { GRAPH ?g { id:huawei pol:develops ?o } }"));
    }

    @Test void aQueryMayChooseAmongTheGraphs() throws Exception {
        assertEquals("2", count("SELECT (COUNT(*) AS ?n) FROM <" + SOURCE + "> { ?s ?p ?o }"));
        assertEquals("n\r\n2\r\n", get("/sparql?default-graph-uri=" + encoded(SOURCE) + "&query="
                + encoded("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), "text/csv").body());
        assertEquals("0", count("SELECT (COUNT(*) AS ?n) FROM <file:///etc/passwd> { ?s ?p ?o }"));
    }

    @Test void aWrongQueryIsABadRequestThatSaysWhere() throws Exception {
        var answer = get("/sparql?query=" + encoded("SELECT *\n{ ?s ?p }"), "*/*");

        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().startsWith("query:2 column 9: found '}', expected a name or a variable"), answer::body);
        assertEquals("text/plain", type(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:1/sparql> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } } ORDER BY ?s",
        "SELECT (<java:java.lang.Runtime>() AS ?x) {}",
        "INSERT DATA { <urn:s> <urn:p> <urn:o> }",
        "LOAD <http://127.0.0.1:1/>",
        "CLEAR ALL",
        "JSON { 'a': ?o } WHERE { ?s ?p ?o }",
    })
    void aQueryThatIsNoneOrReachesOutIsABadRequestByEachWay(String text) throws Exception {
        assertEquals(400, get("/sparql?query=" + encoded(text), "*/*").statusCode());
        assertEquals(400, send(post("/sparql", "application/x-www-form-urlencoded", "query=" + encoded(text))).statusCode());
        assertEquals(400, send(post("/sparql", "application/sparql-query", text)).statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /sparql, application/sparql-update, INSERT DATA { <urn:s> <urn:p> <urn:o> }, 415",
        "POST, /sparql, application/x-www-form-urlencoded, update=CLEAR+ALL, 400",
        "POST, /sparql?update=CLEAR+ALL, text/plain, '', 415",
        "GET, /sparql?update=CLEAR+ALL, , , 400",
        "POST, /sparql, text/turtle, <urn:s> <urn:p> <urn:o> ., 415",
        "PUT, /sparql, text/turtle, <urn:s> <urn:p> <urn:o> ., 405",
        "DELETE, /sparql, , , 405",
        "PATCH, /sparql, application/rdf-patch, A <urn:s> <urn:p> <urn:o> ., 405",
        "POST, /sparql/update, application/sparql-update, CLEAR ALL, 404",
        "POST, /update, application/sparql-update, CLEAR ALL, 403",
        "POST, /update, application/x-www-form-urlencoded, update=CLEAR+ALL, 403",
        "PUT, /data?default, text/turtle, <urn:s> <urn:p> <urn:o> ., 405",
        "POST, /data?default, text/turtle, <urn:s> <urn:p> <urn:o> ., 405",
        "POST, /data, application/trig, <urn:g> { <urn:s> <urn:p> <urn:o> }, 405",
        "POST, /data, application/sparql-update, CLEAR ALL, 405",
        "DELETE, /data?default, , , 405",
        "DELETE, /data?graph=https://w3id.org/policygraph/graph/registry, , , 405",
        "PATCH, /data, application/rdf-patch, A <urn:s> <urn:p> <urn:o> ., 405",
        "TRACE, /data, , , 405",
        "TRACE, /, , , 405",
        "POST, /health, text/plain, x, 405",
        "GET, /$/ping, , , 404",
        "POST, /$/ping, text/plain, x, 404",
        "GET, /$/server, , , 404",
        "GET, /$/datasets, , , 404",
        "POST, /$/datasets, application/x-www-form-urlencoded, dbName=x&dbType=mem, 404",
        "POST, /$/compact/sparql, text/plain, x, 404",
        "POST, /$/backup/sparql, text/plain, x, 404",
        "GET, /$/stats, , , 404",
        "GET, /$/metrics, , , 404",
        "GET, /$/tasks, , , 404",
        "POST, /sparql/shacl, text/turtle, <urn:s> <urn:p> <urn:o> ., 404",
        "POST, /shacl, text/turtle, <urn:s> <urn:p> <urn:o> ., 404",
        "POST, /sparql/upload, text/turtle, <urn:s> <urn:p> <urn:o> ., 404",
        "POST, /upload, text/turtle, <urn:s> <urn:p> <urn:o> ., 404",
        "GET, /sparql/data, , , 404",
        "GET, /sparql/get?default, , , 404",
        "GET, /sparql/query?query=ASK{}, , , 404",
        "GET, /validate/query, , , 404",
        "GET, /../etc/passwd, , , 400",
    })
    void nothingElseIsOpen(String method, String path, String type, String body, int status) throws Exception {
        var request = request(path).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }

        assertEquals(status, send(request).statusCode());
    }

    @Test void aPathThatIsNotThereTellsWhatIs() throws Exception {
        var answer = get("/no/such", "*/*");

        assertEquals(404, answer.statusCode());
        assertEquals("text/plain", type(answer));
        for (var path : List.of("/no/such", "/sparql", "/data", "/health")) {
            assertTrue(answer.body().contains(path), answer::body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"})
    void withoutAQueryTheEndpointDescribesItself(String type) throws Exception {
        var endpoint = server.uri().resolve("/sparql").toString();

        var answer = get("/sparql", type);

        assertEquals(200, answer.statusCode());
        assertEquals(type, type(answer));
        var description = graph(answer.body(), type);
        var service = one(description, RDF.Nodes.type, sd("Service"));
        assertTrue(description.contains(service, sd("endpoint"), NodeFactory.createURI(endpoint)), answer::body);
        assertTrue(description.contains(service, sd("supportedLanguage"), sd("SPARQL11Query")), answer::body);
        assertTrue(description.contains(service, sd("feature"), sd("UnionDefaultGraph")), answer::body);
        assertFalse(description.contains(service, sd("feature"), sd("BasicFederatedQuery")), answer::body);
        var names = new TreeSet<String>();
        description.find(Node.ANY, sd("name"), Node.ANY).forEach(named -> names.add(named.getObject().getURI()));
        assertEquals(new TreeSet<>(List.of(SOURCE, Iris.REGISTRY_GRAPH.getURI(), Iris.DATASET_GRAPH.getURI())), names);
        one(description, RDF.Nodes.type, sd("Dataset"));
        one(description, sd("name"), Iris.DATASET_GRAPH);
        assertEquals(3, description.find(Node.ANY, RDF.Nodes.type, sd("NamedGraph")).toList().size());
        description.find(Node.ANY, RDF.Nodes.type, Node.ANY).toList().stream().collect(java.util.stream.Collectors.groupingBy(
                org.apache.jena.graph.Triple::getSubject)).values().forEach(types -> assertEquals(1, types.size(), types::toString));
        description.find().forEach(triple -> assertFalse(triple.getSubject().isBlank() || triple.getObject().isBlank()));
    }

    @Test void aBrowserGetsTheDescriptionAsTurtle() throws Exception {
        assertEquals("text/turtle", type(get("/sparql", "text/html,application/xhtml+xml,*/*;q=0.8")));
        assertEquals("text/turtle", type(send(request("/sparql"))));
        assertEquals(200, send(request("/sparql").HEAD()).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json",
        "application/trig", "application/n-quads"})
    void theDefaultGraphOfTheDataIsTheUnion(String type) throws Exception {
        var answer = get("/data?default", type);

        assertEquals(200, answer.statusCode());
        assertEquals(type, type(answer));
        assertTrue(content.getUnionGraph().isIsomorphicWith(graph(answer.body(), type)), answer::body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"})
    void aGraphOfTheDataIsHadByItsName(String type) throws Exception {
        var answer = get("/data?graph=" + encoded(SOURCE), type);

        assertTrue(content.getGraph(NodeFactory.createURI(SOURCE)).isIsomorphicWith(graph(answer.body(), type)), answer::body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/trig", "application/n-quads", "application/ld+json"})
    void withoutAGraphTheDataIsAllOfThemByName(String type) throws Exception {
        var answer = get("/data", type);

        assertEquals(type, type(answer));
        var read = DatasetGraphFactory.create();
        RDFParser.fromString(answer.body(), org.apache.jena.riot.RDFLanguages.contentTypeToLang(type)).parse(read);
        assertTrue(IsoMatcher.isomorphic(content, read), answer::body);
    }

    @Test void theDataIsTurtleOrTrigForWhoDoesNotMind() throws Exception {
        assertEquals("text/turtle", type(send(request("/data?default"))));
        assertEquals("application/trig", type(send(request("/data"))));
        assertEquals("text/turtle", type(send(request("/data?default").HEAD())));
    }

    @ParameterizedTest
    @CsvSource({
        "/data?graph=urn:no, 404",
        "/data?default&graph=urn:no, 400",
        "/data?graph=urn:a&graph=urn:b, 400",
        "/data?other, 400",
    })
    void aGraphThatIsNotThereOrNotOneIsTold(String path, int status) throws Exception {
        assertEquals(status, get(path, "*/*").statusCode());
        assertEquals(status, send(request(path).HEAD()).statusCode());
    }

    @Test void itsHealthIsTold() throws Exception {
        var answer = get("/health", "*/*");

        assertEquals(200, answer.statusCode());
        assertEquals("application/json", type(answer));
        assertEquals("{\"status\":\"ok\",\"version\":\"0.1.0-test\"}\n", answer.body());
    }

    @Test void anEmptyStoreIsNotHealthy() throws Exception {
        try (var empty = Store.inMemory(); var other = Server.start(served(empty), "127.0.0.1", 0)) {
            var answer = CLIENT.send(HttpRequest.newBuilder(other.uri().resolve("/health")).build(), BodyHandlers.ofString());

            assertEquals(503, answer.statusCode());
            assertEquals("{\"status\":\"empty\",\"version\":\"0.1.0-test\"}\n", answer.body());
        }
    }

    @Test void theFirstPageSaysWhatThisIs() throws Exception {
        var answer = get("/", "text/html");

        assertEquals(200, answer.statusCode());
        assertEquals("text/html", type(answer));
        for (var path : List.of("/sparql", "/data", "/health")) {
            assertTrue(answer.body().contains("href=\"" + path), answer::body);
        }
        var example = answer.body().replaceAll("(?s).*href=\"(/sparql\\?[^\"]*)\".*", "$1").replace("&amp;", "&");
        assertEquals("actor,technology\r\n" + Iris.ID + "huawei," + Iris.ID + "ascend\r\n", get(example, "text/html").body());
    }

    @Test void pagesOfOtherOriginsMayRead() throws Exception {
        var answer = send(request("/sparql?query=" + encoded(SELECT)).header("Origin", "http://elsewhere.example"));
        var asked = send(request("/sparql").method("OPTIONS", BodyPublishers.noBody()).header("Origin", "http://elsewhere.example")
                .header("Access-Control-Request-Method", "POST").header("Access-Control-Request-Headers", "content-type"));

        assertEquals("*", answer.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
        assertEquals(204, asked.statusCode());
        assertEquals("GET, HEAD, POST", asked.headers().firstValue("Access-Control-Allow-Methods").orElse(""));
    }

    @Test void aQueryWithoutBoundsIsStillBounded() throws Exception {
        assertEquals(413, send(post("/sparql", "application/sparql-query", "ASK {}" + " ".repeat(1 << 20))).statusCode());
    }

    @Test void aQueryThatTakesTooLongIsEnded() throws Exception {
        var digits = "{ 0 1 2 3 4 5 6 7 8 9 }";
        var endless = "SELECT (COUNT(*) AS ?n) { VALUES ?a " + digits + " VALUES ?b " + digits + " VALUES ?c " + digits + " VALUES ?d " + digits
                + " VALUES ?e " + digits + " VALUES ?f " + digits + " VALUES ?g " + digits + " VALUES ?h " + digits + " VALUES ?i " + digits + " }";
        try (var hasty = Server.start(served(STORE), "127.0.0.1", 0, Duration.ofMillis(200))) {
            var asked = HttpRequest.newBuilder(hasty.uri().resolve("/sparql?query=" + encoded(endless))).timeout(Duration.ofSeconds(30));

            assertEquals(503, send(asked).statusCode());
        }
    }

    @Test void aPortThatIsTakenIsAProblemOfTheMachine() {
        var taken = assertThrows(ProblemException.class,
                () -> Server.start(served(STORE), "127.0.0.1", server.uri().getPort()));

        assertTrue(taken.problems().getFirst() instanceof Problem.Unusable, taken::toString);
        assertTrue(taken.getMessage().contains(String.valueOf(server.uri().getPort())), taken::toString);
        assertTrue(taken.getMessage().contains("--port"), taken::toString);
    }

    @Test void itListensWhereItWasToldAndNowhereElse() throws Exception {
        var address = java.net.NetworkInterface.networkInterfaces().flatMap(java.net.NetworkInterface::inetAddresses)
                .filter(one -> !one.isLoopbackAddress() && one instanceof java.net.Inet4Address).findFirst();
        org.junit.jupiter.api.Assumptions.assumeTrue(address.isPresent(), "this machine has the loopback alone");

        assertThrows(IOException.class, () -> new java.net.Socket(address.get(), server.uri().getPort()).close());
    }

    private static String count(String query) throws Exception {
        return get("/sparql?query=" + encoded(query), "text/csv").body().lines().skip(1).findFirst().orElse("");
    }

    private static HttpResponse<String> get(String path, String accept) throws Exception {
        return send(request(path).header("Accept", accept));
    }

    private static HttpRequest.Builder post(String path, String type, String body) {
        return request(path).POST(BodyPublishers.ofString(body)).header("Content-Type", type);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.uri().toString().replaceAll("/$", "") + path.replace("{", "%7B").replace("}", "%7D")));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static String type(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "").strip();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Graph graph(String text, String type) {
        var graph = GraphFactory.createDefaultGraph();
        RDFParser.source(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .lang(org.apache.jena.riot.RDFLanguages.contentTypeToLang(type)).parse(graph);
        return graph;
    }

    private static Node one(Graph graph, Node property, Node object) {
        var found = graph.find(Node.ANY, property, object).toList();
        assertEquals(1, found.size());
        return found.getFirst().getSubject();
    }

    private static Node sd(String name) {
        return NodeFactory.createURI("http://www.w3.org/ns/sparql-service-description#" + name);
    }
}
