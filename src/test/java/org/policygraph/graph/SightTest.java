package org.policygraph.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.SKOS;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Pol;

/// Who looks at what a change touches finds what who looks at everything finds.
class SightTest {

    private static final List<Shapes> SHAPES = List.of(Shapes.read(Path.of("ontology/shapes/records")), Shapes.read(Path.of("ontology/shapes/links")));

    private static Graph data;
    private static List<Triple> mine;

    @BeforeAll static void load() {
        data = GraphFactory.createGraphMem();
        mine = new ArrayList<>();
        try (var store = Store.inMemory()) {
            Loader.load(new Content(Path.of("ontology"), List.of(Path.of("data"))), store, false, Progress.silent());
            store.read(quads -> {
                quads.getUnionGraph().find().forEach(data::add);
                quads.find().forEachRemaining(quad -> {
                    if (quad.getGraph().equals(Iris.REGISTRY_GRAPH) || Iris.sourceOf(quad.getGraph()).isPresent()) {
                        mine.add(quad.asTriple());
                    }
                });
                return null;
            });
        }
    }

    private static Set<Shapes.Fault> all() {
        var faults = new HashSet<Shapes.Fault>();
        SHAPES.forEach(shapes -> faults.addAll(shapes.faultsIn(data)));
        return faults;
    }

    private static Set<Shapes.Fault> touched(List<Triple> changed) {
        var faults = new HashSet<Shapes.Fault>();
        SHAPES.forEach(shapes -> faults.addAll(shapes.faultsIn(data, changed)));
        return faults;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noFaultOfAChangeIsOverlooked(long seed) {
        var random = new Random(seed);
        var withFaults = 0;
        for (var round = 0; round < 30; round++) {
            var added = new ArrayList<Triple>();
            var removed = new ArrayList<Triple>();
            for (var i = random.nextInt(3); i >= 0; i--) {
                change(random, added, removed);
            }
            removed.removeIf(triple -> !data.contains(triple));
            added.removeIf(data::contains);
            removed.forEach(data::delete);
            added.forEach(data::add);
            var changed = new ArrayList<>(added);
            changed.addAll(removed);

            var expected = all();
            assertEquals(expected, touched(changed), () -> "seed " + seed + ", " + changed);

            withFaults += expected.isEmpty() ? 0 : 1;
            added.forEach(data::delete);
            removed.forEach(data::add);
        }
        assertTrue(withFaults > 8, withFaults + " changes did any harm");
    }

    private static void change(Random random, List<Triple> added, List<Triple> removed) {
        var one = mine.get(random.nextInt(mine.size()));
        var other = mine.get(random.nextInt(mine.size()));
        switch (random.nextInt(6)) {
            case 0 -> removed.add(one);
            case 1 -> {
                removed.add(one);
                added.add(Triple.create(one.getSubject(), one.getPredicate(), other.getObject()));
            }
            case 2 -> added.add(Triple.create(one.getSubject(), other.getPredicate(), other.getObject()));
            case 3 -> removed.addAll(data.find(one.getSubject(), RDF.type.asNode(), Node.ANY).toList());
            case 4 -> removed.addAll(data.find(other.getSubject(), Node.ANY, Node.ANY).toList());
            default -> {
                removed.add(one);
                added.add(Triple.create(other.getSubject(), one.getPredicate(), one.getObject()));
            }
        }
    }

    @Test void whatAChangeCanNotReachIsNotAsked() {
        var ascend = Iris.id("ascend");
        var sight = Sight.of(read("records").getGraph(), shape("Entity"));

        assertEquals(Set.of(ascend), sight.touched(List.of(Triple.create(ascend, SKOS.definition.asNode(), ascend)), data, 10).orElseThrow());
        assertEquals(Set.of(), sight.touched(List.of(Triple.create(ascend, Pol.NEGATED, ascend)), data, 10).orElseThrow());
    }

    @Test void aChangedTypeReachesTheClaimsAboutTheThing() {
        var ascend = Iris.id("ascend");
        var sight = Sight.of(read("links").getGraph(), shape("SubjectFits"));

        var touched = sight.touched(List.of(Triple.create(ascend, RDF.type.asNode(), ascend)), data, 1000).orElseThrow();

        assertEquals(data.find(Node.ANY, RDF.subject.asNode(), ascend).mapWith(Triple::getSubject).toSet(), touched);
        assertTrue(!touched.isEmpty());
    }

    private static org.apache.jena.shacl.Shapes read(String folder) {
        var graph = GraphFactory.createDefaultGraph();
        for (var file : Path.of("ontology/shapes", folder).toFile().listFiles()) {
            org.apache.jena.riot.RDFDataMgr.read(graph, file.toURI().toString());
        }
        return org.apache.jena.shacl.Shapes.parse(graph);
    }

    private static Node shape(String name) {
        return org.apache.jena.graph.NodeFactory.createURI(Iris.BASE + "shape/" + name);
    }
}
