package org.policygraph.question;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.policygraph.attack.Fuzz;
import org.policygraph.attack.Mutation;
import org.policygraph.attack.Owed;
import org.policygraph.problem.Where;
import org.policygraph.source.QuestionFile;
import org.policygraph.term.Vocabulary;

/// Whatever text comes as a query, it is one or is told why not.
class SparqlFuzzTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Vocabulary WORDS = Vocabulary.read(Path.of("ontology"));
    private static final String[] SIGNS = {"SELECT", "DISTINCT", "REDUCED", "*", "CONSTRUCT", "DESCRIBE", "ASK", "WHERE", "FROM", "NAMED", "<a>", "<http://example.org/>", "?x", "$y", "pol:develops",
        "a", "OPTIONAL {", "GRAPH ?g {", "UNION", "{", "}", "(", ")", "MINUS {", "FILTER(", "FILTER NOT EXISTS {", "EXISTS {", "BIND(", "AS ?z)", "VALUES ?v {", "VALUES (?a ?b) { (1 2) }", "UNDEF",
        "SERVICE <urn:x> {", "SERVICE SILENT ?s {", "GROUP BY ?x", "HAVING(", "ORDER BY DESC(?x)", "LIMIT 1", "OFFSET 99999999999999999999", "COUNT(*)", "GROUP_CONCAT(?x; SEPARATOR=',')", "IF(", "COALESCE(",
        "IN (", "NOT IN (", "REGEX(?x, '(a+)+$')", "REPLACE(?x, '(', '$1')", "CONCAT(", "<java:java.lang.System>(", "<<", ">>", "<<(", ")>>", "{|", "|}", "~", "^", "|", "/", "!", "!(", "*", "+", "?", "{2,3}", "[]", "[", "]",
        "1", "1.", ".5e", "-1", "\"\"\"", "'''", "\"x\"@en", "\"x\"@en--ltr", "\"x\"^^<d>", "^^", "PREFIX p: <", "PREFIX : <#>", "BASE <", "VERSION '1.2'", "INSERT DATA {", "LOAD <http://a>", "JSON {", "LET(", "LATERAL {", "UNFOLD(", "TRIPLE(", "&&", "||", "=", "!=", "<=", "true"};

    @Provide Arbitrary<String> mutated() throws IOException {
        var good = new ArrayList<String>();
        for (var file : QuestionFile.in(Path.of("queries"))) {
            good.add(Files.readString(file));
        }
        good.addAll(SparqlGrammar.queries().list().ofSize(40).sample());
        return Mutation.of(good, SIGNS);
    }

    @Provide Arbitrary<String> grown() {
        return Mutation.seeded(SparqlGrammar.queries());
    }

    @Provide Arbitrary<String> deep() {
        var opening = List.of("(", "{", "[", "!", "-", "+", "<<", "<<(", "OPTIONAL {", "{ SELECT * {", "NOT EXISTS {", "EXISTS {", "MINUS {", "GRAPH ?g {", "IF(", "COALESCE(", "^(", "!(", "(?x ", "[ <p> ", "BIND(", "FILTER(", "{} UNION ",
                "?x || ", "?x && ", "?x + ", "?x = ", "?x , ", "<p>/", "<p>|", "^<p>/", "?s ?p ?o . ", "; <p> ", "a:", "\\", "'", "\"", "#", "<", "_:b", "VALUES ?x {", "(1)");
        var before = List.of("SELECT * { ?s ?p ?o FILTER(", "SELECT * { ", "SELECT * { ?s ", "SELECT * { ?s ?p ", "SELECT (", "ASK ", "CONSTRUCT { ", "", "SELECT * { VALUES ?x { ", "DESCRIBE ");
        return Mutation.seeded(Combinators.combine(Arbitraries.of(before), Arbitraries.of(opening).list().ofMinSize(1).ofMaxSize(3), Arbitraries.integers().between(1, 60_000), Arbitraries.of("", "?x", "1", " <p> ?o }", " } }"))
                .as((start, signs, times, end) -> start + String.join("", signs).repeat(times) + end));
    }

    @Fuzz void aTextThatWasOnceAQueryIsOneOrIsToldWhyNot(@ForAll("mutated") String text) {
        read(text);
    }

    @Fuzz void aTextMadeByTheGrammarIsReadOrIsToldWhyNot(@ForAll("grown") String text) {
        read(text);
    }

    @Fuzz void aTextHoweverDeepIsReadOrIsToldWhyNot(@ForAll("deep") String text) {
        read(text);
    }

    private static void read(String text) {
        Owed.aValueOrAProblem(text, SOON, () -> Sparql.read(text, new Where.Argument("query"), WORDS.prefixes()));
    }
}
