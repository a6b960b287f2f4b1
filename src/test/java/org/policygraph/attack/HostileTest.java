package org.policygraph.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.policygraph.attack.Caller.encoded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.attack.Caller.Answer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a stranger may try, and that it comes to nothing: the server is a process of its own, asked over HTTP alone.
class HostileTest {

    /// That the server under test grants to a query.
    private static final Duration QUERY_TIME = Duration.ofSeconds(8);
    /// Of a machine that does other things as well.
    private static final Duration MARGIN = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofSeconds(1);
    /// What the processors take for a text before it is refused, or read.
    private static final Duration READING = Duration.ofSeconds(3);

    private static Target target;
    private static Caller stranger;
    private static Answer before;
    private static ServerSocket elsewhere;
    private static final AtomicInteger CALLED = new AtomicInteger();

    @BeforeAll static void start() throws Exception {
        elsewhere = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!elsewhere.isClosed()) {
                try {
                    elsewhere.accept().close();
                    CALLED.incrementAndGet();
                } catch (IOException closed) {
                    return;
                }
            }
        });
        target = Target.start("1g", "--query-time", QUERY_TIME.toSeconds() + "s");
        stranger = new Caller(target.uri);
        before = quads();
        assertEquals(200, before.status(), before::first);
    }

    private static Answer quads() throws Exception {
        return stranger.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g");
    }

    @AfterAll static void stop() throws Exception {
        try {
            assertEquals(before.body(), quads().body(), "the quads are not the same");
        } finally {
            target.close();
            elsewhere.close();
        }
    }

    @AfterEach void itStillAnswersAndHasCalledNobody() throws Exception {
        assertTrue(target.isAlive(), target::toldOrNot);
        assertEquals(200, stranger.get("/health").status());
        assertEquals(0, CALLED.getAndSet(0), "it called where a stranger sent it");
    }

    // --- No request of the server's own

    static List<String> waysOut() {
        return Attacks.waysOut("http://127.0.0.1:" + elsewhere.getLocalPort() + "/sparql");
    }

    @ParameterizedTest
    @MethodSource("waysOut")
    void aQueryThatWouldHaveAnotherServerAskedIsRefused(String query) throws Exception {
        isRefused(stranger.query(query));
        isRefused(stranger.get("/sparql?query=" + encoded(query)));
        isRefused(stranger.get("/diagnose?query=" + encoded(query)));
        isRefused(stranger.get("/sparql?evidence=true&query=" + encoded(query)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FROM <%s>", "FROM NAMED <%s>", "FROM <file:///etc/passwd>", "FROM NAMED <file:///etc/passwd>", "FROM <jar:%s!/x>", "FROM <ftp://127.0.0.1/x>"})
    void aGraphThatIsNotHereIsNotFetched(String from) throws Exception {
        var there = "http://127.0.0.1:" + elsewhere.getLocalPort() + "/data.ttl";
        var answer = stranger.query("SELECT * " + from.replace("%s", there) + " { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }");

        assertTrue(answer.isRefused() || answer.status() == 200 && rows(answer) == 0, answer::first);
        for (var parameter : List.of("default-graph-uri", "named-graph-uri")) {
            var asked = stranger.get("/sparql?query=" + encoded("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }") + "&" + parameter + "=" + encoded(there), "Accept", "application/sparql-results+json");
            assertTrue(asked.isRefused() || asked.status() == 200 && rows(asked) == 0, asked::first);
        }
        isRefused(stranger.get("/data?graph=" + encoded(there)));
        isRefused(stranger.get("/data?graph=" + encoded("file:///etc/passwd")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOAD <%s>", "LOAD SILENT <%s> INTO GRAPH <urn:g>", "LOAD <file:///etc/passwd>", "INSERT { ?s ?p ?o } WHERE { SERVICE <%s> { ?s ?p ?o } }", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "DROP ALL", "CLEAR SILENT ALL",
        "DELETE WHERE { ?s ?p ?o }", "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", "CREATE GRAPH <urn:g>", "COPY DEFAULT TO <urn:g>", "WITH <urn:g> INSERT { <urn:a> <urn:b> <urn:c> } WHERE {}"})
    void aStrangersUpdateIsRefusedAtEveryDoor(String update) throws Exception {
        var text = update.replace("%s", "http://127.0.0.1:" + elsewhere.getLocalPort() + "/data.ttl");
        for (var path : List.of("/sparql", "/update", "/data", "/", "/sparql/update", "/diagnose", "/questions")) {
            isRefused(post(path, "application/sparql-update", text));
            isRefused(post(path, "application/x-www-form-urlencoded", "update=" + encoded(text)));
            isRefused(stranger.get((path.equals("/") ? "/no" : path) + "?update=" + encoded(text)));
        }
        isRefused(post("/sparql", "application/x-www-form-urlencoded", "query=" + encoded(text)));
        isRefused(stranger.get("/sparql?query=" + encoded(text)));
        isRefused(stranger.query(text));
    }

    static Stream<String[]> bodies() {
        var there = "http://127.0.0.1:" + elsewhere.getLocalPort() + "/x";
        return Stream.of(
                new String[] {"application/ld+json", "{\"@context\": \"" + there + "\", \"@id\": \"urn:a\", \"b\": \"c\"}"},
                new String[] {"application/ld+json", "{\"@context\": {\"@import\": \"" + there + "\"}, \"@id\": \"urn:a\", \"b\": \"c\"}"},
                new String[] {"application/ld+json", "{\"@context\": {\"b\": {\"@id\": \"urn:b\", \"@context\": \"" + there + "\"}}, \"b\": {\"c\": 1}}"},
                new String[] {"application/rdf+xml", "<!DOCTYPE a [<!ENTITY e SYSTEM \"" + there + "\">]><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='urn:a'><b xmlns='urn:'>&e;</b></rdf:Description></rdf:RDF>"},
                new String[] {"application/rdf+xml", "<!DOCTYPE a SYSTEM \"" + there + "\"><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>"},
                new String[] {"application/rdf+xml", "<!DOCTYPE a [<!ENTITY % e SYSTEM \"" + there + "\"> %e;]><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>"},
                new String[] {"application/rdf+xml", "<?xml-stylesheet href='" + there + "'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:x='http://www.w3.org/2001/XInclude'><x:include href='" + there + "'/></rdf:RDF>"},
                new String[] {"application/trix+xml", "<!DOCTYPE a [<!ENTITY e SYSTEM \"" + there + "\">]><TriX xmlns='http://www.w3.org/2004/03/trix/trix-1/'>&e;</TriX>"},
                new String[] {"text/turtle", "<urn:o> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <" + there + "> ."},
                new String[] {"text/shaclc", "IMPORTS <" + there + ">"},
                new String[] {"application/rdf+thrift", "\u0000\u0000"}, new String[] {"application/x-java-serialized-object", "\u00ac\u00ed\u0000\u0005"}, new String[] {"application/rdf-patch", "TX .\nA <urn:a> <urn:b> <urn:c> .\nTC ."},
                new String[] {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../a.ttl\"\r\nContent-Type: text/turtle\r\n\r\n<urn:a> <urn:b> <urn:c> .\r\n--x--\r\n"});
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aStrangersDataIsRefusedAtEveryDoorAndNothingItNamesIsFetched(String type, String body) throws Exception {
        for (var path : List.of("/data", "/data?default", "/data?graph=urn%3Ag", "/sparql", "/update", "/ontology", "/id/huawei", "/upload", "/")) {
            for (var method : List.of("PUT", "POST", "PATCH", "DELETE")) {
                isRefused(stranger.send(stranger.to(path).header("Content-Type", type).method(method, BodyPublishers.ofString(body)).build()));
            }
        }
    }

    // --- No functions but those allowed

    static List<String> functions() {
        return Attacks.functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aFunctionThatIsNotAllowedIsRefusedByName(String query) throws Exception {
        var answer = stranger.query(query);

        assertTrue(answer.isRefused() || answer.status() == 200 && query.contains("text#query") && rows(answer) == 0, () -> query + "\n" + answer.first());
        assertTrue(answer.took().compareTo(Duration.ofSeconds(4)) < 0, answer::first);
        hidesItsInsides(answer, query);
    }

    // --- No text that overflows the stack or holds the parser

    static Set<String> nested() {
        return Attacks.nested().keySet();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nested")
    void aTextTooDeepIsRefusedAtOnce(String what) throws Exception {
        var answer = stranger.query(Attacks.nested().get(what));

        isRefused(answer);
        isSoon(answer.took());
        assertTrue(answer.body().contains("--query-nesting") || answer.body().contains("--query-parts"), () -> what + ": " + answer.first());
    }

    static Set<String> wide() {
        return Attacks.wide().keySet();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wide")
    void aTextHoweverWideIsAnsweredOrRefusedInTime(String what) throws Exception {
        var used = target.processorTime();
        var answer = stranger.query(Attacks.wide().get(what));
        var more = target.processorTime().minus(used);

        isBounded(what, answer);
        assertTrue(more.compareTo(READING) < 0, () -> "it took " + more + " of a processor: " + answer.first());
        assertTrue(answer.status() == 200 || answer.body().length() < 4_000, () -> "a refusal of " + answer.body().length() + " characters");
    }

    @Test void aTokenOfEightMegabytesIsTooLarge() throws Exception {
        for (var open : List.of("SELECT * { ?s ?p '", "SELECT * { ?s ?p <", "SELECT * { ?", "#", "SELECT (", "ASK { <urn:")) {
            var answer = stranger.query(open + "a".repeat(8 << 20));

            assertEquals(413, answer.status(), answer::first);
            assertTrue(answer.took().compareTo(Duration.ofSeconds(3)) < 0, answer::first);
        }
    }

    // --- No query without an end

    private static final Map<String, CompletableFuture<Answer>> ENDLESS = new LinkedHashMap<>();
    private static ExecutorService askers;

    /// They are asked all at once, so that they all have ended after the time that one has.
    @BeforeAll static void askTheEndless() {
        askers = Executors.newVirtualThreadPerTaskExecutor();
        Attacks.endless().forEach((what, query) -> ENDLESS.put(what, new CompletableFuture<>()));
    }

    @AfterAll static void dismissTheAskers() {
        askers.shutdownNow();
    }

    static Set<String> endlessNames() {
        return Attacks.endless().keySet();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endlessNames")
    void aQueryWithoutAnEndIsEndedInTime(String what) throws Exception {
        if (ENDLESS.values().stream().noneMatch(CompletableFuture::isDone)) {
            Attacks.endless().forEach((name, query) -> askers.submit(() -> {
                try {
                    ENDLESS.get(name).complete(stranger.query(query));
                } catch (IOException | InterruptedException none) {
                    ENDLESS.get(name).completeExceptionally(none);
                }
            }));
        }
        isBounded(what, ENDLESS.get(what).get(120, TimeUnit.SECONDS));
    }

    @Test void aQueryWhoseCallerHasGoneIsEndedLongBeforeItsTimeIsUp() throws Exception {
        var endless = Attacks.endless();
        for (var query : List.of(endless.get("everything with everything, counted"), endless.get("one with back references"), endless.get("ways of any length between everything"),
                endless.get("everything with everything, streamed"))) {
            try (var wire = new Wire(target.uri)) {
                wire.say("POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: " + query.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + query);
                Thread.sleep(500);
            }
        }
        Thread.sleep(1_500);
        var used = target.processorTime();
        Thread.sleep(2_000);
        var more = target.processorTime().minus(used);
        assertTrue(more.compareTo(Duration.ofMillis(700)) < 0, () -> "it computed for " + more + " of 2 seconds after its callers had gone");
    }

    // --- Nobody held up by others

    @EnabledIfSystemProperty(named = "attack.quiet", matches = "true", disabledReason = "it takes a machine that does nothing else")
    @Test void besideTwentyFourRunawayQueriesAnAskIsAnsweredWithinASecond() throws Exception {
        var runaway = Attacks.endless().values().stream().filter(query -> query.contains("COUNT") || query.contains("ORDER BY") || query.contains("REGEX")).toList();
        var running = new ArrayList<CompletableFuture<Answer>>();
        for (int i = 0; i < 24; i++) {
            var query = runaway.get(i % runaway.size());
            running.add(CompletableFuture.supplyAsync(() -> answer(query), askers));
        }
        Thread.sleep(500);
        anAskIsAnsweredWithinASecond(running.stream().allMatch(CompletableFuture::isDone) ? 0 : 5);
        for (var query : running) {
            isBounded("runaway", query.get(120, TimeUnit.SECONDS));
        }
    }

    @EnabledIfSystemProperty(named = "attack.quiet", matches = "true", disabledReason = "it takes a machine that does nothing else")
    @Test void besideTwoHundredAndFiftyWhoNeverReadAnAskIsAnsweredWithinASecond() throws Exception {
        var wires = new ArrayList<Wire>();
        try {
            for (int i = 0; i < 250; i++) {
                var wire = new Wire(target.uri).reluctant();
                wires.add(wire);
                wire.say("GET " + (i % 2 == 0 ? "/data" : "/sparql?query=" + encoded("SELECT * { ?s ?p ?o . ?s ?p2 ?o2 }")) + " HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n");
            }
            anAskIsAnsweredWithinASecond(10);
        } finally {
            for (var wire : wires) {
                wire.close();
            }
        }
    }

    private static void anAskIsAnsweredWithinASecond(int times) throws Exception {
        var slowest = Duration.ZERO;
        for (int i = 0; i < times; i++) {
            var answer = stranger.query("ASK {}");
            assertEquals(200, answer.status(), answer::first);
            slowest = slowest.compareTo(answer.took()) < 0 ? answer.took() : slowest;
            Thread.sleep(100);
        }
        isSoon(slowest);
    }

    /// Within a second of a machine that does nothing else, apart from this server's own two threads.
    private static void isSoon(Duration took) throws IOException {
        var load = Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]) - 2;
        var crowd = Math.max(1, load / Runtime.getRuntime().availableProcessors());
        assertTrue(took.toMillis() < SOON.toMillis() * crowd, () -> "it took " + took + " on a machine with a load of " + load + " beside");
    }

    @Test void headsAndBodiesThatTrickleAreCutAndHoldNobodyUp() throws Exception {
        var wires = new ArrayList<Wire>();
        try {
            for (int i = 0; i < 40; i++) {
                var wire = new Wire(target.uri);
                wires.add(wire);
                wire.say(i % 2 == 0 ? "GET /health HTTP/1.1\r\nHost: x\r\nX-A: " : "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 5000\r\n\r\nASK");
            }
            var cut = 0;
            for (var began = System.nanoTime(); cut < wires.size() && System.nanoTime() - began < 60_000_000_000L;) {
                cut = 0;
                for (var wire : wires) {
                    cut += isCut(wire) ? 1 : 0;
                }
                assertEquals(200, stranger.get("/health").status());
                Thread.sleep(1_000);
            }
            assertEquals(wires.size(), cut, "connections that trickle are still open after a minute");
        } finally {
            for (var wire : wires) {
                wire.close();
            }
        }
    }

    private static boolean isCut(Wire wire) {
        try {
            wire.say("a");
            wire.say("b");
            return false;
        } catch (IOException cut) {
            return true;
        }
    }

    @Test void aBodyThatInflatesBeyondTheBoundIsTooLarge() throws Exception {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            var block = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 300; i++) {
                out.write(block);
            }
        }
        var used = target.processorTime();
        for (var type : List.of("application/sparql-query", "application/x-www-form-urlencoded", "text/turtle", "application/ld+json")) {
            for (var path : List.of("/sparql", "/diagnose", "/data", "/update")) {
                for (var coding : List.of("gzip", "x-gzip", "gzip, gzip", "GZIP", "deflate")) {
                    try {
                        isRefused(stranger.send(stranger.to(path).header("Content-Type", type).header("Content-Encoding", coding).POST(BodyPublishers.ofByteArray(zipped.toByteArray())).build()));
                    } catch (IOException closed) {
                        // Before it was sent to the end; an answer may have been lost on the way.
                        continue;
                    }
                }
            }
        }
        var more = target.processorTime().minus(used);
        assertTrue(more.compareTo(Duration.ofSeconds(8)) < 0, () -> "it took " + more + " of a processor for 80 of them");
    }

    // --- Nothing beyond what is served

    @ParameterizedTest
    @ValueSource(strings = {"/../../../../etc/passwd", "/style/../../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/style/%2e%2e/%2e%2e/Server.class", "/style/..%2f..%2f..%2fetc%2fpasswd", "/style/..%5c..%5cx", "/style/....//....//etc/passwd",
        "//etc/passwd", "/style//etc/passwd", "/style/%00", "/style/.%00./x", "/style/page.css/..", "/style/page.css%00.html", "/WEB-INF/web.xml", "/META-INF/MANIFEST.MF", "/;/WEB-INF/web.xml", "/style/;/../x", "/.git/config", "/pom.xml", "/style/", "/style",
        "/questions/../../pom", "/questions/%2e%2e%2fREADME", "/questions/..%2f..%2fetc%2fpasswd", "/id/..%2f..%2fetc%2fpasswd", "/id/%2e%2e/x", "/concept/../../x", "/ontology.%2e%2e", "/style/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd", "/style/%uff0e%uff0e/x", "/org/policygraph/serve/Server.class",
        "/$/ping", "/$/server", "/$/stats", "/$/datasets", "/$/metrics", "/$/backups-list", "/$/tasks", "/$/status", "/$/sleep", "/$/validate/query", "/%24/ping", "/$/", "/$", "/$;x/ping", "/./$/ping", "//$/ping"})
    void aPathThatLeadsOutOrToTheWorkshopIsNotThere(String path) throws Exception {
        for (var method : List.of("GET", "POST")) {
            try (var wire = new Wire(target.uri)) {
                var said = wire.say(method + " " + path + " HTTP/1.1\r\nHost: localhost:3030\r\nConnection: close\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: localhost\r\nForwarded: for=127.0.0.1\r\nX-Real-IP: 127.0.0.1\r\nX-Original-URL: /$/server\r\nX-Rewrite-URL: /$/server\r\n"
                        + (method.equals("GET") ? "" : "Content-Length: 0\r\n") + "\r\n").heard(Duration.ofSeconds(20));
                assertEquals(1, said.heads().size(), said::text);
                var status = said.heads().getFirst().status();
                assertTrue(status >= 400 && status < 500 || status == 303 && path.startsWith("/id/"), () -> method + " " + path + ": " + said.text());
                assertFalse(said.text().contains("root:") || said.text().contains("startTime"), said::text);
                hidesItsInsides(said.text(), path);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/search?q=%s", "/questions/%s", "/id/%s", "/%s", "/sparql?query=%s", "/why?s=%s&p=a&o=b", "/path?from=%s&to=b", "/data?graph=%s", "/search?q=x&lang=%s", "/search?q=x&format=%s", "/ontology?lang=%s", "/sparql?query=ASK%%20%%7B%%7D&output=%s"})
    void whatIsAskedAddsNoHeaderAndNoLineToTheLog(String path) throws Exception {
        for (var breaking : List.of("x%0d%0aX-Evil:%201%0d%0a%0d%0aEVIL", "x%0aX-Evil:%201", "x%0dX-Evil:%201", "x%e5%98%8a%e5%98%8dX-Evil:%201", "x%c4%8d%c4%8aX-Evil:%201", "x%1b[31mEVIL")) {
            try (var wire = new Wire(target.uri)) {
                var said = wire.say("GET " + path.replace("%%", "\u0001").replace("%s", breaking).replace("\u0001", "%") + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nUser-Agent: a\u001b[31mEVIL\r\nOrigin: http://a\r\n\r\n").heard(Duration.ofSeconds(20));
                assertEquals(1, said.heads().size(), said::text);
                assertTrue(said.heads().getFirst().status() < 500, said::text);
                assertFalse(said.heads().getFirst().headers().toLowerCase(Locale.ROOT).lines().anyMatch(line -> line.startsWith("x-evil") || line.contains("\u001b")), said::text);
            }
        }
        assertFalse(target.told().lines().anyMatch(line -> line.startsWith("X-Evil") || line.startsWith("EVIL") || line.contains("\u001b")), target::toldOrNot);
    }

    @ParameterizedTest
    @ValueSource(strings = {"callback=evil", "jsonp=evil", "stylesheet=/evil.xsl", "xsl=/evil.xsl", "force-accept=text/html", "output=text/evil", "results=evil", "format=text/evil", "timeout=evil", "timeout=999999999", "service=http://evil/"})
    void aParameterThatWouldChangeTheAnswersCodeIsNotReflected(String parameter) throws Exception {
        for (var query : List.of("SELECT * { VALUES ?x { 1 } }", "ASK {}")) {
            for (var accept : List.of("application/sparql-results+json", "application/sparql-results+xml", "text/html", "*/*")) {
                var answer = stranger.get("/sparql?" + parameter + "&query=" + encoded(query), "Accept", accept);

                assertTrue(answer.isRefused() || answer.status() == 200 && !answer.body().contains("evil"), answer::first);
                assertFalse(answer.headers().firstValue("Content-Type").orElse("").contains("evil") || answer.headers().firstValue("Content-Type").orElse("").contains("javascript"), answer::first);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/no-such", "/sparql", "/sparql?query=SELECT", "/sparql?query=ASK%20%7B%7D", "/data", "/data?graph=urn%3Ano", "/id/huawei", "/id/no-such", "/questions", "/questions/no-such", "/search", "/search?q=huawei", "/health", "/openapi.json", "/$/ping", "/update", "/style/page.css", "/%zz", "/diagnose"})
    void everyAnswerHasItsProtectingHeadersAndHidesWhatItIsMadeOf(String path) throws Exception {
        try (var wire = new Wire(target.uri)) {
            var said = wire.say("GET " + path + " HTTP/1.1\r\nHost: x\r\nOrigin: http://evil\r\nAccept: */*\r\nConnection: close\r\n\r\n").heard(Duration.ofSeconds(30));
            var headers = said.heads().getFirst().headers().toLowerCase(Locale.ROOT);

            assertTrue(headers.contains("x-content-type-options: nosniff"), headers);
            assertTrue(headers.contains("content-security-policy:"), headers);
            assertFalse(headers.contains("jetty") || headers.contains("fuseki") || headers.contains("java") || headers.contains("x-powered-by"), headers);
            assertFalse(headers.contains("access-control-allow-credentials"), headers);
            hidesItsInsides(said.heads().getFirst().status() < 400 ? headers : said.text(), path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such", "a b", "\"", "utf-16", "x-\u00e9"})
    void aBodyInACharsetThatIsNotOursIsRefused(String charset) throws Exception {
        for (var path : List.of("/sparql", "/diagnose", "/update", "/data")) {
            try (var wire = new Wire(target.uri)) {
                var said = wire.say("POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/sparql-query; charset=" + charset + "\r\nContent-Length: 6\r\n\r\nASK {}").heard(Duration.ofSeconds(20));

                assertTrue(said.heads().getFirst().status() >= 400 && said.heads().getFirst().status() < 500, said::text);
            }
        }
    }

    // --- What is owed

    private static Answer answer(String query) {
        try {
            return stranger.query(query);
        } catch (IOException | InterruptedException none) {
            throw new AssertionError(none);
        }
    }

    private static Answer post(String path, String type, String body) throws IOException, InterruptedException {
        return stranger.send(stranger.to(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build());
    }

    private static void isRefused(Answer answer) {
        assertTrue(answer.isRefused(), answer::first);
        assertFalse(answer.body().isBlank() || answer.body().strip().endsWith("null"), () -> "no reason: " + answer.first());
        hidesItsInsides(answer, "");
    }

    /// Answered whole, refused, or ended in time: then with a status that says so, or a stream that is plainly cut off.
    private static void isBounded(String what, Answer answer) {
        assertTrue(answer.took().compareTo(QUERY_TIME.plus(MARGIN)) < 0, () -> what + ": " + answer.first());
        assertTrue(answer.status() == 200 || answer.isRefused() || answer.isBusy() || answer.status() == 503 && answer.body().contains("--"), () -> what + ": " + answer.first());
        if (answer.status() == 200 && answer.whole() && answer.headers().firstValue("Content-Type").orElse("").contains("json")) {
            try {
                JsonMapper.shared().readTree(answer.body());
            } catch (JacksonException broken) {
                throw new AssertionError(what + ": looks whole and is not: …" + answer.body().substring(Math.max(0, answer.body().length() - 300)), broken);
            }
        }
        if (answer.status() != 200) {
            hidesItsInsides(answer, "");
        }
    }

    private static int rows(Answer answer) {
        return JsonMapper.shared().readTree(answer.body()).path("results").path("bindings").size();
    }

    private static void hidesItsInsides(Answer answer, String asked) {
        hidesItsInsides(answer.headers().map() + "\n" + (answer.status() < 400 ? "" : answer.body()), asked);
    }

    private static void hidesItsInsides(String text, String asked) {
        var inside = Owed.INSIDES.matcher(text);
        assertTrue(!inside.find() || asked.contains(inside.group()), () -> "tells of the program's insides: " + inside.group() + "\n" + text.substring(0, Math.min(600, text.length())));
    }
}
