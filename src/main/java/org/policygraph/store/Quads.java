package org.policygraph.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.jena.atlas.lib.tuple.Tuple;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.tdb2.store.DatasetGraphTDB;
import org.apache.jena.tdb2.store.NodeId;
import org.apache.jena.tdb2.store.nodetable.NodeTable;
import org.apache.jena.tdb2.store.nodetupletable.NodeTupleTable;
import org.policygraph.limit.Allowance;

/// All quads, one after the other, on a heap as small as one likes: TDB2's own way fills a cache for a million terms.
final class Quads {

    private static final int REMEMBERED = 20_000;

    private final DatasetGraphTDB data;
    private final NodeTable nodes;
    private final Map<NodeId, Node> remembered = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override protected boolean removeEldestEntry(Map.Entry<NodeId, Node> oldest) {
            return size() > REMEMBERED;
        }
    };

    /// @param data in a transaction
    Quads(DatasetGraphTDB data) {
        this.data = data;
        this.nodes = uncached(data.getQuadTable().getNodeTupleTable().getNodeTable());
    }

    /// Inlined values, then the file: without the caches between them.
    static NodeTable uncached(NodeTable table) {
        var found = table;
        while (found.wrapped() != null) {
            found = found.wrapped();
        }
        return found;
    }

    /// @param triples hears of the default graph
    /// @return how many there were
    long forEach(Consumer<Quad> quads, Consumer<Triple> triples) {
        var count = 0L;
        for (Iterator<Tuple<NodeId>> found = all(data.getTripleTable().getNodeTupleTable()); found.hasNext(); count++) {
            var triple = found.next();
            triples.accept(Triple.create(node(triple.get(0)), node(triple.get(1)), node(triple.get(2))));
        }
        for (Iterator<Tuple<NodeId>> found = all(data.getQuadTable().getNodeTupleTable()); found.hasNext(); count++) {
            var quad = found.next();
            if (count % 1000 == 0) {
                Allowance.check();
            }
            quads.accept(Quad.create(node(quad.get(0)), node(quad.get(1)), node(quad.get(2)), node(quad.get(3))));
        }
        return count;
    }

    /// Without a look at them.
    long count() {
        return data.getTripleTable().getNodeTupleTable().getTupleTable().getIndex(0).size()
                + data.getQuadTable().getNodeTupleTable().getTupleTable().getIndex(0).size();
    }

    private static Iterator<Tuple<NodeId>> all(NodeTupleTable table) {
        return table.getTupleTable().getIndex(0).all();
    }

    private Node node(NodeId id) {
        if (!id.isPtr()) {
            return NodeId.extract(id);
        }
        return remembered.computeIfAbsent(id, nodes::getNodeForNodeId);
    }
}
