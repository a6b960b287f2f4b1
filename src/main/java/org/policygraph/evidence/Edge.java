package org.policygraph.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.policygraph.graph.Rules.Derivation;
import org.policygraph.term.Iris;

/// One triple of the graph and all that it rests on directly.
/// @param graphs      that assert it, without the graph of what is inferred
/// @param claims      by source and paragraph
/// @param derivations that do not need the edge itself
/// @param cut         whether there are more derivations than are listed
public record Edge(Triple triple, List<Node> graphs, Basis basis, List<Claim> claims, List<Derivation> derivations, boolean cut) {

    /// What an edge rests on in the first place.
    public enum Basis {
        /// Claims state it.
        CLAIMED,
        /// It says something of a claim: that claim.
        OF_A_CLAIM,
        /// It says something of a figure or target: the claim that has it.
        OF_A_QUANTITY,
        /// A graph has it, and nobody claims it: registry, ontology, description, numbering of paragraphs.
        GIVEN,
        /// Rules.
        INFERRED;

        /// As it is written in results.
        @Override public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Edge {
        graphs = List.copyOf(graphs);
        claims = List.copyOf(claims);
        derivations = List.copyOf(derivations);
    }

    /// Something that bears an edge without a rule.
    /// @param claim none where a graph has it without anyone claiming it
    public record Ground(Optional<Claim> claim, Optional<Node> source) {

        Optional<Node> speaker() {
            return claim.flatMap(Claim::assertedBy);
        }
    }

    List<Ground> grounds() {
        var grounds = new ArrayList<Ground>();
        claims.forEach(claim -> grounds.add(new Ground(Optional.of(claim), claim.source())));
        for (var graph : graphs) {
            var source = Iris.sourceOf(graph);
            // The plain edge in a source's graph is there because of the claims.
            if (claims.isEmpty() || source.isEmpty()) {
                grounds.add(new Ground(Optional.empty(), source));
            }
        }
        if (cut) {
            // What was not looked at may well bear it.
            grounds.add(new Ground(Optional.empty(), Optional.empty()));
        }
        return grounds;
    }

    Edge withDerivations(List<Derivation> kept) {
        return new Edge(triple, graphs, basis, claims, kept, cut);
    }
}
