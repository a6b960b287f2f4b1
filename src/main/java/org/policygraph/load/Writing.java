package org.policygraph.load;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.policygraph.graph.Inference;
import org.policygraph.graph.Stated;
import org.policygraph.term.Iris;

/// Replaces graphs within one transaction, and keeps the inferred graph in step.
final class Writing {

    /// Beyond so many edges taken away, inferring all anew is quicker than finding out what rested on them.
    private static final int MOST_REMOVED = 100_000;

    private static final Node STAGING = NodeFactory.createURI(Iris.GRAPH + "staging");

    private final DatasetGraph data;
    private final Ontology ontology;
    private final Progress progress;
    private final Inference inference;
    private boolean anew;

    Writing(DatasetGraph data, Ontology ontology, Progress progress) {
        this.data = data;
        this.ontology = ontology;
        this.progress = progress;
        this.inference = new Inference(ontology.rules(), data.getUnionGraph(), data.getGraph(Iris.INFERRED_GRAPH));
    }

    /// The graph then holds what the unit's files say. Entities of other files stay in the registry.
    GraphChange replace(Unit unit) {
        try (var task = progress.begin("Writing " + unit.name(), unit.bytes())) {
            var graph = data.getGraph(unit.graph());
            if (unit instanceof Unit.OfOntology && !graph.isEmpty()) {
                // Its rules may be others than those that inferred what is there.
                anew = true;
            }
            return graph.isEmpty() ? fill(unit, graph, task) : exchange(unit, graph, task);
        }
    }

    private GraphChange fill(Unit unit, Graph graph, Progress.Task task) {
        var count = new long[1];
        try (var edges = new Spool()) {
            write(unit, graph, task, triple -> {
                count[0]++;
                if (!anew && ontology.rules().concern(triple)) {
                    edges.accept(triple);
                }
            });
            edges.forEach(inference::added);
        }
        return new GraphChange(unit.graph().getURI(), count[0], 0);
    }

    private GraphChange exchange(Unit unit, Graph graph, Progress.Task task) {
        var staged = data.getGraph(STAGING);
        write(unit, staged, task, _ -> { });
        try (var added = new Spool(); var removed = new Spool()) {
            staged.find().filterDrop(graph::contains).forEach(added);
            graph.find().filterKeep(triple -> !staged.contains(triple) && isReplaced(unit, staged, triple)).forEach(removed);
            data.removeGraph(STAGING);

            var going = going(removed, unit.graph());
            var resting = anew ? Set.<Triple>of() : inference.restingOn(going);
            removed.forEach(graph::delete);
            inference.removed(going, resting);
            try (var edges = new Spool()) {
                added.forEach(triple -> {
                    graph.add(triple);
                    if (!anew && ontology.rules().concern(triple)) {
                        edges.accept(triple);
                    }
                });
                edges.forEach(inference::added);
            }
            return new GraphChange(unit.graph().getURI(), added.count(), removed.count());
        }
    }

    private static boolean isReplaced(Unit unit, Graph staged, Triple triple) {
        return !(unit instanceof Unit.OfRegistry) || staged.contains(triple.getSubject(), Node.ANY, Node.ANY);
    }

    private void write(Unit unit, Graph graph, Progress.Task task, Consumer<Triple> written) {
        // The same statement may be claimed more than once; nothing else can be there already.
        unit.triples(ontology, triple -> {
            if (!ontology.words().isStated(triple.getPredicate()) || !graph.contains(triple)) {
                graph.add(triple);
                written.accept(triple);
            }
        }, problem -> {
            throw new IllegalStateException("found right before: " + problem.line());
        }, task);
    }

    /// Of the removed triples, those that rules look at and that no other graph asserts.
    private Set<Triple> going(Spool removed, Node from) {
        var going = new LinkedHashSet<Triple>();
        if (removed.count() > MOST_REMOVED) {
            anew = true;
        }
        if (!anew) {
            removed.forEach(triple -> {
                if (ontology.rules().concern(triple) && !Stated.beside(from, data, triple)) {
                    going.add(triple);
                }
            });
        }
        return going;
    }

    /// Brings the inferred graph to its fixpoint.
    GraphChange infer() {
        var graph = Iris.INFERRED_GRAPH.getURI();
        if (!anew) {
            return new GraphChange(graph, inference.addedSoFar(), inference.removedSoFar());
        }
        try (var edges = new Spool(); var task = progress.begin("Inferring", -1)) {
            var inferred = data.getGraph(Iris.INFERRED_GRAPH);
            var was = inferred.size();
            inferred.clear();
            // Graph by graph: the union, asked for everything, keeps all of it on the heap to tell which triples it has told.
            data.find().forEachRemaining(quad -> {
                if (ontology.rules().concern(quad.asTriple())) {
                    edges.accept(quad.asTriple());
                }
            });
            var done = new long[1];
            edges.forEach(edge -> {
                inference.added(edge);
                task.at(++done[0]);
            });
            return new GraphChange(graph, inference.addedSoFar(), was);
        }
    }
}
