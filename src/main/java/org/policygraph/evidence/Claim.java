package org.policygraph.evidence;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.policygraph.term.Language;

/// A statement as one source makes it.
/// @param says       what it states, affirmed or denied
/// @param passages   by paragraph
/// @param status     a concept of `claim-status`
/// @param holds      whether a claim of that status is held to be so
/// @param confidence a concept of `confidence`
/// @param weight     of that concept, from 0 to 1
/// @param gloss      what it says, in our own words
public record Claim(Node node, Triple says, Optional<Node> source, List<Passage> passages, Optional<Node> assertedBy, Optional<Node> speakerKind,
        Optional<Node> status, boolean holds, boolean negated, Optional<Node> confidence, Optional<BigDecimal> weight, Map<Language, String> gloss) {

    /// A numbered paragraph of a source.
    public record Passage(Node node, int paragraph) {}

    public Claim {
        passages = List.copyOf(passages);
        gloss = Map.copyOf(gloss);
    }

    /// Whether its statement also stands as a plain edge.
    public boolean supports() {
        return holds && !negated;
    }
}
