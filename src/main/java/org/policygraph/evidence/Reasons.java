package org.policygraph.evidence;

import java.time.Duration;
import org.apache.jena.sparql.core.DatasetGraph;
import org.policygraph.graph.Rules;
import org.policygraph.store.Names;
import org.policygraph.term.Vocabulary;

/// What evidence is found by, besides the data.
/// @param words of the ontology that the store was loaded by
/// @param rules of the same
/// @param time  after which looking for the evidence of an answer stops; zero for no end
public record Reasons(Vocabulary words, Rules rules, Duration time) {

    public Reasons(Vocabulary words, Rules rules) {
        this(words, rules, Duration.ZERO);
    }

    /// Proofs of what is in the data now.
    /// @param data in a transaction, which must last as long as the proofs are used
    public Proofs in(DatasetGraph data) {
        return new Proofs(this, data);
    }

    public Names names() {
        return new Names(words);
    }
}
