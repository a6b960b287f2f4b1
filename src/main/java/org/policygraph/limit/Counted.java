package org.policygraph.limit;

import java.util.HashSet;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprEvalException;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.expr.aggregate.Accumulator;
import org.apache.jena.sparql.expr.aggregate.AggAvgDistinct;
import org.apache.jena.sparql.expr.aggregate.AggCountDistinct;
import org.apache.jena.sparql.expr.aggregate.AggCountVarDistinct;
import org.apache.jena.sparql.expr.aggregate.AggCustom;
import org.apache.jena.sparql.expr.aggregate.AggGroupConcat;
import org.apache.jena.sparql.expr.aggregate.AggGroupConcatDistinct;
import org.apache.jena.sparql.expr.aggregate.AggSumDistinct;
import org.apache.jena.sparql.expr.aggregate.Aggregator;
import org.apache.jena.sparql.expr.aggregate.AggregatorBase;
import org.apache.jena.sparql.function.FunctionEnv;
import org.apache.jena.sparql.serializer.SerializationContext;

/// An aggregate that says what it keeps: a little for each group, and what it has seen where it takes each value once.
final class Counted extends AggregatorBase {

    private static final long GROUP = 400;
    private static final long ENTRY = 64;

    private final Aggregator of;
    private final Rows.Kept kept;

    Counted(Aggregator of, Rows.Kept kept) {
        super(of.getName(), false, of.getExprList());
        this.of = of;
        this.kept = kept;
    }

    @Override public Accumulator createAccumulator() {
        kept.add(GROUP);
        var accumulator = of.createAccumulator();
        return switch (of) {
            case AggCountDistinct _ -> new Rowwise(accumulator);
            case AggCountVarDistinct _, AggSumDistinct _, AggAvgDistinct _, AggGroupConcatDistinct _ -> new Once(accumulator, of.getExprList().get(0));
            case AggGroupConcat _ -> new Joined(accumulator, of.getExprList().get(0));
            case AggCustom _ -> new Joined(accumulator, of.getExprList().get(0));
            default -> accumulator;
        };
    }

    /// Gives on only rows that it has not had: what is kept is known, and the accumulator keeps the same.
    private final class Rowwise implements Accumulator {
        private final Accumulator to;
        private final Set<Binding> seen = new HashSet<>();

        private Rowwise(Accumulator to) {
            this.to = to;
        }

        @Override public void accumulate(Binding row, FunctionEnv context) {
            if (seen.add(row)) {
                kept.add(ENTRY + Rows.size(row));
                to.accumulate(row, context);
            }
        }

        @Override public NodeValue getValue() {
            return to.getValue();
        }
    }

    private final class Once implements Accumulator {
        private final Accumulator to;
        private final Expr expression;
        private final Set<Node> seen = new HashSet<>();

        private Once(Accumulator to, Expr expression) {
            this.to = to;
            this.expression = expression;
        }

        @Override public void accumulate(Binding row, FunctionEnv context) {
            try {
                var value = expression.eval(row, context).asNode();
                if (!seen.add(value)) {
                    return;
                }
                kept.add(2 * (ENTRY + Rows.size(value)));
            } catch (ExprEvalException _) {
                // Which the accumulator has its own way with.
            }
            to.accumulate(row, context);
        }

        @Override public NodeValue getValue() {
            return to.getValue();
        }
    }

    private final class Joined implements Accumulator {
        private final Accumulator to;
        private final Expr expression;

        private Joined(Accumulator to, Expr expression) {
            this.to = to;
            this.expression = expression;
        }

        @Override public void accumulate(Binding row, FunctionEnv context) {
            try {
                kept.add(Rows.size(expression.eval(row, context).asNode()) + 2);
            } catch (ExprEvalException _) {
                // Which the accumulator has its own way with.
            }
            to.accumulate(row, context);
        }

        @Override public NodeValue getValue() {
            return to.getValue();
        }
    }

    @Override public Node getValueEmpty() {
        return of.getValueEmpty();
    }

    @Override public Aggregator copy(ExprList expressions) {
        return new Counted(of.copy(expressions), kept);
    }

    @Override public String asSparqlExpr(SerializationContext context) {
        return of.asSparqlExpr(context);
    }

    @Override public String toPrefixString() {
        return of.toPrefixString();
    }

    @Override public int hashCode() {
        return of.hashCode();
    }

    @Override public boolean equals(Aggregator other, boolean bySyntax) {
        return other instanceof Counted counted && of.equals(counted.of, bySyntax);
    }
}
