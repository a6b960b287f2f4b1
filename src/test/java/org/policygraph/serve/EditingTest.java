package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.sparql.core.Quad;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.edit.Credentials;
import org.policygraph.edit.EditLimits;
import org.policygraph.edit.Editors;
import org.policygraph.edit.Edits;
import org.policygraph.graph.Shapes;
import org.policygraph.store.Store;

/// Editors write over HTTP, and strangers do not.
class EditingTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String NOTES = "https://example.org/notes";
    private static final String PASSWORD = "correct horse 電池";

    @TempDir
    private static Path folder;
    private static Store store;
    private static Server server;
    private static Credentials credentials;
    private static String token;

    @BeforeAll static void start() {
        credentials = new Credentials(folder.resolve("editors"));
        token = credentials.addToken("robot");
        credentials.addPassword("alice", PASSWORD);
        store = Store.on(folder.resolve("store"));
        Shipped.loadInto(store);
        server = serve(Shipped.from(store), credentials);
    }

    static Server serve(Served served, Credentials credentials) {
        var shapes = List.of(Shapes.read(Shipped.ONTOLOGY.resolve("shapes/records")), Shapes.read(Shipped.ONTOLOGY.resolve("shapes/links")));
        return Server.start(served, ServerOptions.usual().at("127.0.0.1", 0), Optional.of(new Editing(new Editors(credentials),
                new Edits(served.store(), served.words(), served.rules(), shapes, EditLimits.usual()))));
    }

    @AfterAll static void stop() {
        server.close();
        store.close();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.uri().resolve(path));
    }

    private static HttpRequest.Builder asRobot(String path) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> update(String update) throws Exception {
        return send(asRobot("/update").header("Content-Type", "application/sparql-update").POST(BodyPublishers.ofString(update)));
    }

    private static String data(String graph) {
        return "/data?graph=" + URLEncoder.encode(graph, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> put(String graph, String turtle, String... headers) throws Exception {
        var request = asRobot(data(graph)).header("Content-Type", "text/turtle").PUT(BodyPublishers.ofString(turtle));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static Set<Quad> quads() {
        return store.read(data -> Iter.toSet(data.find()));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /update, application/sparql-update, CLEAR ALL",
        "POST, /update, application/x-www-form-urlencoded, update=CLEAR+ALL",
        "PUT, /data?graph=urn:x, text/turtle, <urn:s> <urn:p> <urn:o> .",
        "POST, /data?graph=urn:x, text/turtle, <urn:s> <urn:p> <urn:o> .",
        "POST, /data, application/n-quads, <urn:s> <urn:p> <urn:o> <urn:g> .",
        "DELETE, /data?graph=https://w3id.org/policygraph/graph/registry, text/turtle, ",
        "GET, /edits, text/turtle, ",
        "GET, /edits/1, text/turtle, ",
        "POST, /edits/1/undo, text/turtle, "})
    void aStrangerWritesNothingAndIsToldHow(String method, String path, String type, String body) throws Exception {
        var before = quads();

        for (var header : List.of("", "Basic", "Bearer nothing", "Basic !!!", basic("robot", "guess").replace("Basic", "Digest"))) {
            var request = request(path).header("Content-Type", type).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            var answer = send(header.isEmpty() ? request : request.header("Authorization", header));

            assertEquals(401, answer.statusCode(), header);
            assertTrue(answer.headers().firstValue("WWW-Authenticate").orElseThrow().startsWith("Basic"), header);
        }
        assertEquals(before, quads());
    }

    @Test void aPasswordOrATokenLetsIn() throws Exception {
        for (var header : List.of(basic("alice", PASSWORD), "Bearer " + token, basic("robot", token))) {
            var answer = send(request("/edits").header("Authorization", header));
            assertEquals(200, answer.statusCode(), header);
        }
    }

    @Test void whoIsTakenOutOfTheFileIsAStrangerAtOnce() throws Exception {
        credentials.addPassword("brief", "a password for now");
        var header = basic("brief", "a password for now");
        assertEquals(200, send(request("/edits").header("Authorization", header)).statusCode());

        credentials.remove("brief");

        assertEquals(401, send(request("/edits").header("Authorization", header)).statusCode());
    }

    @Test void aPageOfAnotherSiteCanNotUseTheBrowsersPassword() throws Exception {
        var before = quads();
        var form = BodyPublishers.ofString("update=" + URLEncoder.encode("INSERT DATA { GRAPH <" + NOTES + "> { <urn:x> <urn:y> 1 } }", StandardCharsets.UTF_8));

        var byOrigin = send(asRobot("/update").header("Content-Type", "application/x-www-form-urlencoded").header("Origin", "https://evil.example").POST(form));
        var byFetch = send(asRobot("/update").header("Content-Type", "application/x-www-form-urlencoded").header("Sec-Fetch-Site", "cross-site").POST(form));

        assertEquals(403, byOrigin.statusCode());
        assertEquals(403, byFetch.statusCode());
        assertEquals(before, quads());
    }

    @Test void aGraphIsPutReadAddedToAndTakenAway() throws Exception {
        var graph = "https://example.org/put";
        var created = put(graph, "<urn:s> <urn:p> 1 .");
        assertEquals(201, created.statusCode());
        assertEquals(server.uri().resolve(data(graph)).toString(), created.headers().firstValue("Location").orElseThrow());

        assertEquals(200, put(graph, "<urn:s> <urn:p> 2 .").statusCode());
        assertEquals(200, send(asRobot(data(graph)).header("Content-Type", "application/n-triples").POST(BodyPublishers.ofString("<urn:s> <urn:p> <urn:o> ."))).statusCode());
        var read = send(request(data(graph)).header("Accept", "application/n-triples")).body();
        assertEquals(Set.of("<urn:s> <urn:p> <urn:o> .", "<urn:s> <urn:p> \"2\"^^<http://www.w3.org/2001/XMLSchema#integer> ."), Set.copyOf(read.lines().toList()));

        assertEquals(200, send(asRobot(data(graph)).DELETE()).statusCode());
        assertEquals(404, send(request(data(graph))).statusCode());
        assertEquals(404, send(asRobot(data(graph)).DELETE()).statusCode());
    }

    @Test void triplesWithoutAGraphGetANewOne() throws Exception {
        var created = send(asRobot("/data").header("Content-Type", "text/turtle").POST(BodyPublishers.ofString("[] <urn:p> [ <urn:q> 1 ] .")));

        assertEquals(201, created.statusCode());
        var read = send(HttpRequest.newBuilder(java.net.URI.create(created.headers().firstValue("Location").orElseThrow())).header("Accept", "application/n-triples"));
        assertEquals(2, read.body().lines().count());
        assertFalse(read.body().contains("_:"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "text/turtle | <urn:s> <urn:p> 1 .",
        "application/n-triples | <urn:s> <urn:p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .",
        "application/trig | <urn:s> <urn:p> 1 .",
        "application/n-quads | <urn:s> <urn:p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .",
        "application/ld+json | {\"@id\": \"urn:s\", \"urn:p\": 1}",
        "application/rdf+json | {\"urn:s\": {\"urn:p\": [{\"type\": \"literal\", \"value\": \"1\", \"datatype\": \"http://www.w3.org/2001/XMLSchema#integer\"}]}}",
        "application/rdf+xml | <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:u='urn:'><rdf:Description rdf:about='urn:s'><u:p rdf:datatype='http://www.w3.org/2001/XMLSchema#integer'>1</u:p></rdf:Description></rdf:RDF>"})
    void everySyntaxIsTaken(String type, String body) throws Exception {
        var graph = "https://example.org/syntax/" + type;

        var answer = send(asRobot(data(graph)).header("Content-Type", type).PUT(BodyPublishers.ofString(body)));

        assertEquals(201, answer.statusCode(), answer.body());
        assertEquals("<urn:s> <urn:p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n", send(request(data(graph)).header("Accept", "application/n-triples")).body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "text/turtle | <urn:s> <urn:p> | 400 | body:1 column",
        "text/turtle | <urn:s> <urn:p> << <urn:a> <urn:b> 1 >> . | 400 | claims",
        "text/plain | <urn:s> <urn:p> 1 . | 415 | application/ld+json",
        "multipart/form-data; boundary=x | --x-- | 400 | no file",
        "text/turtle; charset=latin1 | <urn:s> <urn:p> 1 . | 415 | utf-8",
        "application/rdf+xml | <!DOCTYPE x [ <!ENTITY e 'x'> ]><x/> | 400 | DOCTYPE",
        "application/trig | GRAPH <urn:g> { <urn:s> <urn:p> 1 } | 400 | graphs of its own"})
    void whatCanNotBeReadIsRefusedByName(String type, String body, int status, String told) throws Exception {
        var before = quads();

        var answer = send(asRobot(data(NOTES)).header("Content-Type", type).PUT(BodyPublishers.ofString(body)));

        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(told), answer.body());
        assertEquals(before, quads());
    }

    @ParameterizedTest
    @CsvSource({"text/turtle, '<urn:s> <urn:p> ', '[ <urn:p> '", "text/turtle, '<urn:s> <urn:p> ', '( '", "text/turtle, '', '<< '", "text/turtle, '<urn:s> <urn:p> ', '<<( <urn:a> <urn:b> '",
        "application/trig, '', '{ '", "application/ld+json, '', '['", "application/ld+json, '', '{\"a\":'", "application/rdf+json, '', '{\"a\":'"})
    void whatIsNestedTooDeeplyIsRefusedWithoutFollowingIt(String type, String start, String again) throws Exception {
        var answer = send(asRobot(data(NOTES)).header("Content-Type", type).PUT(BodyPublishers.ofString(start + again.repeat(50_000))));

        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("deep"), answer.body());
    }

    @Test void bytesThatAreNoUtf8AreRefused() throws Exception {
        var answer = send(asRobot(data(NOTES)).header("Content-Type", "text/turtle").PUT(BodyPublishers.ofByteArray(new byte[] {'<', (byte) 0xff, '>'})));

        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("UTF-8"), answer.body());
    }

    @Test void nothingThatIsSentMakesTheServerAskElsewhere() throws Exception {
        var connections = new AtomicInteger();
        try (var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (true) {
                    try (var _ = listening.accept()) {
                        connections.incrementAndGet();
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            var there = "http://127.0.0.1:" + listening.getLocalPort() + "/x";
            var bodies = List.of(
                    List.of("application/ld+json", "{\"@context\": \"" + there + "\", \"@id\": \"urn:s\", \"p\": 1}"),
                    List.of("application/ld+json", "{\"@context\": [{\"@import\": \"" + there + "\"}], \"@id\": \"urn:s\", \"p\": 1}"),
                    List.of("application/ld+json", "{\"@id\": \"urn:s\", \"@context\": {\"p\": {\"@id\": \"urn:p\", \"@context\": \"" + there + "\"}}, \"p\": {\"q\": 1}}"),
                    List.of("application/rdf+xml", "<!DOCTYPE r SYSTEM \"" + there + "\"><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>"),
                    List.of("application/rdf+xml", "<?xml version='1.0'?>\n<!DOCTYPE r [ <!ENTITY e SYSTEM \"" + there + "\"> ]><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>&e;</rdf:RDF>"),
                    List.of("application/rdf+xml", "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='" + there + "'/></rdf:RDF>"));
            for (var body : bodies) {
                var answer = send(asRobot(data(NOTES)).header("Content-Type", body.getFirst()).PUT(BodyPublishers.ofString(body.getLast())));
                assertTrue(answer.statusCode() >= 400 && answer.statusCode() < 500 || body.getLast().contains("XInclude"), answer.statusCode() + " " + answer.body());
            }
            for (var update : List.of("LOAD <" + there + ">", "LOAD SILENT <" + there + "> INTO GRAPH <" + NOTES + ">",
                    "INSERT { GRAPH <" + NOTES + "> { ?s ?p ?o } } WHERE { SERVICE <" + there + "> { ?s ?p ?o } }",
                    "INSERT { GRAPH <" + NOTES + "> { ?s ?p ?o } } WHERE { SERVICE SILENT <" + there + "> { ?s ?p ?o } }",
                    "DELETE { GRAPH <" + NOTES + "> { ?s ?p ?o } } WHERE { { SELECT * { VALUES ?e { <" + there + "> } SERVICE ?e { ?s ?p ?o } } } }",
                    "INSERT DATA { GRAPH <" + NOTES + "> { <urn:a> <urn:b> 1 } } ; LOAD <" + there + ">")) {
                assertEquals(400, update(update).statusCode(), update);
            }
            var imports = put("https://example.org/imports", "<urn:o> <http://www.w3.org/2002/07/owl#imports> <" + there + "> .");
            assertEquals(201, imports.statusCode());
            var usingElsewhere = send(asRobot("/update?using-graph-uri=" + there).header("Content-Type", "application/sparql-update")
                    .POST(BodyPublishers.ofString("INSERT { GRAPH <" + NOTES + "> { ?s ?p ?o } } WHERE { ?s ?p ?o }")));
            assertEquals(200, usingElsewhere.statusCode());
        }
        assertEquals(0, connections.get());
    }

    @Test void anUpdateAsksTheUnionOrWhatItIsToldToUse() throws Exception {
        assertEquals(200, update("INSERT { GRAPH <urn:union> { <urn:a> <urn:found> ?t } } WHERE { id:huawei pol:develops ?t }").statusCode());
        var using = send(asRobot("/update?using-graph-uri=urn:union").header("Content-Type", "application/sparql-update")
                .POST(BodyPublishers.ofString("INSERT { GRAPH <urn:used> { <urn:a> <urn:count> ?n } } WHERE { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }")));
        assertEquals(200, using.statusCode(), using.body());

        var found = send(request(data("urn:union")).header("Accept", "application/n-triples")).body().lines().count();
        assertTrue(found > 0);
        assertTrue(send(request(data("urn:used")).header("Accept", "application/n-triples")).body().contains("\"" + found + "\""));
    }

    @Test void whatBreaksAShapeIsToldByItsSentence() throws Exception {
        var before = quads();

        var answer = update("INSERT DATA { GRAPH graph:registry { id:nameless a pol:PrivateFirm } }".replace("graph:registry", "<https://w3id.org/policygraph/graph/registry>"));

        assertEquals(422, answer.statusCode());
        assertTrue(answer.body().contains("id/nameless: The entity lacks its one text in English: give 'label' with \"en\"."), answer.body());
        assertEquals(before, quads());
    }

    @Test void aGraphIsOnlyChangedIfItIsAsItWasRead() throws Exception {
        var graph = "https://example.org/conditions";
        assertEquals(201, put(graph, "<urn:s> <urn:p> 1 .", "If-None-Match", "*").statusCode());
        assertEquals(412, put(graph, "<urn:s> <urn:p> 2 .", "If-None-Match", "*").statusCode());
        var turtle = send(request(data(graph)).header("Accept", "text/turtle")).headers().firstValue("ETag").orElseThrow();

        assertEquals(200, put(graph, "<urn:s> <urn:p> 3 .", "If-Match", turtle).statusCode());
        assertEquals(412, put(graph, "<urn:s> <urn:p> 4 .", "If-Match", turtle).statusCode());
        assertEquals(412, send(asRobot(data(graph)).header("If-Match", turtle).DELETE()).statusCode());
        assertEquals(412, put("https://example.org/none", "<urn:s> <urn:p> 4 .", "If-Match", "*").statusCode());
        var now = send(request(data(graph)).header("Accept", "application/n-triples")).headers().firstValue("ETag").orElseThrow();
        assertEquals(412, put(graph, "<urn:s> <urn:p> 4 .", "If-Match", "W/" + now).statusCode());
        assertEquals(200, put(graph, "<urn:s> <urn:p> 5 .", "If-Match", "\"other\", " + now).statusCode());
        assertEquals(412, send(asRobot("/update").header("Content-Type", "application/sparql-update").header("If-Match", now).POST(BodyPublishers.ofString("CLEAR GRAPH <" + graph + ">"))).statusCode());
        var all = send(request("/data").header("Accept", "application/n-quads")).headers().firstValue("ETag").orElseThrow();
        assertEquals(200, send(asRobot("/update").header("Content-Type", "application/sparql-update").header("If-Match", all).POST(BodyPublishers.ofString("CLEAR GRAPH <" + graph + ">"))).statusCode());
    }

    @Test void nothingIsLostOfWhatManyEditorsWriteAtATime() throws Exception {
        var graph = "https://example.org/counter";
        put(graph, "<urn:s> <urn:count> 0 .");
        var threads = 8;
        var times = 10;
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var all = IntStream.range(0, threads).mapToObj(_ -> pool.submit(() -> {
                for (var i = 0; i < times; i++) {
                    while (true) {
                        var read = send(request(data(graph)).header("Accept", "application/n-triples"));
                        var count = Integer.parseInt(read.body().split("\"")[1]);
                        var status = put(graph, "<urn:s> <urn:count> " + (count + 1) + " .", "If-Match", read.headers().firstValue("ETag").orElseThrow()).statusCode();
                        if (status == 200) {
                            break;
                        }
                        assertEquals(412, status);
                    }
                }
                return null;
            })).toList();
            for (var one : new ArrayList<>(all)) {
                one.get();
            }
        }
        assertTrue(send(request(data(graph)).header("Accept", "application/n-triples")).body().contains("\"" + threads * times + "\""));
    }

    @Test void anEditIsListedToldAndUndone() throws Exception {
        put("https://example.org/history", "<urn:s> <urn:p> 'first' .");
        put("https://example.org/history", "<urn:s> <urn:p> 'second' .");

        var list = send(asRobot("/edits?limit=1").header("Accept", "application/json")).body();
        var number = list.replaceAll("(?s).*?\"edit\":(\\d+).*", "$1");
        assertTrue(list.contains("\"editor\":\"robot\"") && list.contains("PUT <https://example.org/history>"), list);
        var patch = send(asRobot("/edits/" + number));
        assertEquals("application/rdf-patch", patch.headers().firstValue("Content-Type").orElseThrow().replaceAll(";.*", ""));
        assertTrue(patch.body().contains("D <urn:s> <urn:p> \"first\" <https://example.org/history>"), patch.body());

        assertEquals(200, send(asRobot("/edits/" + number + "/undo").POST(BodyPublishers.noBody())).statusCode());
        assertTrue(send(request(data("https://example.org/history")).header("Accept", "application/n-triples")).body().contains("first"));
        assertEquals(409, send(asRobot("/edits/" + number + "/undo").POST(BodyPublishers.noBody())).statusCode());
        assertEquals(404, send(asRobot("/edits/999999").GET()).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data?default", "/data?graph=https://w3id.org/policygraph/graph/ontology", "/data?graph=https://w3id.org/policygraph/graph/inferred", "/data"})
    void whatIsTheServersOwnIsRefusedWithWhatToDo(String path) throws Exception {
        var answer = send(asRobot(path).header("Content-Type", "text/turtle").PUT(BodyPublishers.ofString("<urn:s> <urn:p> 1 .")));

        assertEquals(403, answer.statusCode(), answer.body());
        assertTrue(answer.body().matches("(?s).*(name|change).*"), answer.body());
    }
}
