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
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;

/// Evidence over HTTP.
class WhyDoorTest {

    private static final Vocabulary WORDS = Vocabulary.read(Path.of("ontology"));
    private static final Store STORE = Store.inMemory();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Server server;

    @BeforeAll static void start() {
        STORE.write(data -> RDFParser.fromString("""
                PREFIX pol: <https://w3id.org/policygraph/ontology#>
                PREFIX id: <https://w3id.org/policygraph/id/>
                PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
                PREFIX status: <https://w3id.org/policygraph/concept/claim-status/>
                GRAPH <https://w3id.org/policygraph/graph/ontology> { status:assessment pol:holds true }
                GRAPH <https://w3id.org/policygraph/graph/source/one> {
                    id:firm pol:develops id:chip .
                    id:one.c1 a pol:Claim ; rdf:subject id:firm ; rdf:predicate pol:develops ; rdf:object id:chip ; pol:claimStatus status:assessment ;
                        pol:inSource id:one .
                }
                """, Lang.TRIG).parse(data));
        server = Server.start(Shipped.from(STORE), "127.0.0.1", 0);
    }

    @AfterAll static void stop() {
        server.close();
        STORE.close();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, '\"basis\" : \"claimed\"'",
        "text/plain, '└─ id:one.c1'",
        "text/turtle, 'prov:wasDerivedFrom'",
        "text/vnd.mermaid, 'flowchart BT'",
    })
    void aProofComesInTheFormAskedFor(String type, String part) throws Exception {
        var answer = get("/why?s=firm&p=develops&o=chip", type);

        assertEquals(200, answer.statusCode(), answer::body);
        assertEquals(type, answer.headers().firstValue("Content-Type").orElseThrow().split(";")[0]);
        assertTrue(answer.body().contains(part), answer::body);
    }

    @Test void anEdgeThatIsNotThereIs404AndSaysWhatThereIs() throws Exception {
        var answer = get("/why?s=chip&p=develops&o=firm", "application/json");

        assertEquals(404, answer.statusCode());
        assertTrue(answer.body().contains("\"holds\" : false"), answer::body);
        assertTrue(answer.body().contains("otherPredicates"), answer::body);
    }

    @ParameterizedTest
    @CsvSource({
        "/why, 400, s: ",
        "/why?s=firm&p=develops, 400, o: ",
        "/why?s=firm&p=develop&o=chip, 404, develops",
        "/why?s=firm&p=develops&o=chip&format=yaml, 400, mermaid",
        "/why?s=firm&p=develops&o=chip&lang=fr, 400, zh-Hant",
        "/why?s=nobody&p=develops&o=chip, 404, nobody",
    })
    void aQuestionThatCanNotBeAnsweredIsToldWhatIsWrong(String path, int status, String part) throws Exception {
        var answer = get(path, "*/*");

        assertEquals(status, answer.statusCode(), answer::body);
        assertTrue(answer.body().contains(part), answer::body);
    }

    @ParameterizedTest
    @CsvSource({
        "application/sparql-results+json, '\"evidence\":[{\"edges\"'",
        "application/sparql-results+xml, '<variable name=\"evidence_claims\"/>'",
        "text/csv, 'what,evidence_claims,'",
        "text/plain, 'evidence_claims'",
    })
    void aQueryComesWithEvidenceWhereItIsAskedFor(String type, String part) throws Exception {
        var query = "/sparql?query=" + URLEncoder.encode("SELECT ?what { id:firm pol:develops ?what }", StandardCharsets.UTF_8);
        var answer = get(query + "&evidence=true", type);

        assertEquals(200, answer.statusCode(), answer::body);
        assertEquals(type, answer.headers().firstValue("Content-Type").orElseThrow().split(";")[0]);
        assertTrue(answer.body().contains(part), answer::body);
        assertTrue(answer.body().contains("id/one.c1"), answer::body);
        assertEquals(get(query, type).body(), get(query + "&evidence=false", type).body());
        assertEquals(400, get(query + "&evidence=perhaps", type).statusCode());
    }

    private static HttpResponse<String> get(String path, String accept) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(server.uri().toString().replaceFirst("/$", "") + path)).header("Accept", accept).build(), BodyHandlers.ofString());
    }
}
