package org.policygraph.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.OpVars;
import org.apache.jena.sparql.algebra.TransformCopy;
import org.apache.jena.sparql.algebra.Transformer;
import org.apache.jena.sparql.algebra.op.OpAssign;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.algebra.op.OpDatasetNames;
import org.apache.jena.sparql.algebra.op.OpDistinct;
import org.apache.jena.sparql.algebra.op.OpExtend;
import org.apache.jena.sparql.algebra.op.OpFilter;
import org.apache.jena.sparql.algebra.op.OpGraph;
import org.apache.jena.sparql.algebra.op.OpGroup;
import org.apache.jena.sparql.algebra.op.OpJoin;
import org.apache.jena.sparql.algebra.op.OpLeftJoin;
import org.apache.jena.sparql.algebra.op.OpMinus;
import org.apache.jena.sparql.algebra.op.OpModifier;
import org.apache.jena.sparql.algebra.op.OpNull;
import org.apache.jena.sparql.algebra.op.OpOrder;
import org.apache.jena.sparql.algebra.op.OpPath;
import org.apache.jena.sparql.algebra.op.OpProject;
import org.apache.jena.sparql.algebra.op.OpReduced;
import org.apache.jena.sparql.algebra.op.OpSequence;
import org.apache.jena.sparql.algebra.op.OpSlice;
import org.apache.jena.sparql.algebra.op.OpTable;
import org.apache.jena.sparql.algebra.op.OpTriple;
import org.apache.jena.sparql.algebra.op.OpUnion;
import org.apache.jena.sparql.algebra.walker.Walker;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.core.VarExprList;
import org.apache.jena.sparql.expr.E_Exists;
import org.apache.jena.sparql.expr.E_LogicalAnd;
import org.apache.jena.sparql.expr.E_LogicalNot;
import org.apache.jena.sparql.expr.E_NotExists;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprAggregator;
import org.apache.jena.sparql.expr.ExprFunctionOp;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.ExprVisitorBase;
import org.apache.jena.sparql.graph.NodeTransformLib;

/// Rewrites a query's algebra so that each solution keeps the values of the patterns that it came from.
///
/// Projections are widened, and what grouping and DISTINCT make one is gathered beside. Variables that an inner SELECT hides
/// get names of their own first, so that keeping them joins nothing that was not joined.
final class Tracing {

    /// Begins a name that no query can write.
    private static final String HIDDEN = "~";

    private final Gatherings gatherings;
    private int names;

    Tracing(Gatherings gatherings) {
        this.gatherings = gatherings;
    }

    /// A whole query, without what only merges, sorts and cuts its rows.
    /// @param sliced whether OFFSET and LIMIT, and the order for them, stay in force; a query with DISTINCT or REDUCED has none then
    Traceable query(Op compiled, boolean sliced) {
        var op = compiled;
        var slices = new ArrayList<OpSlice>();
        var merged = false;
        while (op instanceof OpModifier modifier) {
            if (op instanceof OpSlice slice) {
                slices.add(slice);
            }
            merged |= op instanceof OpDistinct || op instanceof OpReduced;
            if (op instanceof OpOrder && sliced && !merged && !slices.isEmpty()) {
                break;
            }
            op = modifier.getSubOp();
        }
        var traced = pattern(op, Optional.empty());
        if (sliced && !merged) {
            var cut = traced.op();
            for (var slice : slices.reversed()) {
                cut = new OpSlice(cut, slice.getStart(), slice.getLength());
            }
            return new Traceable(cut, traced.steps());
        }
        return traced;
    }

    /// @param graph that the pattern is asked of; none for the default graph
    Traceable pattern(Op op, Optional<Node> graph) {
        var steps = new ArrayList<Step>();
        var rewritten = rewrite(apart(op), graph, steps);
        return new Traceable(rewritten, steps);
    }

    private Op apart(Op op) {
        return Transformer.transform(new TransformCopy() {
            @Override public Op transform(OpProject project, Op sub) {
                var start = HIDDEN + names++ + HIDDEN;
                var visible = project.getVars();
                return new OpProject(NodeTransformLib.transform(node ->
                        Var.isVar(node) && !visible.contains(Var.alloc(node)) ? Var.alloc(start + node.getName()) : node, sub), visible);
            }
        }, op);
    }

    /// A variable's name as the query has it.
    static String shown(String name) {
        return name.substring(name.lastIndexOf(HIDDEN) + 1);
    }

    private Op rewrite(Op op, Optional<Node> graph, List<Step> steps) {
        return switch (op) {
            case OpBGP bgp -> {
                bgp.getPattern().forEach(triple -> steps.add(new Step.Matched(triple, graph)));
                yield bgp;
            }
            case OpTriple triple -> {
                steps.add(new Step.Matched(triple.getTriple(), graph));
                yield triple;
            }
            case OpPath path -> {
                steps.add(path.getTriplePath().isTriple() ? new Step.Matched(path.getTriplePath().asTriple(), graph)
                        : new Step.Walked(path.getTriplePath(), graph));
                yield path;
            }
            case OpGraph named -> new OpGraph(named.getNode(), rewrite(named.getSubOp(), Optional.of(named.getNode()), steps));
            case OpFilter filter -> {
                var sub = rewrite(filter.getSubOp(), graph, steps);
                filter.getExprs().forEach(condition -> conditions(condition, graph, steps));
                yield OpFilter.filterBy(filter.getExprs(), sub);
            }
            case OpJoin join -> OpJoin.create(rewrite(join.getLeft(), graph, steps), rewrite(join.getRight(), graph, steps));
            case OpSequence sequence -> {
                // A property path of several steps is one.
                var parts = OpSequence.create();
                sequence.getElements().forEach(part -> parts.add(rewrite(part, graph, steps)));
                yield parts;
            }
            case OpLeftJoin join -> {
                var left = rewrite(join.getLeft(), graph, steps);
                var perhaps = new ArrayList<Step>();
                var right = rewrite(join.getRight(), graph, perhaps);
                var conditions = Optional.ofNullable(join.getExprs()).orElseGet(ExprList::new);
                conditions.forEach(condition -> conditions(condition, graph, perhaps));
                steps.add(new Step.Perhaps(List.copyOf(perhaps)));
                yield OpLeftJoin.create(left, right, conditions);
            }
            case OpUnion union -> {
                var one = new ArrayList<Step>();
                var other = new ArrayList<Step>();
                var rewritten = new OpUnion(rewrite(union.getLeft(), graph, one), rewrite(union.getRight(), graph, other));
                steps.add(new Step.Either(List.of(List.copyOf(one), List.copyOf(other))));
                yield rewritten;
            }
            case OpMinus minus -> {
                var left = rewrite(minus.getLeft(), graph, steps);
                steps.add(new Step.Nothing("MINUS", minus.getRight()));
                yield OpMinus.create(left, minus.getRight());
            }
            case OpExtend extend -> {
                var sub = rewrite(extend.getSubOp(), graph, steps);
                extend.getVarExprList().forEachVarExpr((_, expression) -> looks(expression, graph, steps));
                yield OpExtend.create(sub, extend.getVarExprList());
            }
            case OpAssign assign -> OpAssign.create(rewrite(assign.getSubOp(), graph, steps), assign.getVarExprList());
            case OpProject project -> {
                var inner = new ArrayList<Step>();
                var sub = rewrite(project.getSubOp(), graph, inner);
                steps.addAll(inner);
                var kept = new LinkedHashSet<>(project.getVars());
                kept.addAll(Step.variables(inner));
                yield new OpProject(sub, List.copyOf(kept));
            }
            case OpReduced reduced -> rewrite(reduced.getSubOp(), graph, steps);
            case OpDistinct distinct -> sorted(distinct.getSubOp()) ? sorted(distinct, graph, steps) : distinct(distinct.getSubOp(), graph, steps);
            case OpSlice slice when slice.getSubOp() instanceof OpDistinct distinct -> beside(slice, distinct.getSubOp(), graph, steps);
            case OpSlice slice -> new OpSlice(rewrite(slice.getSubOp(), graph, steps), slice.getStart(), slice.getLength());
            case OpOrder order -> new OpOrder(rewrite(order.getSubOp(), graph, steps), order.getConditions());
            case OpGroup group -> {
                var inner = new ArrayList<Step>();
                var sub = rewrite(group.getSubOp(), graph, inner);
                var aggregators = new ArrayList<>(group.getAggregators());
                aggregators.add(gathered(inner, true, steps));
                yield OpGroup.create(sub, group.getGroupVars(), aggregators);
            }
            case OpTable table -> table;
            case OpNull nothing -> nothing;
            case OpDatasetNames graphs -> graphs;
            default -> {
                steps.add(new Step.Untraced(op.getName()));
                yield op;
            }
        };
    }

    private ExprAggregator gathered(List<Step> inner, boolean each, List<Step> steps) {
        var token = Var.alloc(HIDDEN + names++ + HIDDEN + "gathered");
        steps.add(new Step.Gathered(token, List.copyOf(inner), each));
        return new ExprAggregator(token, gatherings.gather(Step.variables(inner)));
    }

    private Op distinct(Op op, Optional<Node> graph, List<Step> steps) {
        var inner = new ArrayList<Step>();
        var visible = new VarExprList();
        OpVars.visibleVars(op).forEach(visible::add);
        var sub = rewrite(op, graph, inner);
        return OpGroup.create(sub, visible, List.of(gathered(inner, false, steps)));
    }

    /// Grouping keeps no order: where it is by what is visible, the groups are sorted again.
    private Op sorted(OpDistinct distinct, Optional<Node> graph, List<Step> steps) {
        var visible = OpVars.visibleVars(distinct);
        if (distinct.getSubOp() instanceof OpProject project && project.getSubOp() instanceof OpOrder order
                && order.getConditions().stream().allMatch(condition -> visible.containsAll(condition.getExpression().getVarsMentioned()))) {
            return new OpOrder(distinct(new OpProject(order.getSubOp(), project.getVars()), graph, steps), order.getConditions());
        }
        return beside(distinct, distinct.getSubOp(), graph, steps);
    }

    /// Where order matters otherwise the original stays, and what was merged is joined to it.
    private Op beside(Op original, Op merged, Optional<Node> graph, List<Step> steps) {
        var inner = merged;
        while (inner instanceof OpProject project && project.getSubOp() instanceof OpOrder order) {
            inner = new OpProject(order.getSubOp(), project.getVars());
        }
        return OpLeftJoin.create(original, distinct(inner, graph, steps), new ExprList());
    }

    private static boolean sorted(Op op) {
        return op instanceof OpOrder || op instanceof OpProject project && sorted(project.getSubOp());
    }

    private void conditions(Expr condition, Optional<Node> graph, List<Step> steps) {
        switch (condition) {
            case E_LogicalAnd and -> {
                conditions(and.getArg1(), graph, steps);
                conditions(and.getArg2(), graph, steps);
            }
            case E_Exists exists -> steps.add(new Step.Exists(asked(exists, graph)));
            case E_NotExists not -> steps.add(new Step.Nothing("NOT EXISTS", not.getGraphPattern()));
            case E_LogicalNot not when not.getArg() instanceof E_Exists exists -> steps.add(new Step.Nothing("NOT EXISTS", exists.getGraphPattern()));
            case E_LogicalNot not when not.getArg() instanceof E_NotExists exists -> steps.add(new Step.Exists(asked(exists, graph)));
            default -> {
                if (!looks(condition, graph, steps)) {
                    steps.add(new Step.Tested(condition));
                }
            }
        }
    }

    /// Patterns within an expression: whether they were decisive, nobody can tell; what they found can be shown.
    private boolean looks(Expr expression, Optional<Node> graph, Collection<Step> steps) {
        var patterns = new ArrayList<ExprFunctionOp>();
        Walker.walk(expression, new ExprVisitorBase() {
            @Override public void visit(ExprFunctionOp pattern) {
                patterns.add(pattern);
            }
        });
        patterns.forEach(pattern -> steps.add(new Step.Perhaps(List.of(new Step.Exists(asked(pattern, graph))))));
        return !patterns.isEmpty();
    }

    private Traceable asked(ExprFunctionOp pattern, Optional<Node> graph) {
        var op = pattern.getGraphPattern();
        var traced = pattern(op, graph);
        return graph.map(node -> new Traceable(new OpGraph(node, traced.op()), traced.steps())).orElse(traced);
    }
}
