package org.policygraph.evidence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.reasoner.rulesys.Node_RuleVariable;
import org.policygraph.graph.Rules;
import org.policygraph.graph.Rules.DataRule;

/// Edges that follow from several others in a row, and what they rest on. An inverse or a super-property is none of these:
/// it says again what an edge says, and its rule has one premise.
final class PathChains {

    /// A premise may itself be such an edge, and so on; the rules say that they end.
    private static final int DEEPEST = 3;

    private final Map<Node, List<DataRule>> rules = new TreeMap<>((one, other) -> one.getURI().compareTo(other.getURI()));
    private final Graph union;
    private final Graph inferred;
    private final PathClaims claims;
    private final PathSchema schema;
    private final Set<Node> statuses;

    /// @param union    what premises are matched with
    /// @param inferred where the edges are
    /// @param statuses of claims that a premise may rest on
    PathChains(Rules rules, Graph union, Graph inferred, PathClaims claims, PathSchema schema, Set<Node> statuses) {
        this.union = union;
        this.inferred = inferred;
        this.claims = claims;
        this.schema = schema;
        this.statuses = Set.copyOf(statuses);
        for (var rule : rules.rules()) {
            for (var head : rule.heads()) {
                // What is transitive leads where its own edges lead.
                if (rule.body().size() > 1 && rule.body().stream().noneMatch(premise -> premise.getPredicate().equals(head.getPredicate()))) {
                    this.rules.computeIfAbsent(head.getPredicate(), _ -> new ArrayList<>()).add(rule);
                }
            }
        }
    }

    /// What the edges are called.
    Set<Node> predicates() {
        return rules.keySet();
    }

    /// Inferred edges with such a name at the node; whether a chain made them, [#support] knows.
    void around(Node node, PathMeter meter, Consumer<Triple> found) {
        for (var predicate : rules.keySet()) {
            for (var outward : List.of(true, false)) {
                var edges = outward ? inferred.find(node, predicate, Node.ANY) : inferred.find(Node.ANY, predicate, node);
                try {
                    while (edges.hasNext() && meter.mayLook()) {
                        found.accept(edges.next());
                    }
                } finally {
                    edges.close();
                }
            }
        }
    }

    List<Triple> between(Node subject, Node object) {
        return rules.keySet().stream().map(predicate -> Triple.create(subject, predicate, object)).filter(inferred::contains).toList();
    }

    /// What an inferred edge rests on.
    /// @param trust  product of its premises'
    /// @param claims that state the premises, each with the same property or one below it
    record Support(BigDecimal trust, Set<Node> claims) {}

    /// The support with the most trust; empty when no chain of claims leads to the edge.
    Optional<Support> support(Triple edge) {
        return support(edge, DEEPEST);
    }

    private Optional<Support> support(Triple edge, int deep) {
        var found = new ArrayList<Support>();
        for (var rule : rules.getOrDefault(edge.getPredicate(), List.of())) {
            for (var head : rule.heads()) {
                var bound = new HashMap<Node, Node>();
                if (bind(head, edge, bound)) {
                    solve(rule.body(), bound, premises -> all(premises, deep).ifPresent(found::add));
                }
            }
        }
        return best(found);
    }

    private Optional<Support> all(List<Triple> premises, int deep) {
        var trust = BigDecimal.ONE;
        var resting = new TreeSet<Node>((one, other) -> one.getURI().compareTo(other.getURI()));
        for (var premise : premises) {
            var stated = stated(premise).or(() -> deep == 0 ? Optional.empty() : best(schema.within(List.of(premise.getPredicate())).stream()
                    .filter(rules::containsKey).map(predicate -> Triple.create(premise.getSubject(), predicate, premise.getObject()))
                    .filter(inferred::contains).map(edge -> support(edge, deep - 1)).flatMap(Optional::stream).toList()));
            if (stated.isEmpty()) {
                return Optional.empty();
            }
            trust = trust.multiply(stated.get().trust());
            resting.addAll(stated.get().claims());
        }
        return Optional.of(new Support(trust, resting));
    }

    private Optional<Support> stated(Triple premise) {
        var properties = schema.within(List.of(premise.getPredicate()));
        var reads = new ArrayList<PathClaims.Read>();
        claims.between(premise.getSubject(), premise.getObject(), claim -> claims.read(claim)
                .filter(read -> properties.contains(read.statement().getPredicate()) && statuses.contains(read.status())).ifPresent(reads::add));
        return reads.stream().map(PathClaims.Read::weight).max(BigDecimal::compareTo)
                .map(weight -> new Support(weight, Set.copyOf(reads.stream().map(PathClaims.Read::claim).toList())));
    }

    private static Optional<Support> best(List<Support> supports) {
        // Of several alike the same one each time: by the claims' IRIs.
        return supports.stream().max((one, other) -> {
            var byTrust = one.trust().compareTo(other.trust());
            return byTrust != 0 ? byTrust : other.claims().stream().map(Node::getURI).sorted().toList().toString()
                    .compareTo(one.claims().stream().map(Node::getURI).sorted().toList().toString());
        });
    }

    // Guards are not asked: they hold between the ends of an edge that is there, which differ on a way.
    private void solve(List<Triple> body, Map<Node, Node> bound, Consumer<List<Triple>> found) {
        solve(body, 0, bound, new ArrayList<>(), found);
    }

    private void solve(List<Triple> body, int at, Map<Node, Node> bound, List<Triple> premises, Consumer<List<Triple>> found) {
        if (at == body.size()) {
            found.accept(List.copyOf(premises));
            return;
        }
        var pattern = body.get(at);
        for (var match : union.find(wild(pattern.getSubject(), bound), pattern.getPredicate(), wild(pattern.getObject(), bound)).toList()) {
            var more = new HashMap<>(bound);
            if (bind(pattern, match, more)) {
                premises.add(match);
                solve(body, at + 1, more, premises, found);
                premises.removeLast();
            }
        }
    }

    private static boolean bind(Triple pattern, Triple triple, Map<Node, Node> bound) {
        return bind(pattern.getSubject(), triple.getSubject(), bound) && bind(pattern.getObject(), triple.getObject(), bound);
    }

    private static boolean bind(Node pattern, Node node, Map<Node, Node> bound) {
        return pattern instanceof Node_RuleVariable ? Optional.ofNullable(bound.putIfAbsent(pattern, node)).map(node::equals).orElse(true) : pattern.equals(node);
    }

    private static Node wild(Node node, Map<Node, Node> bound) {
        return node instanceof Node_RuleVariable ? bound.getOrDefault(node, Node.ANY) : node;
    }
}
