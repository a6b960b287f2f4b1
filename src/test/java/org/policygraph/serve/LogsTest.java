package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.Store;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is logged of the requests to a server.
class LogsTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    private Path folder;

    @AfterEach void logAsBefore() {
        Configurator.reconfigure();
    }

    @Test void eachRequestIsALineWithTheIdThatItsAnswerBears() throws Exception {
        begin();
        try (var store = filled(); var server = start(store, NEVER)) {
            var answer = get(server, "/health");

            var line = lines("request").getFirst();
            assertEquals(answer.headers().firstValue("X-Request-Id").orElseThrow(), line.get("id").stringValue());
            assertEquals("GET", line.get("method").stringValue());
            assertEquals("/health", line.get("path").stringValue());
            assertEquals(200, line.get("status").intValue());
            assertEquals(answer.body().length(), line.get("bytes").intValue());
            assertEquals("127.0.0.1", line.get("caller").stringValue());
            assertTrue(line.get("ms").isIntegralNumber());
        }
    }

    @Test void whatWasAskedIsLoggedOnlyWhereItIsSlow() throws Exception {
        begin();
        var query = "SELECT * { ?secret ?p ?o }\n# 華為";
        try (var store = filled()) {
            try (var server = start(store, NEVER)) {
                get(server, "/sparql?query=" + encoded(query));
            }
            lines("request");
            assertFalse(Files.readString(log()).contains("secret"), Files.readString(log()));

            try (var server = start(store, Duration.ZERO)) {
                get(server, "/sparql?query=" + encoded(query));
            }
            var slow = lines("slow").getFirst();
            assertEquals(query, slow.get("query").stringValue());
            assertEquals("WARN", slow.get("level").stringValue());
            assertEquals(lines("request", 2).getLast().get("id"), slow.get("id"));
        }
    }

    @Test void aLongQueryIsCut() throws Exception {
        begin();
        try (var store = filled(); var server = start(store, Duration.ZERO)) {
            get(server, "/sparql?query=" + encoded("ASK { ?s ?p '" + "x".repeat(5000) + "' }"));
        }

        assertTrue(lines("slow").getFirst().get("query").stringValue().endsWith("xxx… (5016 characters)"));
    }

    @Test void aRequestThatNoDoorSawIsALineToo() throws Exception {
        begin();
        try (var store = filled(); var server = start(store, NEVER)) {
            raw(server, "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n");
            raw(server, "GET /\r\n\u001b[2J HTTP/1.1\r\nHost: x\r\n\r\n");
        }

        assertEquals(List.of(400, 505), lines("request", 2).stream().map(line -> line.get("status").intValue()).sorted().toList());
    }

    @Test void noPathEndsALine() throws Exception {
        begin();
        try (var store = filled(); var server = start(store, NEVER)) {
            for (var path : List.of("/%0d%0aX-Forged:%201", "/%C2%85x", "/\u0085", "/%1b[2J", "/" + "long".repeat(500))) {
                raw(server, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            }
        }

        // Each is logged by the thread that served it, so in any order.
        assertEquals(Set.of("/%0d%0aX-Forged:%201", "/%C2%85x", "/\u0085", "/%1b[2J", "/" + "long".repeat(74) + "lon… (2001 characters)"),
                lines("request", 5).stream().map(line -> line.get("path").stringValue()).collect(Collectors.toSet()));
    }

    @Test void aBugIsLoggedWithItsTraceUnderTheIdThatTheCallerIsTold() throws Exception {
        begin();
        var whole = Shipped.from(Store.inMemory());
        var broken = new Served(whole.store(), whole.words(), whole.rules(), null, whole.version());
        try (var server = Server.start(broken, ServerOptions.usual().at("127.0.0.1", 0), Optional.empty(), Watching.usual())) {
            var answer = get(server, "/questions");

            assertEquals(500, answer.statusCode());
            var bug = lines("bug").getFirst();
            assertEquals(answer.headers().firstValue("X-Request-Id").orElseThrow(), bug.get("id").stringValue());
            assertTrue(bug.get("trace").stringValue().contains("at org.policygraph.serve.QuestionsDoor"), bug::toString);
            lines("request");
            assertEquals(1, Files.readString(log()).split("NullPointerException", -1).length - 1, "told once");
        }
    }

    @Test void warningsOfLibrariesGoTheSameWay() throws Exception {
        begin();

        LogManager.getLogger("org.eclipse.jetty.Something").warn("careful");
        LogManager.getLogger("org.eclipse.jetty.Something").info("not of interest");
        LogManager.getLogger("org.apache.jena.fuseki.servlets.HttpServletResponseTracker").warn("addHeader(Vary: Accept)");

        assertEquals(List.of("careful"), lines("message").stream().map(line -> line.get("message").stringValue()).toList());
    }

    @Test void withoutALogATerminalHearsOfTroubleAlone() throws Exception {
        var heard = hears(new Logs(Optional.empty(), Optional.empty()));

        assertTrue(heard.matches("\\d\\d:\\d\\d:\\d\\d WARN  Something: careful\n"), heard);
    }

    @Test void aFormatAloneAsksForTheRequestsOnStandardError() throws Exception {
        var heard = hears(new Logs(Optional.empty(), Optional.of(LogFormat.TEXT)));

        assertTrue(heard.contains(" INFO  request id="), heard);
        assertTrue(heard.contains(" method=GET path=/health status=200 "), heard);
    }

    @Test void aFileThatCanNotBeWrittenIsAProblemThatNamesTheOption() {
        var problem = assertThrows(ProblemException.class, () -> new Logs(Optional.of(folder), Optional.empty()).begin());

        assertTrue(problem.getMessage().contains("choose another file with --log"), problem::getMessage);
    }

    /// What standard error gets of a warning and a request.
    private static String hears(Logs logs) throws Exception {
        var before = System.err;
        var heard = new ByteArrayOutputStream();
        System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
        try {
            logs.begin();
            LogManager.getLogger("org.eclipse.jetty.Something").warn("careful");
            try (var store = filled(); var server = start(store, NEVER)) {
                get(server, "/health");
            }
        } finally {
            System.setErr(before);
        }
        return heard.toString(StandardCharsets.UTF_8);
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    private void begin() {
        new Logs(Optional.of(log()), Optional.empty()).begin();
    }

    /// Each line must be JSON; those of one kind of event.
    private List<JsonNode> lines(String event) throws Exception {
        return lines(event, 1);
    }

    /// @param many that are waited for
    private List<JsonNode> lines(String event, int many) throws Exception {
        // The line is written when the answer is out: somewhat later than it is read.
        for (int tries = 0; tries < 100; tries++) {
            try (Stream<String> lines = Files.lines(log())) {
                var found = lines.map(line -> JsonMapper.shared().readTree(line)).filter(line -> line.get("event").stringValue().equals(event)).toList();
                if (found.size() >= many) {
                    return found;
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError("not as many as " + many + " of " + event + ": " + Files.readString(log()));
    }

    private static Store filled() {
        var store = Store.inMemory();
        store.write(data -> RDFParser.fromString("GRAPH <https://x.test/g> { <https://x.test/s> <https://x.test/p> 1 }", Lang.TRIG).parse(data));
        return store;
    }

    private static Server start(Store store, Duration slow) {
        return Server.start(Shipped.from(store), ServerOptions.usual().at("127.0.0.1", 0), Optional.empty(), new Watching(slow, OptionalInt.empty()));
    }

    private static HttpResponse<String> get(Server server, String path) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(server.uri() + path.substring(1))).build(), BodyHandlers.ofString());
    }

    private static String raw(Server server, String request) throws Exception {
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
