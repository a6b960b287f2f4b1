package org.policygraph.limit;

import java.util.function.Predicate;
import org.apache.jena.atlas.lib.tuple.Tuple;
import org.apache.jena.graph.Triple;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.sparql.ARQConstants;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.TransformCopy;
import org.apache.jena.sparql.algebra.Transformer;
import org.apache.jena.sparql.algebra.op.OpService;
import org.apache.jena.sparql.algebra.optimize.Optimize;
import org.apache.jena.sparql.algebra.optimize.Rewrite;
import org.apache.jena.sparql.algebra.optimize.RewriteFactory;
import org.apache.jena.sparql.core.describe.DescribeBNodeClosure;
import org.apache.jena.sparql.core.describe.DescribeHandlerRegistry;
import org.apache.jena.sparql.engine.main.QC;
import org.apache.jena.sparql.graph.GraphWrapper;
import org.apache.jena.sparql.util.Context;
import org.apache.jena.sparql.util.Symbol;
import org.apache.jena.tdb2.solver.QC2;
import org.apache.jena.tdb2.store.NodeId;

/// Ties ARQ to [Allowance]: whatever runs on what a context is of asks there, and calls by name only what [Calls] has.
public final class Bounds {

    /// Whether a query's topmost operator has been met.
    static final Symbol CLAIMED = Symbol.create(Bounds.class.getName());

    private static final long TRIPLE = 160;

    static {
        // Jena has one registry of these, whatever the context.
        DescribeHandlerRegistry.get().clear();
        DescribeHandlerRegistry.get().add(Described::new);
    }

    private Bounds() {}

    /// Does so for all queries on what this context is of.
    public static void set(Context context) {
        Calls.set(context);
        QC.setFactory(context, Executor::new);
        Predicate<Tuple<NodeId>> look = _ -> {
            Allowance.check();
            return true;
        };
        QC2.setFilter(context, look);
        context.set(ARQConstants.sysOptimizerFactory, (RewriteFactory) Bounds::rewrite);
    }

    private static Rewrite rewrite(Context context) {
        // Iterators of ARQ's own look at nothing else.
        Allowance.current().ifPresent(allowance -> allowance.alsoSets(Context.getOrSetCancelSignal(context)));
        var usual = Optimize.getFactory().create(context);
        return op -> {
            Allowance.check();
            return usual.rewrite(bounded(op));
        };
    }

    private static Op bounded(Op op) {
        return Transformer.transform(new TransformCopy() {
            // Who is asked there has its own functions.
            @Override public Op transform(OpService service, Op within) {
                return service;
            }
        }, new Texts(), op);
    }

    /// As Jena describes, into a graph that says what it keeps.
    private static final class Described extends DescribeBNodeClosure {
        @Override public void start(Model into, Context context) {
            super.start(ModelFactory.createModelForGraph(new GraphWrapper(into.getGraph()) {
                @Override public void add(Triple triple) {
                    Allowance.check();
                    if (!get().contains(triple)) {
                        Allowance.hold(TRIPLE);
                        super.add(triple);
                    }
                }
            }), context);
        }

        @Override public void describe(Resource resource) {
            Allowance.check();
            super.describe(resource);
        }
    }
}
