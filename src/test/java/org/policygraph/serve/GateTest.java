package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.apache.jena.graph.NodeFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.store.Store;

/// What a server bears of strangers: each bound set small, and met.
class GateTest {

    /// A hundred million rows, one after the other.
    private static final String MILLIONS = "?a <urn:p> ?b . ?c <urn:p> ?d . ?e <urn:p> ?f . ?g <urn:p> ?h";
    private static final String THOUSANDS = "?a <urn:p> ?b . ?c <urn:p> ?d";
    /// Says nothing before its end, which never comes.
    private static final String ENDLESS = "SELECT (COUNT(*) AS ?n) { " + MILLIONS + " . ?i <urn:p> ?j . ?k <urn:p> ?l }";
    /// More than any socket holds.
    private static final String LONG = "SELECT * { " + MILLIONS + " }";
    private static final String ASK = Raw.query("ASK {}");

    private static final Store STORE = Store.inMemory();
    private static Served served;
    private static Server usual;

    @BeforeAll static void start() {
        STORE.write(data -> {
            for (var i = 0; i < 100; i++) {
                data.add(NodeFactory.createURI("urn:g"), NodeFactory.createURI("urn:s" + i), NodeFactory.createURI("urn:p"), NodeFactory.createLiteralString("x".repeat(2000) + i));
            }
        });
        served = Shipped.from(STORE);
        usual = Server.start(served, ServerOptions.usual().at("127.0.0.1", 0));
    }

    @AfterAll static void stop() {
        usual.close();
        STORE.close();
    }

    private static Server with(UnaryOperator<RequestBounds> bounds) {
        var options = ServerOptions.usual().at("127.0.0.1", 0);
        return Server.start(served, options.with(bounds.apply(options.bounds())));
    }

    private static RequestBounds.Times times(Duration idle, Duration head, Duration body, Duration reader, Duration queue) {
        return new RequestBounds.Times(idle, head, body, reader, queue, Duration.ofMillis(100));
    }

    private static final Duration SHORT = Duration.ofMillis(600);
    private static final Duration AMPLE = Duration.ofSeconds(60);

    // ---- time to send

    @Test void aHeadThatComesByteByByteIsEndedAtItsDeadline() throws Exception {
        try (var server = with(bounds -> bounds.with(times(AMPLE, SHORT, AMPLE, AMPLE, AMPLE))); var slow = Raw.to(server.uri())) {
            var begun = System.nanoTime();
            var answer = slow.trickle(Raw.request("GET /health", "X-Long: " + "x".repeat(1000)), Duration.ofMillis(20)).answer();

            assertEquals(408, answer.status(), answer::text);
            assertTrue(answer.body().contains("--head-time"), answer::text);
            assertProtected(answer);
            assertTrue(since(begun).toMillis() < 5000, () -> since(begun).toString());
        }
    }

    @Test void aHeadThatStopsIsEndedAtItsDeadline() throws Exception {
        try (var server = with(bounds -> bounds.with(times(AMPLE, SHORT, AMPLE, AMPLE, AMPLE))); var slow = Raw.to(server.uri())) {
            assertEquals(408, slow.send("GET / HTTP/1.1\r\nHost: local").answer().status());
        }
    }

    @Test void aSecondRequestOnTheSameConnectionHasTheSameTime() throws Exception {
        try (var server = with(bounds -> bounds.with(times(AMPLE, SHORT, AMPLE, AMPLE, AMPLE))); var slow = Raw.to(server.uri())) {
            slow.send("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHo");

            var answer = slow.answer();

            assertTrue(answer.text().startsWith("HTTP/1.1 200") && answer.text().contains("HTTP/1.1 408"), answer::text);
        }
    }

    @Test void aConnectionWithoutARequestIsClosed() throws Exception {
        try (var server = with(bounds -> bounds.with(times(SHORT, AMPLE, AMPLE, AMPLE, AMPLE))); var silent = Raw.to(server.uri())) {
            assertEquals("", silent.answer().text());
        }
    }

    @Test void aBodyThatComesByteByByteIsEndedAtItsDeadlineAndKeepsNoPlaceMeanwhile() throws Exception {
        try (var server = with(bounds -> bounds.with(times(AMPLE, AMPLE, SHORT, AMPLE, AMPLE)).with(new RequestBounds.Counts(100, 100, 1, 1, 1)));
                var slow = Raw.to(server.uri())) {
            slow.send(Raw.request("POST /sparql", "Content-Type: application/sparql-query", "Content-Length: 1000"));
            assertTrue(soon(() -> !server.gate().running().isEmpty()));

            assertEquals(200, Raw.ask(server.uri(), ASK).status());

            var answer = slow.trickle("ASK {} ".repeat(100), Duration.ofMillis(20)).answer();
            assertEquals(408, answer.status(), answer::text);
            assertTrue(answer.body().contains("--body-time"), answer::text);
        }
    }

    @Test void aBodyThatBreaksOffIsABadRequest() throws Exception {
        try (var broken = Raw.to(usual.uri())) {
            var _ = broken.send(Raw.request("POST /sparql", "Content-Type: application/sparql-query", "Transfer-Encoding: chunked") + "6\r\nASK {}\r\nZZZ\r\n");

            assertEquals(400, broken.answer().status());
        }
    }

    // ---- size

    @Test void aBodyThatIsTooLongIsRefusedByItsHeadAlone() throws Exception {
        var answer = Raw.ask(usual.uri(), "POST /sparql", "Content-Type: application/sparql-query", "Content-Length: 1048577");

        assertEquals(413, answer.status(), answer::text);
        assertTrue(answer.body().contains("--request-size"), answer::text);
    }

    @Test void whoSendsAllOfABodyThatIsTooLongStillReadsTheAnswer() throws Exception {
        try (var server = with(bounds -> bounds); var client = java.net.http.HttpClient.newHttpClient()) {
            for (int i = 0; i < 5; i++) {
                var answer = client.send(java.net.http.HttpRequest.newBuilder(server.uri().resolve("sparql")).header("Content-Type", "application/sparql-query")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("a".repeat(8 << 20))).build(), java.net.http.HttpResponse.BodyHandlers.ofString());

                assertEquals(413, answer.statusCode());
            }
        }
    }

    @Test void aBodyThatIsTooLongIsRefusedWhereItsLengthIsNotTold() throws Exception {
        try (var server = with(bounds -> bounds.with(sizes(1000))); var raw = Raw.to(server.uri())) {
            var chunk = "3e8\r\n" + "ASK {}" + " ".repeat(994) + "\r\n";
            raw.send(Raw.request("POST /sparql", "Content-Type: application/sparql-query", "Transfer-Encoding: chunked") + chunk);
            raw.send("1\r\n \r\n0\r\n\r\n");

            var answer = raw.answer();
            assertEquals(413, answer.status(), answer::text);
            assertTrue(answer.body().contains("--request-size"), answer::text);
        }
        try (var server = with(bounds -> bounds.with(sizes(1000))); var raw = Raw.to(server.uri())) {
            raw.send(Raw.request("POST /sparql", "Content-Type: application/sparql-query", "Transfer-Encoding: chunked")
                    + "3e8\r\n" + "ASK {}" + " ".repeat(994) + "\r\n0\r\n\r\n");

            assertEquals(200, raw.answer().status());
        }
    }

    @Test void aBodyThatIsTooLongOnceInflatedIsRefused() throws Exception {
        var bomb = gzip("ASK {}" + " ".repeat(5 << 20));
        assertTrue(bomb.length < 10_000);
        try (var raw = Raw.to(usual.uri())) {
            var answer = raw.send(Raw.request("POST /sparql", "Content-Type: application/sparql-query", "Content-Encoding: gzip", "Content-Length: " + bomb.length))
                    .send(bomb).answer();

            assertEquals(413, answer.status(), answer::text);
            assertTrue(answer.body().contains("--request-size"), answer::text);
        }
    }

    @Test void aBodyThatIsCompressedIsInflatedOrRefused() throws Exception {
        var query = gzip("ASK {}");
        try (var raw = Raw.to(usual.uri())) {
            assertEquals(200, raw.send(Raw.request("POST /sparql", "Content-Type: application/sparql-query", "Content-Encoding: gzip",
                    "Content-Length: " + query.length)).send(query).answer().status());
        }
        assertEquals(400, Raw.ask(usual.uri(), "POST /sparql", "Content-Type: application/sparql-query", "Content-Encoding: gzip", "Content-Length: 0").status());
        for (var encoding : List.of("deflate", "br", "gzip, gzip", "x")) {
            var answer = Raw.ask(usual.uri(), "POST /sparql", "Content-Type: application/sparql-query", "Content-Encoding: " + encoding, "Content-Length: 0");
            assertEquals(415, answer.status(), answer::text);
            assertEquals("gzip, identity", answer.header("Accept-Encoding").orElse(""));
        }
    }

    @Test void anEditorMaySendMore() throws Exception {
        try (var server = with(bounds -> bounds.with(new RequestBounds.Sizes(8000, 8000, 100, 1000, 2000, 1_000_000, 1_000_000)))) {
            for (var path : List.of("/update", "/data?default")) {
                var line = "POST " + path;
                assertEquals(413, Raw.ask(server.uri(), line, "Content-Type: text/turtle", "Content-Length: 1001").status());
                var answer = Raw.ask(server.uri(), line, "Content-Type: text/turtle", "Authorization: Bearer x", "Content-Length: 2001");
                assertEquals(413, answer.status(), answer::text);
                assertTrue(answer.body().contains("--upload-size"), answer::text);
                try (var raw = Raw.to(server.uri())) {
                    assertNotEquals(413, raw.send(Raw.request(line, "Content-Type: text/turtle", "Authorization: Bearer x", "Content-Length: 2000") + " ".repeat(2000))
                            .answer().status());
                }
            }
            assertEquals(413, Raw.ask(server.uri(), "POST /sparql", "Content-Type: application/sparql-query", "Authorization: Bearer x", "Content-Length: 1001").status());
        }
    }

    @Test void bodiesOfAllTogetherAreBoundedAndOneCallerHasHalf() throws Exception {
        var options = ServerOptions.usual().at("127.0.0.1", 0).behind(Set.of(InetAddress.getLoopbackAddress()))
                .with(RequestBounds.usual().with(new RequestBounds.Sizes(8000, 8000, 100, 1000, 1000, 3000, 1_000_000)));
        try (var server = Server.start(served, options); var one = Raw.to(server.uri()); var two = Raw.to(server.uri())) {
            one.send(half("192.0.2.1"));
            assertTrue(soon(() -> server.gate().running().size() == 1));
            Thread.sleep(100);

            var refused = post(server, "192.0.2.1");
            assertEquals(503, refused.status(), refused::text);
            assertTrue(refused.body().contains("--requests-size") && refused.header("Retry-After").isPresent(), refused::text);
            assertEquals(200, post(server, "192.0.2.2").status());

            two.send(half("192.0.2.2"));
            assertTrue(soon(() -> server.gate().running().size() == 2));
            Thread.sleep(100);
            one.reset();
            assertTrue(soon(() -> server.gate().running().size() == 1));
            assertEquals(200, post(server, "192.0.2.1").status());
        }
        try (var server = Server.start(served, options); var one = Raw.to(server.uri()); var two = Raw.to(server.uri()); var three = Raw.to(server.uri())) {
            one.send(half("192.0.2.1"));
            two.send(half("192.0.2.2"));
            three.send(half("192.0.2.3"));
            assertTrue(soon(() -> server.gate().running().size() == 3));
            Thread.sleep(100);

            assertEquals(503, post(server, "192.0.2.4").status());
        }
    }

    private static String half(String caller) {
        return Raw.request("POST /sparql", "Content-Type: application/sparql-query", "X-Forwarded-For: " + caller, "Content-Length: 1000") + " ".repeat(999);
    }

    private static Raw.Answer post(Server server, String caller) throws IOException {
        try (var raw = Raw.to(server.uri())) {
            return raw.send(Raw.request("POST /sparql", "Content-Type: application/sparql-query", "X-Forwarded-For: " + caller, "Content-Length: 1000")
                    + " ".repeat(994) + "ASK {}").answer();
        }
    }

    @Test void aHeadThatIsTooLongIsRefused() throws Exception {
        var uri = Raw.ask(usual.uri(), "GET /health?x=" + "x".repeat(33_000));
        assertEquals(414, uri.status(), uri::text);
        assertTrue(uri.body().contains("--uri-length"), uri::text);
        var muchLonger = Raw.ask(usual.uri(), "GET /health?x=" + "x".repeat(100_000));
        assertEquals(414, muchLonger.status(), muchLonger::text);
        assertTrue(muchLonger.body().contains("--uri-length"), muchLonger::text);
        var head = Raw.ask(usual.uri(), "GET /health", "X-Long: " + "x".repeat(70_000));
        assertEquals(431, head.status(), head::text);
        assertTrue(head.body().contains("--head-size"), head::text);
        var headers = new ArrayList<String>();
        for (var i = 0; i < 101; i++) {
            headers.add("X-" + i + ": 1");
        }
        var many = Raw.ask(usual.uri(), "GET /health", headers.toArray(String[]::new));
        assertEquals(431, many.status(), many::text);
        assertTrue(many.body().contains("--headers"), many::text);
        for (var answer : List.of(uri, muchLonger, head, many)) {
            assertProtected(answer);
        }
    }

    // ---- readers

    @Test void aCallerWhoDoesNotReadIsCut() throws Exception {
        try (var server = with(bounds -> bounds.with(times(AMPLE, AMPLE, AMPLE, Duration.ofSeconds(1), AMPLE))); var deaf = Raw.thatHardlyReads(server.uri())) {
            deaf.send(Raw.request(Raw.query(LONG)));
            assertTrue(soon(() -> server.gate().running().stream().anyMatch(running -> running.state() == Running.State.WRITING)));

            assertTrue(soon(() -> server.gate().running().isEmpty()), "it still waits");

            assertEquals(List.of("--reader-time"), List.copyOf(server.gate().refusals().counts().keySet()));
            assertFalse(deaf.answer().text().endsWith("0\r\n\r\n"), "it looks whole");
        }
    }

    @Test void aCallerWhoReadsSlowlyButReadsIsNotCut() throws Exception {
        try (var server = with(bounds -> bounds.with(times(AMPLE, AMPLE, AMPLE, Duration.ofSeconds(1), AMPLE))); var slow = Raw.thatHardlyReads(server.uri())) {
            slow.send(Raw.request(Raw.query(LONG)));
            var some = new byte[1000];
            for (var begun = System.nanoTime(); since(begun).toMillis() < 4000;) {
                assertTrue(slow.read(some) > 0, "it was cut");
                Thread.sleep(25);
            }
        }
    }

    @Test void besideManyCallersWhoNeverReadAQuestionIsAnsweredInASecond() throws Exception {
        var deaf = new ArrayList<Raw>();
        try (var server = with(bounds -> bounds.with(times(AMPLE, AMPLE, AMPLE, AMPLE, AMPLE)))) {
            for (var i = 0; i < 250; i++) {
                deaf.add(Raw.thatHardlyReads(server.uri()).send(Raw.request(Raw.query(LONG))));
            }
            assertTrue(soon(() -> server.gate().running().stream().filter(running -> running.state() == Running.State.WRITING).count() == 250),
                    () -> server.gate().running().stream().map(Running::state).toList().toString());

            assertAnsweredInASecond(server);

            assertTrue(soon(() -> server.gate().working() == 0), "they keep their places");
            for (var one : deaf) {
                one.close();
            }
            assertTrue(soon(() -> server.gate().running().isEmpty()), "they are still there");
        }
    }

    // ---- numbers

    @Test void aConnectionTooManyIsToldSo() throws Exception {
        try (var server = with(bounds -> bounds.with(new RequestBounds.Counts(3, 100, 10, 10, 10)))) {
            assertOneTooMany(server, 3, "--connections");
        }
    }

    @Test void aConnectionTooManyOfOneCallerIsToldSo() throws Exception {
        try (var server = with(bounds -> bounds.with(new RequestBounds.Counts(100, 3, 10, 10, 10)))) {
            assertOneTooMany(server, 3, "--caller-connections");
        }
    }

    private static void assertOneTooMany(Server server, int most, String option) throws Exception {
        var held = new ArrayList<Raw>();
        for (var i = 0; i < most; i++) {
            held.add(Raw.to(server.uri()));
        }
        assertTrue(soon(() -> server.connections() == most));
        var answer = Raw.ask(server.uri(), "GET /health");
        assertEquals(503, answer.status(), answer::text);
        assertTrue(answer.body().contains(option), answer::text);
        assertTrue(answer.header("Retry-After").isPresent(), answer::text);
        assertProtected(answer);
        for (var one : held) {
            one.close();
        }
        assertTrue(soon(() -> server.connections() == 0));
        assertNotEquals(503, Raw.ask(server.uri(), "GET /openapi.json").status());
    }

    @Test void aTrustedProxyHasTheConnectionsOfAllItsCallers() throws Exception {
        var options = ServerOptions.usual().at("127.0.0.1", 0).behind(Set.of(InetAddress.getLoopbackAddress()));
        try (var server = Server.start(served, options.with(options.bounds().with(new RequestBounds.Counts(100, 1, 10, 10, 10)))); var _ = Raw.to(server.uri());
                var _ = Raw.to(server.uri())) {
            assertTrue(soon(() -> server.connections() == 2));
            assertEquals(200, Raw.ask(server.uri(), "GET /openapi.json").status());
        }
    }

    @Test void aRequestTooManyWaitsAShortWhileAndIsToldSo() throws Exception {
        try (var server = with(bounds -> bounds.with(times(AMPLE, AMPLE, AMPLE, AMPLE, SHORT)).with(new RequestBounds.Counts(100, 100, 1, 1, 1)));
                var working = Raw.to(server.uri()); var waiting = Raw.to(server.uri())) {
            working.send(Raw.request(Raw.query(ENDLESS)));
            assertTrue(soon(() -> server.gate().working() == 1));
            waiting.send(Raw.request(ASK));
            assertTrue(soon(() -> server.gate().waiting() == 1));

            var full = Raw.ask(server.uri(), ASK);
            assertEquals(503, full.status(), full::text);
            assertTrue(full.body().contains("--queue)") && full.header("Retry-After").isPresent(), full::text);
            assertNotEquals(408, Raw.ask(server.uri(), "GET /health").status());
            assertTrue(Raw.ask(server.uri(), "GET /health").body().contains("\"status\""));

            var late = waiting.answer();
            assertEquals(503, late.status(), late::text);
            assertTrue(late.body().contains("--requests)") && late.header("Retry-After").isPresent(), late::text);
            assertTrue(late.after().toMillis() < 3000, () -> late.after().toString());
        }
    }

    @Test void besideManyQueriesThatNeverEndAQuestionIsAnsweredInASecond() throws Exception {
        var endless = new ArrayList<Raw>();
        try {
            for (var i = 0; i < 24; i++) {
                endless.add(Raw.to(usual.uri()).send(Raw.request(Raw.query(ENDLESS))));
            }
            assertTrue(soon(() -> usual.gate().working() >= 24));

            assertAnsweredInASecond(usual);
        } finally {
            for (var one : endless) {
                one.close();
            }
        }
        assertTrue(soon(() -> usual.gate().running().isEmpty()), "they are still there");
    }

    private static void assertAnsweredInASecond(Server server) throws IOException {
        for (var i = 0; i < 3; i++) {
            var begun = System.nanoTime();
            assertEquals(200, Raw.ask(server.uri(), ASK).status());
            var took = since(begun);
            assertTrue(took.toMillis() < 1000, took::toString);
        }
    }

    // ---- callers who go

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aQueryWhoseCallerHasGoneEnds(boolean reset) throws Exception {
        var caller = Raw.to(usual.uri()).send(Raw.request(Raw.query(ENDLESS)));
        assertTrue(soon(() -> usual.gate().working() == 1));

        var begun = System.nanoTime();
        if (reset) {
            caller.reset();
        } else {
            caller.close();
        }

        assertTrue(soon(() -> usual.gate().running().isEmpty()), "it goes on");
        assertTrue(since(begun).toMillis() < 3000, () -> since(begun).toString());
    }

    @Test void whatACallerSendsAheadWhileItsQueryRunsIsAnsweredAfterIt() throws Exception {
        try (var raw = Raw.to(usual.uri())) {
            raw.send("GET " + Raw.query("SELECT (COUNT(*) AS ?n) { " + THOUSANDS + " . ?e <urn:p> ?f }").substring(4)
                    + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n");
            Thread.sleep(100);
            raw.send(Raw.request("GET /no-such-thing"));
            var answers = raw.answer().text();

            assertTrue(answers.startsWith("HTTP/1.1 200"), answers);
            assertTrue(answers.contains("1000000"), answers);
            assertTrue(answers.contains("HTTP/1.1 404"), answers);
        }
    }

    @Test void whoIsSilentWhileItsQueryRunsHasNotGone() throws Exception {
        try (var server = with(bounds -> bounds.with(times(SHORT, AMPLE, AMPLE, AMPLE, AMPLE)))) {
            var answer = Raw.ask(server.uri(), Raw.query("SELECT (COUNT(*) AS ?n) { VALUES ?x { 0 1 2 3 4 5 6 7 8 9 } " + THOUSANDS + " . ?e <urn:p> ?f }"), "Accept: text/csv");

            assertEquals(200, answer.status(), answer::text);
            assertTrue(answer.body().contains("10000000"), answer::text);
            assertTrue(answer.after().compareTo(SHORT) > 0, "it was too quick to tell anything: " + answer.after());
        }
    }

    // ---- the end

    @Test void whatRunsWhenTheServerEndsIsFinishedOrEnded() throws Exception {
        var bounds = RequestBounds.usual();
        var times = bounds.times();
        var server = with(_ -> bounds.with(new RequestBounds.Times(times.idle(), times.head(), times.body(), times.reader(), times.queue(), Duration.ofSeconds(4))));
        var uri = server.uri();
        var ending = Thread.ofPlatform().unstarted(server::close);
        try (var some = Raw.to(uri); var endless = Raw.to(uri); var idle = Raw.to(uri)) {
            endless.send(Raw.request(Raw.query(ENDLESS)));
            some.send(Raw.request(Raw.query("SELECT (COUNT(*) AS ?n) { VALUES ?x { 0 1 2 3 4 5 6 7 8 9 } " + THOUSANDS + " }"), "Accept: text/csv"));
            assertTrue(soon(() -> server.gate().working() == 2));

            var begun = System.nanoTime();
            ending.start();
            assertTrue(soon(server.gate()::isClosing));
            var late = idle.send(Raw.request(ASK)).answer();
            assertEquals(503, late.status(), late::text);
            assertTrue(late.header("Retry-After").isPresent() && late.body().contains("stopped"), late::text);

            var finished = some.answer();
            assertEquals("n\r\n100000\r\n", finished.body(), finished::text);
            var ended = endless.answer();
            assertEquals(503, ended.status(), ended::text);
            assertTrue(ended.body().contains("stopped"), ended::text);
            ending.join();
            assertTrue(since(begun).toSeconds() < 9, () -> since(begun).toString());
            assertEquals(Set.of(), server.gate().running());
            assertThrows(IOException.class, () -> Raw.to(uri));
        } finally {
            ending.join();
        }
    }

    // ---- what goes with each answer

    @ParameterizedTest
    @CsvSource({
        "GET /, 200",
        "GET /openapi.json, 200",
        "GET /no/such, 404",
        "GET /sparql?query=no, 400",
        "PUT /sparql, 405",
        "TRACE /, 405",
        "TRACE /sparql, 405",
        "CONNECT localhost:80, 405",
        "GET /%, 400",
        "GET /%00, 400",
        "FOO BAR BAZ, 400",
        "GET /$/ping, 404",
    })
    void eachAnswerProtectsWhoReadsIt(String line, int status) throws Exception {
        var answer = Raw.ask(usual.uri(), line);

        assertEquals(status, answer.status(), answer::text);
        assertProtected(answer);
        assertFalse(answer.text().toLowerCase(Locale.ROOT).contains("jetty"), answer::text);
        assertFalse(answer.text().contains("\tat ") || answer.text().contains("Exception"), answer::text);
        assertEquals(status == 405, answer.header("Allow").isPresent(), answer::text);
    }

    private static void assertProtected(Raw.Answer answer) {
        assertEquals("nosniff", answer.header("X-Content-Type-Options").orElse(""), answer::text);
        assertTrue(answer.header("Content-Security-Policy").orElse("").startsWith("default-src 'none'; "), answer::text);
        assertFalse(answer.header("Content-Security-Policy").orElse("").contains("unsafe"), answer::text);
        assertEquals("no-referrer", answer.header("Referrer-Policy").orElse(""), answer::text);
        assertEquals("cross-origin", answer.header("Cross-Origin-Resource-Policy").orElse(""), answer::text);
        assertTrue(answer.header("Permissions-Policy").isPresent(), answer::text);
        assertTrue(answer.header("X-Request-Id").isPresent(), answer::text);
        assertTrue(answer.header("Server").isEmpty(), answer::text);
    }

    @Test void anAnswerBearsTheIdThatItsCallerGaveOrOneOfItsOwn() throws Exception {
        assertEquals("abc-123_x.Y", Raw.ask(usual.uri(), "GET /openapi.json", "X-Request-Id: abc-123_x.Y").header("X-Request-Id").orElse(""));
        var given = new HashSet<String>();
        for (var rubbish : List.of("", "a b", "<script>", "x".repeat(65), "a\tb", "é", "$(id)")) {
            var id = Raw.ask(usual.uri(), "GET /openapi.json", "X-Request-Id: " + rubbish).header("X-Request-Id").orElse("");
            assertTrue(id.matches("[0-9a-f]{16}"), id);
            given.add(id);
        }
        assertEquals(7, given.size());
    }

    // ---- paths and hosts

    @ParameterizedTest
    @CsvSource({
        "/../etc/passwd, 400",
        "/..%2f..%2fetc/passwd, 400",
        "/%2e%2e/etc/passwd, 400",
        "/%252e%252e/etc/passwd, 400",
        "/..;/health, 400",
        "/health;x=y, 400",
        "/sparql;jsessionid=1?query=ASK{}, 400",
        "/.;/health, 400",
        "//health, 400",
        "/a//b, 400",
        "/health%00, 400",
        "/health%0d%0aX-Evil:1, 400",
        "/health%5c..%5c, 400",
        "/health\\..\\, 400",
        "/%c0%ae%c0%ae/, 400",
        "/%ff, 400",
        "/%zz, 400",
        "/%u002e/, 400",
        "http://user@localhost/health, 400",
        "ftp:/health, 400",
        "health, 400",
        "/$/ping, 404",
        "/%24/ping, 404",
        "/$, 404",
        "/$/, 404",
        "/$/datasets, 404",
    })
    void aPathThatCouldBeReadInTwoWaysIsRefused(String path, int status) throws Exception {
        var answer = Raw.ask(usual.uri(), "GET " + path);

        assertEquals(status, answer.status(), answer::text);
        assertTrue(answer.header("X-Evil").isEmpty(), answer::text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Original-URL: /health", "X-Rewrite-URL: /health", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Prefix: /x", "X-Forwarded-Host: localhost",
        "Forwarded: for=127.0.0.1;host=localhost", "Authorization: Basic YWRtaW46cHc=", "X-HTTP-Method-Override: DELETE", "Via: 1.1 localhost"})
    void administrationIsNotThereWhateverAProxyClaims(String header) throws Exception {
        for (var path : List.of("/$/ping", "/$/server", "/$/compact/sparql", "/$/metrics")) {
            assertEquals(404, Raw.ask(usual.uri(), "GET " + path, header).status());
            assertEquals(404, Raw.ask(usual.uri(), "POST " + path, header, "Content-Length: 0").status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "<script>", "a/b", "a?b", "a#b", "a\"b", "a'b", "user@host", "localhost:port", "localhost:123456", "[::1", "[x]", "-", "a,b", "%6c"})
    void aHostThatIsNoneIsABadRequest(String host) throws Exception {
        assertEquals(400, Raw.ask(usual.uri(), "GET /openapi.json", "Host: " + host).status());
    }

    @Test void aHostThatIsOneIsInLinksUnlessTheServerKnowsBetter() throws Exception {
        assertTrue(Raw.ask(usual.uri(), "GET /sparql", "Host: data.example.org:8080", "Accept: application/n-triples").body().contains("<http://data.example.org:8080/sparql>"));
        assertEquals(400, Raw.ask(usual.uri(), "GET /sparql", "Host: one", "Host: two").status());
        try (var raw = Raw.to(usual.uri())) {
            assertEquals(400, raw.send("GET /sparql HTTP/1.1\r\nConnection: close\r\n\r\n").answer().status());
        }
        var options = ServerOptions.usual().at("127.0.0.1", 0).known(URI.create("https://data.example.org"));
        try (var server = Server.start(served, options)) {
            var description = Raw.ask(server.uri(), "GET /sparql", "Host: evil.example", "Accept: application/n-triples").body();
            assertTrue(description.contains("<https://data.example.org/sparql>") && !description.contains("evil"), description);
        }
    }

    private static RequestBounds.Sizes sizes(int request) {
        var usual = RequestBounds.usual().sizes();
        return new RequestBounds.Sizes(usual.uri(), usual.head(), usual.headers(), request, usual.upload(), usual.requests(), usual.result());
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    static boolean soon(BooleanSupplier true_) throws InterruptedException {
        for (var begun = System.nanoTime(); since(begun).toSeconds() < 15;) {
            if (true_.getAsBoolean()) {
                return true;
            }
            Thread.sleep(20);
        }
        return false;
    }
}
