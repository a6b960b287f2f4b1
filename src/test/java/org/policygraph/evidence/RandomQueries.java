package org.policygraph.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.policygraph.term.Iris;
import org.policygraph.term.Pol;

/// Queries that some part of a graph answers: edges that hang together, with variables in the place of some of their nodes.
/// No negation and no aggregates.
final class RandomQueries {

    private final Random random;
    private final Graph union;
    private final List<Triple> edges;

    RandomQueries(long seed, Graph union) {
        this.random = new Random(seed);
        this.union = union;
        this.edges = union.find().filterKeep(triple -> triple.getSubject().getURI().startsWith(Iris.ID) && triple.getObject().isURI()
                && triple.getPredicate().getURI().startsWith(Pol.NAMESPACE)).toList().stream().sorted((one, other) -> one.toString().compareTo(other.toString())).toList();
    }

    String next() {
        var some = connected(2 + random.nextInt(3));
        Map<Node, String> variables = new HashMap<>();
        some.forEach(edge -> List.of(edge.getSubject(), edge.getObject()).forEach(node -> {
            if (random.nextInt(5) > 2) {
                variables.putIfAbsent(node, "?v" + variables.size());
            }
        }));
        if (variables.isEmpty()) {
            variables.put(some.getFirst().getSubject(), "?v0");
        }
        var parts = some.stream().map(edge -> part(edge, variables)).collect(Collectors.joining("\n  "));
        var shown = variables.values().stream().filter(_ -> random.nextInt(4) > 0).sorted().collect(Collectors.joining(" "));
        return switch (random.nextInt(7)) {
            case 0 -> "SELECT DISTINCT " + (shown.isEmpty() ? "*" : shown) + " {\n  " + parts + "\n}";
            case 1 -> "SELECT * {\n  { SELECT DISTINCT " + (shown.isEmpty() ? "*" : shown) + " {\n  " + parts + "\n} }\n  " + part(some.getFirst(), variables) + "\n}";
            case 2 -> "SELECT * {\n  { SELECT " + (shown.isEmpty() ? "*" : shown) + " {\n  " + parts + "\n} }\n  " + part(some.getLast(), variables) + "\n}";
            case 3 -> "SELECT " + (shown.isEmpty() ? "*" : shown) + " {\n  " + parts + "\n} ORDER BY ?v0 LIMIT 7";
            case 4 -> "SELECT REDUCED " + (shown.isEmpty() ? "*" : shown) + " {\n  " + parts + "\n} LIMIT 9";
            default -> "SELECT " + (shown.isEmpty() ? "*" : shown) + " {\n  " + parts + "\n}";
        };
    }

    private String part(Triple edge, Map<Node, String> variables) {
        var subject = written(edge.getSubject(), variables);
        var predicate = "<" + edge.getPredicate().getURI() + ">";
        var object = written(edge.getObject(), variables);
        var other = "<" + edges.get(random.nextInt(edges.size())).getPredicate().getURI() + ">";
        var plain = subject + " " + predicate + " " + object + " .";
        return switch (random.nextInt(16)) {
            case 0 -> object + " ^" + predicate + " " + subject + " .";
            case 1 -> subject + " " + predicate + "|" + other + " " + object + " .";
            case 2 -> subject + " " + predicate + "+ " + object + " .";
            case 3 -> subject + " (" + predicate + "|^" + other + ")? " + object + " .";
            case 4 -> subject + " " + predicate + "/" + other + "* " + object + " .";
            case 5 -> subject + " !(" + other + "|^" + predicate + ") " + object + " .";
            case 6 -> "{ " + plain + " } UNION { " + subject + " " + other + " " + object + " }";
            case 7 -> plain + " OPTIONAL { " + subject + " " + other + " ?o" + random.nextInt(3) + " }";
            case 8 -> plain + " OPTIONAL { " + object + " " + other + " ?o1 . ?o1 ?p1 ?o2 FILTER(?o2 != " + subject + ") }";
            case 9 -> "GRAPH ?g" + random.nextInt(2) + " { " + plain + " }";
            case 10 -> plain + " FILTER EXISTS { " + subject + " " + predicate + " ?x OPTIONAL { ?x " + other + " ?y } }";
            case 11 -> subject + " ?q" + random.nextInt(2) + " " + object + " .";
            case 12 -> plain + " BIND(STR(" + (subject.startsWith("?") ? subject : object) + ") AS ?text" + random.nextInt(1_000_000) + ")";
            default -> plain;
        };
    }

    private List<Triple> connected(int size) {
        var some = new ArrayList<Triple>();
        some.add(edges.get(random.nextInt(edges.size())));
        while (some.size() < size) {
            var from = some.get(random.nextInt(some.size()));
            var node = random.nextBoolean() ? from.getSubject() : from.getObject();
            var next = new ArrayList<>(union.find(node, Node.ANY, Node.ANY).filterKeep(this::isPlain).toList());
            next.addAll(union.find(Node.ANY, Node.ANY, node).filterKeep(this::isPlain).toList());
            next.sort((one, other) -> one.toString().compareTo(other.toString()));
            some.add(next.isEmpty() ? from : next.get(random.nextInt(next.size())));
        }
        return some;
    }

    private boolean isPlain(Triple triple) {
        return triple.getObject().isURI() && triple.getSubject().getURI().startsWith(Iris.ID);
    }

    private static String written(Node node, Map<Node, String> variables) {
        return variables.getOrDefault(node, "<" + node.getURI() + ">");
    }
}
