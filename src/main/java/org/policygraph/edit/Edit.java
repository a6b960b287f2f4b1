package org.policygraph.edit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an editor did at one go.
/// @param number  from 1, in the order in which they were done
/// @param what    they asked for, in one line
/// @param graphs  that it changed, by IRI
/// @param added   triples that came, those that follow by rules not counted
/// @param undoes  the edit that it takes back
public record Edit(long number, String editor, Instant at, String what, List<String> graphs, long added, long removed, Optional<Long> undoes) {
    public Edit {
        graphs = List.copyOf(graphs);
    }
}
