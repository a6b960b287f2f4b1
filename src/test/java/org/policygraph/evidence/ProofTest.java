package org.policygraph.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RDFWriter;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.policygraph.graph.Inference;
import org.policygraph.graph.Rules;
import org.policygraph.problem.Where;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Language;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;

/// On what one edge rests.
class ProofTest {

    private static final Vocabulary WORDS = Vocabulary.read(Path.of("ontology"));
    private static final Reasons REASONS = new Reasons(WORDS, Rules.read(Path.of("ontology/rules"), WORDS.graph()));
    private static final String PREFIXES = WORDS.prefixes().entrySet().stream()
            .map(prefix -> "PREFIX " + prefix.getKey() + ": <" + prefix.getValue() + ">\n").collect(Collectors.joining());

    private final Store store = Store.inMemory();

    @BeforeEach void fill() {
        store.write(data -> {
            RDFParser.fromString(PREFIXES + """
                    GRAPH graph:registry { id:fund a pol:Fund . id:firm rdfs:label "The \\"Firm\\" [1]"@en , "公司"@zh-Hant . }
                    GRAPH graph:ontology {
                        status:assessment pol:holds true . status:reported-fact pol:holds true . status:goal pol:holds false .
                        confidence:high pol:weight 0.9 . confidence:medium pol:weight 0.6 . confidence:low pol:weight 0.3 .
                    }
                    GRAPH <https://w3id.org/policygraph/graph/source/one> {
                        id:one.p3 pol:paragraph 3 .
                        id:firm pol:implements id:fund . id:fund pol:alleviates id:gap . id:firm pol:develops id:chip .
                    """ + claim("one.c1", "id:firm", "pol:implements", "id:fund", "assessment", "high", false)
                    + claim("one.c2", "id:fund", "pol:alleviates", "id:gap", "assessment", "medium", false)
                    + claim("one.c3", "id:firm", "pol:develops", "id:chip", "reported-fact", "low", false)
                    + claim("one.c4", "id:firm", "pol:develops", "id:model", "goal", "high", false)
                    + claim("one.c5", "id:firm", "pol:develops", "id:engine", "assessment", "high", true) + """
                        id:one.f1 a pol:Figure ; pol:value 7.0 . id:firm pol:hasFigure id:one.f1 .
                    """ + claim("one.f1-claim", "id:firm", "pol:hasFigure", "id:one.f1", "assessment", "medium", false) + """
                    }
                    GRAPH <https://w3id.org/policygraph/graph/source/two> { id:firm pol:develops id:chip .
                    """ + claim("two.c1", "id:firm", "pol:develops", "id:chip", "assessment", "medium", false) + "}", Lang.TRIG).parse(data);
            var inference = new Inference(REASONS.rules(), data.getUnionGraph(), data.getGraph(Iris.INFERRED_GRAPH));
            data.getUnionGraph().find().toList().forEach(inference::added);
        });
    }

    private static String claim(String name, String subject, String predicate, String object, String status, String confidence, boolean negated) {
        return """
                id:%s a pol:Claim ; rdf:subject %s ; rdf:predicate %s ; rdf:object %s ; pol:inSource id:%s ; pol:assertedBy id:someone ;
                    pol:passage id:one.p3 ; pol:claimStatus status:%s ; pol:confidence confidence:%s ; pol:negated %s ; rdfs:label "It says so."@en .
                """.formatted(name, subject, predicate, object, name.substring(0, 3), status, confidence, negated);
    }

    @AfterEach void close() {
        store.close();
    }

    @Test void aStatedEdgeRestsOnTheClaimsThatStateItAndIsAsStrongAsTheStrongest() {
        var proof = proof("firm", "develops", "chip");

        assertEquals(List.of("one.c3", "two.c1"), names(proof.edge()));
        assertEquals(Edge.Basis.CLAIMED, proof.edge().basis());
        assertEquals(Optional.of(new BigDecimal("0.6")), proof.strength());
        assertEquals(Set.of(), proof.soleSources());
    }

    @Test void anInferredEdgeIsUnfoldedAndIsAsStrongAsItsWeakestPremise() {
        var proof = proof("firm", "worksAgainst", "gap");

        assertEquals(Edge.Basis.INFERRED, proof.edge().basis());
        assertEquals(List.of("worksAgainst"), proof.edge().derivations().stream().map(Rules.Derivation::rule).toList());
        assertEquals(List.of(triple("firm", "implements", "fund"), triple("fund", "alleviates", "gap")), proof.edge().derivations().getFirst().premises());
        assertEquals(Set.of("one.c1", "one.c2"), proof.claims().stream().map(claim -> last(claim.node())).collect(Collectors.toSet()));
        assertEquals(Optional.of(new BigDecimal("0.6")), proof.strength());
        assertEquals(Set.of(Iris.id("one")), proof.soleSources());
    }

    @Test void anEdgeIsNotItsOwnReason() {
        var stated = proof("firm", "develops", "chip");
        var inverse = proof("chip", "developedBy", "firm");

        assertEquals(List.of(), stated.edge().derivations());
        assertEquals(List.of("inverse"), inverse.edge().derivations().stream().map(Rules.Derivation::rule).toList());
        assertEquals(List.of(), inverse.edge(triple("firm", "develops", "chip")).orElseThrow().derivations());
    }

    @Test void whatIsSaidOfAClaimRestsOnThatClaimAndOfAFigureOnTheClaimThatHasIt() {
        store.read(data -> {
            var ofClaim = REASONS.in(data).of(Triple.create(Iris.id("one.c4"), Pol.CLAIM_STATUS, Iris.concept("claim-status", "goal"))).orElseThrow();
            var value = data.getUnionGraph().find(Iris.id("one.f1"), Pol.VALUE, Node.ANY).next();
            var ofFigure = REASONS.in(data).of(value).orElseThrow();

            assertEquals(Edge.Basis.OF_A_CLAIM, ofClaim.edge().basis());
            assertEquals(List.of("one.c4"), names(ofClaim.edge()));
            assertEquals(Edge.Basis.OF_A_QUANTITY, ofFigure.edge().basis());
            assertEquals(List.of("one.f1-claim"), names(ofFigure.edge()));
            return null;
        });
    }

    @Test void whatTheRegistryHasIsGiven() {
        var proof = store.read(data -> REASONS.in(data).of(data.getGraph(Iris.REGISTRY_GRAPH).find(Iris.id("fund"), Node.ANY, Node.ANY).next()).orElseThrow());

        assertEquals(Edge.Basis.GIVEN, proof.edge().basis());
        assertEquals(Optional.empty(), proof.strength());
    }

    @Test void anEdgeThatIsNotThereIsToldWithTheClaimsThatDoNotHoldAndWhatIsNear() {
        var goal = why("firm", "develops", "model", Why.Form.TEXT);
        var denied = why("firm", "develops", "engine", Why.Form.TEXT);
        var wrongWay = why("chip", "develops", "firm", Why.Form.TEXT);

        assertFalse(goal.holds());
        assertTrue(goal.text().contains("Claimed, but not held to be so: id:one.c4 · one ¶3") || goal.text().contains("id:one.c4 · id:one ¶3"), goal::text);
        assertTrue(goal.text().contains("  id:firm pol:develops id:chip\n"), goal::text);
        assertTrue(denied.text().contains("denied"), denied::text);
        assertTrue(wrongWay.text().contains("  id:chip pol:developedBy id:firm\n"), wrongWay::text);
    }

    @Test void theTextIsATreeInEitherLanguage() {
        assertEquals("""
                id:fund — alleviates — id:gap
                  id:fund pol:alleviates id:gap
                └─ id:one.c2 · id:one ¶3 · id:someone · status:assessment · confidence confidence:medium (0.6)
                   It says so.

                Strength: 0.6
                Would fall without: id:one
                """.replace("— alleviates —", "— pol:alleviates —"), why("fund", "alleviates", "gap", Why.Form.TEXT).text());
        assertTrue(store.read(data -> ProofText.of(REASONS.in(data).of(triple("firm", "worksAgainst", "gap")).orElseThrow(), REASONS.names(), Language.ZH_HANT,
                data.getUnionGraph())).startsWith("公司 — "), "in Chinese");
    }

    @Test void theTurtleIsProvWithoutBlankNodesAndAlikeEachTime() {
        var turtle = why("firm", "worksAgainst", "gap", Why.Form.TTL).text();
        var graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString(turtle, Lang.TURTLE).parse(graph);

        var edge = graph.find(Node.ANY, Pol.PROV_WAS_GENERATED_BY, Node.ANY).toList();
        assertEquals(1, edge.size());
        assertEquals(2, graph.find(edge.getFirst().getObject(), Pol.PROV_USED, Node.ANY).toList().size());
        assertTrue(graph.contains(Node.ANY, Pol.PROV_WAS_DERIVED_FROM, Iris.id("one.c1")));
        assertTrue(graph.stream().noneMatch(triple -> triple.getSubject().isBlank() || triple.getObject().isBlank()));
        assertEquals(turtle, why("firm", "worksAgainst", "gap", Why.Form.TTL).text());
        assertTrue(RDFWriter.source(graph).lang(Lang.NTRIPLES).asString().contains("/edge/"));
    }

    @Test void aLabelCanNotBreakOutOfAMermaidChart() {
        var chart = why("firm", "develops", "chip", Why.Form.MERMAID).text();

        assertTrue(chart.startsWith("flowchart BT\n    e0[\"The #34;Firm#34; #91;1#93; — "), chart);
        assertTrue(chart.contains("    c1 --> e0\n"), chart);
    }

    private Proof proof(String subject, String predicate, String object) {
        return store.read(data -> REASONS.in(data).of(triple(subject, predicate, object)).orElseThrow());
    }

    private Why why(String subject, String predicate, String object, Why.Form form) {
        var where = new Where.Argument("test");
        return Why.of(new Why.Asked(subject, where, predicate, where, object, where), form, Language.EN, store, REASONS);
    }

    private static Triple triple(String subject, String predicate, String object) {
        return Triple.create(Iris.id(subject), NodeFactory.createURI(Pol.NAMESPACE + predicate), Iris.id(object));
    }

    private static List<String> names(Edge edge) {
        return edge.claims().stream().map(claim -> last(claim.node())).toList();
    }

    private static String last(Node node) {
        return node.getURI().replaceFirst(".*/", "");
    }
}
