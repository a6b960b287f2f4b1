package org.policygraph.edit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphWrapper;
import org.apache.jena.sparql.core.GraphView;
import org.apache.jena.sparql.core.Quad;
import org.policygraph.limit.Allowance;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.store.Terms;
import org.policygraph.term.Iris;

/// The quads, as one editor changes them: what may not be changed is refused, whatever way it is tried, and what changes
/// is written down.
final class Recording extends DatasetGraphWrapper {

    private enum Came { ADDED, REMOVED }

    private final Permitted permitted;
    private final int most;
    private final String unnamed;
    private final Map<Quad, Came> net = new LinkedHashMap<>();
    private final Map<Node, Node> named = new HashMap<>();

    /// @param most    quads that may come or go
    /// @param unnamed goes into the names that blank nodes are given
    Recording(DatasetGraph data, Permitted permitted, int most, String unnamed) {
        super(data);
        this.permitted = permitted;
        this.most = most;
        this.unnamed = unnamed;
    }

    /// Quads that are there now and were not before, in the order in which they came.
    List<Quad> added() {
        return with(Came.ADDED);
    }

    List<Quad> removed() {
        return with(Came.REMOVED);
    }

    private List<Quad> with(Came came) {
        return net.entrySet().stream().filter(entry -> entry.getValue() == came).map(Map.Entry::getKey).toList();
    }

    @Override public void add(Node graph, Node subject, Node predicate, Node object) {
        add(Quad.create(graph, subject, predicate, object));
    }

    @Override public void add(Quad asked) {
        Allowance.check();
        permitted.graph(asked.getGraph());
        var named = Quad.create(asked.getGraph(), name(asked.getSubject()), asked.getPredicate(), name(asked.getObject()));
        permitted.statement(named);
        var quad = kept(named);
        if (!get().contains(quad)) {
            get().add(quad);
            note(quad, Came.ADDED);
        }
    }

    /// A graph has no blank nodes: each is given an IRI, the same throughout what one editor sends at a time.
    private Node name(Node node) {
        return node.isBlank() && permitted.namesBlankNodes() ? named.computeIfAbsent(node, _ -> Iris.unnamed(unnamed, named.size() + 1L)) : node;
    }

    @Override public void delete(Node graph, Node subject, Node predicate, Node object) {
        delete(Quad.create(graph, subject, predicate, object));
    }

    @Override public void delete(Quad asked) {
        Allowance.check();
        permitted.graph(asked.getGraph());
        var quad = kept(asked);
        if (get().contains(quad)) {
            get().delete(quad);
            note(quad, Came.REMOVED);
        }
    }

    /// As it would be found, so that it is known again when it is to be taken back.
    private static Quad kept(Quad quad) {
        return Quad.create(quad.getGraph(), quad.getSubject(), quad.getPredicate(), Terms.asKept(quad.getObject()));
    }

    private void note(Quad quad, Came came) {
        var before = net.remove(quad);
        if (before == null) {
            if (net.size() == most) {
                throw new ProblemException(new Problem.Exceeded(new Where.Argument("edit"), Problem.Bound.LENGTH, "--edit-size",
                        "more than " + most + " triples would come or go; do it in several edits, or load files"));
            }
            net.put(quad, came);
        }
    }

    @Override public void deleteAny(Node graph, Node subject, Node predicate, Node object) {
        // Collected first: what is being read must not be written.
        var going = new ArrayList<Quad>();
        find(graph, subject, predicate, object).forEachRemaining(quad -> {
            permitted.graph(quad.getGraph());
            if (going.size() <= most) {
                going.add(quad);
            }
        });
        going.forEach(this::delete);
    }

    @Override public void addGraph(Node name, Graph graph) {
        removeGraph(name);
        graph.find().forEach(triple -> add(Quad.create(name, triple)));
    }

    @Override public void removeGraph(Node name) {
        permitted.graph(name);
        deleteAny(name, Node.ANY, Node.ANY, Node.ANY);
    }

    @Override public void clear() {
        deleteAny(Node.ANY, Node.ANY, Node.ANY, Node.ANY);
    }

    // Views of this, so that what is changed in a graph comes by here.
    @Override public Graph getDefaultGraph() {
        return GraphView.createDefaultGraph(this);
    }

    @Override public Graph getGraph(Node name) {
        return Quad.isUnionGraph(name) ? getUnionGraph() : Quad.isDefaultGraph(name) ? getDefaultGraph() : GraphView.createNamedGraph(this, name);
    }

    /// Makes a graph hold these triples and no others.
    void replace(Node graph, Iterable<Triple> triples) {
        permitted.graph(graph);
        var wanted = new HashSet<Quad>();
        triples.forEach(triple -> {
            var quad = Quad.create(graph, name(triple.getSubject()), triple.getPredicate(), name(triple.getObject()));
            permitted.statement(quad);
            wanted.add(kept(quad));
        });
        var going = new ArrayList<Quad>();
        find(graph, Node.ANY, Node.ANY, Node.ANY).forEachRemaining(quad -> {
            if (!wanted.contains(quad)) {
                going.add(quad);
            }
        });
        going.forEach(this::delete);
        wanted.forEach(this::add);
    }
}
