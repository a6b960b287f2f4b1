package org.policygraph.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.compose.Union;
import org.apache.jena.query.QueryException;
import org.apache.jena.shacl.vocabulary.SHACL;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;

/// What of the data a shape looks at: from a changed triple back to the nodes whose verdict it may change.
///
/// It errs on the side of too many: what it does not understand of a shape makes the shape be asked of every node.
final class Sight {

    /// One edge further towards the node that is judged.
    /// @param toSubject whether from the object of the edge to its subject
    record Step(Set<Node> predicates, boolean toSubject) {}

    /// @param fromSubject the end of the changed triple at which the way begins
    record Way(boolean fromSubject, List<Step> steps) {}

    private static final Set<Node> OF_THE_VALUE_ALONE = Set.of(SHACL.minCount, SHACL.maxCount, SHACL.datatype, SHACL.nodeKind, SHACL.message,
            SHACL.description, SHACL.severity, SHACL.in, SHACL.hasValue, SHACL.pattern, SHACL.flags, SHACL.languageIn, SHACL.uniqueLang,
            SHACL.minInclusive, SHACL.maxInclusive, SHACL.minExclusive, SHACL.maxExclusive, SHACL.minLength, SHACL.maxLength, SHACL.name,
            SHACL.qualifiedMinCount, SHACL.qualifiedMaxCount, SHACL.path, SHACL.targetNode, SHACL.deactivated);
    private static final Set<Node> OTHER_PROPERTIES = Set.of(SHACL.equals, SHACL.disjoint, SHACL.lessThan, SHACL.lessThanOrEquals);

    private final Graph shapes;
    private final Map<Node, Set<Way>> ways = new HashMap<>();
    private final Set<Node> anywhere = new HashSet<>();
    private boolean everything;

    private Sight(Graph shapes) {
        this.shapes = shapes;
    }

    static Sight of(Graph shapes, Node shape) {
        var sight = new Sight(shapes);
        if (shapes.contains(shape, RDF.type.asNode(), RDFS.Class.asNode())) {
            sight.everything = true;
        }
        sight.look(shape, List.of());
        return sight;
    }

    /// The nodes whose verdict may be another one now; empty when there may be any number of them.
    /// @param changed triples that have come or gone
    /// @param now     the data with what has come and without what has gone
    /// @param most    nodes that are worth to be told one by one
    Optional<Set<Node>> touched(Collection<Triple> changed, Graph now, int most) {
        var concerned = changed.stream().filter(triple -> everything || anywhere.contains(triple.getPredicate()) || ways.containsKey(triple.getPredicate())).toList();
        if (concerned.stream().anyMatch(triple -> everything || anywhere.contains(triple.getPredicate()))) {
            return Optional.empty();
        }
        var gone = GraphFactory.createDefaultGraph();
        changed.stream().filter(triple -> !now.contains(triple)).forEach(gone::add);
        var ever = new Union(gone, now);
        var found = new HashSet<Node>();
        for (var triple : concerned) {
            for (var way : ways.get(triple.getPredicate())) {
                var ends = follow(way.fromSubject() ? triple.getSubject() : triple.getObject(), way.steps(), gone.isEmpty() ? now : ever, most);
                if (ends.isEmpty()) {
                    return Optional.empty();
                }
                found.addAll(ends.get());
                if (found.size() > most) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(found);
    }

    private static Optional<Set<Node>> follow(Node start, List<Step> steps, Graph graph, int most) {
        var at = Set.of(start);
        for (var step : steps) {
            var next = new HashSet<Node>();
            for (var node : at) {
                if (node.isLiteral() && !step.toSubject()) {
                    continue;
                }
                for (var predicate : step.predicates()) {
                    var edges = step.toSubject() ? graph.find(Node.ANY, predicate, node) : graph.find(node, predicate, Node.ANY);
                    try {
                        while (edges.hasNext()) {
                            var edge = edges.next();
                            next.add(step.toSubject() ? edge.getSubject() : edge.getObject());
                            if (next.size() > most) {
                                return Optional.empty();
                            }
                        }
                    } finally {
                        edges.close();
                    }
                }
            }
            at = next;
        }
        return Optional.of(at);
    }

    /// @param here the steps from a node that the shape is of back to the one that is judged
    private void look(Node shape, List<Step> here) {
        var path = one(shape, SHACL.path);
        var values = here;
        if (path.isPresent()) {
            var inverse = one(path.get(), SHACL.inversePath);
            var predicate = inverse.or(() -> path);
            if (!predicate.get().isURI()) {
                everything = true;
                return;
            }
            see(predicate.get(), new Way(inverse.isEmpty(), here));
            values = after(new Step(Set.of(predicate.get()), inverse.isEmpty()), here);
        }
        for (var said : shapes.find(shape, Node.ANY, Node.ANY).toList()) {
            look(said.getPredicate(), said.getObject(), here, values, path);
        }
    }

    private void look(Node property, Node object, List<Step> here, List<Step> values, Optional<Node> path) {
        if (property.equals(SHACL.property) || property.equals(SHACL.node) || property.equals(SHACL.not) || property.equals(SHACL.qualifiedValueShape)) {
            look(object, values);
        } else if (property.equals(SHACL.and) || property.equals(SHACL.or) || property.equals(SHACL.xone)) {
            list(object).forEach(one -> look(one, values));
        } else if (property.equals(SHACL.class_)) {
            type(values);
        } else if (property.equals(SHACL.targetClass)) {
            type(List.of());
        } else if (property.equals(SHACL.targetSubjectsOf)) {
            see(object, new Way(true, List.of()));
        } else if (property.equals(SHACL.targetObjectsOf)) {
            see(object, new Way(false, List.of()));
        } else if (OTHER_PROPERTIES.contains(property)) {
            see(object, new Way(true, here));
        } else if (property.equals(SHACL.target) || property.equals(SHACL.sparql)) {
            query(object, here, path);
        } else if (property.isURI() && property.getURI().startsWith(SHACL.NS) && !OF_THE_VALUE_ALONE.contains(property)) {
            everything = true;
        }
    }

    private void type(List<Step> of) {
        see(RDF.type.asNode(), new Way(true, of));
        anywhere.add(RDFS.subClassOf.asNode());
    }

    private void query(Node holder, List<Step> here, Optional<Node> path) {
        var text = one(holder, SHACL.select).filter(Node::isLiteral).map(Node::getLiteralLexicalForm);
        if (text.isEmpty() || path.isPresent() && !path.get().isURI()) {
            everything = true;
            return;
        }
        try {
            var patterns = QueryPatterns.of(prefixes() + path.map(one -> text.get().replace("$PATH", "<" + one.getURI() + ">")).orElse(text.get()));
            patterns.unbounded().forEach(anywhere::add);
            everything |= patterns.isOpen();
            for (var pattern : patterns.patterns()) {
                var way = patterns.wayToThis(pattern);
                for (var predicate : pattern.predicates()) {
                    way.ifPresentOrElse(found -> {
                        var steps = new ArrayList<>(found.steps());
                        steps.addAll(here);
                        see(predicate, new Way(found.fromSubject(), steps));
                    }, () -> anywhere.add(predicate));
                }
            }
        } catch (QueryException unreadable) {
            everything = true;
        }
    }

    /// Also for who asks whether a node is a target.
    static String prefixes(Graph shapes) {
        var prefixes = new StringBuilder();
        shapes.find(Node.ANY, SHACL.declare, Node.ANY).forEach(declared -> prefixes.append("PREFIX ")
                .append(text(shapes, declared.getObject(), SHACL.prefix)).append(": <")
                .append(text(shapes, declared.getObject(), SHACL.namespace)).append(">\n"));
        return prefixes.toString();
    }

    private String prefixes() {
        return prefixes(shapes);
    }

    private static String text(Graph shapes, Node subject, Node property) {
        return shapes.find(subject, property, Node.ANY).mapWith(triple -> triple.getObject().getLiteralLexicalForm()).next();
    }

    private void see(Node predicate, Way way) {
        ways.computeIfAbsent(predicate, _ -> new HashSet<>()).add(way);
    }

    private static List<Step> after(Step first, List<Step> rest) {
        var all = new ArrayList<Step>();
        all.add(first);
        all.addAll(rest);
        return all;
    }

    private Optional<Node> one(Node subject, Node property) {
        return shapes.find(subject, property, Node.ANY).mapWith(Triple::getObject).nextOptional();
    }

    private List<Node> list(Node head) {
        var found = new ArrayList<Node>();
        var open = new ArrayDeque<>(List.of(head));
        while (!open.isEmpty()) {
            var cell = open.pop();
            one(cell, RDF.first.asNode()).ifPresent(found::add);
            one(cell, RDF.rest.asNode()).ifPresent(open::push);
        }
        return found;
    }
}
