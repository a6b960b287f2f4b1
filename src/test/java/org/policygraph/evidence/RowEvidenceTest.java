package org.policygraph.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.QueryExec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.policygraph.graph.Inference;
import org.policygraph.graph.Rules;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Vocabulary;

/// The evidence of a row, loaded alone into an empty store, gives that row again.
class RowEvidenceTest {

    private static final Path ONTOLOGY = Path.of("ontology");
    private static final Vocabulary WORDS = Vocabulary.read(ONTOLOGY);
    private static final Rules RULES = Rules.read(ONTOLOGY.resolve("rules"), WORDS.graph());
    private static final Reasons REASONS = new Reasons(WORDS, RULES);
    private static final String PREFIXES = WORDS.prefixes().entrySet().stream()
            .map(prefix -> "PREFIX " + prefix.getKey() + ": <" + prefix.getValue() + ">\n").collect(Collectors.joining());
    private static final Node UNNAMED = NodeFactory.createURI("urn:evidence");
    private static final int ROWS = 3;
    private static final int QUERIES = 60;
    /// Cross products of everything show nothing more.
    private static final int MOST_ROWS = 200;

    private static final Store ALONE = Store.inMemory();
    private static Store shipped;

    @BeforeAll static void load() {
        shipped = Store.inMemory();
        Loader.load(new Content(ONTOLOGY, List.of(Path.of("data"))), shipped, false, Progress.silent());
    }

    @AfterAll static void close() {
        shipped.close();
        ALONE.close();
    }

    @Test void ofQueriesMadeByChance() {
        var queries = shipped.read(data -> {
            var made = new RandomQueries(20260131, data.getUnionGraph());
            return Stream.generate(made::next).limit(QUERIES).toList();
        });

        var rows = 0;
        for (var query : queries) {
            rows += eachRowComesBack(QueryFactory.create(query), query);
        }

        assertTrue(rows > QUERIES / 2, "only " + rows + " rows of " + QUERIES + " queries");
    }

    static List<Path> library() throws IOException {
        try (var files = Files.list(Path.of("queries"))) {
            return files.filter(file -> file.toString().endsWith(".rq")).sorted().toList();
        }
    }

    @Test void ofTheLibraryWhereItNeitherDeniesNorCounts() throws IOException {
        var asked = new ArrayList<String>();
        for (var file : library()) {
            var text = Files.readString(file);
            if (Stream.of("NOT EXISTS", "MINUS", "COUNT", "SUM(", "AVG(", "MIN(", "MAX(").noneMatch(text::contains) && !text.contains("!BOUND")) {
                asked.add(file.toString());
                eachRowComesBack(QueryFactory.create(text), file.toString());
            }
        }
        assertTrue(asked.size() >= 8, asked::toString);
    }

    @ParameterizedTest
    @MethodSource("library")
    void everyRowOfTheLibraryIsTracedToClaimsOrToTheRegistry(Path file) throws IOException {
        var query = QueryFactory.create(Files.readString(file));
        shipped.read(data -> {
            var rows = rows(query, data);
            try (var deadline = Deadline.in(Duration.ZERO)) {
                var evidence = new Trace(query, new Searched(data, data.getUnionGraph(), deadline), REASONS.in(data), REASONS.names())
                        .ofRows(Var.varList(query.getResultVars()), rows);
                var claimed = 0;
                for (int row = 0; row < rows.size(); row++) {
                    var found = evidence.at(row);
                    assertTrue(found.notes().stream().noneMatch(note -> note.startsWith("not traced") || note.startsWith("nothing to show")), found.notes()::toString);
                    assertTrue(!found.proofs().isEmpty(), "row " + row);
                    claimed += found.claims().isEmpty() ? 0 : 1;
                }
                // What a thing is, and at which layer, is in the registry; so is all that one question asks.
                assertEquals(file.endsWith("layers.rq"), claimed == 0, claimed + " of " + rows.size());
            }
            return null;
        });
    }

    /// Rests on the claims and on what they say of themselves, and the rules: inferred edges are inferred anew.
    private static int eachRowComesBack(Query query, String text) {
        query.ensureResultVars();
        var variables = Var.varList(query.getResultVars());
        record Given(Binding row, Set<Quad> evidence) {}
        var all = shipped.read(data -> {
            var rows = rows(query, data);
            if (rows.size() > MOST_ROWS) {
                return List.<Given>of();
            }
            try (var deadline = Deadline.in(Duration.ZERO)) {
                var evidence = new Trace(query, new Searched(data, data.getUnionGraph(), deadline), REASONS.in(data), REASONS.names()).ofRows(variables, rows);
                var given = new ArrayList<Given>();
                for (int row = 0; row < rows.size(); row += 1 + rows.size() / ROWS) {
                    given.add(new Given(rows.get(row), asserted(evidence.at(row), data)));
                }
                return given;
            }
        });
        var whole = query.cloneQuery();
        whole.setLimit(Query.NOLIMIT);
        for (var given : all) {
            ALONE.write(data -> fill(data, given.evidence()));
            var again = ALONE.read(data -> {
                try (var asked = QueryExec.dataset(data).query(whole).build()) {
                    return asked.select().stream().anyMatch(row -> same(variables, row, given.row()));
                }
            });
            assertTrue(again, () -> text + "\ndid not give again " + given.row()
                    + "\nfrom " + given.evidence().stream().map(Quad::toString).collect(Collectors.joining("\n")));
        }
        return all.size();
    }

    private static Set<Quad> asserted(RowEvidence row, DatasetGraph data) {
        assertEquals(List.of(), row.notes().stream().filter(note -> note.startsWith("not") && !note.startsWith("nothing matches")).toList());
        var quads = new LinkedHashSet<Quad>();
        row.edges().stream().filter(edge -> !edge.isDefaultGraph() && !edge.getGraph().equals(Iris.INFERRED_GRAPH)).forEach(quads::add);
        for (var proof : row.proofs()) {
            for (var edge : proof.reached()) {
                edge.graphs().forEach(graph -> quads.add(Quad.create(graph, edge.triple())));
                edge.claims().forEach(claim -> data.getUnionGraph().find(claim.node(), Node.ANY, Node.ANY)
                        .filterKeep(triple -> !data.contains(Iris.INFERRED_GRAPH, triple.getSubject(), triple.getPredicate(), triple.getObject()))
                        .forEach(triple -> quads.add(Quad.create(UNNAMED, triple))));
            }
        }
        return quads;
    }

    private static void fill(DatasetGraph data, Set<Quad> evidence) {
        data.deleteAny(Node.ANY, Node.ANY, Node.ANY, Node.ANY);
        evidence.forEach(data::add);
        var inference = new Inference(RULES, data.getUnionGraph(), data.getGraph(Iris.INFERRED_GRAPH));
        evidence.forEach(quad -> inference.added(quad.asTriple()));
    }

    private static boolean same(List<Var> variables, Binding one, Binding other) {
        return variables.stream().allMatch(variable -> Objects.equals(one.get(variable), other.get(variable)));
    }

    private static List<Binding> rows(Query query, DatasetGraph data) {
        try (var asked = QueryExec.dataset(data).query(query).build()) {
            var rows = new ArrayList<Binding>();
            var found = asked.select();
            while (found.hasNext() && rows.size() <= MOST_ROWS) {
                rows.add(found.next());
            }
            return rows;
        }
    }
}
