package org.policygraph.store;

import java.util.ArrayList;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphWrapper;
import org.apache.jena.sparql.core.GraphView;
import org.apache.jena.sparql.core.Quad;

/// The quads, each change of which reaches the text index.
///
/// jena-text's own `DatasetGraphText` lets `clear` pass unseen, looks up every triple before it adds it, and takes the index
/// of a writer back when another thread's read fails; so this is in its place.
final class IndexedData extends DatasetGraphWrapper {

    private final FullText index;

    IndexedData(DatasetGraph data, FullText index) {
        super(data);
        this.index = index;
    }

    @Override public void add(Node graph, Node subject, Node predicate, Node object) {
        add(Quad.create(graph, subject, predicate, object));
    }

    @Override public void add(Quad quad) {
        if (!index.concerns(quad.getPredicate())) {
            get().add(quad);
        } else if (!get().contains(quad)) {
            get().add(quad);
            index.added(quad);
        }
    }

    @Override public void delete(Node graph, Node subject, Node predicate, Node object) {
        delete(Quad.create(graph, subject, predicate, object));
    }

    @Override public void delete(Quad quad) {
        get().delete(quad);
        if (index.concerns(quad.getPredicate())) {
            index.deleted(quad);
        }
    }

    @Override public void deleteAny(Node graph, Node subject, Node predicate, Node object) {
        var going = new ArrayList<Quad>();
        if (predicate == null || !predicate.isConcrete()) {
            index.properties().forEach(property -> get().find(graph, subject, property, object).forEachRemaining(going::add));
        } else if (index.concerns(predicate)) {
            get().find(graph, subject, predicate, object).forEachRemaining(going::add);
        }
        get().deleteAny(graph, subject, predicate, object);
        going.forEach(index::deleted);
    }

    @Override public void addGraph(Node name, Graph graph) {
        removeGraph(name);
        graph.find().forEach(triple -> add(Quad.create(name, triple)));
    }

    @Override public void removeGraph(Node name) {
        get().removeGraph(name);
        index.deletedGraph(name);
    }

    @Override public void clear() {
        get().clear();
        index.deletedAll();
    }

    // Views of this, so that what is added to a graph comes by here.
    @Override public Graph getDefaultGraph() {
        return GraphView.createDefaultGraph(this);
    }

    @Override public Graph getGraph(Node name) {
        return Quad.isUnionGraph(name) ? getUnionGraph() : Quad.isDefaultGraph(name) ? getDefaultGraph() : GraphView.createNamedGraph(this, name);
    }
}
