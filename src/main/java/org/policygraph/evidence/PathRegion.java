package org.policygraph.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;

/// What has been read around two nodes, from both ends: nodes as numbers, and how they are linked.
/// Memory goes with the links looked at, hence with the limit of the search.
final class PathRegion {

    static final int START = 0;
    static final int GOAL = 1;

    private final PathGraph graph;
    private final PathMeter meter;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Links> links = new ArrayList<>();
    private final Map<Node, Integer> numbers = new HashMap<>();
    private final BitSet read = new BitSet();
    private final List<Side> sides;

    /// The links of one node, both ends of each have it.
    static final class Links {
        private int[] others = new int[4];
        private byte[] trusts = new byte[4];
        private int size;

        int size() {
            return size;
        }

        int other(int index) {
            return others[index];
        }

        /// In hundredths.
        int trust(int index) {
            return trusts[index];
        }

        private void add(int other, int trust) {
            if (size == others.length) {
                others = Arrays.copyOf(others, size * 2);
                trusts = Arrays.copyOf(trusts, size * 2);
            }
            others[size] = other;
            trusts[size++] = (byte) trust;
        }
    }

    private static final class Side {
        private final BitSet seen = new BitSet();
        private List<Integer> rim = new ArrayList<>();

        private Side(int end) {
            seen.set(end);
            rim.add(end);
        }
    }

    PathRegion(PathGraph graph, PathMeter meter, Node start, Node goal) {
        this.graph = graph;
        this.meter = meter;
        number(start);
        number(goal);
        this.sides = List.of(new Side(START), new Side(GOAL));
    }

    /// Reads one step further from the end whose rim has fewer nodes. A way of n steps is known in whole when this has
    /// been done n times: the part within reach of either end has been read from there.
    /// @return whether it was read to its end
    boolean grow() {
        var side = sides.get(sides.getFirst().rim.size() <= sides.getLast().rim.size() ? 0 : 1);
        var next = new ArrayList<Integer>();
        for (var node : side.rim) {
            if (!read.get(node)) {
                read(node);
            }
            var around = links.get(node);
            for (int i = 0; i < around.size(); i++) {
                if (!side.seen.get(around.other(i))) {
                    side.seen.set(around.other(i));
                    next.add(around.other(i));
                }
            }
            if (meter.reached().isPresent()) {
                return false;
            }
        }
        side.rim = next;
        return true;
    }

    int size() {
        return nodes.size();
    }

    Node node(int number) {
        return nodes.get(number);
    }

    Links links(int number) {
        return links.get(number);
    }

    private void read(int number) {
        read.set(number);
        graph.neighbours(nodes.get(number)).forEach((node, trust) -> {
            var other = number(node);
            // One that was read before has brought this link already.
            if (!read.get(other)) {
                links.get(number).add(other, trust);
                links.get(other).add(number, trust);
            }
        });
    }

    private int number(Node node) {
        return numbers.computeIfAbsent(node, _ -> {
            nodes.add(node);
            links.add(new Links());
            return nodes.size() - 1;
        });
    }
}
