package org.policygraph.limit;

import org.apache.jena.graph.Node;
import org.apache.jena.sparql.engine.ExecutionContext;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.iterator.QueryIter1;
import org.apache.jena.tdb2.solver.BindingTDB;

/// Rows on their way, and what they take where they are kept.
class Rows extends QueryIter1 {

    private static final int ROW = 96;
    private static final int VALUE = 48;

    Rows(QueryIterator input, ExecutionContext context) {
        super(input, context);
    }

    /// Bytes, about: what is in the store's caches anyway is not counted, what an expression made is.
    static long size(Binding row) {
        if (row instanceof BindingTDB) {
            return ROW + (long) VALUE * row.size();
        }
        var size = new long[] {ROW};
        row.forEach((_, value) -> size[0] += VALUE + size(value));
        return size[0];
    }

    static long size(Node value) {
        return value.isLiteral() ? value.getLiteralLexicalForm().length() : value.isURI() ? value.getURI().length() : 0;
    }

    @Override protected boolean hasNextBinding() {
        Allowance.check();
        return getInput().hasNext();
    }

    @Override protected Binding moveToNextBinding() {
        return getInput().next();
    }

    @Override protected void requestSubCancel() {}

    @Override protected void closeSubIterator() {}

    /// What an operator keeps of the rows that go into it; it is given up when the operator is closed.
    static final class Kept {
        private final ExecutionContext context;
        private long bytes;

        Kept(ExecutionContext context) {
            this.context = context;
        }

        void add(long more) {
            bytes += more;
            Allowance.hold(more);
        }

        /// Rows that are kept as they pass.
        QueryIterator in(QueryIterator input) {
            return new Rows(input, context) {
                @Override protected Binding moveToNextBinding() {
                    var row = super.moveToNextBinding();
                    add(size(row));
                    return row;
                }
            };
        }

        /// What comes out in the end.
        QueryIterator out(QueryIterator output) {
            return new Rows(output, context) {
                @Override protected void closeSubIterator() {
                    forget();
                }
            };
        }

        void forget() {
            Allowance.release(bytes);
            bytes = 0;
        }
    }
}
