package org.policygraph.edit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.compose.Union;
import org.apache.jena.graph.impl.WrappedGraph;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;
import org.policygraph.graph.Inference;
import org.policygraph.graph.Rules;
import org.policygraph.graph.Stated;
import org.policygraph.term.Iris;

/// What an edit did to the inferred graph.
/// @param changed triples that came or went
record Consequences(long added, long removed, Set<Triple> changed) {

    /// Brings the inferred graph in step with quads that have come and gone.
    /// @param data as it is now, in a write transaction
    static Consequences follow(DatasetGraph data, Rules rules, List<Quad> came, List<Quad> went) {
        var union = data.getUnionGraph();
        var changed = new LinkedHashSet<Triple>();
        var inferred = new WrappedGraph(data.getGraph(Iris.INFERRED_GRAPH)) {
            @Override public void add(Triple triple) {
                super.add(triple);
                changed.add(triple);
            }

            @Override public void delete(Triple triple) {
                super.delete(triple);
                changed.add(triple);
            }
        };
        var inference = new Inference(rules, union, inferred);
        var gone = new LinkedHashSet<Triple>();
        went.stream().map(Quad::asTriple).filter(triple -> rules.concern(triple) && !Stated.anywhere(data, triple)).forEach(gone::add);
        if (!gone.isEmpty()) {
            // What rested on them is found where they still are.
            var before = GraphFactory.createDefaultGraph();
            gone.forEach(before::add);
            Set<Triple> resting = new Inference(rules, new Union(union, before), inferred).restingOn(gone);
            inference.removed(gone, resting);
        }
        came.stream().map(Quad::asTriple).filter(rules::concern).forEach(inference::added);
        return new Consequences(inference.addedSoFar(), inference.removedSoFar(), changed);
    }
}
