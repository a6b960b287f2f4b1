package org.policygraph.evidence;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.OpVisitorBase;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.algebra.op.OpFilter;
import org.apache.jena.sparql.algebra.op.OpGraph;
import org.apache.jena.sparql.algebra.op.OpPath;
import org.apache.jena.sparql.algebra.walker.Walker;
import org.apache.jena.sparql.core.Prologue;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprException;
import org.apache.jena.sparql.function.FunctionEnvBase;
import org.policygraph.store.Names;

/// Finds again what a solution matched.
final class Witnesses {

    /// Edges that one row shows, over all its ways.
    private static final int MOST_EDGES = 1_000;
    /// Ways of which any one is enough.
    private static final int MOST_WAYS = 20;

    private final Searched searched;
    private final Gatherings gatherings;
    private final Names names;
    private int room;

    Witnesses(Searched searched, Gatherings gatherings, Names names) {
        this.searched = searched;
        this.gatherings = gatherings;
        this.names = names;
    }

    /// What the solution of a whole query matched.
    Witness of(List<Step> steps, Binding solution) {
        room = MOST_EDGES;
        var witness = new Witness();
        // The engine has found it, so what can't be found again is not covered.
        steps.forEach(step -> step(step, solution).ifPresentOrElse(witness::add, () -> notCovered(step, solution, witness)));
        if (room <= 0) {
            witness.notes().add("cut at " + MOST_EDGES + " edges");
        }
        return witness;
    }

    private void notCovered(Step step, Binding solution, Witness witness) {
        switch (step) {
            case Step.Matched(var pattern, _) -> witness.notes().add("nothing to show for " + written(pattern, solution));
            case Step.Walked(var path, _) -> witness.notes().add("nothing to show for " + written(path.getSubject(), solution) + " "
                    + path.getPath().toString(prologue()) + " " + written(path.getObject(), solution));
            case Step.Either _ -> witness.notes().add("nothing to show for a UNION");
            case Step.Gathered _, Step.Tested _, Step.Perhaps _, Step.Nothing _, Step.Exists _, Step.Untraced _ -> { }
        }
    }

    /// Empty when the solution did not go through this step.
    private Optional<Witness> step(Step step, Binding solution) {
        searched.deadline().check();
        var witness = new Witness();
        var matched = switch (step) {
            case Step.Matched(var pattern, var graph) -> match(pattern, graph, solution, witness);
            case Step.Walked(var path, var graph) -> {
                var start = value(path.getSubject(), solution);
                var end = value(path.getObject(), solution);
                var named = graph.map(node -> value(node, solution));
                yield start.isConcrete() && end.isConcrete() && named.map(Node::isConcrete).orElse(true)
                        && new PathRun(searched.graph(named)).from(start, path.getPath(), end).map(run -> add(run, named, witness)).isPresent();
            }
            case Step.Tested(var condition) -> holds(condition, solution);
            case Step.Exists(var pattern) -> exists(pattern, solution, witness);
            case Step.Nothing(var word, var pattern) -> {
                witness.notes().add("nothing matches " + word + " " + written(pattern, solution));
                yield true;
            }
            case Step.Perhaps(var steps) -> {
                all(steps, solution).ifPresent(witness::add);
                yield true;
            }
            case Step.Either(var branches) -> {
                var ways = branches.stream().map(branch -> all(branch, solution)).flatMap(Optional::stream).toList();
                witness.addOneOf(ways);
                yield !ways.isEmpty();
            }
            case Step.Gathered gathered -> gathered(gathered, solution, witness);
            case Step.Untraced(var what) -> {
                witness.notes().add("not covered: " + what);
                yield true;
            }
        };
        return matched ? Optional.of(witness) : Optional.empty();
    }

    /// All steps or none.
    private Optional<Witness> all(List<Step> steps, Binding solution) {
        var witness = new Witness();
        for (var step : steps) {
            var one = step(step, solution);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            witness.add(one.get());
        }
        return Optional.of(witness);
    }

    private boolean match(Triple pattern, Optional<Node> graph, Binding solution, Witness witness) {
        var subject = value(pattern.getSubject(), solution);
        var predicate = value(pattern.getPredicate(), solution);
        var object = value(pattern.getObject(), solution);
        var named = graph.map(node -> value(node, solution));
        if (!subject.isConcrete() || !predicate.isConcrete() || !object.isConcrete() || !named.map(Node::isConcrete).orElse(true)) {
            return false;
        }
        return find(searched.graph(named), subject, predicate, object).map(triple -> add(List.of(triple), named, witness)).isPresent();
    }

    // As it is kept: 3952 in a query may be 3952.0 in the store.
    private static Optional<Triple> find(Graph graph, Node subject, Node predicate, Node object) {
        var found = graph.find(subject, predicate, object);
        try {
            return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
        } finally {
            found.close();
        }
    }

    private List<Triple> add(List<Triple> triples, Optional<Node> graph, Witness witness) {
        for (var triple : triples) {
            if (room-- > 0) {
                witness.edges().add(Quad.create(graph.orElse(Quad.defaultGraphNodeGenerated), triple));
            }
        }
        return triples;
    }

    private static boolean holds(Expr condition, Binding solution) {
        try {
            return condition.isSatisfied(solution, new FunctionEnvBase());
        } catch (ExprException unknown) {
            return false;
        }
    }

    private boolean exists(Traceable pattern, Binding solution, Witness witness) {
        var solutions = searched.solutions(pattern.op(), solution);
        try {
            if (!solutions.hasNext()) {
                return false;
            }
            var first = joined(solution, solutions.next());
            pattern.steps().forEach(step -> step(step, first).ifPresent(witness::add));
            return true;
        } finally {
            solutions.close();
        }
    }

    private boolean gathered(Step.Gathered step, Binding solution, Witness witness) {
        var token = solution.get(step.token());
        if (token == null) {
            return false;
        }
        var gathering = gatherings.at(token);
        var ways = new ArrayList<Witness>();
        for (var member : gathering.members()) {
            if (room <= 0 || !step.each() && ways.size() == MOST_WAYS) {
                break;
            }
            var values = joined(solution, member);
            var way = new Witness();
            step.steps().forEach(inner -> step(inner, values).ifPresentOrElse(way::add, () -> notCovered(inner, values, way)));
            ways.add(way);
        }
        if (step.each()) {
            ways.forEach(witness::add);
            if (gathering.size() == 0) {
                witness.notes().add("aggregates nothing");
            } else if (ways.size() < gathering.size()) {
                witness.notes().add("aggregates " + gathering.size() + " solutions, of which " + ways.size() + " are shown");
            }
        } else {
            witness.addOneOf(ways);
            if (ways.size() < gathering.size()) {
                witness.notes().add("holds in " + gathering.size() + " ways, of which " + ways.size() + " are shown");
            }
        }
        return true;
    }

    private static Binding joined(Binding outer, Binding inner) {
        var both = Binding.builder();
        inner.forEach(both::add);
        outer.forEach((variable, value) -> {
            if (!inner.contains(variable)) {
                both.add(variable, value);
            }
        });
        return both.build();
    }

    private static Node value(Node node, Binding solution) {
        var value = Var.isVar(node) ? solution.get(Var.alloc(node)) : node;
        return value == null ? node : value;
    }

    // For people.

    private String written(Op pattern, Binding solution) {
        var parts = new LinkedHashSet<String>();
        Walker.walk(pattern, new OpVisitorBase() {
            @Override public void visit(OpBGP bgp) {
                bgp.getPattern().forEach(triple -> parts.add(written(triple, solution)));
            }

            @Override public void visit(OpPath path) {
                var walked = path.getTriplePath();
                parts.add(written(walked.getSubject(), solution) + " " + walked.getPath().toString(prologue()) + " " + written(walked.getObject(), solution));
            }

            @Override public void visit(OpGraph graph) {
                parts.add("in GRAPH " + written(graph.getNode(), solution));
            }

            @Override public void visit(OpFilter filter) {
                parts.add("with a FILTER");
            }
        });
        return parts.stream().collect(Collectors.joining(" . ", "{ ", " }"));
    }

    private Prologue prologue() {
        return new Prologue(names.prefixes());
    }

    private String written(Triple triple, Binding solution) {
        return written(triple.getSubject(), solution) + " " + written(triple.getPredicate(), solution) + " " + written(triple.getObject(), solution);
    }

    private String written(Node node, Binding solution) {
        var value = value(node, solution);
        return value.isVariable() ? Var.isNamedVar(Var.alloc(value)) ? "?" + Tracing.shown(value.getName()) : "[]" : names.shortened(value);
    }
}
