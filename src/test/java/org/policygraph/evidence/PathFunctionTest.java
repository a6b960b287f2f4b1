package org.policygraph.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.jena.sparql.exec.QueryExec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.policygraph.term.Iris;

/// The property functions give what the search gives, one row for each edge of each step.
class PathFunctionTest {

    private static final String PREFIXES = "PREFIX id: <" + Iris.ID + "> PREFIX graph: <" + Iris.GRAPH + "> PREFIX function: <" + Iris.FUNCTION + "> ";
    private static final String ROW = "(?way ?step ?subject ?predicate ?object ?trust)";

    private static PathWorld world;

    @BeforeAll static void fill() {
        PathFunction.register();
        world = PathWorld.random(7, 8, 50);
    }

    @AfterAll static void close() {
        world.close();
    }

    @Test void theyGiveWhatTheSearchGives() {
        for (var order : WayOrder.values()) {
            var function = order == WayOrder.SHORTEST ? "shortestWays" : "mostTrustedWays";
            var expected = new ArrayList<String>();
            var ways = world.find(PathQuery.between(Iris.id("n0"), Iris.id("n1")).by(order).most(7).longest(3)).ways();
            for (int way = 0; way < ways.size(); way++) {
                for (int step = 0; step < ways.get(way).steps().size(); step++) {
                    for (var edge : ways.get(way).steps().get(step).edges()) {
                        expected.add(way + 1 + " " + (step + 1) + " " + edge.subject() + " " + edge.predicate() + " " + edge.object() + " " + edge.trust());
                    }
                }
            }

            assertTrue(ways.size() > 2);
            assertEquals(expected, rows("SELECT * { (id:n0 id:n1 7 3) function:" + function + " " + ROW + " }"));
        }
    }

    @Test void theirEndsMayComeFromPatternsAndTheirRowsMayBeJoined() {
        assertEquals(rows("SELECT * { (id:n0 id:n1 1) function:shortestWays " + ROW + " }"),
                rows("SELECT ?way ?step ?subject ?predicate ?object ?trust { VALUES (?from ?to) { (id:n0 id:n1) } (?from ?to 1) function:shortestWays " + ROW + " }"));
        assertEquals(List.of(), rows("SELECT * { (id:n0 id:n1 1) function:shortestWays (?way 9 ?subject ?predicate ?object ?trust) }"));
        assertFalse(rows("SELECT * { (id:n0 id:n1 1) function:shortestWays (1 1 ?subject ?predicate ?object ?trust) }").isEmpty());
    }

    @Test void theyReadTheGraphThatIsAsked() {
        assertEquals(rows("SELECT * { (id:n0 id:n1 3) function:shortestWays " + ROW + " }"),
                rows("SELECT * { GRAPH graph:source\\/made-up { (id:n0 id:n1 3) function:shortestWays " + ROW + " } }"));
        assertEquals(List.of(), rows("SELECT * { GRAPH graph:registry { (id:n0 id:n1 3) function:shortestWays " + ROW + " } }"));
    }

    @Test void whatIsNotThereHasNoWays() {
        assertEquals(List.of(), rows("SELECT * { (id:n0 id:nowhere 3) function:shortestWays " + ROW + " }"));
        assertEquals(List.of(), rows("SELECT * { (id:n0 \"n1\" 3) function:shortestWays " + ROW + " }"));
    }

    @Test void theySayWhetherTheSearchCameToItsEnd() {
        assertEquals(List.of("true"), rows("SELECT DISTINCT ?complete { (id:n0 id:n1 3) function:shortestWays "
                + "(?way ?step ?subject ?predicate ?object ?trust ?complete) }").stream().map(String::strip).toList());
    }

    @Test void aCallThatIsNoneIsRefusedWithWhatOneLooksLike() {
        assertTrue(assertThrows(PathFunction.Refused.class, () -> rows("SELECT * { (id:n0 id:n1) function:shortestWays " + ROW + " }"))
                .getMessage().contains("(?from ?to ?k)"));
        assertTrue(assertThrows(PathFunction.Refused.class, () -> rows("SELECT * { (id:n0 id:n1 51) function:shortestWays " + ROW + " }"))
                .getMessage().contains("from 1 to 50"));
        assertTrue(assertThrows(PathFunction.Refused.class, () -> rows("SELECT * { (?nobody id:n1 5) function:shortestWays " + ROW + " }"))
                .getMessage().contains("?from"));
    }

    private static List<String> rows(String query) {
        return world.store.read(data -> {
            try (var asked = QueryExec.dataset(data).query(PREFIXES + query).build()) {
                var answer = asked.select();
                var rows = new ArrayList<String>();
                answer.forEachRemaining(row -> rows.add(answer.getResultVars().stream().map(row::get)
                        .map(node -> node.isLiteral() ? node.getLiteralLexicalForm() : node.toString()).collect(java.util.stream.Collectors.joining(" "))));
                return rows;
            }
        });
    }
}
