package org.policygraph.limit;

import java.util.ArrayList;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.ARQConstants;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.OpVars;
import org.apache.jena.sparql.algebra.op.OpAntiJoin;
import org.apache.jena.sparql.algebra.op.OpDatasetNames;
import org.apache.jena.sparql.algebra.op.OpDistinct;
import org.apache.jena.sparql.algebra.op.OpGroup;
import org.apache.jena.sparql.algebra.op.OpJoin;
import org.apache.jena.sparql.algebra.op.OpLeftJoin;
import org.apache.jena.sparql.algebra.op.OpMinus;
import org.apache.jena.sparql.algebra.op.OpOrder;
import org.apache.jena.sparql.algebra.op.OpPath;
import org.apache.jena.sparql.algebra.op.OpPropFunc;
import org.apache.jena.sparql.algebra.op.OpSemiJoin;
import org.apache.jena.sparql.algebra.op.OpService;
import org.apache.jena.sparql.algebra.op.OpTable;
import org.apache.jena.sparql.algebra.op.OpTopN;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.ExecutionContext;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingComparator;
import org.apache.jena.sparql.engine.iterator.QueryIterDistinct;
import org.apache.jena.sparql.engine.iterator.QueryIterGroup;
import org.apache.jena.sparql.engine.iterator.QueryIterHalfJoin;
import org.apache.jena.sparql.engine.iterator.QueryIterMinus;
import org.apache.jena.sparql.engine.iterator.QueryIterPath;
import org.apache.jena.sparql.engine.iterator.QueryIterSort;
import org.apache.jena.sparql.engine.iterator.QueryIterTopN;
import org.apache.jena.sparql.engine.join.Join;
import org.apache.jena.sparql.expr.ExprAggregator;
import org.apache.jena.sparql.expr.aggregate.AggCount;
import org.apache.jena.sparql.graph.GraphWrapper;
import org.apache.jena.tdb2.solver.OpExecutorTDB2;
import org.apache.jena.util.iterator.ExtendedIterator;

/// TDB2's executor, in which every operator asks whether it may go on, and says what it keeps.
final class Executor extends OpExecutorTDB2 {

    private static final long VISITED = 64;
    private static final long TRIPLE = 160;

    private boolean top = true;

    Executor(ExecutionContext context) {
        super(context);
    }

    /// Rows of the whole query that become a graph in memory, or the names of what is described.
    @Override protected QueryIterator exec(Op op, QueryIterator input) {
        var first = top && level < 0;
        top = false;
        var rows = super.exec(op, input);
        if (first && execCxt.getContext().get(ARQConstants.sysCurrentQuery) instanceof Query query && !claimed(execCxt)) {
            var each = query.isConstructType() ? TRIPLE * Math.max(1, query.getConstructTemplate().getTriples().size()) : query.isDescribeType() ? VISITED : 0;
            if (each > 0) {
                var kept = new Rows.Kept(execCxt);
                return new Rows(rows, execCxt) {
                    @Override protected Binding moveToNextBinding() {
                        kept.add(each);
                        return super.moveToNextBinding();
                    }
                };
            }
        }
        return rows;
    }

    /// Operators below, executed for one row at a time, come here as well: the first is the query.
    private static boolean claimed(ExecutionContext context) {
        if (context.getContext().isTrue(Bounds.CLAIMED)) {
            return true;
        }
        context.getContext().setTrue(Bounds.CLAIMED);
        return false;
    }

    @Override protected QueryIterator execute(OpTable table, QueryIterator input) {
        var kept = new Rows.Kept(execCxt);
        // Joined with values, it is the rows so far that are kept.
        return table.isJoinIdentity() ? super.execute(table, input)
                : input.isJoinIdentity() ? new Rows(super.execute(table, input), execCxt)
                : kept.out(Join.join(kept.in(input), table.getTable().iterator(execCxt), execCxt));
    }

    @Override protected QueryIterator execute(OpDatasetNames names, QueryIterator input) {
        return new Rows(super.execute(names, input), execCxt);
    }

    @Override protected QueryIterator execute(OpPropFunc call, QueryIterator input) {
        return new Rows(super.execute(call, input), execCxt);
    }

    @Override protected QueryIterator execute(OpService service, QueryIterator input) {
        return new Federated(service, input, execCxt);
    }

    @Override protected QueryIterator execute(OpJoin join, QueryIterator input) {
        var kept = new Rows.Kept(execCxt);
        return kept.out(Join.join(kept.in(exec(join.getLeft(), input)), exec(join.getRight(), root()), execCxt));
    }

    @Override protected QueryIterator execute(OpLeftJoin join, QueryIterator input) {
        var kept = new Rows.Kept(execCxt);
        return kept.out(Join.leftJoin(exec(join.getLeft(), input), kept.in(exec(join.getRight(), root())), join.getExprs(), execCxt));
    }

    @Override protected QueryIterator execute(OpSemiJoin join, QueryIterator input) {
        var kept = new Rows.Kept(execCxt);
        return kept.out(QueryIterHalfJoin.semiJoin(exec(join.getLeft(), input), kept.in(exec(join.getRight(), root())), execCxt));
    }

    @Override protected QueryIterator execute(OpAntiJoin join, QueryIterator input) {
        var kept = new Rows.Kept(execCxt);
        return kept.out(QueryIterHalfJoin.antiJoin(exec(join.getLeft(), input), kept.in(exec(join.getRight(), root())), execCxt));
    }

    @Override protected QueryIterator execute(OpMinus minus, QueryIterator input) {
        var kept = new Rows.Kept(execCxt);
        var common = OpVars.visibleVars(minus.getLeft());
        common.retainAll(OpVars.visibleVars(minus.getRight()));
        return kept.out(QueryIterMinus.create(exec(minus.getLeft(), input), kept.in(exec(minus.getRight(), root())), common, execCxt));
    }

    @Override protected QueryIterator execute(OpOrder order, QueryIterator input) {
        var kept = new Rows.Kept(execCxt);
        return kept.out(QueryIterSort.create(kept.in(exec(order.getSubOp(), input)), new Order(new BindingComparator(order.getConditions(), execCxt)), execCxt));
    }

    @Override protected QueryIterator execute(OpTopN first, QueryIterator input) {
        var distinct = first.getSubOp() instanceof OpDistinct;
        var rows = exec(distinct ? ((OpDistinct) first.getSubOp()).getSubOp() : first.getSubOp(), input);
        return QueryIterTopN.create(new Rows(rows, execCxt), new Order(new BindingComparator(first.getConditions(), execCxt)), first.getLimit(), distinct, execCxt);
    }

    private record Order(BindingComparator order) implements java.util.Comparator<Binding> {
        @Override public int compare(Binding one, Binding other) {
            Allowance.check();
            return order.compare(one, other);
        }
    }

    @Override protected QueryIterator execute(OpDistinct distinct, QueryIterator input) {
        var conditions = distinct.getSubOp() instanceof OpOrder order ? order.getConditions() : null;
        var kept = new Rows.Kept(execCxt);
        // What comes out is what is kept.
        return kept.out(kept.in(new QueryIterDistinct(exec(distinct.getSubOp(), input), conditions, execCxt)));
    }

    @Override protected QueryIterator execute(OpGroup group, QueryIterator input) {
        var kept = new Rows.Kept(execCxt);
        List<ExprAggregator> counted = new ArrayList<>();
        if (group.getAggregators().isEmpty()) {
            // Without any, Jena keeps something for each row instead of for each group.
            counted.add(new ExprAggregator(Var.alloc(ARQConstants.allocVarMarker + "group"), new Counted(new AggCount(), kept)));
        }
        group.getAggregators().forEach(one -> counted.add(new ExprAggregator(one.getVar(), new Counted(one.getAggregator(), kept))));
        return kept.out(new QueryIterGroup(new Rows(exec(group.getSubOp(), input), execCxt), group.getGroupVars(), counted, execCxt));
    }

    @Override protected QueryIterator execute(OpPath path, QueryIterator input) {
        var kept = new Rows.Kept(execCxt);
        var watched = ExecutionContext.copyChangeActiveGraph(execCxt, new Walked(execCxt.getActiveGraph(), kept));
        return new Rows(new QueryIterPath(path.getTriplePath(), input, watched), execCxt) {
            @Override protected Binding moveToNextBinding() {
                // By the time there is a row, where its walk has been is forgotten.
                kept.forget();
                return super.moveToNextBinding();
            }

            @Override protected void closeSubIterator() {
                kept.forget();
            }
        };
    }

    /// A graph on which a path is walked: each step is remembered, to be gone once.
    private static final class Walked extends GraphWrapper {
        private final Rows.Kept kept;

        private Walked(Graph graph, Rows.Kept kept) {
            super(graph);
            this.kept = kept;
        }

        @Override public ExtendedIterator<Triple> find(Triple triple) {
            return super.find(triple).filterKeep(this::step);
        }

        @Override public ExtendedIterator<Triple> find(org.apache.jena.graph.Node subject, org.apache.jena.graph.Node predicate, org.apache.jena.graph.Node object) {
            return super.find(subject, predicate, object).filterKeep(this::step);
        }

        private boolean step(Triple triple) {
            kept.add(VISITED);
            return true;
        }
    }
}
