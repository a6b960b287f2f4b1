package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.jena.atlas.iterator.Iter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;

/// What the server counts, and who is told.
class MetricsTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;
    private static Store store;
    private static Server server;

    @BeforeAll static void start() {
        store = Store.on(folder);
        Shipped.loadInto(store);
        server = start(0);
    }

    @AfterAll static void stop() {
        server.close();
        store.close();
    }

    private static Server start(int port) {
        return Server.start(Shipped.from(store), ServerOptions.usual().at("127.0.0.1", 0), Optional.empty(), new Watching(Duration.ofHours(1), OptionalInt.of(port)));
    }

    @Test void aRequestIsCountedByItsDoorMethodAndStatus() throws Exception {
        var before = value("policygraph_requests_total{door=\"sparql\",method=\"GET\",status=\"200\"}");
        var bytes = value("policygraph_response_bytes_total{door=\"sparql\"}");

        var answer = get("/sparql?query=" + encoded("ASK {}"));

        assertEquals(200, answer.statusCode());
        awaitValue("policygraph_requests_total{door=\"sparql\",method=\"GET\",status=\"200\"}", before + 1);
        assertEquals(bytes + answer.body().length(), value("policygraph_response_bytes_total{door=\"sparql\"}"));
        assertTrue(value("policygraph_request_duration_seconds_bucket{door=\"sparql\",le=\"60.0\"}") >= before + 1);
        assertTrue(value("policygraph_queue_wait_seconds_count") >= before + 1);
    }

    @Test void aRefusalIsCountedByItsBoundAndTheOptionThatSetsIt() throws Exception {
        var series = "policygraph_refusals_total{bound=\"LENGTH\",option=\"--uri-length\"}";
        var before = value(series);

        assertEquals(414, get("/sparql?query=" + "x".repeat(40_000)).statusCode());

        awaitValue(series, before + 1);
    }

    @Test void whatAStrangerSendsMakesNoSeries() throws Exception {
        get("/elsewhere");
        awaitMore("policygraph_requests_total{door=\"other\",method=\"GET\",status=\"404\"}");
        send(HttpRequest.newBuilder(uri("/other")).method("BREW0", BodyPublishers.noBody()).build());
        awaitMore("policygraph_requests_total{door=\"other\",method=\"other\"");
        var before = series();

        for (int stranger = 0; stranger < 30; stranger++) {
            get("/stranger" + stranger + "/x?y=" + stranger);
            get("/id/stranger" + stranger);
            send(HttpRequest.newBuilder(uri("/other")).method("BREW" + stranger, BodyPublishers.noBody()).build());
        }

        awaitMore("policygraph_requests_total{door=\"id\"");
        var more = new TreeSet<>(series());
        more.removeAll(before);
        assertTrue(more.stream().allMatch(one -> one.contains("door=\"id\"") || one.startsWith("jvm_gc")), more::toString);
        assertFalse(told().contains("stranger") || told().contains("BREW"), MetricsTest::told);
    }

    @Test void theStoreIsMeasuredWithoutLookingThroughIt() {
        long quads = store.read(data -> Iter.iter(data.find()).filter(quad -> !quad.getGraph().equals(Iris.DATASET_GRAPH)).count());

        assertEquals(quads, value("policygraph_store_quads"));
        assertTrue(value("policygraph_store_bytes") > 1 << 20);
        assertEquals(1, value("policygraph_store_generation"));
        var age = System.currentTimeMillis() / 1000.0 - value("policygraph_store_changed_timestamp_seconds");
        assertTrue(age > -2 && age < 600, () -> "changed " + age + " s ago");
    }

    @Test void theMachineIsMeasured() {
        for (var name : List.of("jvm_memory_used_bytes{area=\"heap\"", "jvm_threads_live_threads", "process_files_open_files", "process_uptime_seconds",
                "policygraph_connections", "policygraph_requests_open", "policygraph_requests_working", "policygraph_requests_waiting")) {
            assertTrue(series().stream().anyMatch(one -> one.startsWith(name)), name);
        }
    }

    @Test void eachSeriesIsInTheGuide() throws Exception {
        var guide = Files.readString(Path.of("docs/operating.md"));

        var missing = told().lines().filter(line -> line.startsWith("# TYPE policygraph_")).map(line -> line.split(" ")[2])
                .filter(name -> !guide.contains("`" + name.replaceFirst("_(total|info|max)$", "")) && !guide.contains("`" + name)).collect(Collectors.toSet());

        assertEquals(java.util.Set.of(), missing);
    }

    @Test void strangersAreNotTold() throws Exception {
        assertEquals(404, get(Metrics.PATH).statusCode());
        try (var unwatched = Server.start(Shipped.from(store), "127.0.0.1", 0)) {
            assertTrue(unwatched.metrics().isEmpty());
        }
    }

    @Test void thePortOfItsOwnTellsTheMetricsAndNothingElse() throws Exception {
        var port = server.metrics().orElseThrow();

        assertEquals("127.0.0.1", port.getHost());
        assertEquals(404, send(HttpRequest.newBuilder(port.resolve("/")).build()).statusCode());
        assertEquals(404, send(HttpRequest.newBuilder(port.resolve("/metrics/x")).build()).statusCode());
        assertEquals(404, send(HttpRequest.newBuilder(port.resolve("/sparql?query=ASK%7B%7D")).build()).statusCode());
        assertEquals(405, send(HttpRequest.newBuilder(port).POST(BodyPublishers.noBody()).build()).statusCode());
    }

    @Test void aNameOfTheWebThatLeadsToThisMachineReadsNothing() throws Exception {
        var port = server.metrics().orElseThrow();
        try (var socket = new Socket(port.getHost(), port.getPort())) {
            socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
            assertFalse(answer.contains("policygraph_"), answer);
        }
    }

    @Test void aPortThatIsTakenIsAProblemThatNamesTheOption() {
        var problem = assertThrows(ProblemException.class, () -> start(server.metrics().orElseThrow().getPort()).close());

        assertTrue(problem.getMessage().startsWith("--metrics-port: can't listen at "), problem::getMessage);
    }

    private static String told() {
        try {
            return send(HttpRequest.newBuilder(server.metrics().orElseThrow()).build()).body();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static TreeSet<String> series() {
        return told().lines().filter(line -> !line.startsWith("#")).map(line -> line.substring(0, line.lastIndexOf(' '))).collect(Collectors.toCollection(TreeSet::new));
    }

    /// 0 for a series that there is not yet.
    private static double value(String series) {
        return told().lines().filter(line -> line.startsWith(series + " ")).findFirst()
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).orElse(0.0);
    }

    /// A request is counted when its answer is out: somewhat later than it is read.
    private static void awaitValue(String series, double wanted) throws InterruptedException {
        for (int tries = 0; tries < 100 && value(series) < wanted; tries++) {
            Thread.sleep(20);
        }
        assertEquals(wanted, value(series), series);
    }

    private static void awaitMore(String start) throws InterruptedException {
        for (int tries = 0; tries < 100 && series().stream().noneMatch(one -> one.startsWith(start)); tries++) {
            Thread.sleep(20);
        }
        assertTrue(Pattern.compile("^" + Pattern.quote(start), Pattern.MULTILINE).matcher(told()).find(), start);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create(server.uri() + path.substring(1));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
