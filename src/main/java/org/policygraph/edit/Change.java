package org.policygraph.edit;

import java.util.Optional;
import java.util.function.Consumer;
import org.apache.jena.sparql.core.DatasetGraph;

/// What an editor asks for.
/// @param what   in one line, as the history tells it
/// @param text   all of it, where it is more than a line
/// @param undoes the edit that it takes back
record Change(String what, Optional<String> text, Optional<Long> undoes, Consumer<Recording> work) {

    /// What must be so of the quads as they are, if anything is to be changed.
    interface Condition {
        /// @throws org.policygraph.problem.ProblemException when it is not
        void check(DatasetGraph data);
    }
}
