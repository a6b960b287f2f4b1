package org.policygraph.evidence;

/// Which ways come first. What is left equal is decided by the IRIs of the nodes, from the start on.
public enum WayOrder {
    /// Fewest steps; among these, most trust.
    SHORTEST,
    /// Most trust; among these, fewest steps.
    TRUSTED;

    /// As it is typed.
    @Override public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
