package org.policygraph.evidence;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.policygraph.term.Iris;

/// The edges that a way may use, read from the claims as they are needed.
///
/// A claim that holds is also a plain edge, but only the claim knows its status and confidence, and only claims know the
/// plans and goals: so claims are read, and one way of reading serves all.
final class PathGraph {

    private static final Comparator<Node> BY_IRI = Comparator.comparing(Node::getURI);

    private final PathClaims claims;
    private final PathSchema schema;
    private final Set<Node> predicates;
    private final Set<Node> statuses;
    private final boolean concepts;
    private final Optional<PathChains> chains;
    private final PathMeter meter;

    /// @param chains none when what follows from rules is not walked
    PathGraph(PathClaims claims, PathSchema schema, PathFilter filter, Optional<PathChains> chains, PathMeter meter) {
        this.claims = claims;
        this.schema = schema;
        this.predicates = new HashSet<>(schema.relations());
        chains.ifPresent(known -> predicates.addAll(known.predicates()));
        if (!filter.only().isEmpty()) {
            predicates.retainAll(schema.within(filter.only()));
        }
        predicates.removeAll(schema.within(filter.without()));
        this.statuses = schema.statuses(filter);
        this.concepts = filter.concepts();
        this.chains = chains;
        this.meter = meter;
    }

    /// The nodes one step away, and the trust of that step in hundredths; fewer than there are when the meter ends it.
    Map<Node, Integer> neighbours(Node node) {
        var found = new HashMap<Node, Integer>();
        var stated = new HashSet<Triple>();
        for (var outward : List.of(true, false)) {
            var around = claims.of(node, outward);
            try {
                while (around.hasNext() && meter.mayLook()) {
                    walked(around.next()).ifPresent(read -> {
                        var other = outward ? read.statement().getObject() : read.statement().getSubject();
                        if (!other.equals(node)) {
                            found.merge(other, hundredths(read.weight()), Math::max);
                            if (chains.isPresent()) {
                                stated.add(read.statement());
                            }
                        }
                    });
                }
            } finally {
                around.close();
            }
        }
        chains.ifPresent(known -> known.around(node, meter, edge -> {
            if (isWalkedToo(edge, stated)) {
                var other = edge.getSubject().equals(node) ? edge.getObject() : edge.getSubject();
                known.support(edge).map(support -> hundredths(support.trust())).filter(trust -> trust > 0)
                        .ifPresent(trust -> found.merge(other, trust, Math::max));
            }
        }));
        return found;
    }

    /// All edges between two nodes, in the order in which a step has them.
    List<WayEdge> between(Node from, Node to) {
        var found = new ArrayList<WayEdge>();
        var stated = new HashSet<Triple>();
        for (var forward : List.of(true, false)) {
            var byPredicate = new TreeMap<Node, List<PathClaims.Read>>(BY_IRI);
            claims.between(forward ? from : to, forward ? to : from, claim -> walked(claim).ifPresent(read ->
                    byPredicate.computeIfAbsent(read.statement().getPredicate(), _ -> new ArrayList<>()).add(read)));
            byPredicate.values().forEach(reads -> {
                stated.add(reads.getFirst().statement());
                found.add(stated(reads, forward));
            });
        }
        chains.ifPresent(known -> {
            for (var forward : List.of(true, false)) {
                known.between(forward ? from : to, forward ? to : from).stream().filter(edge -> isWalkedToo(edge, stated))
                        .forEach(edge -> known.support(edge).filter(support -> hundredths(support.trust()) > 0)
                                .ifPresent(support -> found.add(inferred(edge, support, forward))));
            }
        });
        found.sort(Comparator.comparing(WayEdge::forward).reversed().thenComparing(WayEdge::inferred).thenComparing(WayEdge::predicate, BY_IRI));
        return found;
    }

    private WayEdge stated(List<PathClaims.Read> reads, boolean forward) {
        var edge = reads.getFirst().statement();
        return new WayEdge(edge.getSubject(), edge.getPredicate(), edge.getObject(), forward, schema.sign(edge.getPredicate()),
                reads.stream().anyMatch(read -> schema.holding().contains(read.status())), false,
                reads.stream().map(PathClaims.Read::weight).max(Comparator.naturalOrder()).orElseThrow(),
                reads.stream().sorted(Comparator.comparing(PathClaims.Read::claim, BY_IRI)).map(claims::evidence).toList());
    }

    private WayEdge inferred(Triple edge, PathChains.Support support, boolean forward) {
        return new WayEdge(edge.getSubject(), edge.getPredicate(), edge.getObject(), forward, schema.sign(edge.getPredicate()), true, true,
                support.trust(), support.claims().stream().sorted(BY_IRI).map(claims::read).flatMap(Optional::stream).map(claims::evidence).toList());
    }

    /// Ranking is by whole hundredths, so that products of up to eight are exact in 64 bits.
    private static int hundredths(BigDecimal weight) {
        return weight.min(BigDecimal.ONE).movePointRight(2).setScale(0, RoundingMode.DOWN).intValueExact();
    }

    private Optional<PathClaims.Read> walked(Node claim) {
        return claims.read(claim).filter(read -> walks(read.statement()) && statuses.contains(read.status()) && hundredths(read.weight()) > 0);
    }

    private boolean walks(Triple edge) {
        return predicates.contains(edge.getPredicate()) && isNode(edge.getSubject()) && isNode(edge.getObject());
    }

    /// An inferred edge, unless a stated one says as much already: by the same property, or one below it.
    private boolean isWalkedToo(Triple edge, Set<Triple> stated) {
        return walks(edge) && schema.within(List.of(edge.getPredicate())).stream()
                .noneMatch(property -> stated.contains(Triple.create(edge.getSubject(), property, edge.getObject())));
    }

    private boolean isNode(Node node) {
        return node.isURI() && (node.getURI().startsWith(Iris.ID) || concepts && node.getURI().startsWith(Iris.CONCEPT));
    }
}
