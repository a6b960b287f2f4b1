package org.policygraph.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.Syntax;
import org.apache.jena.sparql.core.TriplePath;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprFunctionOp;
import org.apache.jena.sparql.path.P_Alt;
import org.apache.jena.sparql.path.P_Inverse;
import org.apache.jena.sparql.path.P_Link;
import org.apache.jena.sparql.path.P_OneOrMore1;
import org.apache.jena.sparql.path.P_OneOrMoreN;
import org.apache.jena.sparql.path.P_Seq;
import org.apache.jena.sparql.path.P_ZeroOrMore1;
import org.apache.jena.sparql.path.P_ZeroOrMoreN;
import org.apache.jena.sparql.path.P_ZeroOrOne;
import org.apache.jena.sparql.path.Path;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.ElementBind;
import org.apache.jena.sparql.syntax.ElementData;
import org.apache.jena.sparql.syntax.ElementFilter;
import org.apache.jena.sparql.syntax.ElementGroup;
import org.apache.jena.sparql.syntax.ElementMinus;
import org.apache.jena.sparql.syntax.ElementOptional;
import org.apache.jena.sparql.syntax.ElementPathBlock;
import org.apache.jena.sparql.syntax.ElementSubQuery;
import org.apache.jena.sparql.syntax.ElementTriplesBlock;
import org.apache.jena.sparql.syntax.ElementUnion;

/// The triple patterns of a shape's query, and how each hangs together with `?this`.
final class QueryPatterns {

    private static final Node THIS = Var.alloc("this");

    /// @param predicates one of which it is
    /// @param groups     in which it stands, outermost first; each may match or not without those beside it
    record Pattern(Node subject, Set<Node> predicates, Node object, List<Integer> groups) {}

    private final List<Pattern> patterns = new ArrayList<>();
    private final Set<Node> unbounded = new HashSet<>();
    private boolean open;
    private int numbers;

    private QueryPatterns() {}

    /// @throws org.apache.jena.query.QueryException when it is none
    static QueryPatterns of(String text) {
        var read = new QueryPatterns();
        read.read(QueryFactory.create(text, Syntax.syntaxARQ).getQueryPattern(), List.of(0), UnaryOperator.identity());
        return read;
    }

    List<Pattern> patterns() {
        return patterns;
    }

    /// Predicates of paths of any length.
    Set<Node> unbounded() {
        return unbounded;
    }

    /// Whether it may look at anything.
    boolean isOpen() {
        return open;
    }

    /// From a triple that the pattern matches to what `?this` is then, over patterns that must match as well; the shortest way.
    Optional<Sight.Way> wayToThis(Pattern pattern) {
        return way(pattern, pattern.subject()).map(steps -> new Sight.Way(true, steps))
                .or(() -> way(pattern, pattern.object()).map(steps -> new Sight.Way(false, steps)));
    }

    private Optional<List<Sight.Step>> way(Pattern pattern, Node start) {
        if (!start.isVariable()) {
            return Optional.empty();
        }
        var found = new HashMap<Node, List<Sight.Step>>(Map.of(start, List.of()));
        var next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            var at = next.poll();
            if (at.equals(THIS)) {
                return Optional.of(found.get(at));
            }
            for (var other : patterns) {
                if (other == pattern || !isWithin(pattern.groups(), other.groups())) {
                    continue;
                }
                step(other, at, false, found).ifPresent(next::add);
                step(other, at, true, found).ifPresent(next::add);
            }
        }
        return Optional.empty();
    }

    private static Optional<Node> step(Pattern over, Node at, boolean toSubject, Map<Node, List<Sight.Step>> found) {
        var to = toSubject ? over.subject() : over.object();
        if (!at.equals(toSubject ? over.object() : over.subject()) || !to.isVariable() || found.containsKey(to)) {
            return Optional.empty();
        }
        var steps = new ArrayList<>(found.get(at));
        steps.add(new Sight.Step(over.predicates(), toSubject));
        found.put(to, steps);
        return Optional.of(to);
    }

    private static boolean isWithin(List<Integer> inner, List<Integer> outer) {
        return inner.size() >= outer.size() && inner.subList(0, outer.size()).equals(outer);
    }

    private void read(Element element, List<Integer> groups, UnaryOperator<Node> names) {
        switch (element) {
            case ElementGroup group -> group.getElements().forEach(one -> read(one, groups, names));
            case ElementPathBlock block -> block.patternElts().forEachRemaining(one -> read(one, groups, names));
            case ElementTriplesBlock block -> block.patternElts().forEachRemaining(one -> read(new TriplePath(one), groups, names));
            case ElementFilter filter -> read(filter.getExpr(), groups, names);
            case ElementBind bind -> read(bind.getExpr(), groups, names);
            case ElementOptional optional -> read(optional.getOptionalElement(), within(groups), names);
            case ElementMinus minus -> read(minus.getMinusElement(), within(groups), names);
            case ElementUnion union -> union.getElements().forEach(one -> read(one, within(groups), names));
            case ElementSubQuery query -> read(query.getQuery(), groups, names);
            case ElementData _ -> { }
            default -> open = true;
        }
    }

    /// What a sub-query does not give has nothing to do with what is called alike outside of it.
    private void read(Query query, List<Integer> groups, UnaryOperator<Node> names) {
        query.resetResultVars();
        var number = ++numbers;
        var given = Set.copyOf(query.getProjectVars());
        read(query.getQueryPattern(), groups, node -> !node.isVariable() ? node
                : given.contains(Var.alloc(node)) ? names.apply(node) : Var.alloc(node.getName() + "_" + number));
    }

    private void read(Expr expression, List<Integer> groups, UnaryOperator<Node> names) {
        if (expression instanceof ExprFunctionOp exists) {
            read(exists.getElement(), within(groups), names);
        } else if (expression.isFunction()) {
            expression.getFunction().getArgs().forEach(argument -> read(argument, groups, names));
        }
    }

    private List<Integer> within(List<Integer> groups) {
        var inner = new ArrayList<>(groups);
        inner.add(++numbers);
        return inner;
    }

    private void read(TriplePath triple, List<Integer> groups, UnaryOperator<Node> names) {
        var path = triple.getPath() == null && triple.getPredicate().isURI() ? new P_Link(triple.getPredicate()) : triple.getPath();
        if (path == null) {
            open = true;
            return;
        }
        read(names.apply(triple.getSubject()), path, names.apply(triple.getObject()), groups);
    }

    private void read(Node subject, Path path, Node object, List<Integer> groups) {
        switch (path) {
            case P_Link link -> patterns.add(new Pattern(subject, Set.of(link.getNode()), object, groups));
            case P_Inverse inverse -> read(object, inverse.getSubPath(), subject, groups);
            case P_Alt either -> {
                var predicates = new HashSet<Node>();
                if (links(either, predicates)) {
                    patterns.add(new Pattern(subject, predicates, object, groups));
                } else {
                    read(subject, either.getLeft(), object, within(groups));
                    read(subject, either.getRight(), object, within(groups));
                }
            }
            case P_Seq sequence -> {
                var between = Var.alloc("between_" + ++numbers);
                read(subject, sequence.getLeft(), between, groups);
                read(between, sequence.getRight(), object, groups);
            }
            case P_ZeroOrMore1 any -> unbounded(any.getSubPath());
            case P_ZeroOrMoreN any -> unbounded(any.getSubPath());
            case P_OneOrMore1 any -> unbounded(any.getSubPath());
            case P_OneOrMoreN any -> unbounded(any.getSubPath());
            case P_ZeroOrOne any -> unbounded(any.getSubPath());
            default -> open = true;
        }
    }

    private static boolean links(Path path, Set<Node> found) {
        return switch (path) {
            case P_Link link -> {
                found.add(link.getNode());
                yield true;
            }
            case P_Alt either -> links(either.getLeft(), found) && links(either.getRight(), found);
            default -> false;
        };
    }

    private void unbounded(Path path) {
        if (!links(path, unbounded)) {
            open = true;
        }
    }
}
