package org.policygraph.faults;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.RDFS;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;

/// What a store has after so many changes: a window of things that each change moves on by one, in the registry (with a label,
/// which is in the text index), in a source, and in the inferred graph; and the number itself in the default graph.
///
/// Whoever sees another combination sees two versions at a time.
record Version(int number) {

    static final int WINDOW = 60;

    private static final Node COUNT = Iris.id("count");
    private static final Node SOURCE = Iris.sourceGraph("faults");

    private static Stream<Quad> thing(int number) {
        var thing = Iris.id("thing" + number);
        return Stream.of(Quad.create(Iris.REGISTRY_GRAPH, thing, RDFS.label.asNode(), Literals.text("Thing number " + number + " 華為", "en")),
                Quad.create(SOURCE, thing, RDFS.seeAlso.asNode(), Iris.id("thing" + (number + 1))),
                Quad.create(SOURCE, thing, RDFS.comment.asNode(), Literals.whole(number)),
                Quad.create(Iris.INFERRED_GRAPH, Iris.id("thing" + (number + 1)), RDFS.member.asNode(), thing));
    }

    private Quad count() {
        return Quad.create(Quad.defaultGraphIRI, COUNT, RDFS.comment.asNode(), Literals.whole(number));
    }

    Set<Quad> quads() {
        var quads = new HashSet<Quad>();
        quads.add(count());
        IntStream.range(number, number + WINDOW).boxed().flatMap(Version::thing).forEach(quads::add);
        return quads;
    }

    /// Writes all of it into a store that has nothing.
    void write(Store store) {
        store.write(data -> quads().forEach(data::add));
    }

    /// Brings a store from this version to the next.
    Version next(Store store) {
        var next = new Version(number + 1);
        store.write(data -> {
            thing(number).forEach(data::delete);
            thing(number + WINDOW).forEach(data::add);
            data.delete(count());
            data.add(next.count());
        });
        return next;
    }

    /// Which one the data have.
    /// @throws IllegalStateException when it is none
    static Version of(DatasetGraph data) {
        var found = Iter.toSet(data.find());
        var counts = found.stream().filter(Quad::isDefaultGraph).toList();
        if (counts.size() != 1) {
            throw new IllegalStateException(found.size() + " quads without a version");
        }
        var version = new Version(((Number) counts.getFirst().getObject().getLiteralValue()).intValue());
        if (!found.equals(version.quads())) {
            throw new IllegalStateException("not version " + version.number + ": " + found.size() + " quads");
        }
        return version;
    }
}
