package org.policygraph.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.compose.Union;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.reasoner.rulesys.GenericRuleReasoner;
import org.apache.jena.reasoner.rulesys.Rule;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.problem.ProblemException;

class InferenceTest {

    private static final String PREFIXES = """
            @prefix : <urn:x:> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> .
            @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            """;

    private static final String SCHEMA = PREFIXES + """
            :alleviates rdfs:subPropertyOf :affects .
            :leadsTo rdfs:subPropertyOf :affects .
            :partOf a owl:TransitiveProperty ; owl:inverseOf :hasPart .
            :worksWith a owl:SymmetricProperty .
            :Firm rdfs:subClassOf :Actor .
            :Actor rdfs:subClassOf :Thing .
            """;

    private static final String RULES = PREFIXES + """
            [subclass: (?a rdfs:subClassOf ?b) (?x rdf:type ?a) -> (?x rdf:type ?b)]
            [subproperty: (?p rdfs:subPropertyOf ?q) (?x ?p ?y) -> (?x ?q ?y)]
            [inverse: (?p owl:inverseOf ?q) (?x ?p ?y) -> (?y ?q ?x)]
            [inverseBack: (?p owl:inverseOf ?q) (?x ?q ?y) -> (?y ?p ?x)]
            [symmetric: (?p rdf:type owl:SymmetricProperty) (?x ?p ?y) -> (?y ?p ?x)]
            [transitive: (?p rdf:type owl:TransitiveProperty) (?x ?p ?y) (?y ?p ?z) -> (?x ?p ?z)]
            [worksAgainst: (?a :implements ?i) (?i :alleviates ?b) -> (?a :worksAgainst ?b)]
            [hasEffectOn: (?i :leadsTo ?o) (?o :affects ?x) notEqual(?i, ?x) -> (?i :hasEffectOn ?x)]
            """;

    @TempDir Path folder;

    @Test void aChainOfTwoEdgesGivesOne() {
        assertTrue(closure(":a :implements :i . :i :alleviates :b .").contains(triple("a", "worksAgainst", "b")));
    }

    @Test void aGuardKeepsAThingFromHavingAnEffectOnItself() {
        var inferred = closure(":a :leadsTo :o . :o :leadsTo :a , :b .");

        assertTrue(inferred.contains(triple("a", "hasEffectOn", "b")));
        assertTrue(!inferred.contains(triple("a", "hasEffectOn", "a")));
    }

    @Test void whatIsAFactIsNotInferredToo() {
        var inferred = closure(":a :partOf :b . :b :partOf :c . :a :partOf :c .");

        assertEquals(Set.of(triple("b", "hasPart", "a"), triple("c", "hasPart", "b"), triple("c", "hasPart", "a")), inferred);
    }

    @Test void aRuleThatLeavesItsPredicateOpenIsRefused() throws IOException {
        Files.writeString(folder.resolve("open.rules"), "[open: (?x ?p ?y) -> (?y ?p ?x)]");

        var thrown = assertThrows(ProblemException.class, () -> Rules.read(folder, graph(SCHEMA)));

        assertTrue(thrown.getMessage().contains("the rule open"), thrown::getMessage);
    }

    @Test void aRuleThatCannotBeParsedNamesItsFile() throws IOException {
        Files.writeString(folder.resolve("broken.rules"), "[broken: (?x -> ]");

        var thrown = assertThrows(ProblemException.class, () -> Rules.read(folder, graph(SCHEMA)));

        assertTrue(thrown.getMessage().contains("broken.rules"), thrown::getMessage);
    }

    /// Jena's own forward engine, run on everything from scratch, is the judge of ours, which sees one change at a time.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void afterEachOfManyRandomChangesItIsWhatJenaInfersFromScratch(long seed) {
        var random = new Random(seed);
        var rules = rules();
        var facts = GraphFactory.createDefaultGraph();
        var inferred = GraphFactory.createDefaultGraph();
        var inference = new Inference(rules, new Union(facts, inferred), inferred);
        for (int step = 0; step < 40; step++) {
            if (random.nextInt(3) > 0 || facts.isEmpty()) {
                var coming = new ArrayList<Triple>();
                for (int i = 0; i <= random.nextInt(6); i++) {
                    coming.add(anyTriple(random));
                }
                coming.removeIf(facts::contains);
                coming.forEach(facts::add);
                coming.stream().distinct().forEach(inference::added);
            } else {
                var all = facts.find().toList();
                var going = new HashSet<Triple>();
                for (int i = 0; i <= random.nextInt(4); i++) {
                    going.add(all.get(random.nextInt(all.size())));
                }
                var resting = inference.restingOn(going);
                going.forEach(facts::delete);
                inference.removed(going, resting);
            }
            assertEquals(judged(facts), inferred.find().toSet(), "seed " + seed + " step " + step);
        }
    }

    private static Set<Triple> judged(Graph facts) {
        var data = GraphFactory.createDefaultGraph();
        facts.find().forEach(data::add);
        graph(SCHEMA).find().forEach(data::add);
        var reasoner = new GenericRuleReasoner(Rule.parseRules(Rule.rulesParserFromReader(new java.io.BufferedReader(new StringReader(RULES)))));
        var all = ModelFactory.createInfModel(reasoner, ModelFactory.createModelForGraph(data)).getGraph().find().toSet();
        all.removeAll(data.find().toSet());
        return all;
    }

    private static Triple anyTriple(Random random) {
        var properties = List.of("implements", "alleviates", "leadsTo", "partOf", "hasPart", "worksWith");
        if (random.nextInt(8) == 0) {
            return Triple.create(node("n" + random.nextInt(6)), org.apache.jena.vocabulary.RDF.type.asNode(), node("Firm"));
        }
        return triple("n" + random.nextInt(6), properties.get(random.nextInt(properties.size())), "n" + random.nextInt(6));
    }

    private Set<Triple> closure(String facts) {
        var data = graph(PREFIXES + facts);
        var inferred = GraphFactory.createDefaultGraph();
        var inference = new Inference(rules(), new Union(data, inferred), inferred);
        data.find().toList().forEach(inference::added);
        return inferred.find().toSet();
    }

    private Rules rules() {
        try {
            Files.writeString(folder.resolve("all.rules"), RULES);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
        return Rules.read(folder, graph(SCHEMA));
    }

    private static Graph graph(String turtle) {
        var graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString(turtle, Lang.TURTLE).parse(graph);
        return graph;
    }

    private static Triple triple(String subject, String predicate, String object) {
        return Triple.create(node(subject), node(predicate), node(object));
    }

    private static org.apache.jena.graph.Node node(String name) {
        return NodeFactory.createURI("urn:x:" + name);
    }
}
