package org.policygraph.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.jena.graph.Node;

/// The best ways through a region, in order, without listing the others.
///
/// Lawler's scheme over Yen's: the best way is found; then all other ways are parted by the step at which they first leave
/// it, and the best of each part waits in a queue. A part is "these first nodes, and not those next ones". Its best is found
/// exactly, from the goal backwards by number of steps left, with the first nodes taken out: trust is at most one, so the
/// best walk visits no node twice by itself. A way found costs at most [PathQuery#LONGEST] such passes over the region.
final class PathRanking {

    /// Trust of 1: hundredths to the power of the longest way, so that each step divides by a hundred without rest.
    private static final long WHOLE = 10_000_000_000_000_000L;
    private static final long NONE = -1;

    private final PathRegion region;
    private final WayOrder order;
    private final int longest;
    private final PathMeter meter;

    // By steps left, then by node: the best walk to the goal of at most so many steps.
    private final long[][] trust;
    private final byte[][] length;
    private final int[][] next;
    private final int[] reached;

    /// @param longest most steps of a way
    PathRanking(PathRegion region, WayOrder order, int longest, PathMeter meter) {
        this.region = region;
        this.order = order;
        this.longest = longest;
        this.meter = meter;
        this.trust = new long[longest + 1][region.size()];
        this.length = new byte[longest + 1][region.size()];
        this.next = new int[longest + 1][region.size()];
        this.reached = new int[region.size()];
    }

    /// The best of a part.
    /// @param leaves how many of its first nodes the part has in common, less one
    /// @param barred nodes that may not follow these
    private record Candidate(int[] path, long trust, int leaves, BitSet barred) {}

    /// At most so many ways; fewer when there are no more, or no time.
    List<List<Node>> best(int most) {
        var ways = new ArrayList<List<Node>>();
        var waiting = new PriorityQueue<>(inOrder());
        bestOf(new int[] {PathRegion.START}, new BitSet()).ifPresent(waiting::add);
        while (!waiting.isEmpty()) {
            var found = waiting.remove();
            ways.add(Arrays.stream(found.path()).mapToObj(region::node).toList());
            if (ways.size() == most) {
                break;
            }
            for (int i = found.leaves(); i < found.path().length - 1; i++) {
                if (!meter.mayThink()) {
                    // What waits is in order up to here, but what was not looked for might come before it.
                    return ways;
                }
                var barred = i == found.leaves() ? (BitSet) found.barred().clone() : new BitSet();
                barred.set(found.path()[i + 1]);
                bestOf(Arrays.copyOf(found.path(), i + 1), barred).ifPresent(waiting::add);
            }
        }
        return ways;
    }

    private Comparator<Candidate> inOrder() {
        var byLength = Comparator.<Candidate>comparingInt(candidate -> candidate.path().length);
        var byTrust = Comparator.comparingLong(Candidate::trust).reversed();
        return (order == WayOrder.SHORTEST ? byLength.thenComparing(byTrust) : byTrust.thenComparing(byLength))
                .thenComparing(Candidate::path, this::compareIris);
    }

    private int compareIris(int[] one, int[] other) {
        var differs = Arrays.mismatch(one, other);
        return differs < 0 ? 0 : compareIris(one[differs], other[differs]);
    }

    private int compareIris(int one, int other) {
        return region.node(one).getURI().compareTo(region.node(other).getURI());
    }

    private Optional<Candidate> bestOf(int[] first, BitSet barred) {
        var left = longest - (first.length - 1);
        var out = new BitSet();
        Arrays.stream(first).forEach(out::set);
        completions(left - 1, out);

        var at = first[first.length - 1];
        var links = region.links(at);
        var bestTrust = NONE;
        var bestLength = 0;
        var bestNext = -1;
        for (int i = 0; i < links.size(); i++) {
            var other = links.other(i);
            if (!out.get(other) && !barred.get(other) && trust[left - 1][other] != NONE) {
                var value = trust[left - 1][other] / 100 * links.trust(i);
                var steps = length[left - 1][other] + 1;
                if (isBetter(value, steps, other, bestTrust, bestLength, bestNext)) {
                    bestTrust = value;
                    bestLength = steps;
                    bestNext = other;
                }
            }
        }
        if (bestTrust == NONE) {
            return Optional.empty();
        }
        var path = Arrays.copyOf(first, first.length + bestLength);
        for (int i = first.length, node = bestNext, steps = left - 1; i < path.length; i++) {
            path[i] = node;
            node = next[steps--][node];
        }
        return Optional.of(new Candidate(path, whole(path), first.length - 1, barred));
    }

    private long whole(int[] path) {
        var product = WHOLE;
        for (int i = 0; i + 1 < path.length; i++) {
            var links = region.links(path[i]);
            for (int j = 0; j < links.size(); j++) {
                if (links.other(j) == path[i + 1]) {
                    product = product / 100 * links.trust(j);
                }
            }
        }
        return product;
    }

    /// Fills the tables, up to so many steps, for walks that keep away from some nodes.
    private void completions(int steps, BitSet out) {
        for (int left = 0; left <= steps; left++) {
            Arrays.fill(trust[left], NONE);
            trust[left][PathRegion.GOAL] = WHOLE;
            length[left][PathRegion.GOAL] = 0;
        }
        reached[0] = PathRegion.GOAL;
        var count = 1;
        for (int left = 1; left <= steps; left++) {
            // Only from where the goal is reached in one step less; who has been reached is listed once.
            var before = count;
            for (int i = 0; i < before; i++) {
                var node = reached[i];
                var links = region.links(node);
                for (int j = 0; j < links.size(); j++) {
                    var other = links.other(j);
                    if (other != PathRegion.GOAL && !out.get(other)) {
                        var value = trust[left - 1][node] / 100 * links.trust(j);
                        var length = this.length[left - 1][node] + 1;
                        if (trust[left][other] == NONE && trust[left - 1][other] == NONE) {
                            reached[count++] = other;
                        }
                        if (isBetter(value, length, node, trust[left][other], this.length[left][other], next[left][other])) {
                            trust[left][other] = value;
                            this.length[left][other] = (byte) length;
                            next[left][other] = node;
                        }
                    }
                }
            }
        }
    }

    private boolean isBetter(long trust, int length, int next, long thanTrust, int thanLength, int thanNext) {
        if (thanTrust == NONE) {
            return true;
        }
        var byTrust = Long.compare(thanTrust, trust);
        var byLength = Integer.compare(length, thanLength);
        var first = order == WayOrder.SHORTEST ? byLength : byTrust;
        var second = order == WayOrder.SHORTEST ? byTrust : byLength;
        return first != 0 ? first < 0 : second != 0 ? second < 0 : compareIris(next, thanNext) < 0;
    }
}
