package org.policygraph.evidence;

import java.util.Set;
import org.apache.jena.graph.Node;

/// What a way may lead over.
/// @param only            properties, each with those below it; all when empty
/// @param without         properties that it may not use, each with those below it
/// @param alsoStatuses    statuses whose claims are walked besides those that hold
/// @param withoutStatuses statuses whose claims are not walked
/// @param concepts        whether concepts of the taxonomies count as nodes
/// @param inferred        whether edges that a chain of rules made are walked too
public record PathFilter(Set<Node> only, Set<Node> without, Set<Node> alsoStatuses, Set<Node> withoutStatuses, boolean concepts, boolean inferred) {

    public static final PathFilter NONE = new PathFilter(Set.of(), Set.of(), Set.of(), Set.of(), false, false);

    public PathFilter {
        only = Set.copyOf(only);
        without = Set.copyOf(without);
        alsoStatuses = Set.copyOf(alsoStatuses);
        withoutStatuses = Set.copyOf(withoutStatuses);
    }

    PathFilter withStatuses(Set<Node> also) {
        return new PathFilter(only, without, also, Set.of(), concepts, inferred);
    }

    PathFilter withConcepts() {
        return new PathFilter(only, without, alsoStatuses, withoutStatuses, true, inferred);
    }

    PathFilter withAllProperties() {
        return new PathFilter(Set.of(), Set.of(), alsoStatuses, withoutStatuses, concepts, inferred);
    }
}
