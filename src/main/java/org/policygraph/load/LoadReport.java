package org.policygraph.load;

import java.util.List;

/// What a load did.
/// @param changes one for each graph that changed
public record LoadReport(List<GraphChange> changes) {
    public LoadReport {
        changes = List.copyOf(changes);
    }

    /// Whether the store held all this already.
    public boolean unchanged() {
        return changes.isEmpty();
    }
}
