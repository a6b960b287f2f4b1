package org.policygraph.question;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.TriplePath;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.expr.ExprVars;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.ElementBind;
import org.apache.jena.sparql.syntax.ElementData;
import org.apache.jena.sparql.syntax.ElementFilter;
import org.apache.jena.sparql.syntax.ElementGroup;
import org.apache.jena.sparql.syntax.ElementMinus;
import org.apache.jena.sparql.syntax.ElementNamedGraph;
import org.apache.jena.sparql.syntax.ElementOptional;
import org.apache.jena.sparql.syntax.ElementPathBlock;
import org.apache.jena.sparql.syntax.ElementSubQuery;
import org.apache.jena.sparql.syntax.ElementTriplesBlock;
import org.apache.jena.sparql.syntax.ElementUnion;
import org.apache.jena.sparql.syntax.PatternVars;

/// One of the things that a group asks for at once: a triple pattern, a path, a FILTER, a UNION ….
/// @param place where it stands among those of its group
/// @param needs what must be bound for it to say anything: without `?n`, `FILTER(?n > 5)` would reject every row, and a set
///              that lacks the pattern which binds it would look empty for a reason that the query does not have
/// @param binds the variables that it can bind
record Conjunct(int place, Element element, Set<Var> needs, Set<Var> binds) {

    /// Those of a pattern, in the order of the text. What a plain group or a GRAPH merely joins is taken apart.
    static List<Conjunct> of(Element pattern) {
        var parts = new ArrayList<Element>();
        takeApart(pattern, parts);
        var everywhere = new HashSet<Var>();
        parts.forEach(part -> everywhere.addAll(bound(part)));
        var before = new HashSet<Var>();
        var found = new ArrayList<Conjunct>();
        for (var part : parts) {
            var needs = needs(part, before, everywhere);
            var binds = bound(part);
            found.add(new Conjunct(found.size(), part, needs, binds));
            before.addAll(binds);
        }
        return List.copyOf(found);
    }

    /// Those of the set that have what they need, in the order of the text.
    static List<Conjunct> speaking(Collection<Conjunct> set) {
        var ordered = set.stream().sorted((one, other) -> Integer.compare(one.place, other.place)).toList();
        var bound = new HashSet<Var>();
        var speaking = new ArrayList<Conjunct>();
        for (var conjunct : ordered) {
            if (!conjunct.isFilter() && bound.containsAll(conjunct.needs)) {
                speaking.add(conjunct);
                bound.addAll(conjunct.binds);
            }
        }
        // A group's FILTERs look at what the whole group has found, wherever they stand.
        ordered.stream().filter(conjunct -> conjunct.isFilter() && bound.containsAll(conjunct.needs)).forEach(speaking::add);
        speaking.sort((one, other) -> Integer.compare(one.place, other.place));
        return speaking;
    }

    static ElementGroup group(Collection<Conjunct> set) {
        var group = new ElementGroup();
        set.forEach(conjunct -> group.addElement(conjunct.element));
        return group;
    }

    boolean isFilter() {
        return element instanceof ElementFilter;
    }

    /// Whether it only rejects what others find.
    boolean isJudging() {
        return element instanceof ElementFilter || element instanceof ElementMinus;
    }

    /// Whether it finds something of its own, rather than judging or completing what others find.
    boolean isCounted() {
        return !(isJudging() || element instanceof ElementOptional || element instanceof ElementBind);
    }

    boolean touches(Conjunct other) {
        return mentioned().stream().anyMatch(other.mentioned()::contains);
    }

    private Set<Var> mentioned() {
        var mentioned = new HashSet<>(needs);
        mentioned.addAll(binds);
        return mentioned;
    }

    /// The triple pattern that it is, in a GRAPH or not.
    Optional<TriplePath> triple() {
        return switch (element) {
            case ElementPathBlock block when block.getPattern().size() == 1 -> Optional.of(block.getPattern().get(0));
            case ElementNamedGraph named when within(named).size() == 1 -> within(named).getFirst().triple();
            default -> Optional.empty();
        };
    }

    /// The graph that it looks into, when it names one.
    Optional<Node> graph() {
        return element instanceof ElementNamedGraph named && named.getGraphNameNode().isURI()
                ? Optional.of(named.getGraphNameNode()) : Optional.empty();
    }

    /// A pattern within another.
    /// @param frame what stands around it: a GRAPH, or nothing
    record Inside(Element pattern, UnaryOperator<Element> frame) {}

    /// What it consists of, each a pattern of its own: the branches of a UNION, the inside of a group.
    List<Inside> insides() {
        return switch (element) {
            case ElementUnion union -> union.getElements().stream().map(branch -> new Inside(branch, UnaryOperator.identity())).toList();
            case ElementGroup group -> List.of(new Inside(group, UnaryOperator.identity()));
            case ElementSubQuery nested -> List.of(new Inside(nested.getQuery().getQueryPattern(), UnaryOperator.identity()));
            case ElementNamedGraph named when triple().isEmpty() -> List.of(new Inside(named.getElement(),
                    inner -> new ElementNamedGraph(named.getGraphNameNode(), inner)));
            default -> List.of();
        };
    }

    private static List<Conjunct> within(ElementNamedGraph named) {
        return of(named.getElement());
    }

    private static void takeApart(Element element, List<Element> parts) {
        switch (element) {
            case ElementGroup group -> group.getElements().forEach(inner -> {
                if (inner instanceof ElementGroup nested && !merelyJoins(nested)) {
                    parts.add(nested);
                } else {
                    takeApart(inner, parts);
                }
            });
            case ElementPathBlock block -> block.getPattern().forEach(path -> parts.add(block(path)));
            case ElementTriplesBlock block -> block.getPattern().forEach(triple -> parts.add(block(new TriplePath(triple))));
            case ElementNamedGraph named when merelyJoins(named.getElement()) -> {
                var inner = new ArrayList<Element>();
                takeApart(named.getElement(), inner);
                inner.forEach(part -> parts.add(new ElementNamedGraph(named.getGraphNameNode(), part)));
            }
            default -> parts.add(element);
        }
    }

    // FILTER, BIND, OPTIONAL and MINUS see what their own group has found and no more.
    private static boolean merelyJoins(Element element) {
        return switch (element) {
            case ElementGroup group -> !group.isEmpty() && group.getElements().stream().allMatch(Conjunct::merelyJoins);
            case ElementPathBlock _, ElementTriplesBlock _ -> true;
            case ElementData _, ElementUnion _, ElementSubQuery _ -> true;
            case ElementNamedGraph _ -> true;
            default -> false;
        };
    }

    private static ElementPathBlock block(TriplePath path) {
        var block = new ElementPathBlock();
        block.addTriplePath(path);
        return block;
    }

    private static Set<Var> needs(Element element, Set<Var> before, Set<Var> everywhere) {
        return switch (element) {
            case ElementFilter filter -> both(ExprVars.getVarsMentioned(filter.getExpr()), everywhere);
            case ElementBind bind -> both(ExprVars.getVarsMentioned(bind.getExpr()), before);
            case ElementOptional optional -> both(PatternVars.vars(optional.getOptionalElement()), before);
            case ElementMinus minus -> both(PatternVars.vars(minus.getMinusElement()), before);
            default -> Set.of();
        };
    }

    private static Set<Var> both(Collection<Var> some, Set<Var> others) {
        var both = new LinkedHashSet<>(some);
        both.retainAll(others);
        return Set.copyOf(both);
    }

    private static Set<Var> bound(Element element) {
        return switch (element) {
            case ElementFilter _, ElementMinus _ -> Set.of();
            default -> Set.copyOf(PatternVars.vars(element));
        };
    }
}
