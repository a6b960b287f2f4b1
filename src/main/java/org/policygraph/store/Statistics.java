package org.policygraph.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.atlas.lib.tuple.Tuple;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.tdb2.store.NodeId;
import org.apache.jena.tdb2.store.nodetupletable.NodeTupleTable;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.apache.jena.vocabulary.RDF;

/// How many of what there is, in the words of VoID: of the union of all graphs, each triple once, and of each graph.
/// @param graphs by name
public record Statistics(OfGraph union, SortedMap<String, OfGraph> graphs) {

    /// @param entities   subjects that have a class
    /// @param classes    largest first
    /// @param properties most used first
    public record OfGraph(long triples, long entities, long subjects, long objects, List<OfClass> classes, List<OfProperty> properties) {}

    /// @param entities   members of the class
    /// @param properties of the members, most used first
    public record OfClass(Node type, long entities, List<OfProperty> properties) {}

    public record OfProperty(Node property, long triples) {}

    /// Reads four indexes of the store from end to end, as ids that are compared and never looked up: what is equal lies side by
    /// side there, so that nothing is remembered but a count for each class, property and pair of them, and one subject.
    /// The union as Jena gives it would keep every triple on the heap to tell each once.
    /// @param data of TDB2, in a transaction
    public static Statistics of(DatasetGraph data) {
        var table = TDBInternal.requireStorage(data).getQuadTable().getNodeTupleTable();
        var type = table.getNodeTable().getNodeIdForNode(RDF.Nodes.type);

        var union = new Count(type);
        scan(table, "SPOG", union::triple);
        union.end();
        scan(table, "OSPG", union::object);

        var byGraph = new HashMap<NodeId, Count>();
        scan(table, "GSPO", quad -> byGraph.computeIfAbsent(quad.get(0), _ -> new Count(type)).triple(quad));
        scan(table, "GOSP", quad -> byGraph.get(quad.get(0)).object(quad));

        var graphs = new TreeMap<String, OfGraph>();
        byGraph.forEach((graph, count) -> {
            count.end();
            graphs.put(node(table, graph).getURI(), count.result(table));
        });
        return new Statistics(union.result(table), graphs);
    }

    private interface Each {
        void quad(Tuple<NodeId> quad);
    }

    /// @param index of TDB2, by the order of its keys; the tuples that it gives are graph, subject, predicate, object in each
    private static void scan(NodeTupleTable table, String index, Each each) {
        Iterator<Tuple<NodeId>> quads = table.getTupleTable().selectIndex(index).all();
        try {
            quads.forEachRemaining(each::quad);
        } finally {
            Iter.close(quads);
        }
    }

    private static Node node(NodeTupleTable table, NodeId id) {
        return table.getNodeTable().getNodeForNodeId(id);
    }

    private static final class Count {
        private final NodeId type;
        private final Map<NodeId, Long> properties = new HashMap<>();
        private final Map<NodeId, Long> classes = new HashMap<>();
        private final Map<NodeId, Map<NodeId, Long>> propertiesOfClass = new HashMap<>();
        private long triples;
        private long entities;
        private long subjects;
        private long objects;

        private NodeId subject;
        private NodeId predicate;
        private NodeId object;
        private final List<NodeId> types = new ArrayList<>();
        private final Map<NodeId, Long> itsProperties = new HashMap<>();
        private NodeId lastObject;

        private Count(NodeId type) {
            this.type = type;
        }

        /// Triples come sorted by subject, predicate, object; the same one again is not counted.
        private void triple(Tuple<NodeId> quad) {
            if (!quad.get(1).equals(subject)) {
                end();
                subject = quad.get(1);
                subjects++;
            } else if (quad.get(2).equals(predicate) && quad.get(3).equals(object)) {
                return;
            }
            predicate = quad.get(2);
            object = quad.get(3);
            triples++;
            itsProperties.merge(predicate, 1L, Long::sum);
            if (predicate.equals(type)) {
                types.add(object);
            }
        }

        /// Triples come sorted by object.
        private void object(Tuple<NodeId> quad) {
            if (!quad.get(3).equals(lastObject)) {
                lastObject = quad.get(3);
                objects++;
            }
        }

        /// Of a subject.
        private void end() {
            itsProperties.forEach((property, count) -> properties.merge(property, count, Long::sum));
            for (var one : types) {
                classes.merge(one, 1L, Long::sum);
                var within = propertiesOfClass.computeIfAbsent(one, _ -> new HashMap<>());
                itsProperties.forEach((property, count) -> within.merge(property, count, Long::sum));
            }
            if (!types.isEmpty()) {
                entities++;
            }
            types.clear();
            itsProperties.clear();
        }

        private OfGraph result(NodeTupleTable table) {
            var ofClasses = new ArrayList<OfClass>();
            classes.forEach((one, count) -> ofClasses.add(new OfClass(node(table, one), count, ofProperties(propertiesOfClass.get(one), table))));
            ofClasses.sort(Comparator.comparingLong(OfClass::entities).reversed().thenComparing(one -> one.type().toString()));
            return new OfGraph(triples, entities, subjects, objects, List.copyOf(ofClasses), ofProperties(properties, table));
        }

        private static List<OfProperty> ofProperties(Map<NodeId, Long> counts, NodeTupleTable table) {
            return counts.entrySet().stream().map(one -> new OfProperty(node(table, one.getKey()), one.getValue()))
                    .sorted(Comparator.comparingLong(OfProperty::triples).reversed().thenComparing(one -> one.property().toString())).toList();
        }
    }
}
