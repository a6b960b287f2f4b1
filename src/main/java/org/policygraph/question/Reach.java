package org.policygraph.question;

import java.util.Objects;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.algebra.Algebra;
import org.apache.jena.sparql.algebra.OpVisitorBase;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.algebra.op.OpGroup;
import org.apache.jena.sparql.algebra.op.OpOrder;
import org.apache.jena.sparql.algebra.op.OpService;
import org.apache.jena.sparql.algebra.walker.Walker;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprFunctionN;
import org.apache.jena.sparql.expr.ExprVisitorBase;

/// Finds what a query would do outside the graph: ask another server, or run a Java class that it names.
final class Reach {

    private static final String JAVA = "java:";

    private Optional<String> found = Optional.empty();

    private Reach() {}

    /// What it would do, or nothing.
    static Optional<String> beyondTheGraph(Query query) {
        if (query.getQueryPattern() == null) {
            return Optional.empty();
        }
        var reach = new Reach();
        Walker.walk(Algebra.compile(query), reach.new Operators(), reach.new Functions());
        return reach.found;
    }

    private void beyond(String what) {
        found = found.or(() -> Optional.of(what));
    }

    private void noClassIn(Node node) {
        if (node.isURI() && node.getURI().startsWith(JAVA)) {
            beyond("the Java class <" + node.getURI() + ">");
        }
    }

    private final class Operators extends OpVisitorBase {
        @Override public void visit(OpService service) {
            beyond("SERVICE");
        }

        @Override public void visit(OpBGP pattern) {
            pattern.getPattern().getList().stream().map(Triple::getPredicate).forEach(Reach.this::noClassIn);
        }

        // The walker leaves out what rows are sorted by and what is summed up.
        @Override public void visit(OpOrder order) {
            order.getConditions().forEach(condition -> look(condition.getExpression()));
        }

        @Override public void visit(OpGroup group) {
            group.getAggregators().stream().map(aggregator -> aggregator.getAggregator().getExprList())
                    .filter(Objects::nonNull).forEach(list -> list.forEach(this::look));
        }

        private void look(Expr expression) {
            Walker.walk(expression, this, new Functions());
        }
    }

    private final class Functions extends ExprVisitorBase {
        @Override public void visit(ExprFunctionN function) {
            if (function.getFunctionIRI() != null && function.getFunctionIRI().startsWith(JAVA)) {
                beyond("the Java class <" + function.getFunctionIRI() + ">");
            }
        }
    }
}
