package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.query.BindingSet;
import org.eclipse.rdf4j.query.TupleQueryResult;
import org.eclipse.rdf4j.query.impl.TupleQueryResultBuilder;
import org.eclipse.rdf4j.query.resultio.text.tsv.SPARQLResultsTSVParser;
import org.eclipse.rdf4j.repository.sparql.SPARQLRepository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.policygraph.question.Library;
import org.policygraph.question.Question;
import org.policygraph.store.Names;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;

/// RDF4J's client, which knows nothing of this server, asks the library of the endpoint.
class StandardClientTest {

    private static final Path QUERIES = Path.of("queries");
    private static final Vocabulary WORDS = Vocabulary.read(Path.of("ontology"));
    private static final Library LIBRARY = Library.read(QUERIES, new Names(WORDS));
    private static final Store STORE = Store.inMemory();
    private static Server server;
    private static SPARQLRepository repository;

    @BeforeAll static void start() {
        Shipped.loadInto(STORE);
        server = Server.start(Shipped.from(STORE), "127.0.0.1", 0);
        repository = new SPARQLRepository(server.uri().resolve("sparql").toString());
        repository.init();
    }

    @AfterAll static void stop() {
        repository.shutDown();
        server.close();
        STORE.close();
    }

    static List<Question> questions() {
        return LIBRARY.questions();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void itGetsTheGoldenResult(Question question) throws IOException {
        try (var golden = Files.newInputStream(QUERIES.resolve(question.entry().name() + ".tsv")); var asked = repository.getConnection()) {
            var prepared = asked.prepareTupleQuery(question.entry().text());
            try (var answer = prepared.evaluate()) {
                assertEquals(rows(golden), rows(answer));
            }
        }
    }

    @Test void itFindsTheExamplesByItself() throws IOException {
        try (var asked = repository.getConnection()) {
            try (var answer = asked.prepareTupleQuery(resource("/org/policygraph/question/examples.rq")).evaluate()) {
                var texts = rows(answer).stream().map(row -> row.get(2)).distinct().toList();
                assertEquals(questions().size(), texts.size());
            }
        }
    }

    @Test void itAsksYesOrNoAndGetsGraphs() {
        try (var asked = repository.getConnection()) {
            assertTrue(asked.prepareBooleanQuery("ASK { <https://w3id.org/policygraph/id/huawei> ?p ?o }").evaluate());
            try (var graph = asked.prepareGraphQuery("CONSTRUCT WHERE { <https://w3id.org/policygraph/id/huawei> <https://w3id.org/policygraph/ontology#develops> ?o }").evaluate()) {
                assertTrue(graph.hasNext());
            }
        }
    }

    private static List<List<String>> rows(InputStream tsv) throws IOException {
        var builder = new TupleQueryResultBuilder();
        new SPARQLResultsTSVParser().setQueryResultHandler(builder).parseQueryResult(tsv);
        return rows(builder.getQueryResult());
    }

    private static List<List<String>> rows(TupleQueryResult result) {
        var rows = new ArrayList<List<String>>();
        while (result.hasNext()) {
            rows.add(row(result.getBindingNames(), result.next()));
        }
        return rows;
    }

    // By what is written: RDF4J reads the bare false and -1 of TSV as other types than they are.
    private static List<String> row(List<String> names, BindingSet binding) {
        return names.stream().map(name -> Optional.ofNullable(binding.getValue(name)).map(Value::stringValue).orElse("")).toList();
    }

    private static String resource(String name) throws IOException {
        try (var in = StandardClientTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
