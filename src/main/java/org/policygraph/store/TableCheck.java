package org.policygraph.store;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.jena.atlas.lib.Bytes;
import org.apache.jena.dboe.base.record.Record;
import org.apache.jena.dboe.index.Index;
import org.apache.jena.graph.Node;
import org.apache.jena.tdb2.store.NodeId;
import org.apache.jena.tdb2.store.NodeIdFactory;
import org.apache.jena.tdb2.store.nodetable.NodeTable;
import org.apache.jena.tdb2.store.nodetable.NodeTableTRDF;
import org.apache.jena.tdb2.store.nodetupletable.NodeTupleTable;
import org.apache.jena.tdb2.store.tupletable.TupleIndex;
import org.apache.jena.tdb2.store.tupletable.TupleIndexRecord;

/// Whether all indexes of a table of TDB2 hold the same rows, and each term of them is found by its id and by itself.
///
/// Rows are read from end to end and compared by their number and by two sums over them, whatever their order; nothing is
/// remembered of them. A tree that leads in a circle is left at the first row that is not above the one before.
final class TableCheck {

    private final String name;
    private final NodeTupleTable table;
    private final Consumer<String> damage;
    private final NodeTable nodes;

    /// @param name   "quads"
    /// @param damage hears what is wrong, as a sentence
    TableCheck(String name, NodeTupleTable table, Consumer<String> damage) {
        this.name = name;
        this.table = table;
        this.damage = damage;
        this.nodes = Quads.uncached(table.getNodeTable());
    }

    /// Of the rows of an index: how many, and two sums.
    private record Sum(long rows, long one, long other) {}

    /// @return how many rows there are
    long run() {
        var sums = new TreeMap<String, Sum>();
        for (var index : table.getTupleTable().getIndexes()) {
            Damaged.examine("index " + index.getName() + " of the " + name, damage, () -> sums.put(index.getName(), sum(index)));
        }
        var primary = sums.get(table.getTupleTable().getIndex(0).getName());
        if (primary == null) {
            return 0;
        }
        sums.forEach((index, sum) -> {
            if (!sum.equals(primary)) {
                damage.accept("index " + index + " has other " + name + " (%,d) than the first index (%,d)".formatted(sum.rows, primary.rows));
            }
        });
        return primary.rows;
    }

    private Sum sum(TupleIndex index) {
        var letters = index.getName();
        var order = Map.of('G', 0, 'S', 1, 'P', 2, 'O', 3, 'U', 3);
        var row = new long[4];
        var before = new byte[0];
        long rows = 0;
        long one = 0;
        long other = 0;
        var first = NodeId.NodeDoesNotExist;
        for (Iterator<Record> records = ((TupleIndexRecord) index).getRangeIndex().iterator(); records.hasNext();) {
            var key = records.next().getKey();
            if (rows > 0 && Arrays.compareUnsigned(before, key) >= 0) {
                throw new IllegalStateException("row " + rows + " is not above the one before");
            }
            before = key;
            for (int place = 0; place < letters.length(); place++) {
                row[order.get(letters.charAt(place))] = Bytes.getLong(key, place * NodeId.SIZE);
            }
            rows++;
            one += mixed(row, 0x9E3779B97F4A7C15L);
            other += mixed(row, 0xC2B2AE3D27D4EB4FL);
            var id = NodeIdFactory.get(key, 0);
            if (!id.equals(first)) {
                first = id;
                requireNode(id);
            }
        }
        return new Sum(rows, one, other);
    }

    /// The finishing of MurmurHash3 over each of the four.
    private static long mixed(long[] row, long seed) {
        var hash = seed;
        for (var id : row) {
            hash ^= id;
            hash ^= hash >>> 33;
            hash *= 0xff51afd7ed558ccdL;
            hash ^= hash >>> 33;
            hash *= 0xc4ceb9fe1a85ec53L;
            hash ^= hash >>> 33;
        }
        return hash;
    }

    /// Each term is first in one index or another.
    private void requireNode(NodeId id) {
        if (id.isPtr()) {
            Node node = nodes.getNodeForNodeId(id);
            if (node == null || !id.equals(nodes.getNodeIdForNode(node))) {
                throw new IllegalStateException("the term " + id + " (" + node + ") is not found by itself");
            }
        } else {
            NodeId.extract(id);
        }
    }

    /// The terms' own index, of their hashes.
    void terms() {
        Damaged.examine("the index of terms of the " + name, damage, () -> {
            Index index = ((NodeTableTRDF) nodes).getIndex();
            var before = new byte[0];
            for (Iterator<Record> records = index.iterator(); records.hasNext();) {
                var key = records.next().getKey();
                if (before.length > 0 && Arrays.compareUnsigned(before, key) >= 0) {
                    throw new IllegalStateException("an entry is not above the one before");
                }
                before = key;
            }
        });
    }
}
