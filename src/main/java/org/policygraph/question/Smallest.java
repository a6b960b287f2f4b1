package org.policygraph.question;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.jena.sparql.syntax.Element;

/// Finds the smallest set of conjuncts that together find nothing: the fewest, and of these the first in the text.
/// A set that lacks a conjunct finds no less than one that has it, hence a set that finds something need not be looked into.
final class Smallest {

    /// Sets of one size that are tried before deletion alone must do.
    private static final int MOST_SETS = 400;

    private final Trial trial;
    private final UnaryOperator<Element> frame;

    /// @param frame what stands around the conjuncts: a GRAPH, or nothing
    Smallest(Trial trial, UnaryOperator<Element> frame) {
        this.trial = trial;
        this.frame = frame;
    }

    /// Empty when they find something together, or when time did not suffice to know.
    /// @param all of one group
    Optional<List<Conjunct>> of(List<Conjunct> all) {
        for (var one : all) {
            if (fails(List.of(one))) {
                return Optional.of(List.of(one));
            }
        }
        var pair = ofSize(2, all);
        if (pair.isPresent()) {
            return pair;
        }
        if (!nothing(Conjunct.speaking(all))) {
            return Optional.empty();
        }
        var left = withoutTheNeedless(Conjunct.speaking(all));
        for (var size = 3; size < left.size(); size++) {
            var smaller = ofSize(size, all);
            if (smaller.isPresent()) {
                return smaller;
            }
        }
        return Optional.of(left);
    }

    private List<Conjunct> withoutTheNeedless(List<Conjunct> set) {
        var left = set;
        // From the end, so that what remains is the first in the text.
        for (var candidate : set.reversed()) {
            if (left.contains(candidate)) {
                var fewer = new ArrayList<>(left);
                fewer.remove(candidate);
                var speaking = Conjunct.speaking(fewer);
                if (!speaking.isEmpty() && nothing(speaking)) {
                    left = speaking;
                }
            }
        }
        return left;
    }

    /// The first set of this size that fails; none when there are too many to try.
    private Optional<List<Conjunct>> ofSize(int size, List<Conjunct> all) {
        var tried = new int[1];
        return extended(List.of(), all, size, tried);
    }

    private Optional<List<Conjunct>> extended(List<Conjunct> set, List<Conjunct> all, int size, int[] tried) {
        if (set.size() == size) {
            tried[0]++;
            return isConnected(set) && fails(set) ? Optional.of(set) : Optional.empty();
        }
        var from = set.isEmpty() ? 0 : set.getLast().place() + 1;
        for (var next = from; next < all.size() && tried[0] < MOST_SETS && !trial.isOver(); next++) {
            var longer = new ArrayList<>(set);
            longer.add(all.get(next));
            var found = extended(longer, all, size, tried);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// What has no variable in common finds something together when each part does.
    private static boolean isConnected(List<Conjunct> set) {
        var open = new ArrayList<>(set.subList(1, set.size()));
        var reached = new ArrayList<>(List.of(set.getFirst()));
        for (var at = 0; at < reached.size(); at++) {
            var one = reached.get(at);
            open.stream().filter(one::touches).forEach(reached::add);
            open.removeAll(reached);
        }
        return open.isEmpty();
    }

    /// A set in which one does not speak is the same as a smaller set.
    private boolean fails(List<Conjunct> set) {
        return Conjunct.speaking(set).size() == set.size() && nothing(set);
    }

    private boolean nothing(Collection<Conjunct> set) {
        return !trial.isOver() && trial.findsNothing(frame.apply(Conjunct.group(set)));
    }
}
