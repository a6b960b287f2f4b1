package org.policygraph.evidence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.Quad;
import org.policygraph.evidence.Edge.Ground;

/// On what one row of an answer rests.
///
/// A row may be come by in several ways (DISTINCT, UNION); then any one is enough, and its weakest link is that of its best way.
public final class RowEvidence {

    private final List<Witness> ways;
    private final Map<Triple, Proof> proofs = new LinkedHashMap<>();
    private final Set<Quad> edges = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /// @param ways none when the row could not be traced
    RowEvidence(List<Witness> ways, Collection<String> notes, Proofs proofs) {
        this.ways = List.copyOf(ways);
        ways.forEach(way -> way.gather(edges, this.notes));
        this.notes.addAll(notes);
        edges.forEach(edge -> proofs.of(edge.asTriple()).ifPresent(proof -> this.proofs.put(edge.asTriple(), proof)));
        if (this.proofs.values().stream().anyMatch(Proof::cut)) {
            this.notes.add("more lies beneath than is shown");
        }
    }

    /// Edges that its patterns matched, each in the graph that was asked.
    public Set<Quad> edges() {
        return edges;
    }

    /// Proofs of the edges, in the order of the query.
    public Collection<Proof> proofs() {
        return proofs.values();
    }

    /// All claims beneath the row; those nearest to it first.
    public List<Claim> claims() {
        return proofs.values().stream().flatMap(proof -> proof.claims().stream()).distinct().toList();
    }

    /// What can't be shown as edges: patterns that found nothing, what was cut, what is not covered.
    public Set<String> notes() {
        return notes;
    }

    /// The edge of least strength; none when no claim is involved.
    public Optional<Proof> weakestLink() {
        return ways.stream().map(this::weakest).flatMap(Optional::stream).max(BY_STRENGTH);
    }

    private static final Comparator<Proof> BY_STRENGTH = Comparator.comparing(proof -> proof.strength().orElse(BigDecimal.ONE));

    private Optional<Proof> weakest(Witness way) {
        var links = new ArrayList<Proof>();
        way.edges().stream().map(edge -> proofs.get(edge.asTriple())).filter(proof -> proof != null && proof.strength().isPresent()).forEach(links::add);
        for (var choice : way.choices()) {
            var best = choice.stream().map(this::weakest).toList();
            // A way that rests on no claim is as strong as can be.
            if (best.stream().allMatch(Optional::isPresent)) {
                best.stream().flatMap(Optional::stream).max(BY_STRENGTH).ifPresent(links::add);
            }
        }
        return links.stream().min(BY_STRENGTH);
    }

    /// Sources without any one of which the row would fall.
    public Set<Node> soleSources() {
        return sole(Ground::source);
    }

    /// Those who assert the claims, without any one of whom the row would fall.
    public Set<Node> soleSpeakers() {
        return sole(Ground::speaker);
    }

    private Set<Node> sole(Function<Ground, Optional<Node>> of) {
        var candidates = new LinkedHashSet<Node>();
        proofs.values().forEach(proof -> proof.reached().forEach(edge -> edge.grounds().forEach(ground -> of.apply(ground).ifPresent(candidates::add))));
        return candidates.stream().filter(candidate -> {
            Predicate<Ground> left = ground -> !of.apply(ground).equals(Optional.of(candidate));
            var standing = proofs.entrySet().stream().filter(entry -> entry.getValue().stands(left)).map(Map.Entry::getKey).collect(Collectors.toSet());
            return ways.stream().noneMatch(way -> stands(way, standing));
        }).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean stands(Witness way, Set<Triple> standing) {
        return way.edges().stream().map(Quad::asTriple).allMatch(edge -> standing.contains(edge) || !proofs.containsKey(edge))
                && way.choices().stream().allMatch(choice -> choice.stream().anyMatch(one -> stands(one, standing)));
    }
}
