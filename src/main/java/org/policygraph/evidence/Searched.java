package org.policygraph.evidence;

import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.query.ARQ;
import org.apache.jena.sparql.ARQConstants;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.engine.QueryEngineRegistry;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.util.Context;

/// The graphs that a query is asked of.
/// @param data     as the query chose among the store's graphs
/// @param unnamed  what a pattern outside GRAPH is asked of
/// @param deadline cancels what is under way
public record Searched(DatasetGraph data, Graph unnamed, Deadline deadline) {

    Graph graph(Optional<Node> named) {
        return named.map(data::getGraph).orElse(unnamed);
    }

    /// @param start values that the solutions must have
    QueryIterator solutions(Op op, Binding start) {
        var context = Context.setupContextForDataset(ARQ.getContext(), data);
        context.set(ARQConstants.symCancelQuery, deadline.passed());
        return QueryEngineRegistry.findFactory(op, data, context).create(op, data, start, context).iterator();
    }
}
