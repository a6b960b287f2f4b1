package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Vocabulary;
import tools.jackson.databind.json.JsonMapper;

/// Names over HTTP: at `/search`, and in SPARQL by `text:query`.
class SearchDoorTest {

    private static final Vocabulary WORDS = Vocabulary.read(Path.of("ontology"));
    private static final Store STORE = Store.inMemory();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Server server;

    @BeforeAll static void start() {
        STORE.write(data -> {
            name("huawei", "Huawei", "華為");
            data.add(Iris.REGISTRY_GRAPH, Iris.id("huawei"), RDF.type.asNode(), WORDS.types().get("PrivateFirm"));
            name("huangshan", "Huangshan", "黃山");
            data.add(Iris.sourceGraph("one"), Iris.inSource("one", "c1"), RDFS.label.asNode(), Literals.text("Ascend是華為的芯片。", "zh-Hant"));
        });
        server = Server.start(Shipped.from(STORE), "127.0.0.1", 0);
    }

    private static void name(String id, String english, String chinese) {
        STORE.dataset().add(Iris.REGISTRY_GRAPH, Iris.id(id), RDFS.label.asNode(), Literals.text(english, "en"));
        STORE.dataset().add(Iris.REGISTRY_GRAPH, Iris.id(id), RDFS.label.asNode(), Literals.text(chinese, "zh-Hant"));
    }

    @AfterAll static void stop() {
        server.close();
        STORE.close();
    }

    @Test void aNameIsFoundInAnyScript() throws Exception {
        for (var name : new String[] {"huawei", "华为", "huá wéi", "huwaei"}) {
            var answer = get("/search?q=" + encoded(name), "application/json");

            assertEquals(200, answer.statusCode());
            assertEquals("application/json;charset=utf-8", answer.headers().firstValue("Content-Type").orElseThrow());
            var found = JsonMapper.shared().readTree(answer.body());
            assertEquals(name, found.get("query").asString());
            assertEquals("id:huawei", found.get("results").get(0).get("name").asString());
            assertEquals("華為", found.get("results").get(0).get("label").get("zh-Hant").asString());
        }
    }

    @Test void aNameThatIsBeingTypedIsCompleted() throws Exception {
        var found = JsonMapper.shared().readTree(get("/search?q=hua&prefix=true&limit=1", "*/*").body());

        assertEquals(1, found.get("results").size());
    }

    @ParameterizedTest
    @CsvSource({"json, application/json", "csv, text/csv", "text, text/plain"})
    void itComesInTheFormAskedFor(String word, String type) throws Exception {
        assertEquals(type, type(get("/search?q=huawei&format=" + word, "*/*")));
        assertEquals(type, type(get("/search?q=huawei", type)));
    }

    @Test void nothingFoundIsAnAnswer() throws Exception {
        var answer = get("/search?q=huawei+factory", "text/plain");

        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().startsWith("Nothing is called 'huawei factory'; did you mean Huawei"), answer::body);
    }

    @ParameterizedTest
    @CsvSource({
        "/search, 400",
        "/search?q=, 400",
        "/search?q=a&limit=0, 400",
        "/search?q=a&limit=many, 400",
        "/search?q=a&lang=fr, 400",
        "/search?q=a&prefix=maybe, 400",
        "/search?q=a&q=b, 400",
        "/search?q=a&nonsense=1, 400",
        "/search?q=a&format=xml, 400",
        "/search?q=a&type=pol:Instrumnt, 404",
        "/search?q=huawei&type=pol:Actor&lang=zh-Hant, 200",
    })
    void whatIsAskedWronglyIsToldWhere(String path, int status) throws Exception {
        var answer = get(path, "text/plain");

        assertEquals(status, answer.statusCode(), answer::body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AND", "*", "\"", "/", "\\", "華", "a"})
    void noSignIsSyntax(String text) throws Exception {
        assertEquals(200, get("/search?q=" + encoded(text), "application/json").statusCode());
        assertEquals(200, get("/search?q=" + encoded(text.repeat(1_000)), "application/json").statusCode());
    }

    @Test void sparqlFindsNamesAndGlossesOfClaims() throws Exception {
        var answer = sparql("SELECT ?thing ?found { (?thing ?score ?found) text:query (rdfs:label \"华为\" 10) } ORDER BY ?thing");

        assertEquals("thing,found\r\n" + Iris.ID + "huawei,華為\r\n" + Iris.ID + "one.c1,Ascend是華為的芯片。\r\n", answer.body());
    }

    @Test void sparqlJoinsWhatIsFoundWithTheUnionOfTheGraphs() throws Exception {
        assertEquals("name\r\nHuawei\r\n", sparql("SELECT ?name { ?thing text:query (rdfs:label \"华为\") ; a pol:PrivateFirm ; rdfs:label ?name FILTER(LANG(?name) = 'en') }").body());
        assertEquals("thing\r\n" + Iris.ID + "one.c1\r\n", sparql("SELECT ?thing { GRAPH <" + Iris.sourceGraph("one").getURI() + "> { ?thing text:query (rdfs:label \"华为\") } }").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"(\"", "\"a AND\"", "\"/[/\"", "\"/hua.*/\"", "\"label:\"", "'\"unclosed'", "\"[1 TO\"", "\"/((((a|b)*)*c){1,900}){1,900}/\""})
    void whatLuceneCannotReadIsABadRequest(String text) throws Exception {
        var answer = sparql("SELECT ?thing { ?thing text:query (rdfs:label " + text + ") }");

        assertEquals(400, answer.statusCode(), answer::body);
        assertTrue(answer.body().contains("text:query"), answer::body);
    }

    private static HttpResponse<String> sparql(String query) throws Exception {
        return get("/sparql?query=" + encoded(query), "text/csv");
    }

    private static HttpResponse<String> get(String path, String accept) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(server.uri() + path.substring(1))).header("Accept", accept).build(), BodyHandlers.ofString());
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElseThrow().split(";")[0];
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
