package org.policygraph.evidence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.policygraph.evidence.Edge.Ground;

/// An edge with every edge beneath it, down to claims.
///
/// Rules may run in circles (an inverse of an inverse), so what holds and how strongly is the least fixpoint: an edge holds when
/// something bears it, or when all premises of some derivation hold.
public final class Proof {

    private final Triple root;
    private final Map<Triple, Edge> edges;
    private final boolean cut;
    private final Map<Triple, BigDecimal> strengths;

    Proof(Triple root, Map<Triple, Edge> found, boolean cut) {
        this.root = root;
        this.edges = new LinkedHashMap<>(found);
        this.cut = cut || found.values().stream().anyMatch(Edge::cut);
        // A derivation that needs the very edge that it derives is no reason.
        found.forEach((triple, edge) -> {
            if (!edge.derivations().isEmpty()) {
                var without = standing(_ -> true, Optional.of(triple));
                edges.put(triple, edge.withDerivations(edge.derivations().stream().filter(derivation -> without.containsAll(derivation.premises())).toList()));
            }
        });
        this.strengths = strengthsOf();
    }

    public Triple triple() {
        return root;
    }

    /// The edge that is proved.
    public Edge edge() {
        return edges.get(root);
    }

    /// An edge of the proof; none for a premise beyond its bounds.
    public Optional<Edge> edge(Triple triple) {
        return Optional.ofNullable(edges.get(triple));
    }

    /// All edges of the proof, the proved one first.
    public Collection<Edge> edges() {
        return edges.values();
    }

    /// Whether more lies beneath than the proof shows.
    public boolean cut() {
        return cut;
    }

    /// All claims that the proof shows.
    public Set<Claim> claims() {
        var claims = new LinkedHashSet<Claim>();
        reached().forEach(edge -> claims.addAll(edge.claims()));
        return claims;
    }

    /// Edges that are reached through the derivations that count, the proved one first.
    List<Edge> reached() {
        return reached(root);
    }

    private List<Edge> reached(Triple start) {
        var seen = new LinkedHashSet<Triple>(List.of(start));
        var open = new ArrayList<>(seen);
        for (int i = 0; i < open.size(); i++) {
            edge(open.get(i)).ifPresent(edge -> edge.derivations().forEach(derivation -> derivation.premises().forEach(premise -> {
                if (seen.add(premise)) {
                    open.add(premise);
                }
            })));
        }
        return seen.stream().map(this::edge).flatMap(Optional::stream).toList();
    }

    /// The greatest weight among the claims that state the edge; of a derivation the least of its premises; the best of all.
    /// None when no claim is involved.
    public Optional<BigDecimal> strength() {
        return strength(root);
    }

    Optional<BigDecimal> strength(Triple triple) {
        return edge(triple).isEmpty() || reached(triple).stream().allMatch(edge -> edge.claims().isEmpty()) ? Optional.empty()
                : Optional.ofNullable(strengths.get(triple));
    }

    /// Sources without which the edge would fall: more than one where a derivation joins them.
    public Set<Node> soleSources() {
        return reached().stream().flatMap(edge -> edge.grounds().stream()).flatMap(ground -> ground.source().stream())
                .filter(source -> !stands(ground -> !ground.source().equals(Optional.of(source)))).collect(Collectors.toCollection(LinkedHashSet::new));
    }


    /// Whether the edge would still hold if only these grounds were left.
    boolean stands(Predicate<Ground> left) {
        return standing(left, Optional.empty()).contains(root);
    }

    private Set<Triple> standing(Predicate<Ground> left, Optional<Triple> without) {
        var standing = new HashSet<Triple>();
        for (var changed = true; changed;) {
            changed = false;
            for (var edge : edges.values()) {
                if (!standing.contains(edge.triple()) && !without.equals(Optional.of(edge.triple()))
                        && (edge.grounds().stream().anyMatch(left) || edge.derivations().stream().anyMatch(one -> standing.containsAll(one.premises())))) {
                    standing.add(edge.triple());
                    changed = true;
                }
            }
        }
        return standing;
    }

    private Map<Triple, BigDecimal> strengthsOf() {
        var strengths = new HashMap<Triple, BigDecimal>();
        for (var changed = true; changed;) {
            changed = false;
            for (var edge : edges.values()) {
                var best = strength(edge, strengths);
                if (best.isPresent() && (!strengths.containsKey(edge.triple()) || best.get().compareTo(strengths.get(edge.triple())) > 0)) {
                    strengths.put(edge.triple(), best.get());
                    changed = true;
                }
            }
        }
        return strengths;
    }

    private static Optional<BigDecimal> strength(Edge edge, Map<Triple, BigDecimal> strengths) {
        var ways = new ArrayList<BigDecimal>();
        // What nobody needs to claim is as strong as can be.
        edge.grounds().forEach(ground -> ways.add(ground.claim().flatMap(Claim::weight).orElse(BigDecimal.ONE)));
        edge.derivations().stream().filter(derivation -> strengths.keySet().containsAll(derivation.premises()))
                .forEach(derivation -> ways.add(derivation.premises().stream().map(strengths::get).reduce(BigDecimal.ONE, BigDecimal::min)));
        return ways.stream().max(BigDecimal::compareTo);
    }
}
