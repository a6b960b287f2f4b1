package org.policygraph.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.process.normalize.NormalizeRDFTerms;
import org.apache.jena.riot.process.normalize.NormalizeTerm;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;

/// Whether two collections of tuples are the same, each tuple as often, blank nodes apart: there is a way to pair them.
///
/// Jena's own comparisons take a tuple that is there twice for one that is there once, or a row for one that has more.
final class Terms {

    private static final NormalizeTerm CANONICAL = NormalizeRDFTerms.get();

    private final Map<Node, Node> forth = new HashMap<>();
    private final Map<Node, Node> back = new HashMap<>();

    private Terms() {}

    /// @param how whether two spellings of one value, in the same datatype, are the same: of a number, a date or a truth value,
    ///            TDB2 keeps the value, so that `01` comes back as `1`
    static boolean same(Collection<List<Node>> some, Collection<List<Node>> others, Trial.Passed how) {
        var left = new ArrayList<List<Node>>();
        var right = new ArrayList<>(spelt(others, how));
        for (var tuple : spelt(some, how)) {
            if (tuple.stream().anyMatch(Terms::hasBlank)) {
                left.add(tuple);
            } else if (!right.remove(tuple)) {
                return false;
            }
        }
        return left.size() == right.size() && new Terms().pair(left, right);
    }

    private static List<List<Node>> spelt(Collection<List<Node>> tuples, Trial.Passed how) {
        return switch (how) {
            case BY_TERM -> List.copyOf(tuples);
            case BY_VALUE -> tuples.stream().map(tuple -> tuple.stream().map(Terms::canonical).toList()).toList();
        };
    }

    private static Node canonical(Node node) {
        if (node.isTripleTerm()) {
            var inner = node.getTriple();
            return NodeFactory.createTripleTerm(canonical(inner.getSubject()), canonical(inner.getPredicate()), canonical(inner.getObject()));
        }
        return node.isLiteral() && node.getLiteral().isWellFormed() ? CANONICAL.normalize(node) : node;
    }

    /// Takes the tuple with the fewest partners first; with as few as cases have, that is fast enough.
    private boolean pair(List<List<Node>> left, List<List<Node>> right) {
        if (left.isEmpty()) {
            return true;
        }
        var next = left.stream().min(Comparator.comparingLong(tuple -> right.stream().filter(other -> paired(tuple, other).isPresent()).count())).orElseThrow();
        var rest = new ArrayList<>(left);
        rest.remove(next);
        for (var partner : right) {
            var added = paired(next, partner);
            if (added.isPresent()) {
                added.get().forEach((from, to) -> {
                    forth.put(from, to);
                    back.put(to, from);
                });
                var others = new ArrayList<>(right);
                others.remove(partner);
                if (pair(rest, others)) {
                    return true;
                }
                added.get().forEach((from, to) -> {
                    forth.remove(from);
                    back.remove(to);
                });
            }
        }
        return false;
    }

    /// What has to be added to the pairs of blank nodes for these to be the same.
    private Optional<Map<Node, Node>> paired(List<Node> one, List<Node> other) {
        var added = new HashMap<Node, Node>();
        return one.size() == other.size() && IntStream.range(0, one.size()).allMatch(at -> paired(one.get(at), other.get(at), added)) ? Optional.of(added) : Optional.empty();
    }

    private boolean paired(Node one, Node other, Map<Node, Node> added) {
        if (one.isBlank() && other.isBlank()) {
            var known = Optional.ofNullable(forth.get(one)).or(() -> Optional.ofNullable(added.get(one)));
            if (known.isPresent()) {
                return known.get().equals(other);
            }
            if (back.containsKey(other) || added.containsValue(other)) {
                return false;
            }
            added.put(one, other);
            return true;
        }
        if (one.isTripleTerm() && other.isTripleTerm()) {
            var inner = tuple(one.getTriple());
            var otherInner = tuple(other.getTriple());
            return IntStream.range(0, inner.size()).allMatch(at -> paired(inner.get(at), otherInner.get(at), added));
        }
        return one.equals(other);
    }

    private static boolean hasBlank(Node node) {
        return node.isBlank() || node.isTripleTerm() && tuple(node.getTriple()).stream().anyMatch(Terms::hasBlank);
    }

    private static List<Node> tuple(Triple triple) {
        return List.of(triple.getSubject(), triple.getPredicate(), triple.getObject());
    }

    static List<List<Node>> of(Graph graph) {
        return graph.find().mapWith(Terms::tuple).toList();
    }

    static List<List<Node>> of(DatasetGraph data) {
        var quads = new ArrayList<List<Node>>();
        data.find().forEachRemaining(quad -> quads.add(Stream.concat(
                Stream.of(quad.isDefaultGraph() ? Quad.defaultGraphIRI : quad.getGraph()), tuple(quad.asTriple()).stream()).toList()));
        return quads;
    }
}
