package org.policygraph.edit;

import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.store.DatasetVersion;

/// On what the editor wants things to be as they have seen them: `If-Match` and `If-None-Match`.
/// @param versions one of which the graph (or the dataset) must have; empty for any
/// @param there    whether it must be there, or must not
public record Precondition(Optional<Set<String>> versions, Optional<Boolean> there) {

    public static Precondition none() {
        return new Precondition(Optional.empty(), Optional.empty());
    }

    /// @param graph that is meant; empty for all of them
    /// @throws ProblemException `Outdated`
    void check(DatasetGraph data, Optional<Node> graph) {
        var isThere = graph.map(data::containsGraph).orElse(true);
        if (there.isPresent() && there.get() != isThere) {
            throw outdated(isThere ? "it is there already" : "it is not there (any more)");
        }
        if (versions.isPresent()) {
            var version = isThere ? graph.map(named -> DatasetVersion.of(data, named)).orElseGet(() -> DatasetVersion.of(data)) : Optional.<String>empty();
            if (version.isEmpty() || !versions.get().contains(version.get())) {
                throw outdated("it has been changed since you read it; read it again, and write what you want on top of that");
            }
        }
    }

    private static ProblemException outdated(String what) {
        return new ProblemException(new Problem.Outdated(new Where.Argument("condition"), what));
    }
}
