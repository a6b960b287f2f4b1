package org.policygraph.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.Syntax;
import org.apache.jena.riot.Lang;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.update.UpdateFactory;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.VOID;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.graph.Inference;
import org.policygraph.graph.Rules;
import org.policygraph.graph.Shapes;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.DatasetVersion;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;

/// What an editor does is done as a whole or not at all, and leaves everything as true as it was.
class EditsTest {

    static final Vocabulary WORDS = Vocabulary.read(Path.of("ontology"));
    static final Rules RULES = Rules.read(Path.of("ontology/rules"), WORDS.graph());
    static final List<Shapes> SHAPES = List.of(Shapes.read(Path.of("ontology/shapes/records")), Shapes.read(Path.of("ontology/shapes/links")));

    private static final Editors.Editor ALICE = new Editors.Editor("alice");
    private static final Node NOTES = NodeFactory.createURI("https://example.org/notes");
    private static final String PREFIXES = """
            PREFIX pol: <https://w3id.org/policygraph/ontology#>
            PREFIX id: <https://w3id.org/policygraph/id/>
            PREFIX graph: <https://w3id.org/policygraph/graph/>
            PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
            PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
            PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
            PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
            """;
    private static final String NEW_FIRM = """
            INSERT DATA { GRAPH graph:registry { id:%1$s a pol:PrivateFirm ;
                rdfs:label "%1$s"@en , "新公司"@zh-Hant ; skos:prefLabel "%1$s"@en , "新公司"@zh-Hant ;
                skos:definition "A firm."@en , "一家公司。"@zh-Hant } }""";

    private static Store store;
    private static Edits edits;

    @BeforeAll static void load() {
        store = Store.inMemory();
        Loader.load(new Content(Path.of("ontology"), List.of(Path.of("data"))), store, false, Progress.silent());
        edits = new Edits(store, WORDS, RULES, SHAPES, EditLimits.usual());
    }

    @AfterAll static void close() {
        store.close();
    }

    private static Edits.Outcome update(String update) {
        return edits.update(ALICE, UpdateFactory.create(PREFIXES + update, Syntax.syntaxSPARQL_11), update, Precondition.none());
    }

    private static Problem refused(String update) {
        var before = quads();
        var texts = texts(store);
        var problems = assertThrows(ProblemException.class, () -> update(update)).problems();
        assertEquals(before, quads());
        assertEquals(texts, texts(store));
        return problems.getFirst();
    }

    private static Set<Quad> quads() {
        return store.read(data -> Iter.toSet(data.find()));
    }

    /// Without what the dataset says of itself and of edits.
    private static Set<Quad> content() {
        return quads().stream().filter(quad -> !quad.getGraph().equals(Iris.DATASET_GRAPH) && !quad.getGraph().equals(Iris.EDITS_GRAPH))
                .collect(Collectors.toSet());
    }

    private static List<String> texts(Store store) {
        return store.texts().search(searcher -> {
            var found = new ArrayList<String>();
            for (var hit : searcher.search(new MatchAllDocsQuery(), Integer.MAX_VALUE / 2).scoreDocs) {
                found.add(searcher.storedFields().document(hit.doc).getFields().stream().map(field -> field.name() + "=" + field.stringValue())
                        .sorted().collect(Collectors.joining(" ")));
            }
            return found.stream().sorted().toList();
        });
    }

    @Test void anEditIsThereForAllToReadAndInTheHistory() {
        var outcome = update(NEW_FIRM.formatted("first-firm"));

        var edit = outcome.edit().orElseThrow();
        assertEquals("alice", edit.editor());
        assertEquals(List.of(Iris.REGISTRY_GRAPH.getURI()), edit.graphs());
        assertEquals(7, edit.added());
        assertEquals(Optional.of(edit), edits.find(edit.number()));
        assertEquals(edit, edits.list(Long.MAX_VALUE, 10).getFirst());
        assertTrue(quads().contains(Quad.create(Iris.INFERRED_GRAPH, Iris.id("first-firm"), RDF.type.asNode(), Pol.ENTITY)));
        assertTrue(new String(edits.patch(edit.number()), java.nio.charset.StandardCharsets.UTF_8).contains("A <https://w3id.org/policygraph/id/first-firm>"));
    }

    @Test void whatBreaksAShapeLeavesTheStoreAsItWas() {
        var problem = refused("INSERT DATA { GRAPH graph:registry { id:nameless a pol:PrivateFirm } }");

        assertEquals("The entity lacks its one text in English: give 'definition' with \"en\".", assertInstanceOf(Problem.Violated.class, problem).rule());
        assertEquals(Iris.id("nameless").toString(), problem.where().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "INSERT DATA { GRAPH graph:ontology { id:x rdfs:label 'x' } }",
        "INSERT DATA { GRAPH graph:inferred { id:x rdfs:label 'x' } }",
        "INSERT DATA { GRAPH graph:dataset { id:x rdfs:label 'x' } }",
        "INSERT DATA { GRAPH graph:edits { id:x rdfs:label 'x' } }",
        "INSERT DATA { GRAPH graph:questions { id:x rdfs:label 'x' } }",
        "INSERT DATA { id:x rdfs:label 'x' }",
        "DELETE DATA { GRAPH graph:ontology { id:x rdfs:label 'not there' } }",
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "CLEAR ALL",
        "CLEAR SILENT ALL",
        "DROP ALL",
        "DROP NAMED",
        "CLEAR GRAPH graph:ontology",
        "DROP SILENT GRAPH graph:dataset",
        "COPY graph:registry TO graph:ontology",
        "MOVE graph:ontology TO graph:mine",
        "ADD graph:registry TO DEFAULT",
        "WITH graph:inferred DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT { GRAPH ?g { id:x rdfs:label 'x' } } WHERE { BIND(IRI(CONCAT(STR(graph:), 'edits')) AS ?g) }",
        "INSERT DATA { GRAPH graph:mine { pol:develops rdfs:domain pol:Entity } }",
        "INSERT DATA { GRAPH graph:mine { <https://w3id.org/policygraph/concept/layer/chips> skos:prefLabel 'x'@en } }"})
    void whatIsNotAnEditorsIsRefused(String update) {
        assertInstanceOf(Problem.Forbidden.class, refused(update));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "INSERT { GRAPH graph:mine { id:x rdfs:seeAlso ?o } } WHERE { BIND(IRI('http://e/> . <http://e/y') AS ?o) }",
        "INSERT { GRAPH graph:mine { id:x rdfs:seeAlso ?o } } WHERE { BIND(IRI('http://e/a b') AS ?o) }",
        "INSERT { GRAPH graph:mine { id:x rdfs:label ?o } } WHERE { BIND(STRLANG('x', 'en\\\" . <a> <b> <c') AS ?o) }",
        "INSERT { GRAPH graph:mine { id:x rdfs:label ?o } } WHERE { BIND(STRDT('x', IRI('http://e/>')) AS ?o) }",
        "INSERT { GRAPH ?g { id:x rdfs:label 'x' } } WHERE { BIND(IRI('http://e/>') AS ?g) }"})
    void whatNoDumpCouldHoldIsRefusedOrNeverMade(String update) {
        var before = quads();

        try {
            update(update);
        } catch (ProblemException refused) {
            assertInstanceOf(Problem.Invalid.class, refused.problems().getFirst());
        }

        assertEquals(before, quads());
    }

    @Test void aNumberThatIsWrittenInAnotherWayIsTheSameAndIsUndone() {
        var before = content();
        var edit = update("INSERT DATA { GRAPH <https://example.org/numbers> { id:x rdfs:seeAlso id:y ; rdf:value 007, 7, 7.50, '1e0'^^xsd:double } }").edit().orElseThrow();
        assertEquals(4, edit.added());

        assertEquals(Optional.empty(), update("INSERT DATA { GRAPH <https://example.org/numbers> { id:x rdf:value 07 } }").edit());
        var other = update("DELETE DATA { GRAPH <https://example.org/numbers> { id:x rdf:value 00007 } }").edit().orElseThrow();
        assertEquals(1, other.removed());
        edits.undo(ALICE, other.number());
        edits.undo(ALICE, edit.number());

        assertEquals(before, content());
        assertInstanceOf(Problem.Invalid.class, refused("INSERT DATA { GRAPH <https://example.org/numbers> { id:x rdf:value 'ten'^^xsd:integer } }"));
    }

    @Test void whatIsSoAlreadyIsNoEdit() {
        update("INSERT DATA { GRAPH <https://example.org/notes> { id:huawei rdfs:comment 'once' } }");
        var before = quads();

        var again = update("INSERT DATA { GRAPH <https://example.org/notes> { id:huawei rdfs:comment 'once' } }");

        assertEquals(Optional.empty(), again.edit());
        assertEquals(before, quads());
    }

    @Test void undoingRestoresExactlyAndUndoingThatBringsItBack() {
        var before = content();
        var texts = texts(store);
        var edit = update("""
                DELETE { GRAPH ?g { id:huawei pol:develops ?what } } INSERT { GRAPH ?g { ?what rdfs:comment 'undone soon' } }
                WHERE { GRAPH ?g { id:huawei pol:develops ?what } FILTER(?g != graph:inferred) }""").edit().orElseThrow();
        var after = content();
        assertFalse(before.equals(after));

        var undone = edits.undo(ALICE, edit.number()).edit().orElseThrow();

        assertEquals(before, content());
        assertEquals(texts, texts(store));
        assertEquals(Optional.of(edit.number()), undone.undoes());
        edits.undo(ALICE, undone.number());
        assertEquals(after, content());
        edits.undo(ALICE, undone.number() + 1);
    }

    @Test void whatHasChangedSinceIsNotUndone() {
        var edit = update("INSERT DATA { GRAPH <https://example.org/notes> { id:ascend rdfs:comment 'first' } }").edit().orElseThrow();
        update("DELETE DATA { GRAPH <https://example.org/notes> { id:ascend rdfs:comment 'first' } }");
        var before = quads();

        var problem = assertThrows(ProblemException.class, () -> edits.undo(ALICE, edit.number())).problems().getFirst();

        assertInstanceOf(Problem.Conflicting.class, problem);
        assertEquals(before, quads());
    }

    @Test void aVersionChangesWithEachEditOfItsGraphAndOfTheDatasetWithEach() {
        var registry = version(Iris.REGISTRY_GRAPH);
        var all = store.read(DatasetVersion::of);
        update("INSERT DATA { GRAPH <https://example.org/notes> { id:huawei rdfs:comment 'versions' } }");

        assertEquals(registry, version(Iris.REGISTRY_GRAPH));
        assertFalse(all.equals(store.read(DatasetVersion::of)));
        var notes = version(NOTES);
        update("DELETE DATA { GRAPH <https://example.org/notes> { id:huawei rdfs:comment 'versions' } }");
        assertFalse(notes.equals(version(NOTES)));
    }

    private static Optional<String> version(Node graph) {
        return store.read(data -> DatasetVersion.of(data, graph));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void afterRandomEditsTheInferredGraphIsTheClosureAndEveryCountIsRight(long seed) {
        var random = new Random(seed);
        var subjects = store.read(data -> Iter.toList(Iter.map(data.find(Iris.REGISTRY_GRAPH, Node.ANY, RDF.type.asNode(), Node.ANY), Quad::getSubject)));
        var predicates = List.of("develops", "implements", "alleviates", "causes", "constrains", "leadsTo", "affects", "partOf", "worksWith", "locatedIn", "worsens")
                .stream().map(name -> NodeFactory.createURI(Pol.NAMESPACE + name)).toList();
        var graphs = List.of(NOTES, NodeFactory.createURI("https://example.org/other"));
        var refused = 0;
        for (var round = 0; round < 100; round++) {
            var triples = GraphFactory.createDefaultGraph();
            for (var i = 0; i < 4; i++) {
                triples.add(Triple.create(one(subjects, random), one(predicates, random), one(subjects, random)));
            }
            var graph = one(graphs, random);
            try {
                switch (random.nextInt(4)) {
                    case 0 -> edits.put(ALICE, graph, triples, "", Precondition.none());
                    case 1, 2 -> edits.post(ALICE, graph, triples, "", Precondition.none());
                    default -> update("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { { SELECT ?g ?s ?p ?o { VALUES ?g { <" + graph + "> } GRAPH ?g { ?s ?p ?o } } LIMIT 3 } }");
                }
            } catch (ProblemException faults) {
                refused++;
            }
        }
        assertTrue(refused < 50, refused + " were refused");

        assertEquals(closure(), store.read(data -> data.getGraph(Iris.INFERRED_GRAPH).find().toSet()));
        store.read(data -> {
            data.getGraph(Iris.DATASET_GRAPH).find(Node.ANY, VOID.triples.asNode(), Node.ANY).toList()
                    .forEach(size -> assertEquals(data.getGraph(size.getSubject()).size(), ((Number) size.getObject().getLiteralValue()).intValue(), () -> size.getSubject().toString()));
            return null;
        });
    }

    private static <T> T one(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static Set<Triple> closure() {
        var facts = GraphFactory.createDefaultGraph();
        quads().stream().filter(quad -> !quad.getGraph().equals(Iris.INFERRED_GRAPH)).map(Quad::asTriple).forEach(facts::add);
        var union = GraphFactory.createDefaultGraph();
        Graph inferred = GraphFactory.createDefaultGraph();
        facts.find().forEach(union::add);
        var both = new org.apache.jena.graph.compose.Union(inferred, union);
        var inference = new Inference(RULES, both, inferred);
        facts.find().toList().forEach(inference::added);
        return inferred.find().toSet();
    }

    @Test void blankNodesAreNamedAlikeForTheSameText() {
        var text = "@prefix id: <https://w3id.org/policygraph/id/> . id:huawei <https://example.org/address> [ <https://example.org/city> 'Shenzhen' ] .";
        var body = RdfBody.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), Lang.TURTLE, "https://example.org/", 10);

        edits.put(ALICE, NOTES, body.quads().getDefaultGraph(), body.unnamed(), Precondition.none());
        var again = RdfBody.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), Lang.TURTLE, "https://example.org/", 10);
        var second = edits.put(ALICE, NOTES, again.quads().getDefaultGraph(), again.unnamed(), Precondition.none());

        assertEquals(Optional.empty(), second.edit());
        assertTrue(quads().stream().noneMatch(quad -> quad.getObject().isBlank() || quad.getSubject().isBlank()));
    }

    @Test void anEditThatIsTooBigIsRefused() {
        var small = new Edits(store, WORDS, RULES, SHAPES, new EditLimits(1000, 1000, 10, java.time.Duration.ofSeconds(1)));
        var before = quads();

        var problem = assertThrows(ProblemException.class, () -> small.update(ALICE,
                UpdateFactory.create("COPY <" + Iris.REGISTRY_GRAPH + "> TO <https://example.org/copy>"), "", Precondition.none())).problems().getFirst();

        assertEquals("--edit-size", assertInstanceOf(Problem.Exceeded.class, problem).option());
        assertEquals(before, quads());
    }
}
