package org.policygraph.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.exec.QueryExec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.problem.Where;
import org.policygraph.question.Diagnosis.Limits;
import org.policygraph.question.Diagnosis.Part;
import org.policygraph.question.Diagnosis.Reason;
import org.policygraph.question.Diagnosis.Unknown;
import org.policygraph.store.Names;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;

/// What is said of queries to the shipped graph that find nothing.
class DiagnosisTest {

    private static final Path ONTOLOGY = Path.of("ontology");
    private static final Vocabulary WORDS = Vocabulary.read(ONTOLOGY);
    private static final String SOURCE = "https://w3id.org/policygraph/graph/source/";
    private static final Pattern VARIABLE = Pattern.compile("\\?\\w+");

    private static Store store;

    @BeforeAll static void load() {
        store = Store.inMemory();
        Loader.load(new Content(ONTOLOGY, List.of(Path.of("data"))), store, false, Progress.silent());
    }

    @AfterAll static void close() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        { id:huawei pol:develop ?what }                          | property | pol:develop        | pol:develops
        { ?who rdfs:develops ?what }                             | property | rdfs:develops      | pol:develops
        { ?who id:develops ?what }                               | property | id:develops        | pol:develops
        { ?who schema:name ?name }                               | property | schema:name        | rdfs:label, skos:prefLabel
        { ?who <http://schema.org/url> ?page }                   | property | <http://schema.org/url> | schema:url
        { ?who pol:Chip ?what }                                  | property | pol:Chip           |
        { ?claim pol:passage/pol:paragaph 16 }                   | property | pol:paragaph       | pol:paragraph
        { ?who !pol:develop id:huawei }                          | property | pol:develop        | pol:develops
        { ?claim rdf:predicate pol:develop }                     | property | pol:develop        | pol:develops
        { ?who pol:develops ?w FILTER EXISTS { ?w pol:layr ?l } } | property | pol:layr          | pol:layer
        { ?chip a pol:Chipp }                                    | class    | pol:Chipp          | pol:Chip
        { ?chip a/rdfs:subClassOf* pol:chip }                    | class    | pol:chip           | pol:Chip
        { ?chip a pol:develops }                                 | class    | pol:develops       |
        { id:huwaei pol:develops ?what }                         | thing    | id:huwaei          | id:huawei
        { id:Huawei pol:develops ?what }                         | thing    | id:Huawei          | id:huawei
        { id:華為 pol:develops ?what }                           | thing    | id:華為            | id:huawei
        { pol:huawei pol:develops ?what }                        | term     | pol:huawei         | id:huawei
        { ?who pol:develops ?what FILTER(?who = id:huawey) }     | thing    | id:huawey          | id:huawei
        { VALUES ?who { id:huawey } ?who pol:develops ?what }    | thing    | id:huawey          | id:huawei
        { id:full-stack.c16-5 rdf:object ?what }                 | thing    | id:full-stack.c16-5 | id:full-stack.c16-05, id:full-stack.c16-15
        { ?what pol:layer layer:chip }                           | concept  | layer:chip         | layer:chips
        { ?who rdfs:label "Huawei" }                             | literal  | "Huawei"           | "Huawei"@en
        { ?who rdfs:label "huawei"@en }                          | literal  | "huawei"@en        | "Huawei"@en
        { ?who rdfs:label "華為"@zh }                            | literal  | "華為"@zh          | "華為"@zh-Hant
        { ?who rdfs:label "Hauwei"@en }                          | literal  | "Hauwei"@en        | "Huawei"@en
        { ?who rdfs:label ?name FILTER(?name = "Huawei") }       | literal  | "Huawei"           | "Huawei"@en
        { ?who rdfs:label ?name FILTER(?name IN ("Huawei")) }    | literal  | "Huawei"           | "Huawei"@en
        { VALUES ?name { "Huawei" } ?who rdfs:label ?name }      | literal  | "Huawei"           | "Huawei"@en
        { ?claim pol:paragraph "16" }                            | literal  | "16"               | 16
        { id:huawei pol:develops "Ascend"@en }                   | literal  | "Ascend"@en        | id:ascend
        { ?who rdfs:label id:huawei }                            | thing    | id:huawei          | "Huawei"@en, "華為"@zh-Hant
        { ?who rdfs:label ?name FILTER(LANG(?name) = "zh") }     | language | "zh"               | "zh-Hant"
        """)
    void aTermThatNothingHasIsNamedWithWhatWasMeant(String pattern, String kind, String term, String close) {
        var found = diagnosis("SELECT * " + pattern);

        var meant = close == null ? List.<String>of() : List.of(close.split(", "));
        assertEquals(List.of(new Unknown(kind, term, meant, "")), found.unknown().stream()
                .map(one -> new Unknown(one.kind(), one.term(), one.close(), "")).toList(), found::text);
    }

    @Test void theSentenceIsTheOneThatAPersonWouldSay() {
        assertEquals("""
                This finds nothing.
                  no property pol:develop; did you mean pol:develops?
                Smallest part that fails:
                  id:huawei pol:develop ?what    # alone: no solutions
                """, diagnosis("SELECT * { id:huawei a ?type ; pol:develop ?what }").text());
    }

    @Test void aGraphThatIsNotThereIsNamedWithThoseThatAre() {
        var near = diagnosis("SELECT * { GRAPH <" + SOURCE + "full-stak> { ?who pol:develops ?what } }");
        var far = diagnosis("SELECT * { GRAPH <urn:x> { ?who pol:develops ?what } }");

        assertEquals(List.of(new Unknown("graph", "<" + SOURCE + "full-stak>", List.of("<" + SOURCE + "full-stack>"),
                "no graph <" + SOURCE + "full-stak>; did you mean <" + SOURCE + "full-stack>?")), near.unknown());
        assertTrue(far.unknown().getFirst().close().containsAll(List.of("graph:registry", "graph:ontology")), far::text);
        assertEquals(List.of("another graph has it: <" + SOURCE + "full-stack>"), texts(near));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        { ?x pol:develops ?y . ?y a pol:Government }                         | 8 ?x pol:develops ?y ; 6 ?y a pol:Government
        { ?x rdfs:label ?l ; pol:develops ?y . ?y a pol:Government }         | 8 ?x pol:develops ?y ; 6 ?y a pol:Government
        { ?x pol:develops ?y FILTER(?y = id:huawei) }                        | 8 ?x pol:develops ?y ; - FILTER ( ?y = id:huawei )
        { ?x a pol:Government FILTER(false) }                                | - FILTER ( false )
        { VALUES ?x { id:huawei id:ascend } ?x a pol:Government }            | 2 VALUES ?x { id:huawei id:ascend } ; 6 ?x a pol:Government
        { ?x pol:develops ?y } VALUES ?x { id:ascend }                       | 8 ?x pol:develops ?y ; 1 VALUES ?x { id:ascend }
        { BIND(id:ascend AS ?x) ?x pol:develops ?y }                         | - BIND(id:ascend AS ?x) ; 8 ?x pol:develops ?y
        { ?x pol:develops ?y MINUS { ?x pol:develops ?z } }                  | 8 ?x pol:develops ?y ; - MINUS { ?x pol:develops ?z }
        { ?x pol:develops ?y FILTER NOT EXISTS { ?x rdfs:label ?l } }        | 8 ?x pol:develops ?y ; - FILTER NOT EXISTS { ?x rdfs:label ?l }
        { ?x pol:develops ?y . ?c pol:passage/pol:paragraph 999 }            | 0 ?c pol:passage/pol:paragraph 999
        { ?x pol:develops ?y OPTIONAL { ?y pol:layer ?l } FILTER(?l = layer:energy) } | 8 ?x pol:develops ?y ; - OPTIONAL { ?y pol:layer ?l } ; - FILTER ( ?l = layer:energy )
        { ?x pol:develops ?y { SELECT ?x { ?x a pol:Government } } }         | 8 ?x pol:develops ?y ; 6 { SELECT ?x WHERE { ?x rdf:type pol:Government } }
        { ?x pol:develops ?y . { ?y pol:layer ?l . ?y a pol:Government } }   | 8 ?x pol:develops ?y ; 6 ?y a pol:Government
        { GRAPH graph:registry { ?x a pol:Chip ; pol:develops ?y } }         | 0 GRAPH graph:registry { ?x pol:develops ?y }
        { ?x pol:develops ?y FILTER(?x = id:huawei) FILTER(?y = id:mindspore) FILTER(?y != id:mindspore) } | 8 ?x pol:develops ?y ; - FILTER ( ?y = id:mindspore ) ; - FILTER ( ?y != id:mindspore )
        """)
    void theSmallestPartThatFailsIsNamedWithWhatEachOfItFindsAlone(String pattern, String parts) {
        var found = diagnosis("SELECT * " + pattern);

        assertTrue(found.empty() && found.complete(), found::text);
        assertEquals(parts, found.smallest().orElseThrow().parts().stream().map(part ->
                (part.solutions().isPresent() ? part.solutions().getAsLong() : "-") + " " + part.text()).collect(Collectors.joining(" ; ")));
    }

    @Test void eachBranchOfAUnionTellsWhatFailsInIt() {
        var union = diagnosis("SELECT * { { ?x pol:funds id:huwaei } UNION { ?x a pol:Government . ?y a pol:Chip ; a pol:City } }").smallest().orElseThrow();

        assertEquals(List.of(List.of("?x pol:funds id:huwaei"), List.of("?y a pol:Chip", "?y a pol:City")),
                union.parts().getFirst().within().stream().map(branch -> branch.parts().stream().map(Part::text).toList()).toList());
    }

    @Test void aBranchIsAskedOfTheGraphThatTheUnionIsIn() {
        var named = diagnosis("SELECT * { GRAPH graph:registry { { ?x pol:develops ?y } UNION { ?x a pol:Chip ; pol:funds ?y } } }").smallest().orElseThrow();

        assertEquals(List.of(List.of("?x pol:develops ?y"), List.of("?x pol:funds ?y")),
                named.parts().getFirst().within().getFirst().parts().getFirst().within().stream()
                        .map(branch -> branch.parts().stream().map(Part::text).toList()).toList());
    }

    @Test void whatFailsInsideAGroupWithItsOwnFilterIsToldThere() {
        var group = diagnosis("SELECT * { ?x a ?t . GRAPH ?g { ?x a pol:Government FILTER(?x = id:huawei) } }").smallest().orElseThrow();

        assertEquals(List.of("?x a pol:Government", "FILTER ( ?x = id:huawei )"),
                group.parts().getFirst().within().getFirst().parts().stream().map(Part::text).toList());
    }

    @Test void solutionsAreCountedUpToACap() {
        var part = diagnosis("SELECT * { ?x rdfs:label ?l . ?l pol:develops ?y }").smallest().orElseThrow().parts().getFirst();

        assertEquals(new Part("?x rdfs:label ?l", OptionalLong.of(1_000), true, List.of()), part);
        assertTrue(diagnosis("SELECT * { ?x rdfs:label ?l . ?l pol:develops ?y }").text().contains("?x rdfs:label ?l    # alone: 1,000 or more solutions\n"));
    }

    @Test void claimsThatDoNotHoldAreCountedByStatusWithAQueryThatFindsThem() {
        var found = diagnosis("SELECT * { id:china-ai-industrial-policy pol:alleviates id:export-control-constraints }").reasons().getFirst();

        assertTrue(found.text().contains("1 claim of it that does not make one (1 goal)"), found::text);
        assertEquals(1, rows(found.query().orElseThrow()));
    }

    @Test void denialsAreToldFromPlans() {
        var found = diagnosis("SELECT * { ?who pol:aimsAt ?what }").reasons().getFirst();
        var listed = "{ ?c rdf:predicate pol:aimsAt ; pol:negated %s ; pol:claimStatus ?s }";
        var denied = rows("SELECT * " + listed.formatted(true));
        var goals = rows("SELECT * " + listed.formatted(false));

        assertTrue(denied > 0);
        assertTrue(found.text().contains((denied + goals) + " claims of it that do not make one (" + goals + " goal, " + denied + " denied)"), found::text);
        assertEquals(denied + goals, rows(found.query().orElseThrow()));
    }

    @Test void claimsAreFoundByTheOtherPartsOfTheQueryToo() {
        var found = diagnosis("SELECT * { VALUES ?what { id:use-of-less-efficient-hardware } id:chinese-ai-firms pol:undertakes ?what }");

        assertTrue(texts(found).stream().anyMatch(text -> text.contains("that fits, but 1 claim of it that does not make one (1 possibility)")), found::text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        { id:ascend pol:develops id:huawei }  | the edge exists in the other direction: id:huawei pol:develops id:ascend; pol:developedBy is its inverse
        { id:huawei pol:develops id:cuda }    | id:huawei has pol:develops with other objects: id:ascend, id:cloudmatrix-384, id:mindspore
        { id:openai pol:develops id:ascend }  | id:ascend is the object of pol:develops from others: id:huawei
        { id:huawei pol:funds id:ascend }     | they are tied by pol:develops
        { ?x pol:aimsAt ?y }                  | nothing in the graph has pol:aimsAt
        { ?w pol:develops ?x . ?x a pol:Firm } | with subject and object exchanged it finds something: ?x pol:develops ?w
        { ?c pol:passage/pol:paragraph 999 }  | of the path, this step finds nothing: ?step pol:paragraph 999
        { ?x a pol:Government FILTER(?x = id:cuda) } | before FILTER ( ?x = id:cuda ), ?x is
        { VALUES ?x { id:cuda } ?x pol:develops ?y } | ?x is id:cuda in the one, and
        """)
    void theGraphSaysWhatItHasInstead(String pattern, String reason) {
        var found = diagnosis("SELECT * " + pattern);

        assertTrue(texts(found).stream().anyMatch(text -> text.startsWith(reason)), () -> found.text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        SELECT * { ?x pol:develops ?y } LIMIT 0                  | LIMIT 0 asks for no row
        SELECT * { ?x pol:develops ?y } OFFSET 5000              | OFFSET 5000 is beyond the end: there are 8 rows
        CONSTRUCT { ?x pol:develops ?z } { ?x pol:develops ?y }  | the pattern has 8 solutions, but none fills a whole triple of the template
        SELECT ?x { ?x pol:develops ?y } GROUP BY ?x HAVING(COUNT(*) > 99) | before HAVING there are 6 groups; it keeps none
        SELECT * FROM graph:registry { ?x pol:develops ?y }      | FROM leaves out what it asks for: without it, the pattern has 8 solutions
        """)
    void whatIsDoneWithTheRowsCanLeaveNone(String query, String reason) {
        var found = diagnosis(query);

        assertTrue(found.empty());
        assertEquals(reason, found.reasons().getFirst().text());
    }

    @Test void theHavingThatKeepsNothingIsTheSmallestPart() {
        var found = diagnosis("SELECT ?x { ?x pol:develops ?y } GROUP BY ?x HAVING(COUNT(*) > 0) (COUNT(*) > 99)");

        assertEquals(List.of("HAVING ( count(*) > 99 )"), found.smallest().orElseThrow().parts().stream().map(Part::text).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "ASK { id:huawei pol:develops id:huawei }",
        "CONSTRUCT WHERE { id:huawei pol:develops id:huawei }",
        "SELECT (COUNT(*) AS ?n) (SUM(?v) AS ?s) { id:huawei pol:develops id:huawei . ?f pol:value ?v }",
        "SELECT ?x (COUNT(*) AS ?n) { ?x pol:develops id:huawei } GROUP BY ?x ORDER BY ?n",
        "DESCRIBE ?x { ?x pol:develops id:huawei }",
        "DESCRIBE id:huwaei",
    })
    void everyKindOfQueryCanFindNothing(String query) {
        assertTrue(diagnosis(query).empty(), query);
        assertTrue(Diagnosis.ofEmpty(read(query), store, WORDS).isPresent());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        SELECT * { ?x pol:develops ?y }                      | This finds something: 8 rows.
        SELECT * { ?x pol:develops ?y } LIMIT 1              | This finds something: 1 row.
        SELECT (COUNT(*) AS ?n) { ?x pol:develops ?y }       | This finds something: 1 row.
        SELECT * { ?x rdfs:label ?y }                        | This finds something: 1,000 or more rows.
        ASK { ?x pol:develops id:ascend }                    | This finds something: 1 row.
        DESCRIBE id:huawei                                   | This finds something: 1 row.
        CONSTRUCT WHERE { ?x pol:develops ?y }               | This finds something: 8 rows.
        """)
    void aQueryThatFindsSomethingIsToldSo(String query, String text) {
        assertEquals(text + "\n", diagnosis(query).text());
        assertEquals(Optional.empty(), Diagnosis.ofEmpty(read(query), store, WORDS));
    }

    @Test void aTermThatAnOptionalHidesIsToldThoughSomethingIsFound() {
        var found = diagnosis("SELECT * { ?x pol:develops ?y OPTIONAL { ?y pol:layr ?l } }");

        assertFalse(found.empty());
        assertEquals(List.of("pol:layr"), found.unknown().stream().map(Unknown::term).toList());
    }

    @Test void withoutTimeItSaysThatItDoesNotKnow() {
        var found = Diagnosis.of(read("SELECT * { id:huawei pol:develop ?what }"), store, WORDS, new Limits(Duration.ZERO, 1_000));

        assertFalse(found.complete());
        assertEquals("""
                Time ran out before it was known whether this finds anything.
                  no property pol:develop; did you mean pol:develops?
                Time ran out: there may be more to say.
                """, found.text());
    }

    @Test void aSlowQueryIsEndedAndItsFailingPartStillNamed() {
        var slow = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STR(?a) = STR(?f) && STR(?c) = STR(?g)) id:huawei pol:develops id:huawei";

        var found = Diagnosis.of(read("SELECT * { " + slow + " }"), store, WORDS, new Limits(Duration.ofSeconds(1), 1_000));

        assertEquals(List.of("id:huawei pol:develops id:huawei"), found.smallest().orElseThrow().parts().stream().map(Part::text).toList());
    }

    static List<Long> seeds() {
        return new Random(17).longs(60).boxed().toList();
    }

    /// Patterns drawn from the data, so that all hold together, of which one is then broken.
    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsNamedFailsAndNothingSmallerDoes(long seed) {
        var chance = new Random(seed);
        var conjuncts = broken(chance);
        var query = "SELECT * { " + String.join(" ", conjuncts) + " }";
        var empty = rows(query) == 0;

        var found = diagnosis(query);

        assertEquals(empty, found.empty(), query);
        if (!empty) {
            return;
        }
        var named = found.smallest().orElseThrow().parts().stream().map(Part::text).toList();
        assertTrue(found.complete() && fails(named), () -> query + "\n" + found.text());
        for (var smaller = 0; smaller < 1 << conjuncts.size(); smaller++) {
            var chosen = smaller;
            var set = IntStream.range(0, conjuncts.size()).filter(at -> (chosen >> at & 1) == 1).mapToObj(conjuncts::get).toList();
            if (set.size() < named.size()) {
                assertFalse(fails(set), () -> query + "\n" + set + " is smaller than\n" + found.text());
            }
        }
    }

    @Test void thePropertyIsTriedOnQueriesOfEverySize() {
        var sizes = seeds().stream().map(seed -> diagnosis("SELECT * { " + String.join(" ", broken(new Random(seed))) + " }"))
                .filter(Diagnosis::empty).map(found -> found.smallest().orElseThrow().parts().size()).collect(Collectors.toSet());

        assertTrue(sizes.containsAll(Set.of(1, 2, 3)), sizes::toString);
    }

    private static List<String> broken(Random chance) {
        return store.read(data -> {
            var union = data.getUnionGraph();
            var edges = WORDS.relations().values().stream().flatMap(relation -> union.find(Node.ANY, relation, Node.ANY).toList().stream()).toList();
            var names = new Names(WORDS);
            var walked = new ArrayList<>(List.of(edges.get(chance.nextInt(edges.size()))));
            while (walked.size() < 2 + chance.nextInt(4)) {
                var from = walked.get(chance.nextInt(walked.size()));
                var next = edges.stream().filter(edge -> !walked.contains(edge) && touch(edge, from)).toList();
                if (next.isEmpty()) {
                    break;
                }
                walked.add(next.get(chance.nextInt(next.size())));
            }
            Map<Node, String> terms = new HashMap<>();
            var conjuncts = new ArrayList<String>();
            var worse = chance.nextInt(walked.size());
            for (var at = 0; at < walked.size(); at++) {
                var edge = walked.get(at);
                var other = edges.get(chance.nextInt(edges.size()));
                var subject = term(edge.getSubject(), terms, names, chance);
                var object = term(edge.getObject(), terms, names, chance);
                var property = names.shortened((at == worse && chance.nextBoolean() ? other : edge).getPredicate());
                conjuncts.add(subject + " " + property + " " + (at == worse && chance.nextInt(3) == 0 ? names.shortened(other.getObject()) : object) + " .");
            }
            terms.values().stream().filter(term -> term.startsWith("?")).sorted().findFirst().ifPresent(variable -> conjuncts.add(switch (chance.nextInt(5)) {
                case 0 -> "FILTER(" + variable + " != " + names.shortened(edges.getFirst().getObject()) + ")";
                case 1 -> "FILTER(ISLITERAL(" + variable + ") || STRLEN(STR(" + variable + ")) > 45)";
                case 2 -> "FILTER NOT EXISTS { " + variable + " a pol:Chip }";
                case 3 -> "VALUES " + variable + " { " + names.shortened(edges.get(chance.nextInt(edges.size())).getObject()) + " id:huawei }";
                default -> variable + " a ?type .";
            }));
            return List.copyOf(conjuncts);
        });
    }

    private static boolean touch(Triple one, Triple other) {
        var ends = Set.copyOf(List.of(one.getSubject(), one.getObject()).stream().distinct().toList());
        return ends.contains(other.getSubject()) || ends.contains(other.getObject());
    }

    private static String term(Node node, Map<Node, String> terms, Names names, Random chance) {
        return terms.computeIfAbsent(node, _ -> chance.nextInt(4) == 0 ? names.shortened(node) : "?v" + terms.size());
    }

    /// Whether they find nothing together, apart from a FILTER whose variable none of them binds.
    private static boolean fails(List<String> set) {
        var bound = set.stream().filter(part -> !part.startsWith("FILTER")).flatMap(DiagnosisTest::variables).collect(Collectors.toSet());
        var said = set.stream().filter(part -> !part.startsWith("FILTER") || bound.containsAll(variables(part).toList())).toList();
        var query = read("SELECT * { " + said.stream().map(part -> part.matches("(?s)(FILTER|VALUES).*|.*\\.") ? part : part + " .")
                .collect(Collectors.joining(" ")) + " }");
        return store.read(data -> {
            try (var asked = QueryExec.dataset(data).query(query).build()) {
                return !asked.select().hasNext();
            }
        });
    }

    private static Stream<String> variables(String part) {
        return VARIABLE.matcher(part).results().map(MatchResult::group);
    }

    private static long rows(String text) {
        return store.read(data -> {
            try (var asked = QueryExec.dataset(data).query(read(text)).build()) {
                var rows = asked.select();
                var count = 0;
                for (; rows.hasNext(); count++) {
                    rows.next();
                }
                return (long) count;
            }
        });
    }

    private static List<String> texts(Diagnosis diagnosis) {
        return diagnosis.reasons().stream().map(Reason::text).toList();
    }

    private static Diagnosis diagnosis(String text) {
        return Diagnosis.of(read(text), store, WORDS, new Limits(Duration.ofMinutes(5), 1_000));
    }

    private static Query read(String text) {
        return Sparql.read(text, new Where.Argument("query"), WORDS.prefixes());
    }
}
