package org.policygraph.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.ExprVar;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.expr.aggregate.Accumulator;
import org.apache.jena.sparql.expr.aggregate.Aggregator;
import org.apache.jena.sparql.expr.aggregate.AggregatorBase;
import org.apache.jena.sparql.function.FunctionEnv;

/// Solutions that an engine made one, kept aside under a key.
final class Gatherings {

    /// More of one group are counted, not kept.
    private static final int MOST_KEPT = 1_000;

    private final List<Gathering> all = new ArrayList<>();

    /// @param members of these, the first ones
    /// @param size    how many there were
    record Gathering(List<Binding> members, long size) {}

    Gathering at(Node token) {
        return all.get(Integer.parseInt(token.getLiteralLexicalForm()));
    }

    /// Gathers what the steps of each member need, beside the query's own aggregates.
    Aggregator gather(Collection<Var> variables) {
        var expressions = new ExprList();
        variables.forEach(variable -> expressions.add(new ExprVar(variable)));
        return new Gather(List.copyOf(variables), expressions);
    }

    private Node keep(Gathering gathering) {
        all.add(gathering);
        return NodeFactory.createLiteralString(Integer.toString(all.size() - 1));
    }

    private final class Gather extends AggregatorBase {

        private final List<Var> variables;

        /// @param expressions the variables as the engine calls them now
        private Gather(List<Var> variables, ExprList expressions) {
            super("GATHER", false, expressions);
            this.variables = variables;
        }

        @Override public Accumulator createAccumulator() {
            return new Gatherer(variables, getExprList().getList());
        }

        @Override public Node getValueEmpty() {
            return keep(new Gathering(List.of(), 0));
        }

        @Override public Aggregator copy(ExprList renamed) {
            return new Gather(variables, renamed);
        }

        @Override public boolean equals(Aggregator other, boolean bySyntax) {
            return this == other;
        }

        @Override public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private final class Gatherer implements Accumulator {

        private final List<Var> variables;
        private final List<Expr> expressions;
        private final List<Binding> members = new ArrayList<>();
        private long size;

        private Gatherer(List<Var> variables, List<Expr> expressions) {
            this.variables = variables;
            this.expressions = expressions;
        }

        @Override public void accumulate(Binding solution, FunctionEnv environment) {
            size++;
            if (members.size() == MOST_KEPT) {
                return;
            }
            var member = Binding.builder();
            for (int i = 0; i < variables.size(); i++) {
                var value = expressions.get(i) instanceof ExprVar variable ? solution.get(variable.asVar()) : null;
                if (value != null) {
                    member.add(variables.get(i), value);
                }
            }
            members.add(member.build());
        }

        @Override public NodeValue getValue() {
            return NodeValue.makeNode(keep(new Gathering(List.copyOf(members), size)));
        }
    }
}
