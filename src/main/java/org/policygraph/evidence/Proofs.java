package org.policygraph.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.policygraph.evidence.Edge.Basis;
import org.policygraph.graph.Rules.Derivation;
import org.policygraph.term.Iris;
import org.policygraph.term.Pol;

/// Proves edges of one state of the store; what it has looked up once it knows.
public final class Proofs {

    /// A proof has at most so many edges, each with at most so many derivations.
    private static final int MOST_EDGES = 200;
    private static final int MOST_DERIVATIONS = 20;
    /// Near edges that are named for one that does not exist.
    private static final int MOST_NEAR = 10;

    private final Reasons reasons;
    private final DatasetGraph data;
    private final Graph union;
    private final Claims claims;
    private final Map<Triple, Edge> edges = new HashMap<>();
    private final Map<Triple, Optional<Proof>> proofs = new HashMap<>();

    Proofs(Reasons reasons, DatasetGraph data) {
        this.reasons = reasons;
        this.data = data;
        this.union = data.getUnionGraph();
        this.claims = new Claims(union);
    }

    /// Empty when the graph does not have the edge.
    public Optional<Proof> of(Triple triple) {
        var known = proofs.get(triple);
        if (known == null) {
            known = union.contains(triple) ? Optional.of(prove(triple)) : Optional.empty();
            proofs.put(triple, known);
        }
        return known;
    }

    /// What there is instead of an edge that the graph does not have.
    /// @param unheld          claims that state it without its being held to be so
    /// @param otherObjects    edges with the same subject and predicate
    /// @param otherPredicates edges between the same two, either way round
    public record Instead(Triple triple, List<Claim> unheld, List<Triple> otherObjects, List<Triple> otherPredicates) {}

    public Instead insteadOf(Triple triple) {
        var between = near(union, triple.getSubject(), Node.ANY, triple.getObject());
        if (triple.getObject().isURI()) {
            between.addAll(near(union, triple.getObject(), Node.ANY, triple.getSubject()));
        }
        return new Instead(triple, claims.stating(triple), near(union, triple.getSubject(), triple.getPredicate(), Node.ANY), between);
    }

    private static List<Triple> near(Graph union, Node subject, Node predicate, Node object) {
        var found = union.find(subject, predicate, object);
        try {
            var near = new ArrayList<Triple>();
            while (near.size() < MOST_NEAR && found.hasNext()) {
                near.add(found.next());
            }
            return near;
        } finally {
            found.close();
        }
    }

    private Proof prove(Triple root) {
        var found = new LinkedHashMap<Triple, Edge>();
        var open = new ArrayList<Triple>(List.of(root));
        var seen = new LinkedHashSet<>(open);
        for (int i = 0; i < open.size() && i < MOST_EDGES; i++) {
            var edge = edge(open.get(i));
            found.put(edge.triple(), edge);
            edge.derivations().forEach(derivation -> derivation.premises().stream().filter(seen::add).forEach(open::add));
        }
        for (var beyond : open.subList(Math.min(open.size(), MOST_EDGES), open.size())) {
            var edge = edge(beyond);
            found.put(beyond, new Edge(beyond, edge.graphs(), edge.basis(), edge.claims(), List.of(), !edge.derivations().isEmpty()));
        }
        return new Proof(root, found, open.size() > MOST_EDGES);
    }

    private Edge edge(Triple triple) {
        var known = edges.get(triple);
        if (known == null) {
            known = look(triple);
            edges.put(triple, known);
        }
        return known;
    }

    private Edge look(Triple triple) {
        var graphs = new ArrayList<Node>();
        data.find(Node.ANY, triple.getSubject(), triple.getPredicate(), triple.getObject()).forEachRemaining(quad -> add(quad, graphs));
        graphs.sort((one, other) -> one.toString().compareTo(other.toString()));
        var derivations = new LinkedHashSet<Derivation>();
        reasons.rules().derivations(triple, union, derivation -> {
            // One more than are shown, to know that there are more.
            derivations.add(derivation);
            return derivations.size() <= MOST_DERIVATIONS;
        });
        var shown = derivations.stream().limit(MOST_DERIVATIONS).toList();
        var itself = claims.at(triple.getSubject());
        var stating = itself.isPresent() || !reasons.words().isStated(triple.getPredicate()) && !isOfQuantity(triple.getPredicate())
                ? List.<Claim>of() : claims.stating(triple).stream().filter(Claim::supports).toList();
        var ofQuantity = itself.isPresent() || !stating.isEmpty() || graphs.isEmpty() ? List.<Claim>of() : claims.ofQuantity(triple.getSubject());
        var basis = itself.isPresent() && !graphs.isEmpty() ? Basis.OF_A_CLAIM : !stating.isEmpty() ? Basis.CLAIMED
                : !ofQuantity.isEmpty() ? Basis.OF_A_QUANTITY : graphs.isEmpty() ? Basis.INFERRED : Basis.GIVEN;
        var resting = switch (basis) {
            case CLAIMED -> stating;
            case OF_A_CLAIM -> itself.stream().toList();
            case OF_A_QUANTITY -> ofQuantity;
            case GIVEN, INFERRED -> List.<Claim>of();
        };
        return new Edge(triple, graphs, basis, resting, shown, derivations.size() > shown.size());
    }

    private static boolean isOfQuantity(Node predicate) {
        return predicate.equals(Pol.HAS_FIGURE) || predicate.equals(Pol.HAS_TARGET);
    }

    private static void add(Quad quad, List<Node> graphs) {
        if (!quad.isDefaultGraph() && !quad.getGraph().equals(Iris.INFERRED_GRAPH)) {
            graphs.add(quad.getGraph());
        }
    }
}
