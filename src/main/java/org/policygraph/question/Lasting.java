package org.policygraph.question;

import java.util.Objects;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.algebra.Algebra;
import org.apache.jena.sparql.algebra.OpVisitorBase;
import org.apache.jena.sparql.algebra.op.OpGroup;
import org.apache.jena.sparql.algebra.op.OpOrder;
import org.apache.jena.sparql.algebra.op.OpService;
import org.apache.jena.sparql.algebra.walker.Walker;
import org.apache.jena.sparql.expr.E_Function;
import org.apache.jena.sparql.expr.E_Now;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprFunction0;
import org.apache.jena.sparql.expr.ExprFunctionN;
import org.apache.jena.sparql.expr.ExprVisitorBase;
import org.apache.jena.sparql.expr.Unstable;
import org.apache.jena.vocabulary.XSD;

/// Whether the data alone decide on a query's answer: neither the time, nor chance, nor another server.
final class Lasting {

    private boolean lasting = true;

    private Lasting() {}

    static boolean is(Query query) {
        if (query.getQueryPattern() == null) {
            return true;
        }
        var it = new Lasting();
        Walker.walk(Algebra.compile(query), it.new Operators(), it.new Functions());
        return it.lasting;
    }

    private final class Operators extends OpVisitorBase {
        @Override public void visit(OpService service) {
            lasting = false;
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
        @Override public void visit(ExprFunction0 function) {
            if (function instanceof Unstable || function instanceof E_Now) {
                lasting = false;
            }
        }

        // One by its IRI may do anything; casts do not.
        @Override public void visit(ExprFunctionN function) {
            if (function instanceof E_Function && !function.getFunctionIRI().startsWith(XSD.getURI())) {
                lasting = false;
            }
        }
    }
}
