package org.policygraph.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.util.IsoMatcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;

/// Graphs go out and come back the same, in every syntax.
class ExportTest {

    private static final Map<String, String> PREFIXES = new TreeMap<>(Map.of(
            "pol", "https://w3id.org/policygraph/ontology#",
            "id", Iris.ID,
            "graph", Iris.GRAPH,
            "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            "xsd", "http://www.w3.org/2001/XMLSchema#"));

    private static final String QUADS = """
            PREFIX pol: <https://w3id.org/policygraph/ontology#>
            PREFIX id: <https://w3id.org/policygraph/id/>
            PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
            PREFIX other: <http://example.org/other/>
            GRAPH <https://w3id.org/policygraph/graph/registry> {
                id:huawei a pol:PrivateFirm , pol:Actor ; pol:label "Huawei"@en , "華為"@zh-Hant , "plain" .
                id:ascend a pol:Chip ; pol:label "昇騰 910C 😀"@zh-Hant .
                id:huawei pol:develops id:ascend .
            }
            GRAPH <https://w3id.org/policygraph/graph/source/full-stack> {
                id:huawei pol:develops id:ascend .
                id:huawei other:says "quotes \\" and ' , back \\\\ slash, <tag> &amp;, tab\\t, line\\nfeed, return\\r, blanks  two" .
                id:full-stack.f1-1 pol:value 3952 ; pol:share 3.70 ; pol:rate 1.5e3 ; pol:holds true ;
                    pol:forDate "2024-06"^^xsd:gYearMonth , "2025"^^xsd:gYear , "2025-01-31"^^xsd:date ; pol:empty "" .
                <http://example.org/path?a=b&c=d#e> pol:seen <mailto:a@example.org> , <urn:isbn:1> .
            }
            GRAPH <https://w3id.org/policygraph/graph/source/second> {
                id:full-stack.f1-1 pol:value 4000 .
                _:b pol:label "blank" . id:huawei pol:partOf _:b .
            }
            """;

    private final Store store = filled(QUADS);

    @AfterEach void close() {
        store.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"TTL", "NT", "RDFXML"})
    void aSyntaxForTriplesHasTheUnionOfTheGraphsWithEachTripleOnce(ExportFormat format) {
        var expected = GraphFactory.createDefaultGraph();
        store.read(data -> {
            data.find().forEachRemaining(quad -> expected.add(quad.asTriple()));
            return null;
        });

        var read = quads(export(store, Optional.empty(), format), format).getDefaultGraph();

        assertIsomorphic(expected, read);
    }

    @ParameterizedTest
    @EnumSource(names = {"NQ", "TRIG", "JSONLD"})
    void aSyntaxForQuadsTellsTheGraphsApart(ExportFormat format) {
        var read = quads(export(store, Optional.empty(), format), format);

        store.read(data -> {
            assertTrue(IsoMatcher.isomorphic(data, read), () -> format + " came back as " + read);
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void oneGraphAloneCanBeAskedFor(ExportFormat format) {
        var name = Iris.REGISTRY_GRAPH;
        var read = quads(export(store, Optional.of(name), format), format);

        store.read(data -> {
            var named = read.containsGraph(name) ? read.getGraph(name) : read.getDefaultGraph();
            assertIsomorphic(data.getGraph(name), named);
            assertEquals(named.size(), read.getUnionGraph().size() + read.getDefaultGraph().size());
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void theSameContentIsTheSameFileInWhateverOrderItCame(ExportFormat format) {
        var quads = new ArrayList<Quad>();
        store.read(data -> {
            data.find().forEachRemaining(quads::add);
            return null;
        });
        Collections.shuffle(quads, new Random(7));
        try (var other = Store.inMemory()) {
            other.write(data -> quads.forEach(data::add));

            assertEquals(text(export(store, Optional.empty(), format)), text(export(other, Optional.empty(), format)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NT", "NQ"})
    void linesAreInTheOrderOfTheirBytes(ExportFormat format) {
        var lines = text(export(store, Optional.empty(), format)).lines()
                .map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();

        var sorted = new ArrayList<>(lines);
        sorted.sort(Arrays::compareUnsigned);
        assertEquals(sorted, lines);
        assertTrue(lines.size() > 15);
    }

    @Test void whatTwoGraphsSayIsOneLineOfTheirUnion() {
        var lines = text(export(store, Optional.empty(), ExportFormat.NT)).lines().toList();

        assertEquals(1, lines.stream().filter(line -> line.contains("#develops> ")).count());
        assertEquals(lines.stream().distinct().toList(), lines);
    }

    @ParameterizedTest
    @EnumSource(names = {"TRIG", "JSONLD"})
    void graphsAreInTheOrderOfTheirNames(ExportFormat format) {
        var text = text(export(store, Optional.empty(), format));
        var places = List.of("registry", "source/full-stack", "source/second").stream().map(text::indexOf).toList();

        assertEquals(places.stream().sorted().toList(), places);
        assertFalse(places.contains(-1));
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotFitInMemoryIsTheSameFile(ExportFormat format) {
        try (var large = Store.inMemory()) {
            var random = new Random(1);
            large.write(data -> {
                for (var i = 0; i < 5_000; i++) {
                    data.add(Quad.create(Iris.sourceGraph("s" + random.nextInt(3)),
                            Iris.id("e" + random.nextInt(300)),
                            NodeFactory.createURI("https://w3id.org/policygraph/ontology#p" + random.nextInt(5)),
                            Iris.id("e" + random.nextInt(300))));
                }
            });

            assertArrayEquals(export(large, Optional.empty(), format), export(large, Optional.empty(), format, 10_000));
        }
    }

    @Test void temporaryFilesAreGoneAfterwards() {
        var before = temporary();

        export(store, Optional.empty(), ExportFormat.NQ, 100);

        assertEquals(before, temporary());
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyStoreIsAnEmptyDocument(ExportFormat format) {
        try (var empty = Store.inMemory()) {
            var read = quads(export(empty, Optional.empty(), format), format);

            assertTrue(read.isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TTL", "TRIG", "JSONLD", "RDFXML"})
    void namesAreShortenedByThePrefixesGiven(ExportFormat format) {
        var text = text(export(store, Optional.empty(), format));

        assertTrue(text.contains("pol:develops"), text);
        assertFalse(text.contains("<https://w3id.org/policygraph/ontology#develops"), text);
    }

    @Test void aPropertyThatNoXmlNameCanSayIsToldAndNotLeftOut() {
        try (var odd = filled("GRAPH <urn:g> { <urn:s> <http://example.org/1/> 1 }")) {
            var problem = assertThrows(ProblemException.class, () -> export(odd, Optional.empty(), ExportFormat.RDFXML));

            assertInstanceOf(Problem.Unsayable.class, problem.problems().getFirst());
            assertEquals("http://example.org/1/: RDF/XML can't say this; choose another format", problem.getMessage());
        }
    }

    @Test void anIriThatJsonLdWouldTakeForAShortenedOneIsToldAndNotChanged() {
        try (var odd = filled("GRAPH <urn:g> { <urn:s> <urn:p> <pol:something> }")) {
            var problem = assertThrows(ProblemException.class, () -> export(odd, Optional.empty(), ExportFormat.JSONLD));

            assertInstanceOf(Problem.Unsayable.class, problem.problems().getFirst());
        }
    }

    @Test void aCharacterThatXmlHasNotIsToldAndNotLeftOut() {
        try (var odd = filled("GRAPH <urn:g> { <urn:s> <urn:x:p> \"bell\\u0007\" }")) {
            assertThrows(ProblemException.class, () -> export(odd, Optional.empty(), ExportFormat.RDFXML));
        }
    }

    private static Store filled(String trig) {
        var store = Store.inMemory();
        store.write(data -> RDFParser.fromString(trig, Lang.TRIG).parse(data));
        return store;
    }

    private static byte[] export(Store store, Optional<Node> graph, ExportFormat format) {
        return export(store, graph, format, 96L << 20);
    }

    private static byte[] export(Store store, Optional<Node> graph, ExportFormat format, long memory) {
        var out = new ByteArrayOutputStream();
        store.read(data -> {
            Export.write(data, graph, format, PREFIXES, out, memory);
            return null;
        });
        return out.toByteArray();
    }

    private static DatasetGraph quads(byte[] exported, ExportFormat format) {
        var read = DatasetGraphFactory.create();
        RDFParser.source(new ByteArrayInputStream(exported)).base("http://base.example/").lang(switch (format) {
            case TTL -> Lang.TURTLE;
            case NT -> Lang.NTRIPLES;
            case NQ -> Lang.NQUADS;
            case TRIG -> Lang.TRIG;
            case JSONLD -> Lang.JSONLD;
            case RDFXML -> Lang.RDFXML;
        }).parse(read);
        return read;
    }

    private static void assertIsomorphic(Graph expected, Graph read) {
        if (!expected.isIsomorphicWith(read)) {
            assertEquals(lines(expected), lines(read));
        }
    }

    private static List<String> lines(Graph graph) {
        return graph.stream().map(Object::toString).sorted().toList();
    }

    private static String text(byte[] exported) {
        return new String(exported, StandardCharsets.UTF_8);
    }

    private static List<String> temporary() {
        return List.of(java.util.Objects.requireNonNull(new java.io.File(System.getProperty("java.io.tmpdir"))
                .list((_, name) -> name.startsWith("DataBag-"))));
    }
}
