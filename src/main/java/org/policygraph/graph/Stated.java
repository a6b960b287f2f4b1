package org.policygraph.graph;

import java.util.function.Predicate;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.policygraph.term.Iris;

/// Which graphs state a triple, other than the one that holds what follows from them.
public final class Stated {

    private Stated() {}

    public static boolean anywhere(DatasetGraph data, Triple triple) {
        return in(data, triple, _ -> true);
    }

    public static boolean beside(Node graph, DatasetGraph data, Triple triple) {
        return in(data, triple, other -> !other.equals(graph));
    }

    private static boolean in(DatasetGraph data, Triple triple, Predicate<Node> counts) {
        var found = data.findNG(Node.ANY, triple.getSubject(), triple.getPredicate(), triple.getObject());
        while (found.hasNext()) {
            var where = found.next().getGraph();
            if (!where.equals(Iris.INFERRED_GRAPH) && !Quad.isUnionGraph(where) && counts.test(where)) {
                return true;
            }
        }
        return false;
    }
}
