package org.policygraph.question;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.jena.graph.NodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.policygraph.limit.Allowance;
import org.policygraph.limit.Limits;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.store.Store;
import org.policygraph.term.Literals;

/// Texts that are deep or wide, on a stack as it is usual: those within the bounds are answered, those beyond them told so at once.
@Timeout(300)
class DeepQueryTest {

    private static final long STACK = 1 << 20;
    private static final Limits LIMITS = Limits.usual().withTime(Duration.ofSeconds(30));

    /// How a text of a given depth looks.
    private static final Map<String, IntFunction<String>> DEEP = Map.ofEntries(
            Map.entry("groups in groups", n -> "SELECT * {" + "{".repeat(n) + "?s ?p ?o" + "}".repeat(n) + "}"),
            Map.entry("groups side by side", n -> "SELECT * {" + "{ ?s ?p ?o }".repeat(n) + "}"),
            Map.entry("brackets", n -> "SELECT (" + "(".repeat(n) + "1" + ")".repeat(n) + " AS ?x) {}"),
            Map.entry("functions", n -> "SELECT (" + "STR(".repeat(n) + "?s" + ")".repeat(n) + " AS ?x) { ?s ?p ?o }"),
            Map.entry("conditions", n -> "SELECT * { ?s ?p ?o FILTER(" + "IF(?o = 1, 2, ".repeat(n) + "?o" + ")".repeat(n) + ")}"),
            Map.entry("concatenations", n -> "SELECT * { ?s ?p ?o FILTER(" + "CONCAT('', ".repeat(n) + "STR(?o)" + ")".repeat(n) + " = 'x')}"),
            Map.entry("sums", n -> "SELECT (?o" + " + ?o".repeat(n) + " AS ?x) { ?s ?p ?o }"),
            Map.entry("differences", n -> "SELECT (?o" + " - 1".repeat(n) + " AS ?x) { ?s ?p ?o }"),
            Map.entry("products", n -> "SELECT (?o" + "*?o".repeat(n) + " AS ?x) { ?s <urn:n> ?o }"),
            Map.entry("ands", n -> "SELECT * { ?s ?p ?o FILTER(?o = 1" + "&&?o=?s".repeat(n / 3) + ") }"),
            Map.entry("ors", n -> "SELECT * { ?s ?p ?o FILTER(?o = 1" + "||?o=?s".repeat(n / 3) + ") }"),
            Map.entry("nots", n -> "SELECT * { ?s ?p ?o FILTER(" + "!".repeat(n) + "?o) }"),
            Map.entry("unions", n -> "SELECT * {" + "{ ?s ?p ?o } UNION ".repeat(n / 2) + "{} }"),
            Map.entry("unions in unions", n -> "SELECT * {" + "{ ?s ?p ?o } UNION {".repeat(n / 4) + "}".repeat(n / 4) + "}"),
            Map.entry("optionals", n -> "SELECT * { ?s ?p ?o " + "OPTIONAL { ?s ?p ?o } ".repeat(n / 2) + "}"),
            Map.entry("optionals in optionals", n -> "SELECT * { ?s ?p ?o " + "OPTIONAL { ?s ?p ?o ".repeat(n / 3) + "}".repeat(n / 3) + "}"),
            Map.entry("optionals that join", n -> "SELECT * { ?s ?p ?o " + "OPTIONAL { ?s ?p ?x FILTER(?o != 2) } ".repeat(n / 2) + "}"),
            Map.entry("what is not", n -> "SELECT * { ?s ?p ?o " + "MINUS { ?s <urn:q> ?o } ".repeat(n / 2) + "}"),
            Map.entry("what is not in what is not", n -> "SELECT * { ?s ?p ?o " + "MINUS { ?s ?p ?o ".repeat(n / 3) + "}".repeat(n / 3) + "}"),
            Map.entry("exists in exists", n -> "SELECT * { ?s ?p ?o " + "FILTER EXISTS { ?s ?p ?o ".repeat(n > 1_000 ? n : 8) + "}".repeat(n > 1_000 ? n : 8) + "}"),
            Map.entry("not exists in not exists", n -> "SELECT * { ?s ?p ?o " + "FILTER NOT EXISTS { ?s ?p ?o ".repeat(n > 1_000 ? n : 8) + "}".repeat(n > 1_000 ? n : 8) + "}"),
            Map.entry("exists side by side", n -> "SELECT * { ?s ?p ?o " + "FILTER EXISTS { ?s ?p ?o } ".repeat(n / 4) + "}"),
            Map.entry("sub-queries", n -> "SELECT * {" + "{ SELECT * {".repeat(n / 5) + "?s ?p ?o" + "}}".repeat(n / 5) + "}"),
            Map.entry("sub-queries that sort", n -> "SELECT * {" + "{ SELECT DISTINCT ?s {".repeat(n / 5) + "?s ?p ?o" + "} ORDER BY ?s LIMIT 5000 }".repeat(n / 5) + "}"),
            Map.entry("graphs in graphs", n -> "SELECT * {" + "GRAPH ?g {".repeat(n / 3) + "?s ?p ?o" + "}".repeat(n / 3) + "}"),
            Map.entry("graphs side by side", n -> "SELECT * {" + "GRAPH ?g { ?s ?p ?o } ".repeat(n / 2) + "}"),
            Map.entry("binds", n -> "SELECT * { ?s ?p ?o " + counted(n / 2, i -> "BIND(" + i + " AS ?x" + i + ") ") + "}"),
            Map.entry("binds on binds", n -> "SELECT * { ?s <urn:n> ?x0 " + counted(n / 3, i -> "BIND(?x" + i + " + 1 AS ?x" + (i + 1) + ") ") + "}"),
            Map.entry("filters", n -> "SELECT * { ?s ?p ?o " + "FILTER(?o != 7) ".repeat(n / 2) + "}"),
            Map.entry("values", n -> "SELECT * { ?s ?p ?o " + "VALUES ?s { <urn:s> } ".repeat(n / 2) + "}"),
            Map.entry("paths one after the other", n -> "SELECT * { ?s <urn:q>" + "/<urn:q>".repeat(n - 5) + " ?o }"),
            Map.entry("paths one or the other", n -> "SELECT * { ?s <urn:q>" + "|<urn:q>".repeat(n - 5) + " ?o }"),
            Map.entry("paths in brackets", n -> "SELECT * { ?s " + "(".repeat(n / 2) + "<urn:q>" + ")*".repeat(n / 2) + " ?o }"),
            Map.entry("paths back", n -> "SELECT * { ?s " + "^(".repeat(n / 2) + "<urn:q>" + ")".repeat(n / 2) + " ?o }"),
            Map.entry("blank nodes", n -> "SELECT * { ?s ?p " + "[ <urn:q> ".repeat(n) + "1" + "]".repeat(n) + "}"),
            Map.entry("lists in lists", n -> "SELECT * { ?s ?p " + "(".repeat(n) + "1" + ")".repeat(n) + "}"),
            Map.entry("a long list", n -> "SELECT * { ?s ?p (" + "1 ".repeat(n) + ") }"),
            Map.entry("triples in triples", n -> "SELECT * { ?s ?p " + "<<( <urn:s> <urn:p> ".repeat(n / 2) + "1" + " )>>".repeat(n / 2) + "}"),
            Map.entry("annotations", n -> "SELECT * { ?s ?p ?o " + "{| <urn:p> <urn:o> ".repeat(n / 4) + "|}".repeat(n / 4) + "}"),
            Map.entry("a template", n -> "CONSTRUCT {" + "?s ?p ?o . ".repeat(n) + "} WHERE { ?s ?p ?o }"),
            Map.entry("sorted by", n -> "SELECT * { ?s ?p ?o } ORDER BY " + "?o ".repeat(n)),
            Map.entry("grouped by", n -> "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY " + counted(n, i -> "(?o AS ?x" + i + ") ")),
            Map.entry("aggregates", n -> "SELECT " + counted(n, i -> "(SUM(?o + " + i + ") AS ?x" + i + ") ") + "{ ?s ?p ?o }"),
            Map.entry("having", n -> "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING " + "(COUNT(*) > 1) ".repeat(n)),
            Map.entry("coalesced", n -> "SELECT (COALESCE(" + "?x, ".repeat(n) + "1) AS ?y) { ?s ?p ?o }"),
            Map.entry("one of many", n -> "SELECT * { ?s ?p ?o FILTER(?o IN (" + "1, ".repeat(n * 3) + "2)) }"));

    private static String counted(int times, IntFunction<String> each) {
        var text = new StringBuilder();
        for (int i = 0; i < times; i++) {
            text.append(each.apply(i));
        }
        return text.toString();
    }

    private static final Map<String, IntFunction<String>> WIDE = Map.ofEntries(
            Map.entry("patterns", n -> "SELECT * {" + "?s ?p ?o . ".repeat(n) + "}"),
            Map.entry("patterns that tell apart", n -> "SELECT * {" + counted(n, i -> "?s ?p" + i + " ?o . ") + "} LIMIT 1"),
            Map.entry("properties", n -> "SELECT * { ?s" + " ?p ?o ; ".repeat(n) + "}"),
            Map.entry("a list", n -> "SELECT * { ?s ?p (" + "1 ".repeat(n) + ") }"),
            Map.entry("one of", n -> "SELECT * { ?s ?p ?o FILTER(?o IN (" + "1, ".repeat(n) + "2)) }"),
            Map.entry("arguments", n -> "SELECT (CONCAT('', " + "'a', ".repeat(n) + "'b') AS ?x) {}"),
            Map.entry("what is chosen", n -> "SELECT " + counted(n, i -> "?x" + i + " ") + "{ ?s ?p ?o }"),
            Map.entry("prefixes", n -> counted(n / 3, i -> "PREFIX p" + i + ": <urn:" + i + "> ") + "ASK {}"),
            Map.entry("graphs", n -> "SELECT * " + counted(n / 2, i -> "FROM <urn:" + i + "> ") + "{ ?s ?p ?o }"),
            Map.entry("values", n -> "SELECT * { ?s ?p ?o VALUES ?o { " + "1 ".repeat((n - 1) * 50) + "} }"),
            Map.entry("rows of values", n -> "SELECT * { ?s ?p ?o VALUES (?s ?o) { " + "(1 2) ".repeat((n - 1) * 25) + "} }"),
            Map.entry("patterns with paths", n -> "SELECT * {" + "?s <urn:q>* ?o . ".repeat(n / 2 - 1) + "}"));

    @Test void whatIsWithinTheBoundsIsAnsweredAndWhatIsBeyondIsToldAtOnce() throws InterruptedException {
        var wrong = new ArrayList<String>();
        try (var store = Store.inMemory()) {
            store.write(data -> {
                var graph = NodeFactory.createURI("urn:g");
                data.add(graph, NodeFactory.createURI("urn:s"), NodeFactory.createURI("urn:n"), Literals.whole(1));
                data.add(graph, NodeFactory.createURI("urn:s"), NodeFactory.createURI("urn:q"), NodeFactory.createURI("urn:s"));
            });
            for (var kind : DEEP.entrySet()) {
                for (var format : List.of(AnswerFormat.CSV, AnswerFormat.NT)) {
                    if ((format == AnswerFormat.NT) == kind.getValue().apply(10).startsWith("CONSTRUCT")) {
                        expect("", kind.getKey(), kind.getValue().apply(LIMITS.nesting() - 10), store, format, wrong);
                    }
                }
                if (!List.of("sorted by", "a template", "grouped by", "aggregates", "coalesced", "one of many", "a long list", "having").contains(kind.getKey())) {
                    expect("--query-nesting", kind.getKey(), kind.getValue().apply(100_000), store, AnswerFormat.CSV, wrong);
                }
            }
            for (var kind : WIDE.entrySet()) {
                expect("", kind.getKey(), kind.getValue().apply(LIMITS.parts() - 10), store, AnswerFormat.CSV, wrong);
                expect("--query-parts", kind.getKey(), kind.getValue().apply(LIMITS.parts() + 20), store, AnswerFormat.CSV, wrong);
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static void expect(String option, String kind, String text, Store store, AnswerFormat format, List<String> wrong) throws InterruptedException {
        var since = System.nanoTime();
        var got = new String[] {"nothing"};
        var thread = new Thread(null, () -> {
            try (var allowance = Allowance.of(LIMITS)) {
                got[0] = allowance.spend(() -> {
                    var query = Sparql.read(text.length() > LIMITS.length() ? text.substring(0, LIMITS.length()) : text, new Where.Argument("query"), Map.of());
                    Answer.write(query, store, format, OutputStream.nullOutputStream());
                    query.serialize();
                    return "";
                });
            } catch (ProblemException told) {
                got[0] = told.problems().getFirst() instanceof Problem.Exceeded exceeded ? exceeded.option() + (exceeded.what().contains("followed") ? " overflow" : "") : told.getMessage();
            } catch (RuntimeException | Error broken) {
                got[0] = broken.toString();
            }
        }, "usual-stack", STACK);
        thread.start();
        thread.join();
        var took = Duration.ofNanos(System.nanoTime() - since);
        if (!got[0].equals(option)) {
            wrong.add(kind + ": " + (got[0].length() > 300 ? got[0].substring(0, 300) : got[0]) + " after " + took.toMillis() + " ms");
        } else if (took.toMillis() > (option.isEmpty() ? 30_000 : 1_000)) {
            wrong.add(kind + " took " + took.toMillis() + " ms");
        }

    }
}
