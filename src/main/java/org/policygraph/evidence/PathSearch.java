package org.policygraph.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.policygraph.evidence.PathAnswer.Hint;
import org.policygraph.evidence.PathAnswer.Hint.Change;
import org.policygraph.graph.Rules;
import org.policygraph.term.Iris;

/// How two things are tied: the best ways between them over what claims state.
///
/// Edges are walked either way; which way they point is told. Several edges between the same two nodes are one step, so that
/// two ways always differ in a node.
public final class PathSearch {

    /// What looking for a hint may cost.
    private static final PathLimits GLANCE = new PathLimits(50_000, Duration.ofSeconds(2));

    private final Graph claims;
    private final Graph union;
    private final Graph inferred;
    private final PathSchema schema;
    private final Optional<Rules> rules;

    /// @param claims   where claims are read
    /// @param ontology of the store
    /// @param rules    needed only to walk what is inferred
    PathSearch(Graph claims, Graph union, Graph inferred, Graph ontology, Optional<Rules> rules) {
        this.claims = claims;
        this.union = union;
        this.inferred = inferred;
        this.schema = new PathSchema(ontology);
        this.rules = rules;
    }

    /// @param data in a transaction
    public static PathSearch in(DatasetGraph data, Rules rules) {
        return new PathSearch(data.getUnionGraph(), data.getUnionGraph(), data.getGraph(Iris.INFERRED_GRAPH), data.getGraph(Iris.ONTOLOGY_GRAPH),
                Optional.of(rules));
    }

    /// Statuses that claims may have, and that do not hold.
    public Set<Node> statuses() {
        return schema.statuses();
    }

    /// The ways, and where there is none, what would let there be one.
    public PathAnswer find(PathQuery query) {
        var answer = ways(query);
        return answer.ways().isEmpty() && answer.limit().isEmpty()
                ? new PathAnswer(query, List.of(), answer.edges(), answer.completeTo(), Optional.empty(), hints(query)) : answer;
    }

    /// The ways alone.
    PathAnswer ways(PathQuery query) {
        var meter = new PathMeter(query.limits());
        if (query.from().equals(query.to())) {
            return new PathAnswer(query, List.of(), 0, query.longest(), Optional.empty(), List.of());
        }
        var reading = new PathClaims(claims, schema);
        var chains = rules.filter(_ -> query.filter().inferred()).map(known -> new PathChains(known, union, inferred, reading, schema, schema.statuses(query.filter())));
        var graph = new PathGraph(reading, schema, query.filter(), chains, meter);
        var region = new PathRegion(graph, meter, query.from(), query.to());

        var complete = 0;
        List<List<Node>> found = List.of();
        while (complete < query.longest() && found.size() < query.most() && region.grow()) {
            complete++;
            // For the shortest, what is longer need not be read when there are enough.
            if (query.order() == WayOrder.SHORTEST && complete < query.longest()) {
                found = new PathRanking(region, query.order(), complete, meter).best(query.most());
            }
        }
        if (found.size() < query.most()) {
            found = new PathRanking(region, query.order(), query.longest(), meter).best(query.most());
        }
        return new PathAnswer(query, described(found, graph, query), meter.edges(), complete, meter.reached(), List.of());
    }

    private static List<Way> described(List<List<Node>> found, PathGraph graph, PathQuery query) {
        Map<List<Node>, List<WayEdge>> edges = new HashMap<>();
        var ways = new ArrayList<Way>();
        for (var nodes : found) {
            var steps = new ArrayList<WayStep>();
            for (int i = 0; i + 1 < nodes.size(); i++) {
                var from = nodes.get(i);
                var to = nodes.get(i + 1);
                steps.add(new WayStep(from, to, edges.computeIfAbsent(List.of(from, to), _ -> graph.between(from, to))));
            }
            ways.add(new Way(steps));
        }
        // Where reading was cut off, an edge may have more claims than were looked at.
        ways.sort(inOrder(query.order()));
        return ways;
    }

    /// The order that an answer has.
    static Comparator<Way> inOrder(WayOrder order) {
        var byLength = Comparator.<Way>comparingInt(way -> way.steps().size());
        var byTrust = Comparator.comparing(Way::trust).reversed();
        return (order == WayOrder.SHORTEST ? byLength.thenComparing(byTrust) : byTrust.thenComparing(byLength))
                .thenComparing(way -> way.nodes().stream().map(Node::getURI).toList(), (one, other) -> {
                    for (int i = 0; i < one.size(); i++) {
                        var difference = one.get(i).compareTo(other.get(i));
                        if (difference != 0) {
                            return difference;
                        }
                    }
                    return 0;
                });
    }

    private List<Hint> hints(PathQuery query) {
        var hints = new ArrayList<Hint>();
        var filter = query.filter();
        if (query.longest() < PathQuery.LONGEST) {
            glance(query.longest(PathQuery.LONGEST), Change.LONGER).ifPresent(hints::add);
        }
        if (!filter.alsoStatuses().containsAll(open()) || !filter.withoutStatuses().isEmpty()) {
            glance(query.over(filter.withStatuses(open())), Change.STATUSES).ifPresent(hints::add);
        }
        if (!filter.only().isEmpty() || !filter.without().isEmpty()) {
            glance(query.over(filter.withAllProperties()), Change.PROPERTIES).ifPresent(hints::add);
        }
        if (!filter.concepts()) {
            glance(query.over(filter.withConcepts()), Change.CONCEPTS).ifPresent(hints::add);
        }
        return hints;
    }

    private Set<Node> open() {
        var open = new HashSet<>(schema.statuses());
        open.removeAll(schema.holding());
        return open;
    }

    private Optional<Hint> glance(PathQuery query, Change change) {
        return ways(query.by(WayOrder.SHORTEST).most(1).within(GLANCE)).ways().stream().findFirst().map(way -> new Hint(change, way.steps().size()));
    }
}
