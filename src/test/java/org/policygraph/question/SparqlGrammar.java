package org.policygraph.question;

import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// SPARQL as its grammar has it, with all that may stand anywhere.
final class SparqlGrammar {

    private static final int DEPTH = 3;

    private SparqlGrammar() {}

    static Arbitrary<String> queries() {
        return Combinators.combine(
                Arbitraries.of("SELECT * ", "SELECT DISTINCT ?a ?b ", "SELECT (COUNT(*) AS ?n) ", "ASK ", "DESCRIBE ?a ", "DESCRIBE <urn:x> ", "CONSTRUCT { ?a <urn:p> ?b } WHERE ", "CONSTRUCT WHERE ",
                        "SELECT (SUM(?b) AS ?s) (GROUP_CONCAT(DISTINCT ?a) AS ?t) ", "SELECT REDUCED ?a FROM <urn:g> FROM NAMED <urn:h> "),
                group(DEPTH),
                Arbitraries.of("", "LIMIT 3", "ORDER BY ?a DESC(?b) OFFSET 2", "GROUP BY ?a HAVING (COUNT(?b) > 1)", "VALUES (?a ?b) { (1 UNDEF) (<urn:x> 'y') }", "GROUP BY (STR(?a) AS ?c)"))
                .as((form, where, tail) -> form + where + " " + tail);
    }

    private static Arbitrary<String> group(int depth) {
        return pattern(depth).list().ofMaxSize(4).map(all -> "{ " + String.join(" ", all) + " }");
    }

    private static Arbitrary<String> pattern(int depth) {
        var triple = Combinators.combine(term(), path(depth), term()).as((s, p, o) -> s + " " + p + " " + o + " .");
        return depth == 0 ? triple : Arbitraries.oneOf(triple, triple,
                deeper(depth, "OPTIONAL "), deeper(depth, "MINUS "), deeper(depth, "GRAPH ?g "), deeper(depth, ""), deeper(depth, "FILTER EXISTS "), deeper(depth, "FILTER NOT EXISTS "),
                deeper(depth, "SERVICE SILENT <urn:s> "),
                lazily(() -> Combinators.combine(group(depth - 1), group(depth - 1)).as((one, other) -> one + " UNION " + other)),
                lazily(() -> group(depth - 1).map(inner -> "{ SELECT ?a (MAX(?b) AS ?m) " + inner + " GROUP BY ?a }")),
                expression(depth).map(test -> "FILTER(" + test + ")"),
                Combinators.combine(expression(depth), Arbitraries.of("?d", "?e", "?a")).as((value, name) -> "BIND(" + value + " AS " + name + ")"),
                Arbitraries.of("VALUES ?a { 1 2 UNDEF <urn:x> }", "VALUES (?a ?b) { (1 2) }", "?a <urn:p> ( 1 2 [ <urn:q> ?b ] ) .", "<< ?a <urn:p> ?b >> <urn:q> ?c .", "?a <urn:p> ?b ~ ?r {| <urn:q> 1 |} ."));
    }

    private static Arbitrary<String> deeper(int depth, String before) {
        return lazily(() -> group(depth - 1).map(inner -> before + inner));
    }

    private static Arbitrary<String> path(int depth) {
        var plain = Arbitraries.of("<urn:p>", "a", "pol:develops", "?p", "rdfs:label");
        return depth == 0 ? plain : Arbitraries.oneOf(plain, lazily(() -> Combinators.combine(path(0), Arbitraries.of("/", "|", "/^"), path(depth - 1)).as((one, how, other) -> "(" + one + how + other + ")")),
                lazily(() -> Combinators.combine(path(depth - 1), Arbitraries.of("*", "+", "?")).as((one, how) -> "(" + one + ")" + how)), Arbitraries.of("!(<urn:p>|^<urn:q>)", "^<urn:p>", "!a"));
    }

    private static Arbitrary<String> expression(int depth) {
        if (depth == 0) {
            return term();
        }
        return Arbitraries.oneOf(term(),
                lazily(() -> Combinators.combine(expression(depth - 1), Arbitraries.of("+", "-", "*", "/", "=", "!=", "<", ">=", "&&", "||"), expression(depth - 1)).as((one, how, other) -> "(" + one + how + " " + other + ")")),
                lazily(() -> Combinators.combine(Arbitraries.of("STR", "!", "-", "LANG", "STRLEN", "isIRI", "UCASE", "MD5", "ABS", "<urn:f>", "xsd:integer", "<java:java.lang.Math>"), expression(depth - 1)).as((name, of) -> name + "(" + of + ")")),
                lazily(() -> Combinators.combine(Arbitraries.of("REGEX", "CONCAT", "IF", "COALESCE", "REPLACE", "SUBSTR", "STRDT"), expression(depth - 1).list().ofMinSize(1).ofMaxSize(3)).as((name, of) -> name + "(" + String.join(", ", of) + ")")),
                lazily(() -> Combinators.combine(expression(depth - 1), expression(depth - 1).list().ofMaxSize(3)).as((one, of) -> one + " IN (" + String.join(", ", of) + ")")),
                lazily(() -> group(depth - 1).map(inner -> "EXISTS " + inner)));
    }

    private static Arbitrary<String> term() {
        return Arbitraries.of("?a", "?b", "?c", "$a", "<urn:x>", "id:huawei", "1", "-2.5e3", "true", "'x'", "\"華為\"@zh-Hant", "'1'^^xsd:integer", "'''long\n'''", "''", "\"\\uD83D\"", "_:n", "[]", "()");
    }

    private static Arbitrary<String> lazily(Supplier<Arbitrary<String>> of) {
        return Arbitraries.lazy(of);
    }
}
