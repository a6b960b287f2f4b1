package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.vocabulary.RDFS;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.limit.Limits;
import org.policygraph.store.DatasetVersion;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import tools.jackson.databind.json.JsonMapper;

/// HTTP and the SPARQL Protocol, to the letter.
class ProtocolTest {

    private static final String ROWS = "SELECT ?n { VALUES ?a { 1 2 3 4 5 6 7 8 9 0 } VALUES ?b { 1 2 3 4 5 6 7 8 9 0 } VALUES ?c { 1 2 3 4 5 6 7 8 9 0 } BIND(?a + 10 * ?b + 100 * ?c AS ?n) }";
    private static final String GRAPH = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }";
    /// Rows begin to come at once and do not end.
    private static final String ENDLESS = "SELECT * { " + IntStream.range(0, 16).mapToObj(i -> "?s%d ?p%d ?o%d".formatted(i, i, i)).collect(Collectors.joining(" . ")) + " }";
    /// Nothing comes.
    private static final String SILENT = ENDLESS.replace("SELECT *", "SELECT (COUNT(*) AS ?n)");

    private static final Store STORE = Store.inMemory();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Server server;

    @BeforeAll static void start() {
        STORE.write(data -> {
            data.add(Iris.REGISTRY_GRAPH, NodeFactory.createURI(Iris.ID + "huawei"), RDFS.Nodes.label, Literals.text("華為", "zh-Hant"));
            data.add(Iris.DATASET_GRAPH, Iris.REGISTRY_GRAPH, org.apache.jena.vocabulary.DCTerms.identifier.asNode(), Literals.plain("1"));
            DatasetVersion.renew(data);
        });
        server = Server.start(Shipped.from(STORE), ServerOptions.usual().at("127.0.0.1", 0));
    }

    @AfterAll static void stop() {
        server.close();
        STORE.close();
    }

    // What is asked.

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        GET  | /sparql?query=ASK%7B%7D                      |                                       |             | 200
        POST | /sparql                                      | application/x-www-form-urlencoded     | query=ASK%7B%7D | 200
        POST | /sparql                                      | Application/X-WWW-Form-URLEncoded;charset=UTF-8 | query=ASK%7B%7D | 200
        POST | /sparql?default-graph-uri=urn:x:g            | application/x-www-form-urlencoded     | query=ASK%7B%7D | 200
        POST | /sparql                                      | application/sparql-query              | ASK{}       | 200
        POST | /sparql                                      | application/sparql-query; charset="utf-8" | ASK{}   | 200
        GET  | /sparql?query=ASK%7B%7D&other=1&another      |                                       |             | 200
        GET  | /sparql?query=ASK%7B%7D&default-graph-uri=   |                                       |             | 200
        GET  | /sparql?query=ASK%7B%7D&query=ASK%7B%7D      |                                       |             | 400
        POST | /sparql?query=ASK%7B%7D                      | application/sparql-query              | ASK{}       | 400
        POST | /sparql?query=ASK%7B%7D                      | application/x-www-form-urlencoded     | query=ASK%7B%7D | 400
        POST | /sparql                                      | application/x-www-form-urlencoded     | other=1     | 400
        POST | /sparql                                      | application/sparql-query              | ''          | 400
        GET  | /sparql?query=                               |                                       |             | 400
        GET  | /sparql?update=CLEAR+ALL                     |                                       |             | 400
        POST | /sparql                                      | text/plain                            | ASK{}       | 415
        POST | /sparql                                      |                                       | ASK{}       | 415
        POST | /sparql                                      | multipart/form-data; boundary=x       | ASK{}       | 415
        POST | /sparql                                      | application/sparql-query; charset=UTF-16 | ASK{}    | 415
        POST | /sparql                                      | application/x-www-form-urlencoded; charset=ISO-8859-1 | query=ASK%7B%7D | 415
        GET  | /sparql?query=%E8%8F                         |                                       |             | 400
        GET  | /search?q=%FF                                |                                       |             | 400
        GET  | /sparql?query=ASK%7B%7D&timeout=x            |                                       |             | 400
        GET  | /sparql?query=ASK%7B%7D&timeout=0            |                                       |             | 400
        GET  | /sparql?query=ASK%7B%7D&timeout=1e9          |                                       |             | 400
        GET  | /sparql?query=ASK%7B%7D&evidence=maybe       |                                       |             | 400
        GET  | /sparql?query=ASK%7B%7D&format=none          |                                       |             | 400
        PUT  | /sparql?query=ASK%7B%7D                      |                                       |             | 405
        """)
    void aQueryIsTakenAsTheProtocolSaysAndNotOtherwise(String method, String path, String type, String body, int status) throws Exception {
        var request = request(path).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }

        var answer = send(request);

        assertEquals(status, answer.statusCode(), answer::body);
    }

    @Test void bytesThatAreNotUtf8AreRefusedHoweverTheyCome() throws Exception {
        var wrong = new byte[] {'A', 'S', 'K', '{', '}', '#', (byte) 0xC3};

        assertEquals(400, send(request("/sparql").POST(BodyPublishers.ofByteArray(wrong)).header("Content-Type", "application/sparql-query")).statusCode());
        assertEquals(400, send(request("/sparql").POST(BodyPublishers.ofByteArray("query=ASK%7B%7D%23%C3".getBytes(StandardCharsets.US_ASCII)))
                .header("Content-Type", "application/x-www-form-urlencoded")).statusCode());
        for (var query : List.of("ASK%7B%7D%23\u00C3", "ASK%7B%7", "%ZZ")) {
            var answer = raw("GET /sparql?query=" + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", StandardCharsets.ISO_8859_1);
            assertTrue(answer.startsWith("HTTP/1.1 400"), query + answer);
        }
        assertTrue(raw("GET /sparql?format=csv&query=SELECT(%22華%22AS%20?x)%7B%7D HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", StandardCharsets.UTF_8)
                .contains(new String("華".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
    }

    @Test void graphsNamedBesideTheQueryTakeThePlaceOfItsOwn() throws Exception {
        var query = "/sparql?format=csv&query=" + encoded("SELECT (COUNT(*) AS ?n) FROM <urn:x:none> { ?s rdfs:label ?o }");

        assertEquals("n\r\n0\r\n", get(query).body());
        assertEquals("n\r\n1\r\n", get(query + "&default-graph-uri=urn:x:other&default-graph-uri=" + encoded(Iris.REGISTRY_GRAPH.getURI())).body());
        assertEquals("n\r\n0\r\n", get(query + "&named-graph-uri=" + encoded(Iris.REGISTRY_GRAPH.getURI())).body());
    }

    @Test void aCallerMayLowerTheTimeAndNotRaiseIt() throws Exception {
        try (var hasty = Server.start(Shipped.from(STORE), ServerOptions.usual().at("127.0.0.1", 0).with(Limits.usual().withTime(Duration.ofMillis(300))))) {
            for (var one : List.of(server.uri() + "sparql?timeout=0.3", hasty.uri() + "sparql?timeout=60")) {
                var begun = System.nanoTime();
                var answer = send(HttpRequest.newBuilder(URI.create(one + "&query=" + encoded(SILENT))));

                assertEquals(503, answer.statusCode());
                assertTrue(answer.body().contains("--query-time"), answer::body);
                assertTrue(System.nanoTime() - begun < Duration.ofSeconds(20).toNanos());
            }
        }
    }

    // What is had.

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "406", textBlock = """
        text/csv                                                        | text/csv
        TEXT/CSV                                                        | text/csv
        text/csv;charset=utf-8                                          | text/csv
        text/csv; q=0.5, application/sparql-results+xml;q=0.6           | application/sparql-results+xml
        text/csv;q=0, */*                                               | application/sparql-results+json
        application/sparql-results+json;q=0, */*;q=0.1                  | application/json
        application/*                                                   | application/sparql-results+json
        text/*                                                          | text/csv
        text/*;q=0.5, text/tab-separated-values                         | text/tab-separated-values
        */*, text/csv                                                   | text/csv
        text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | application/xml
        text/html, image/gif, *; q=.2, */*; q=.2                        | application/sparql-results+json
        text/csv;Q=0, application/xml;q=0.1                             | application/xml
        text/csv;x="a,b;q=0", application/xml;q=0.9                     | text/csv
        nonsense, text/csv;q=0.3                                        | text/csv
        ,,                                                              | application/sparql-results+json
        text/html                                                       | 406
        */*;q=0                                                         | 406
        text/csv;q=0                                                    | 406
        application/sparql-results+json;q=0, application/json;q=0, application/*;q=0 | 406
        """)
    void theFormIsTheOneLikedBestOfThoseAccepted(String accept, String type) throws Exception {
        var answer = send(request("/sparql?query=ASK%7B%7D").header("Accept", accept));

        if (type == null) {
            assertEquals(406, answer.statusCode());
            for (var form : List.of("application/sparql-results+json (format=json)", "text/csv (format=csv)", "text/plain (format=table)")) {
                assertTrue(answer.body().contains(form), answer::body);
            }
        } else {
            assertEquals(200, answer.statusCode());
            assertEquals(type, type(answer));
        }
        assertTrue(varying(answer).contains("accept"), () -> varying(answer).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "json, application/sparql-results+json", "xml, application/sparql-results+xml", "csv, text/csv", "tsv, text/tab-separated-values",
        "table, text/plain", "CSV, text/csv", "text/csv, text/csv"
    })
    void aWordInTheAddressChoosesTheFormOfRows(String word, String type) throws Exception {
        for (var parameter : List.of("format", "output")) {
            var answer = send(request("/sparql?query=ASK%7B%7D&" + parameter + "=" + word).header("Accept", "image/png"));
            assertEquals(200, answer.statusCode());
            assertEquals(type, type(answer));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ttl, text/turtle", "nt, application/n-triples", "jsonld, application/ld+json", "rdfxml, application/rdf+xml", "trig, application/trig",
        "nq, application/n-quads", "rdfjson, application/rdf+json"
    })
    void aWordInTheAddressChoosesTheFormOfAGraph(String word, String type) throws Exception {
        var answer = get("/sparql?output=" + word + "&query=" + encoded(GRAPH));

        assertEquals(200, answer.statusCode());
        assertEquals(type, type(answer));
    }

    @Test void noFormIsForcedAndNoScriptOrStyleIsReflected() throws Exception {
        var answer = get("/sparql?query=ASK%7B%7D&callback=evil&stylesheet=evil.xsl&force-accept=text/html&output=xml");

        assertEquals("application/sparql-results+xml", type(answer));
        assertFalse(answer.body().contains("evil"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/sparql", "/sparql?query=ASK%7B%7D", "/data?default", "/questions", "/health", "/openapi.json", "/.well-known/void"})
    void headIsAnsweredWhereGetIsByTheSameHeadersAndNoBody(String path) throws Exception {
        var got = get(path);
        var head = send(request(path).HEAD());

        assertEquals(got.statusCode(), head.statusCode());
        assertEquals("", head.body());
        for (var header : List.of("Content-Type", "ETag", "Cache-Control", "Access-Control-Allow-Origin", "X-Content-Type-Options")) {
            assertEquals(got.headers().firstValue(header), head.headers().firstValue(header), header);
        }
        assertEquals(varying(got), varying(head));
    }

    @Test void aHeadRequestAsksNothingOfTheStore() throws Exception {
        assertEquals(200, send(request("/sparql?query=" + encoded(SILENT)).HEAD().timeout(Duration.ofSeconds(20))).statusCode());
        assertEquals(400, send(request("/sparql?query=ASK").HEAD()).statusCode());
    }

    @ParameterizedTest
    @CsvSource({"/sparql, 'GET, HEAD, POST, OPTIONS'", "/data, 'GET, HEAD, OPTIONS'", "/search, 'GET, HEAD, OPTIONS'", "/diagnose, 'GET, HEAD, POST, OPTIONS'", "/, 'GET, HEAD, OPTIONS'"})
    void aMethodThatThereIsNotIsToldWithThoseThatThereAre(String path, String allowed) throws Exception {
        for (var method : List.of("PATCH", "DELETE", "PROPFIND", "BREW")) {
            var answer = send(request(path).method(method, BodyPublishers.noBody()));
            assertEquals(405, answer.statusCode());
            assertEquals(allowed, header(answer, "Allow"));
        }
        var options = send(request(path).method("OPTIONS", BodyPublishers.noBody()));
        assertEquals(204, options.statusCode());
        assertEquals(allowed, header(options, "Allow"));
    }

    // What is kept.

    @Test void anAnswerIsKnownByItsTagUntilTheDataTheQueryOrTheFormIsAnother() throws Exception {
        var path = "/sparql?query=" + encoded("SELECT * { ?s rdfs:label ?o }");
        var first = send(request(path).header("Accept", "text/csv"));
        var tag = header(first, "ETag");

        assertTrue(tag.startsWith("W/\""), tag);
        var again = send(request(path).header("Accept", "text/csv").header("If-None-Match", tag));
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        assertEquals(tag, header(again, "ETag"));
        assertEquals(varying(first), varying(again));
        assertEquals(200, send(request(path).header("Accept", "text/tab-separated-values").header("If-None-Match", tag)).statusCode());
        assertEquals(200, send(request(path + "%20").header("Accept", "text/csv").header("If-None-Match", tag)).statusCode());
        STORE.write(data -> {
            data.add(Iris.DATASET_GRAPH, NodeFactory.createURI("urn:x:more"), org.apache.jena.vocabulary.DCTerms.identifier.asNode(), Literals.plain("2"));
            DatasetVersion.renew(data);
        });
        try {
            assertEquals(200, send(request(path).header("Accept", "text/csv").header("If-None-Match", tag)).statusCode());
        } finally {
            STORE.write(data -> {
                data.deleteAny(Iris.DATASET_GRAPH, NodeFactory.createURI("urn:x:more"), Node.ANY, Node.ANY);
                DatasetVersion.renew(data);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT (NOW() AS ?x) {}", "SELECT (RAND() AS ?x) {}", "SELECT ?x { BIND(UUID() AS ?x) }", "SELECT ?s { ?s ?p ?o } ORDER BY STRUUID()",
        "SELECT * { ?s ?p ?o FILTER EXISTS { ?s ?p ?o FILTER(NOW() > 1) } }", "SELECT (SUM(RAND()) AS ?x) { ?s ?p ?o }"})
    void whatIsAnotherEachTimeHasNoTag(String query) throws Exception {
        assertEquals("", header(get("/sparql?query=" + encoded(query)), "ETag"));
    }

    @Test void whatIsPostedHasNoTag() throws Exception {
        assertEquals("", header(send(request("/sparql").POST(BodyPublishers.ofString("ASK {}")).header("Content-Type", "application/sparql-query")), "ETag"));
    }

    @Test void whoAcceptsItGetsALongAnswerCompressedUnderATagOfItsOwn() throws Exception {
        for (var path : List.of("/sparql?format=csv&query=" + encoded(ROWS), "/questions", "/openapi.json")) {
            var plain = CLIENT.send(request(path).build(), BodyHandlers.ofByteArray());
            var small = CLIENT.send(request(path).header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());

            assertEquals("gzip", header(small, "Content-Encoding"), path);
            assertEquals("", header(plain, "Content-Encoding"));
            assertTrue(small.body().length < plain.body().length);
            try (var inflated = new GZIPInputStream(new ByteArrayInputStream(small.body()))) {
                assertArrayEquals(plain.body(), inflated.readAllBytes());
            }
            assertTrue(varying(plain).contains("accept-encoding"), () -> path + varying(plain));
            assertTrue(varying(small).contains("accept-encoding"), () -> path + varying(small));
            if (!header(plain, "ETag").isEmpty()) {
                assertNotEquals(header(plain, "ETag"), header(small, "ETag"));
                assertEquals(304, send(request(path).header("Accept-Encoding", "gzip").header("If-None-Match", header(small, "ETag"))).statusCode());
            }
        }
        assertEquals("", header(send(request("/sparql?query=ASK%7B%7D").header("Accept-Encoding", "gzip")), "Content-Encoding"));
        assertEquals("", header(send(request("/sparql?format=csv&query=" + encoded(ROWS)).header("Accept-Encoding", "gzip;q=0")), "Content-Encoding"));
    }

    // What goes wrong.

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
        none                                                    | text/plain
        */*                                                     | text/plain
        text/csv                                                | text/plain
        text/turtle, */*;q=0.1                                  | text/plain
        text/plain, application/json;q=0.5                      | text/plain
        application/json                                        | application/problem+json
        application/sparql-results+json, */*;q=0.1              | application/problem+json
        application/ld+json                                     | application/problem+json
        application/problem+json                                | application/problem+json
        application/sparql-results+json;q=0, text/csv           | text/plain
        """)
    void aProblemIsToldInJsonToWhoAsksForJsonAndAsTextToOthers(String accept, String type) throws Exception {
        for (var path : List.of("/sparql?query=ASK", "/no/such", "/data?graph=urn:x:none", "/$/ping", "/a;b")) {
            var request = request(path);
            if (accept != null) {
                request.header("Accept", accept);
            }

            var answer = send(request);

            assertEquals(type, type(answer), path);
            if (type.endsWith("json")) {
                var told = JsonMapper.shared().readTree(answer.body());
                assertEquals(answer.statusCode(), told.get("status").asInt());
                assertEquals("about:blank", told.get("type").asString());
                assertFalse(told.get("title").asString().isEmpty());
                assertFalse(told.get("detail").asString().isEmpty());
            }
        }
    }

    @Test void aProblemIsToldInJsonToWhoAskedForItInTheAddress() throws Exception {
        assertEquals("application/problem+json", type(get("/sparql?output=json&query=" + encoded(SILENT) + "&timeout=0.1")));
    }

    /// Each is refused by Jetty or the gate, before there is a door.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        GET /sparql HTTP/1.1\\r\\n\\r\\n                                     | 400
        GET /%2e%2e/etc/passwd HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n             | 400
        GET /%ff HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n                           | 400
        GET /%zz HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n                           | 400
        nonsense\\r\\n\\r\\n                                                 | 400
        GET / HTTP/9.9\\r\\nHost: x\\r\\n\\r\\n                              | 505
        GET / HTTP/1.1\\r\\nHost: x\\r\\nNo colon\\r\\n\\r\\n                | 400
        GET / HTTP/1.1\\r\\nHost: a b\\r\\n\\r\\n                            | 400
        POST /sparql HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: x\\r\\n\\r\\n | 400
        POST /sparql HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n | 400
        """)
    void whatIsNoRequestIsRefusedWithoutAWordOfWhatIsInside(String request, int status) throws Exception {
        var answer = raw(request.replace("\\r\\n", "\r\n"), StandardCharsets.US_ASCII);

        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
        assertFalse(Pattern.compile("(?i)jetty|fuseki|jena|java|exception|\\.jar|at org\\.").matcher(answer).find(), answer);
        assertTrue(answer.contains("Access-Control-Allow-Origin: *"), answer);
    }

    @Test void anAddressOrAHeadThatIsTooLongIsToldSo() throws Exception {
        assertEquals(414, get("/sparql?query=" + "x".repeat(40_000)).statusCode());
        assertEquals(431, send(request("/").header("X-Long", "x".repeat(70_000))).statusCode());
    }

    @Test void pagesOfOtherOriginsMayReadWhateverIsAnsweredAndSendNoCredentials() throws Exception {
        for (var path : List.of("/sparql?query=ASK%7B%7D", "/sparql?query=ASK", "/no/such", "/$/ping", "/data?default")) {
            var answer = send(request(path).header("Origin", "https://elsewhere.example"));

            assertEquals("*", header(answer, "Access-Control-Allow-Origin"), path);
            assertEquals("*", header(answer, "Access-Control-Expose-Headers"));
            assertEquals("", header(answer, "Access-Control-Allow-Credentials"));
        }
        var before = send(request("/update").method("OPTIONS", BodyPublishers.noBody()).header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST").header("Access-Control-Request-Headers", "authorization"));
        assertFalse(header(before, "Access-Control-Allow-Headers").toLowerCase(java.util.Locale.ROOT).contains("authorization"));
    }

    // What is begun and can't be ended.

    @ParameterizedTest
    @ValueSource(strings = {"json", "xml", "csv"})
    void anAnswerThatIsCutShortCannotBeMistakenForAWholeOne(String format) throws Exception {
        for (var extra : List.of("", "Accept-Encoding: gzip\r\n")) {
            var answer = raw("GET /sparql?timeout=0.5&format=" + format + "&query=" + encoded(ENDLESS) + " HTTP/1.1\r\nHost: x\r\n" + extra + "\r\n", StandardCharsets.ISO_8859_1);

            assertTrue(answer.startsWith("HTTP/1.1 200"), () -> answer.substring(0, Math.min(answer.length(), 500)));
            assertTrue(answer.contains("Transfer-Encoding: chunked"));
            assertFalse(answer.endsWith("0\r\n\r\n"), () -> answer.substring(answer.length() - 100));
        }
        assertThrows(IOException.class, () -> send(request("/sparql?timeout=1&format=" + format + "&query=" + encoded(ENDLESS))));
    }

    @Test void whereNoChunksTellTheConnectionIsReset() {
        assertThrows(SocketException.class, () -> raw("GET /sparql?timeout=1&format=csv&query=" + encoded(ENDLESS) + " HTTP/1.0\r\n\r\n", StandardCharsets.UTF_8));
    }

    @Test void aWholeAnswerToAnOldClientEndsAsUsual() throws Exception {
        assertTrue(raw("GET /sparql?format=csv&query=" + encoded(ROWS) + " HTTP/1.0\r\n\r\n", StandardCharsets.UTF_8).endsWith("\r\n"));
    }

    @Test void aSmallAnswerSaysHowLongItIs() throws Exception {
        var answer = get("/sparql?query=ASK%7B%7D");

        assertEquals(String.valueOf(answer.body().length()), header(answer, "Content-Length"));
        assertEquals("{\"head\":{},\"boolean\":true}\n", answer.body());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.uri().toString().replaceAll("/$", "") + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    /// All that comes back until the connection ends.
    private static String raw(String request, java.nio.charset.Charset charset) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.uri().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(charset));
            socket.getOutputStream().flush();
            var all = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(all);
            return all.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String type(HttpResponse<?> answer) {
        return header(answer, "Content-Type").replaceAll(";.*", "").strip();
    }

    private static Set<String> varying(HttpResponse<?> answer) {
        return answer.headers().allValues("Vary").stream().flatMap(one -> java.util.Arrays.stream(one.split(","))).map(one -> one.strip().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
