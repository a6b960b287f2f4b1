package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;
import tools.jackson.databind.json.JsonMapper;

/// `/diagnose` as a client sees it.
class DiagnoseDoorTest {

    private static final Vocabulary WORDS = Vocabulary.read(Path.of("ontology"));
    private static final Store STORE = Store.inMemory();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String BROKEN = "SELECT * { id:huawei pol:develop ?what }";
    private static Server server;

    @BeforeAll static void start() {
        STORE.write(data -> RDFParser.fromString("""
                PREFIX pol: <https://w3id.org/policygraph/ontology#>
                PREFIX id: <https://w3id.org/policygraph/id/>
                GRAPH <https://w3id.org/policygraph/graph/registry> { id:huawei pol:develops id:ascend . }
                """, Lang.TRIG).parse(data));
        server = Server.start(Shipped.from(STORE), "127.0.0.1", 0);
    }

    @AfterAll static void stop() {
        server.close();
        STORE.close();
    }

    @Test void theDiagnosisIsJsonOfADocumentedShape() throws Exception {
        var answer = get("/diagnose?query=" + encoded(BROKEN), "*/*");

        assertEquals(200, answer.statusCode());
        assertEquals("application/json;charset=utf-8", type(answer));
        assertEquals(JsonMapper.shared().readTree("""
                {"empty": true, "complete": true, "rows": 0, "orMore": false,
                 "unknown": [{"kind": "property", "term": "pol:develop", "close": ["pol:develops"],
                              "text": "no property pol:develop; did you mean pol:develops?"}],
                 "smallest": {"parts": [{"text": "id:huawei pol:develop ?what", "solutions": 0, "orMore": false, "within": []}]},
                 "reasons": [],
                 "text": "This finds nothing.\\n  no property pol:develop; did you mean pol:develops?\\nSmallest part that fails:\\n\
                  id:huawei pol:develop ?what    # alone: no solutions\\n"}"""), JsonMapper.shared().readTree(answer.body()));
    }

    @Test void whatTakesLongerThanAQueryMayIsToldSo() throws Exception {
        var many = new StringBuilder("ASK { id:huawei pol:develops ?what ");
        for (var name = 'a'; name < 'k'; name++) {
            many.append("VALUES ?").append(name).append(" { 1 2 3 4 5 6 7 8 9 10 } ");
        }
        try (var hasty = Server.start(Shipped.from(STORE), "127.0.0.1", 0, Duration.ofMillis(300))) {
            var answer = CLIENT.send(HttpRequest.newBuilder(hasty.uri().resolve("/diagnose?seconds=30&query=" + encoded(many + "FILTER(?a + ?b + ?c + ?d + ?e + ?f + ?g + ?h + ?i + ?j < 0) }"))).build(),
                    BodyHandlers.ofString());

            assertEquals(503, answer.statusCode(), answer::body);
            assertTrue(answer.body().contains("(--query-time)"), answer::body);
        }
    }

    @Test void whatIsNotThereIsNull() throws Exception {
        var found = JsonMapper.shared().readTree(get("/diagnose?query=" + encoded("ASK { id:huawei pol:develops ?what FILTER(false) }"), "*/*").body());
        var something = JsonMapper.shared().readTree(get("/diagnose?query=" + encoded("ASK { id:huawei pol:develops ?what }"), "*/*").body());

        assertTrue(found.at("/smallest/parts/0/solutions").isNull(), found::toString);
        assertTrue(something.at("/smallest").isNull() && !something.at("/empty").asBoolean(), something::toString);
        assertEquals(1, something.at("/rows").asInt());
    }

    @ParameterizedTest
    @CsvSource({"text/plain, ''", "*/*, &format=text"})
    void aPersonReadsItAsText(String accept, String format) throws Exception {
        var answer = get("/diagnose?query=" + encoded(BROKEN) + format, accept);

        assertEquals("text/plain;charset=utf-8", type(answer));
        assertTrue(answer.body().startsWith("This finds nothing.\n  no property pol:develop;"), answer::body);
    }

    @Test void aPostedFormIsAnsweredAsTheAddressIs() throws Exception {
        var posted = send(HttpRequest.newBuilder(server.uri().resolve("/diagnose")).header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .POST(BodyPublishers.ofString("query=" + encoded(BROKEN))));
        var other = send(HttpRequest.newBuilder(server.uri().resolve("/diagnose")).header("Content-Type", "text/plain").POST(BodyPublishers.ofString(BROKEN)));

        assertEquals(200, posted.statusCode());
        assertEquals(get("/diagnose?query=" + encoded(BROKEN), "*/*").body(), posted.body());
        assertEquals(415, other.statusCode());
    }

    @Test void nothingElseCanBeDone() throws Exception {
        var put = send(HttpRequest.newBuilder(server.uri().resolve("/diagnose")).PUT(BodyPublishers.ofString(BROKEN)));
        var options = send(HttpRequest.newBuilder(server.uri().resolve("/diagnose")).method("OPTIONS", BodyPublishers.noBody()));

        assertEquals(405, put.statusCode());
        assertEquals("GET, HEAD, POST, OPTIONS", put.headers().firstValue("Allow").orElseThrow());
        assertEquals("GET, HEAD, POST, OPTIONS", options.headers().firstValue("Allow").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/diagnose", "/diagnose?query=SELECT", "/diagnose?query=ASK%7B%7D&seconds=0", "/diagnose?query=ASK%7B%7D&second=1",
        "/diagnose?query=ASK%7B%7D&format=xml", "/diagnose?query=ASK%7B%20SERVICE%20%3Curn:x%3E%20%7B%7D%7D"})
    void aRequestThatIsWrongIsToldWhere(String path) throws Exception {
        assertEquals(400, get(path, "*/*").statusCode());
    }

    private static HttpResponse<String> get(String path, String accept) throws Exception {
        return send(HttpRequest.newBuilder(server.uri().resolve(path)).header("Accept", accept));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT).replace(" ", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
