package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.policygraph.load.Content;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `/path`, and ways over `/sparql`.
class PathDoorTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Store store;
    private static Server server;

    @BeforeAll static void start() {
        var words = Vocabulary.read(Path.of("ontology"));
        store = Store.inMemory();
        Shipped.loadInto(store);
        server = Server.start(Shipped.from(store), "127.0.0.1", 0);
    }

    @AfterAll static void stop() {
        server.close();
        store.close();
    }

    @Test void itAnswersWithTheWaysTheirEdgesAndTheirClaims() throws Exception {
        var answer = get("/path?from=huawei&to=compute-shortage&k=1", "*/*");
        var way = json(answer).at("/ways/0");

        assertEquals(200, answer.statusCode());
        assertEquals("application/json", answer.headers().firstValue("Content-Type").orElseThrow().split(";")[0]);
        assertEquals(List.of("Huawei", "Ascend", "Domestic AI chips", "U.S.-led export controls on semiconductor equipment", "Compute shortage in China"),
                texts(way.get("nodes"), "label"));
        assertEquals("[16]", way.at("/steps/0/edges/0/claims/0/paragraphs").toString());
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, application/json, '\"ways\"'",
        "text/csv, text/csv, 'way,length,'",
        "text/plain, text/plain, '1. Huawei —develops→ Ascend'",
        "text/vnd.mermaid, text/vnd.mermaid, 'flowchart LR'",
    })
    void itComesInTheFormAskedFor(String accept, String type, String part) throws Exception {
        var answer = get("/path?from=huawei&to=compute-shortage", accept);

        assertEquals(type, answer.headers().firstValue("Content-Type").orElseThrow().split(";")[0]);
        assertTrue(answer.body().contains(part), answer.body());
    }

    @Test void theParametersReachTheSearch() throws Exception {
        assertEquals(3, json(get("/path?from=huawei&to=nvidia&by=trusted&k=3&length=6", "*/*")).get("ways").size());
        assertTrue(get("/path?from=huawei&to=compute-shortage&lang=zh-Hant&format=text", "*/*").body().startsWith("1. 華為 —研發→ "));
        var without = get("/path?from=huawei&to=compute-shortage&without=affects,develops&length=8&k=50", "*/*").body();
        assertTrue(!without.contains("ontology#develops") && !without.contains("ontology#causes"), without);
        assertTrue(get("/path?from=huawei&to=compute-shortage&length=8&k=50", "*/*").body().contains("ontology#causes"));
        var limited = json(get("/path?from=huawei&to=compute-shortage&edges=3", "*/*"));
        assertEquals(List.of("edges", "3"), List.of(limited.get("limit").asString(), limited.get("edgesLookedAt").toString()));
    }

    @Test void noWayIsAnAnswerAndSaysWhatWouldFindOne() throws Exception {
        var answer = get("/path?from=huawei&to=compute-shortage&length=2", "*/*");

        assertEquals(200, answer.statusCode());
        assertEquals(0, json(answer).get("ways").size());
        assertEquals("longer", json(answer).at("/hints/0/change").asString());
        assertTrue(get("/path?from=huawei&to=compute-shortage&length=2&format=csv", "*/*").headers().firstValue("PolicyGraph-Note").orElseThrow()
                .startsWith("Of up to 8 steps there is one"));
    }

    @ParameterizedTest
    @CsvSource({
        "/path?from=huawey&to=nvidia, 404, did you mean huawei",
        "/path?from=huawei&to=nvidia&only=develop, 404, develops",
        "/path?from=huawei, 400, /path?from=huawei&to=compute-shortage",
        "/path?from=huawei&to=id:huawei, 400, another thing",
        "/path?from=huawei&to=nvidia&length=9, 400, from 1 to 8",
        "/path?from=huawei&to=nvidia&k=51, 400, from 1 to 50",
        "/path?from=huawei&to=nvidia&by=fame, 400, shortest or trusted",
        "/path?from=huawei&to=nvidia&status=gaol, 400, goal",
        "/path?from=huawei&to=nvidia&lang=fr, 400, en or zh-Hant",
        "/path?from=huawei&to=nvidia&format=png, 400, mermaid",
        "/path?from=huawei&to=nvidia&depth=2, 400, depth",
    })
    void whatIsWrongIsToldWithWhatWouldBeRight(String path, int status, String part) throws Exception {
        var answer = get(path, "text/plain");

        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(part), answer.body());
    }

    @Test void sparqlHasTheSameWays() throws Exception {
        var rows = get("/sparql?query=" + URLEncoder.encode("""
                PREFIX function: <https://w3id.org/policygraph/function/>
                SELECT ?way ?subject ?object { (id:huawei id:compute-shortage 5 5) function:shortestWays (?way ?step ?subject ?predicate ?object ?trust) }
                """, StandardCharsets.UTF_8), "text/csv").body().lines().skip(1).toList();
        var ways = json(get("/path?from=huawei&to=compute-shortage&length=5", "*/*")).get("ways");
        var expected = IntStream.range(0, ways.size()).boxed().flatMap(way -> ways.get(way).get("steps").values().stream()
                .flatMap(step -> step.get("edges").values().stream())
                .map(edge -> way + 1 + "," + edge.get("subject").asString() + "," + edge.get("object").asString())).toList();

        assertTrue(ways.size() > 1);
        assertEquals(expected, rows);
    }

    @Test void aFunctionCalledWronglyIsABadRequest() throws Exception {
        var answer = get("/sparql?query=" + URLEncoder.encode("PREFIX function: <https://w3id.org/policygraph/function/> "
                + "SELECT * { (id:huawei id:nvidia 51) function:shortestWays (?way ?step ?subject ?predicate ?object ?trust) }", StandardCharsets.UTF_8), "text/csv");

        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("from 1 to 50"), answer.body());
    }

    private static HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(server.uri().resolve(path)).header("Accept", accept).build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static List<String> texts(JsonNode array, String field) {
        return array.values().stream().map(one -> one.get(field).asString()).toList();
    }
}
