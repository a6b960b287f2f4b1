package org.policygraph.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.jena.sparql.core.Quad;

/// What one solution of a query matched: edges that it needs together, and choices of which it needs one each.
/// @param edges each in the graph that was asked; the default graph where none was named
/// @param notes what can't be shown as edges, in words
record Witness(Set<Quad> edges, List<List<Witness>> choices, Set<String> notes) {

    Witness() {
        this(new LinkedHashSet<>(), new ArrayList<>(), new LinkedHashSet<>());
    }

    void add(Witness other) {
        edges.addAll(other.edges);
        choices.addAll(other.choices);
        notes.addAll(other.notes);
    }

    /// Any one of these is enough.
    void addOneOf(List<Witness> ways) {
        if (ways.size() == 1) {
            add(ways.getFirst());
        } else if (!ways.isEmpty()) {
            choices.add(ways);
        }
    }

    void gather(Collection<Quad> all, Collection<String> words) {
        all.addAll(edges);
        words.addAll(notes);
        choices.forEach(ways -> ways.forEach(way -> way.gather(all, words)));
    }
}
