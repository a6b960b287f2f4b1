package org.policygraph.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Triple;

/// Keeps a graph of what follows from the rules, as the facts change: always the closure of the facts, without the facts.
///
/// Each new triple is followed, with all that comes of it, before the next one is looked at. So the work is that of the
/// change and of what follows from it, and the memory that of what follows from one triple, however much is loaded.
/// Removal is "delete and rederive": first all that may have rested on what goes is taken away, then what still follows is put back.
public final class Inference {

    private final Rules rules;
    private final Graph union;
    private final Graph inferred;
    private long added;
    private long removed;

    /// @param union    facts and inferred triples
    /// @param inferred where inferred triples are kept
    public Inference(Rules rules, Graph union, Graph inferred) {
        this.rules = rules;
        this.union = union;
        this.inferred = inferred;
    }

    /// Follows a fact that has been added; it is in the union already.
    public void added(Triple fact) {
        if (inferred.contains(fact)) {
            // What follows from it is there already.
            inferred.delete(fact);
            removed++;
        } else {
            follow(fact);
        }
    }

    /// What may rest on facts that are about to go: to be called while they are still there.
    /// @param going facts that no graph will assert any more
    public Set<Triple> restingOn(Set<Triple> going) {
        var resting = new LinkedHashSet<Triple>();
        var open = new ArrayDeque<>(going);
        while (!open.isEmpty()) {
            rules.consequences(open.pop(), union, head -> {
                if (!resting.contains(head) && inferred.contains(head)) {
                    resting.add(head);
                    open.push(head);
                }
            });
        }
        return resting;
    }

    /// Takes away what rested on the facts that are gone, and puts back what still follows.
    /// @param gone    facts that have been removed
    /// @param resting what [#restingOn] said of them
    public void removed(Set<Triple> gone, Set<Triple> resting) {
        resting.forEach(inferred::delete);
        removed += resting.size();
        for (var lost : List.of(resting, gone)) {
            for (var triple : lost) {
                if (!union.contains(triple) && rules.follows(triple, union)) {
                    keep(triple);
                    follow(triple);
                }
            }
        }
    }

    private void follow(Triple start) {
        var open = new ArrayDeque<Triple>();
        open.push(start);
        var heads = new ArrayList<Triple>();
        while (!open.isEmpty()) {
            // Collected first: a graph that is being read must not be written.
            rules.consequences(open.pop(), union, heads::add);
            for (var head : heads) {
                if (!union.contains(head)) {
                    keep(head);
                    open.push(head);
                }
            }
            heads.clear();
        }
    }

    private void keep(Triple triple) {
        inferred.add(triple);
        added++;
    }

    /// How many inferred triples have come so far.
    public long addedSoFar() {
        return added;
    }

    /// How many inferred triples have gone so far.
    public long removedSoFar() {
        return removed;
    }
}
