package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.exec.QueryExec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.policygraph.limit.Allowance;
import org.policygraph.limit.Limits;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.Store;

/// SERVICE, to endpoints that are listed and to no others.
@Timeout(60)
class FederationTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Store HERE = store("GRAPH <urn:g> { <urn:a> <urn:n> 1 . <urn:b> <urn:n> 2 }");
    private static final Store THERE = store("GRAPH <urn:g> { <urn:a> <urn:name> 'one' . <urn:c> <urn:name> 'three' }");
    private static Server there;
    private static Server here;
    private static HttpServer odd;
    private static ServerSocket other;

    private static Store store(String trig) {
        var store = Store.inMemory();
        store.write(data -> {
            RDFParser.fromString(trig, Lang.TRIG).parse(data);
        });
        return store;
    }

    @BeforeAll static void start() throws Exception {
        there = Server.start(Shipped.from(THERE), ServerOptions.usual().at("127.0.0.1", 0));
        other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        other.setSoTimeout(300);
        odd = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        odd.createContext("/away", exchange -> {
            exchange.getResponseHeaders().add("Location", unlisted());
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        odd.createContext("/much", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                out.write("{\"head\":{\"vars\":[]},\"results\":{\"bindings\":[".getBytes(StandardCharsets.UTF_8));
                for (int i = 0; i < 20_000; i++) {
                    out.write(" ".repeat(1_000).getBytes(StandardCharsets.UTF_8));
                }
                out.write("]}}".getBytes(StandardCharsets.UTF_8));
            }
        });
        odd.createContext("/never", _ -> { }); // and no answer
        odd.start();
        here = Server.start(Shipped.from(HERE), ServerOptions.usual().at("127.0.0.1", 0)
                .with(limits().withTime(Duration.ofSeconds(40)).withProcessors(1)));
    }

    private static Limits limits() {
        return Limits.usual().withFederated(Set.of(endpoint(), odd("/away"), odd("/much"), odd("/never")));
    }

    private static String endpoint() {
        return there.uri().resolve("/sparql").toString();
    }

    private static String odd(String path) {
        return "http://127.0.0.1:" + odd.getAddress().getPort() + path;
    }

    private static String unlisted() {
        return "http://127.0.0.1:" + other.getLocalPort() + "/sparql";
    }

    @AfterAll static void stop() throws Exception {
        here.close();
        there.close();
        odd.stop(0);
        other.close();
        HERE.close();
        THERE.close();
    }

    @Test void anEndpointThatIsListedIsAsked() throws Exception {
        assertEquals("x,n\r\none,1\r\n", get("SELECT ?x ?n { ?s <urn:n> ?n SERVICE <" + endpoint() + "> { ?s <urn:name> ?x FILTER(CONCAT(?x, '!') = 'one!' && STRLEN(?x) + 1 > 2) } }").body());
        assertEquals("x\r\none\r\nthree\r\n", get("SELECT ?x { SERVICE <" + endpoint() + "> { SELECT ?x { ?hidden <urn:name> ?x } } } ORDER BY ?x").body());
        assertEquals("s,x\r\nurn:a,one\r\nurn:b,\r\n", get("SELECT ?s ?x { ?s <urn:n> ?n OPTIONAL { SERVICE <" + endpoint() + "> { ?s <urn:name> ?x } } } ORDER BY ?s").body());
    }

    @Test void anyOtherIsNotConnectedTo() throws Exception {
        for (var query : new String[] {"SELECT * { SERVICE <" + unlisted() + "> {} }", "SELECT * { SERVICE SILENT <" + unlisted() + "> {} }",
                "SELECT * { BIND(<" + unlisted() + "> AS ?e) SERVICE ?e {} }", "ASK { FILTER EXISTS { SERVICE <" + unlisted() + "> {} } }"}) {
            var answer = get(query);
            assertEquals(400, answer.statusCode(), query);
            assertTrue(answer.body().contains("SERVICE"), answer::body);
        }
        assertNobodyCame();
    }

    @Test void oneThatAQueryComputesIsNotConnectedToEither() {
        for (var text : new String[] {"SELECT * { BIND(<" + unlisted() + "> AS ?e) SERVICE SILENT ?e { ?s ?p ?o } }", "SELECT * { VALUES ?e { <" + unlisted() + "> } SERVICE ?e { ?s ?p ?o } }",
                "ASK { ?a <urn:n> 1 FILTER EXISTS { BIND(<" + unlisted() + "> AS ?e) SERVICE SILENT ?e { ?s ?p ?o } } }", "SELECT * { ?s <urn:n> ?n SERVICE SILENT ?s { ?a ?b ?c } }"}) {
            var query = QueryFactory.create(text); // which Sparql would not have let through
            try (var allowance = Allowance.of(limits())) {
                var told = assertThrows(ProblemException.class, () -> allowance.spend(() -> HERE.read(data -> {
                    try (var asked = QueryExec.dataset(data).query(query).build()) {
                        return query.isAskType() ? asked.ask() : asked.select().materialize().hasNext();
                    }
                })), text);
                assertTrue(told.getMessage().endsWith("expected an endpoint that --federate lists"), told.getMessage());
            }
        }
        assertNobodyCame();
    }

    private static void assertNobodyCame() {
        assertThrows(SocketTimeoutException.class, other::accept);
    }

    @Test void aRedirectionIsNotFollowed() throws Exception {
        var answer = get("SELECT * { SERVICE <" + odd("/away") + "> { ?s ?p ?o } }");

        assertEquals(503, answer.statusCode());
        assertTrue(answer.body().contains("status 307"), answer::body);
        assertNobodyCame();
        assertEquals("n\r\n2\r\n", get("SELECT (COUNT(*) AS ?n) { ?s <urn:n> ?x SERVICE SILENT <" + odd("/away") + "> { ?s ?p ?o } }").body());
    }

    @Test void anAnswerThatIsTooLongIsNotRead() throws Exception {
        assertEquals(503, get("SELECT * { SERVICE <" + odd("/much") + "> { ?s ?p ?o } }").statusCode());
    }

    @Test void oneThatNeverAnswersIsWaitedForWithoutATurnAndNoLongerThanAQueryMay() throws Exception {
        var waiting = CLIENT.sendAsync(request("SELECT * { SERVICE SILENT <" + odd("/never") + "> { ?s ?p ?o } }"), BodyHandlers.ofString());
        Thread.sleep(300);
        for (int i = 0; i < 5; i++) {
            var since = System.nanoTime();
            assertEquals(200, get("ASK {}").statusCode());
            assertTrue(System.nanoTime() - since < Duration.ofSeconds(1).toNanos());
        }

        var answer = waiting.get();
        assertEquals(503, answer.statusCode());
        assertTrue(answer.body().contains("(--query-time)"), answer::body);
    }

    @Test void manyCallsForManyRowsAreRefused() throws Exception {
        var answer = get("SELECT * { ?s <urn:n> ?n VALUES ?m { " + "1 ".repeat(150) + "} SERVICE <" + endpoint() + "> { ?s <urn:name> ?x } }");

        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("more than 100 times"), answer::body);
    }

    private static HttpRequest request(String query) {
        return HttpRequest.newBuilder(URI.create(here.uri() + "sparql?format=csv&timeout=" + (query.contains("/never") ? 2 : 40) + "&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))).build();
    }

    private static HttpResponse<String> get(String query) throws Exception {
        return CLIENT.send(request(query), BodyHandlers.ofString());
    }
}
