package org.policygraph.evidence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.ARQ;
import org.apache.jena.sparql.path.P_Alt;
import org.apache.jena.sparql.path.P_Inverse;
import org.apache.jena.sparql.path.P_Link;
import org.apache.jena.sparql.path.P_NegPropSet;
import org.apache.jena.sparql.path.P_OneOrMore1;
import org.apache.jena.sparql.path.P_OneOrMoreN;
import org.apache.jena.sparql.path.P_ReverseLink;
import org.apache.jena.sparql.path.P_Seq;
import org.apache.jena.sparql.path.P_ZeroOrMore1;
import org.apache.jena.sparql.path.P_ZeroOrMoreN;
import org.apache.jena.sparql.path.P_ZeroOrOne;
import org.apache.jena.sparql.path.Path;
import org.apache.jena.sparql.path.eval.PathEval;

/// Finds edges along which a property path leads from one node to another: of a closure a shortest run.
final class PathRun {

    /// Nodes looked at before it gives up.
    private static final int MOST_NODES = 100_000;

    private final Graph graph;
    private int looked;

    PathRun(Graph graph) {
        this.graph = graph;
    }

    /// Empty when there is none, or none was found in time; no edges where the path has length zero.
    Optional<List<Triple>> from(Node start, Path path, Node end) {
        return switch (path) {
            case P_Link link -> edge(start, link.getNode(), end);
            case P_ReverseLink link -> edge(end, link.getNode(), start);
            case P_Inverse inverse -> from(end, inverse.getSubPath(), start);
            case P_Alt alternative -> shorter(from(start, alternative.getLeft(), end), from(start, alternative.getRight(), end));
            case P_Seq sequence -> sequence(start, sequence.getLeft(), sequence.getRight(), end);
            case P_ZeroOrOne once -> start.equals(end) ? Optional.of(List.of()) : from(start, once.getSubPath(), end);
            case P_ZeroOrMore1 more -> start.equals(end) ? Optional.of(List.of()) : closure(start, more.getSubPath(), end);
            case P_ZeroOrMoreN more -> start.equals(end) ? Optional.of(List.of()) : closure(start, more.getSubPath(), end);
            case P_OneOrMore1 more -> closure(start, more.getSubPath(), end);
            case P_OneOrMoreN more -> closure(start, more.getSubPath(), end);
            case P_NegPropSet not -> other(start, not, end);
            default -> Optional.empty();
        };
    }

    private Optional<List<Triple>> edge(Node subject, Node predicate, Node object) {
        return first(subject, predicate, object, List.of());
    }

    private Optional<List<Triple>> first(Node subject, Node predicate, Node object, List<Node> except) {
        if (subject.isLiteral()) {
            return Optional.empty();
        }
        var found = graph.find(subject, predicate, object);
        try {
            while (found.hasNext()) {
                var triple = found.next();
                if (!except.contains(triple.getPredicate())) {
                    return Optional.of(List.of(triple));
                }
            }
            return Optional.empty();
        } finally {
            found.close();
        }
    }

    private Optional<List<Triple>> other(Node start, P_NegPropSet not, Node end) {
        var forward = not.getFwdNodes().isEmpty() ? Optional.<List<Triple>>empty() : first(start, Node.ANY, end, not.getFwdNodes());
        return forward.isPresent() || not.getBwdNodes().isEmpty() ? forward : first(end, Node.ANY, start, not.getBwdNodes());
    }

    private Optional<List<Triple>> sequence(Node start, Path left, Path right, Node end) {
        Optional<List<Triple>> best = Optional.empty();
        for (var middle : next(start, left)) {
            var second = from(middle, right, end);
            if (second.isPresent()) {
                var whole = from(start, left, middle).map(first -> joined(first, second.get()));
                best = shorter(best, whole);
            }
        }
        return best;
    }

    private Optional<List<Triple>> closure(Node start, Path step, Node end) {
        Map<Node, Node> before = new HashMap<>();
        var open = new ArrayDeque<Node>(List.of(start));
        while (!open.isEmpty() && !before.containsKey(end)) {
            var node = open.poll();
            for (var next : next(node, step)) {
                if (before.putIfAbsent(next, node) == null) {
                    open.add(next);
                }
            }
        }
        if (!before.containsKey(end)) {
            return Optional.empty();
        }
        List<Triple> run = List.of();
        var node = end;
        do {
            var earlier = before.get(node);
            run = joined(from(earlier, step, node).orElse(List.of()), run);
            node = earlier;
        } while (!node.equals(start));
        return Optional.of(run);
    }

    private Iterable<Node> next(Node node, Path step) {
        var found = new LinkedHashSet<Node>();
        var nodes = PathEval.eval(graph, node, step, ARQ.getContext());
        while (nodes.hasNext() && looked < MOST_NODES) {
            looked++;
            found.add(nodes.next());
        }
        return found;
    }

    private static Optional<List<Triple>> shorter(Optional<List<Triple>> one, Optional<List<Triple>> other) {
        return other.isEmpty() || one.isPresent() && one.get().size() <= other.get().size() ? one : other;
    }

    private static List<Triple> joined(List<Triple> first, List<Triple> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
