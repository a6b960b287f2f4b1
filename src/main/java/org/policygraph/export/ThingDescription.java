package org.policygraph.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Node;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.syntax.syntaxtransform.QueryTransformOps;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.policygraph.term.Pol;

/// What there is to say of one thing, so that it can be read alone: its own triples, the edges into it, the claims about it
/// with their passages, the figures that it has, and the labels of all that is mentioned.
/// @param quads   copies, each in the graph that says so
/// @param leftOut how many edges into the thing are not among them, by the IRI of their property
/// @param all     whether `leftOut` counts all of them; a thing that very much points at is not counted to the end
public record ThingDescription(Node thing, DatasetGraph quads, SortedMap<String, Long> leftOut, boolean all) {

    /// Edges into the thing, for each property.
    public static final int MOST_INCOMING = 100;

    private static final int MOST_OWN = 5_000;
    private static final int MOST_COUNTED = 100_000;

    /// @param data in a transaction
    /// @return empty when nothing is said of it, nor anything with it, nor is it a graph
    public static Optional<ThingDescription> of(Node thing, DatasetGraph data) {
        if (!data.contains(Node.ANY, thing, Node.ANY, Node.ANY) && !data.contains(Node.ANY, Node.ANY, Node.ANY, thing) && !data.containsGraph(thing)) {
            return Optional.empty();
        }
        return Optional.of(new Gathering(thing, data).description());
    }

    /// A query for every edge into the thing.
    public String queryForAll() {
        try (var text = ThingDescription.class.getResourceAsStream("incoming.rq")) {
            var query = QueryFactory.create(new String(text.readAllBytes(), StandardCharsets.UTF_8));
            return QueryTransformOps.replaceVars(query, Map.of(Var.alloc("thing"), thing)).toString();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static final class Gathering {
        private final Node thing;
        private final DatasetGraph data;
        private final DatasetGraph quads = DatasetGraphFactory.create();
        private final SortedMap<String, Long> leftOut = new TreeMap<>();
        private boolean all = true;

        private Gathering(Node thing, DatasetGraph data) {
            this.thing = thing;
            this.data = data;
        }

        private ThingDescription description() {
            own(thing);
            incoming();
            for (var property : Set.of(RDF.Nodes.subject, RDF.Nodes.object)) {
                subjects(property, thing).forEach(this::own);
            }
            Set.of(Pol.PASSAGE, Pol.HAS_FIGURE, Pol.HAS_TARGET).forEach(property -> objects(property).forEach(this::own));
            mentioned().forEach(one -> copy(data.find(Node.ANY, one, RDFS.label.asNode(), Node.ANY)));
            return new ThingDescription(thing, quads, leftOut, all);
        }

        private void own(Node subject) {
            copy(data.find(Node.ANY, subject, Node.ANY, Node.ANY));
        }

        private void copy(Iterator<Quad> found) {
            try {
                Iter.limit(found, MOST_OWN).forEachRemaining(quads::add);
            } finally {
                Iter.close(found);
            }
        }

        /// Edges of one subject lie side by side, so that one which two graphs state is counted once.
        private void incoming() {
            var kept = new HashMap<Node, Long>();
            var edges = data.find(Node.ANY, Node.ANY, Node.ANY, thing);
            var counted = 0;
            var last = Optional.<Quad>empty();
            while (edges.hasNext()) {
                if (++counted > MOST_COUNTED) {
                    all = false;
                    break;
                }
                var edge = edges.next();
                var again = last.filter(before -> before.asTriple().equals(edge.asTriple())).isPresent();
                last = Optional.of(edge);
                if (!again && kept.merge(edge.getPredicate(), 1L, Long::sum) > MOST_INCOMING) {
                    leftOut.merge(edge.getPredicate().getURI(), 1L, Long::sum);
                } else if (kept.get(edge.getPredicate()) <= MOST_INCOMING) {
                    quads.add(edge);
                }
            }
            Iter.close(edges);
        }

        private Set<Node> subjects(Node property, Node object) {
            var found = new HashSet<Node>();
            quads.find(Node.ANY, Node.ANY, property, object).forEachRemaining(quad -> found.add(quad.getSubject()));
            return found;
        }

        private Set<Node> objects(Node property) {
            var found = new HashSet<Node>();
            quads.find(Node.ANY, Node.ANY, property, Node.ANY).forEachRemaining(quad -> found.add(quad.getObject()));
            return found;
        }

        private Set<Node> mentioned() {
            var found = new HashSet<Node>();
            quads.find().forEachRemaining(quad -> {
                for (var node : new Node[] {quad.getSubject(), quad.getPredicate(), quad.getObject()}) {
                    if (node.isURI()) {
                        found.add(node);
                    }
                }
            });
            return found;
        }
    }
}
