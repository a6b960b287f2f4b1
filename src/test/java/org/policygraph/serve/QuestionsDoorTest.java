package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.jena.riot.ResultSetMgr;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.policygraph.load.Content;
import org.policygraph.question.Library;
import org.policygraph.store.Names;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The library over HTTP.
class QuestionsDoorTest {

    private static final Path QUERIES = Path.of("queries");
    private static final Vocabulary WORDS = Vocabulary.read(Path.of("ontology"));
    private static final Library LIBRARY = Library.read(QUERIES, new Names(WORDS));
    private static final Store STORE = Store.inMemory();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static Server server;

    @BeforeAll static void start() {
        Shipped.loadInto(STORE);
        server = Server.start(Shipped.from(STORE), "127.0.0.1", 0);
    }

    @AfterAll static void stop() {
        server.close();
        STORE.close();
    }

    static List<String> names() {
        return List.copyOf(LIBRARY.names());
    }

    @Test void theLibraryIsListedWithAllThatAFormNeeds() throws Exception {
        var listed = JSON.readTree(get("/questions", "application/json").body());

        assertEquals(List.copyOf(LIBRARY.names()), stream(listed).map(one -> one.get("name").stringValue()).sorted().toList());
        var one = stream(listed).filter(question -> question.get("name").stringValue().equals("about-a-thing")).findFirst().orElseThrow();
        assertEquals("[{\"name\":\"thing\",\"type\":\"iri\",\"default\":\"id:deepseek\",\"choices\":[\"pol:Entity\"],\"title\":{\"en\":\"the thing\",\"zh-Hant\":\"事物\"}}]",
                one.get("parameters").toString());
        assertEquals("orientation", one.get("tier").stringValue());
        assertEquals("graph", one.get("view").get("type").stringValue());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyAnswerComesAsCsvAndJsonWithWhatItTakesToCiteIt(String name) throws Exception {
        var csv = get("/questions/" + name, "text/csv");
        var json = get("/questions/" + name, "application/sparql-results+json");
        var tsv = get("/questions/" + name + "?format=tsv", "text/html");

        assertEquals(List.of(200, 200, 200), List.of(csv.statusCode(), json.statusCode(), tsv.statusCode()));
        var rows = ResultSetMgr.read(new ByteArrayInputStream(json.body().getBytes(StandardCharsets.UTF_8)), ResultSetLang.RS_JSON).materialise();
        rows.forEachRemaining(_ -> { });
        assertEquals(tsv.body().lines().count() - 1, rows.getRowNumber());
        assertTrue(csv.headers().firstValue("Content-Type").orElseThrow().startsWith("text/csv"));
        // Whoever holds the rows as TSV can make the checksum again.
        assertEquals(sha256(tsv.body()), csv.headers().firstValue("PolicyGraph-Result-SHA256").orElseThrow());
        assertEquals(sha256(get("/questions/" + name + "?format=rq", "*/*").body()), json.headers().firstValue("PolicyGraph-Query-SHA256").orElseThrow());
        assertTrue(json.headers().firstValue("PolicyGraph-Dataset-Version").orElseThrow().matches("[0-9a-f]{12}"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyAnswerIsAPageWithItsRowsAndItsCitation(String name) throws Exception {
        var rows = get("/questions/" + name, "text/tab-separated-values").body().lines().count() - 1;

        for (var language : List.of("en", "zh-Hant")) {
            var page = Jsoup.parse(get("/questions/" + name + "?lang=" + language, "text/html").body());

            assertEquals(rows, page.select("table tbody tr").size());
            assertEquals(language, page.selectFirst("html").attr("lang"));
            assertTrue(page.selectFirst(".citation").text().contains(get("/questions/" + name, "text/csv").headers().firstValue("PolicyGraph-Result-SHA256").orElseThrow()));
            assertEquals(List.of(), page.select("script, style, [style], [onclick]").eachAttr("outerHtml"));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyAnswerCarriesItsEvidenceAfterItsOwnColumns(String name) throws Exception {
        var plain = JSON.readTree(get("/questions/" + name, "application/json").body());
        var told = JSON.readTree(get("/questions/" + name + "?evidence=true", "application/json").body());
        var csv = get("/questions/" + name + "?evidence=true", "text/csv").body();

        var columns = stream(plain.get("head").get("vars")).map(JsonNode::stringValue).toList();
        assertEquals(columns, stream(told.get("head").get("vars")).map(JsonNode::stringValue).limit(columns.size()).toList());
        assertEquals(values(plain, columns), values(told, columns));
        assertTrue(csv.startsWith(String.join(",", columns) + ",evidence_claims,evidence_paragraphs,"), csv.lines().findFirst()::orElseThrow);
        assertEquals(plain.get("results").get("bindings").size(), told.get("evidence").size());
        // At which layer a thing is stands in the registry.
        assertEquals(!name.equals("layers"), stream(told.get("results").get("bindings"))
                .anyMatch(row -> row.has("evidence_claims") && !row.get("evidence_claims").get("value").stringValue().isEmpty()), "rests on a claim");
        assertEquals(plain.get("results").get("bindings").size(), Jsoup.parse(get("/questions/" + name + "?evidence=true", "text/html").body()).select("table tbody tr").size());
    }

    private static List<List<Optional<JsonNode>>> values(JsonNode answer, List<String> columns) {
        return stream(answer.get("results").get("bindings")).map(row -> columns.stream().map(column -> Optional.ofNullable(row.get(column))).toList()).toList();
    }

    @Test void aValueTakesThePlaceOfTheDefault() throws Exception {
        var byName = get("/questions/about-a-thing?thing=" + URLEncoder.encode("華為", StandardCharsets.UTF_8), "text/csv");

        assertEquals(get("/questions/about-a-thing?thing=huawei", "text/csv").body(), byName.body());
        assertTrue(byName.body().contains("/id/ascend,"), byName.body());
    }

    @Test void whatCanBeChosenIsListedWithItsNames() throws Exception {
        var choices = JSON.readTree(get("/questions/about-a-thing/parameters", "*/*").body()).get("thing");

        assertTrue(choices.size() > 300, () -> choices.size() + " choices");
        var huawei = stream(choices).filter(choice -> choice.get("value").stringValue().equals("id:huawei")).findFirst().orElseThrow();
        assertEquals("華為", huawei.get("label").get("zh-Hant").stringValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/questions/about-a-thin | 404 | path: no question 'about-a-thin'; did you mean about-a-thing?",
        "/questions/about-a-thing?thing=huawai | 404 | thing: no thing 'huawai'; did you mean huawei?",
        "/questions/about-a-thing?thingy=huawei | 400 | query string: unknown parameter 'thingy'; did you mean thing?",
        "/questions/about-a-thing?thing=huawei&thing=smic | 400 | thing: found 2 values, expected one",
        "/questions/about-a-thing?evidence=maybe | 400 | evidence: found 'maybe', expected true or false",
        "/questions/about-a-thing?format=pdf | 400 | format: unknown format 'pdf'",
    })
    void mistakesAreTold(String path, int status, String told) throws Exception {
        var answer = get(path, "text/plain");
        var details = get(path, "application/json");

        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().startsWith(told), answer.body());
        assertEquals(status, details.statusCode());
        assertEquals("application/problem+json;charset=utf-8", details.headers().firstValue("Content-Type").orElseThrow().toLowerCase(java.util.Locale.ROOT));
        assertEquals(status, JSON.readTree(details.body()).get("status").intValue());
    }

    @Test void aFormThatThereIsNotIsNotAcceptable() throws Exception {
        var answer = get("/questions/about-a-thing", "image/png");

        assertEquals(406, answer.statusCode());
        assertTrue(answer.body().contains("text/csv (format=csv)"), answer.body());
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(server.uri().resolve(path)).header("Accept", accept).build(), BodyHandlers.ofString());
    }
}
