package org.policygraph.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.jena.graph.NodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.policygraph.limit.Allowance;
import org.policygraph.limit.Limits;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.store.Store;
import org.policygraph.term.Literals;

/// A process of 128 MB whose queries would each take gigabytes, alone and together, and which then goes on answering.
@Timeout(300)
@EnabledIfSystemProperty(named = "policygraph.long", matches = "true", disabledReason = "takes two minutes; -Dpolicygraph.long=true")
class SmallHeapTest {

    private static final List<String> GREEDY = List.of(
            "SELECT * { ?a ?p ?b . ?c ?q ?d } ORDER BY ?b",
            "SELECT DISTINCT * { ?a ?p ?b . ?c ?q ?d }",
            "SELECT ?a ?c (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d } GROUP BY ?a ?c",
            "SELECT ?a ?c { ?a ?p ?b . ?c ?q ?d } GROUP BY ?a ?c",
            "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?a <urn:n> ?b . ?c <urn:n> ?d BIND(CONCAT(STR(?b), '-', STR(?d)) AS ?x) }",
            "SELECT (GROUP_CONCAT(?t) AS ?n) { ?a <urn:text> ?t . ?c <urn:n> ?d }",
            "SELECT (MAX(?x) AS ?n) { ?a <urn:text> ?t . ?c <urn:text> ?d BIND(REPLACE(REPLACE(REPLACE(CONCAT(?t, ?d), '.', '$0$0$0$0$0$0$0$0$0$0'), '.', '$0$0$0$0$0$0$0$0$0$0'), '.', '$0$0$0$0$0$0$0$0$0$0') AS ?x) }",
            "CONSTRUCT { ?a <urn:with> ?c } WHERE { ?a ?p ?b . ?c ?q ?d }",
            "DESCRIBE ?a { ?a ?p ?b . ?c ?q ?d }",
            "SELECT * { ?a <urn:n> ?x OPTIONAL { { SELECT ?a ?y { ?a <urn:n> ?y . ?b <urn:n> ?z } } FILTER(?y < -1) } }");

    @Test void greedyQueriesInARowAndAtOnceLeaveTheStoreAbleToAnswer() throws IOException, InterruptedException {
        var child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), SmallHeapTest.class.getName()).redirectErrorStream(true).start();

        var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(child.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, child.exitValue(), said);
        assertTrue(said.contains("whole"), said);
    }

    public static void main(String[] args) throws InterruptedException {
        var limits = Limits.usual().withTime(Duration.ofSeconds(10));
        try (var store = Store.inMemory()) {
            store.write(data -> {
                var graph = NodeFactory.createURI("urn:g");
                for (int i = 0; i < 2_000; i++) {
                    var thing = NodeFactory.createURI("urn:thing:" + i);
                    data.add(graph, thing, NodeFactory.createURI("urn:n"), Literals.whole(i));
                    data.add(graph, thing, NodeFactory.createURI("urn:text"), NodeFactory.createLiteralString("text number " + i));
                }
            });
            GREEDY.forEach(text -> System.out.println(told(text, store, limits)));
            try (var threads = Executors.newFixedThreadPool(GREEDY.size())) {
                GREEDY.forEach(text -> threads.submit(() -> System.out.println("at once: " + told(text, store, limits))));
            }
            try (var allowance = Allowance.of(limits)) {
                allowance.spend(() -> Answer.write(Sparql.read("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", new Where.Argument("query"), Map.of()), store, AnswerFormat.CSV, System.out));
            }
            System.out.println("whole");
        }
        System.exit(0);
    }

    private static String told(String text, Store store, Limits limits) {
        try (var allowance = Allowance.of(limits)) {
            return allowance.spend(() -> {
                var query = Sparql.read(text, new Where.Argument("query"), Map.of());
                Answer.write(query, store, AnswerFormat.of(query).contains(AnswerFormat.CSV) ? AnswerFormat.CSV : AnswerFormat.NT, OutputStream.nullOutputStream());
                return "answered: " + text;
            });
        } catch (ProblemException told) {
            return told.getMessage();
        }
    }
}
