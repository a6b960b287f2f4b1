package org.policygraph.evidence;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDF;
import org.policygraph.graph.Inference;
import org.policygraph.graph.Rules;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;

/// A store with the ontology and claims that a test makes up; and ways found in it by trying all, to compare with.
final class PathWorld implements AutoCloseable {

    static final Vocabulary WORDS = Vocabulary.read(Path.of("ontology"));
    static final Rules RULES = Rules.read(Path.of("ontology/rules"), WORDS.graph());
    static final Node SOURCE = Iris.sourceGraph("made-up");

    private static final Map<String, BigDecimal> WEIGHTS = Map.of("high", new BigDecimal("0.9"), "medium", new BigDecimal("0.6"), "low", new BigDecimal("0.3"));

    final Store store = Store.inMemory();
    private final List<Claim> claims = new ArrayList<>();

    /// @param walked whether it is one that is walked by default
    private record Claim(String subject, String object, BigDecimal weight, boolean walked) {}

    PathWorld() {
        store.write(data -> WORDS.graph().find().forEach(triple -> data.getGraph(Iris.ONTOLOGY_GRAPH).add(triple)));
    }

    /// Entities named by chance, linked by claims of chance, some of which don't hold or are denied.
    static PathWorld random(long seed, int nodes, int edges) {
        var chance = new Random(seed);
        var world = new PathWorld();
        var statuses = List.of("reported-fact", "reported-fact", "reported-fact", "assessment", "goal");
        var confidences = List.of("high", "medium", "low");
        for (int i = 0; i < edges; i++) {
            world.claim("n" + chance.nextInt(nodes), List.of("funds", "uses", "worksWith").get(chance.nextInt(3)), "n" + chance.nextInt(nodes),
                    statuses.get(chance.nextInt(5)), confidences.get(chance.nextInt(3)), chance.nextInt(10) == 0);
        }
        return world;
    }

    /// A reported fact of high confidence.
    PathWorld claim(String subject, String predicate, String object) {
        return claim(subject, predicate, object, "reported-fact", "high", false);
    }

    PathWorld claim(String subject, String predicate, String object, String status, String confidence, boolean negated) {
        var it = Iris.inSource("made-up", "c" + (claims.size() + 1));
        var passage = Iris.passage("made-up", claims.size() + 1);
        var statement = Triple.create(named(subject), WORDS.relations().get(predicate), named(object));
        var walked = WORDS.holds(status) && !negated;
        claims.add(new Claim(subject, object, WEIGHTS.get(confidence), walked));
        store.write(data -> {
            var graph = data.getGraph(SOURCE);
            graph.add(Triple.create(it, RDF.type.asNode(), Pol.CLAIM));
            graph.add(Triple.create(it, RDF.subject.asNode(), statement.getSubject()));
            graph.add(Triple.create(it, RDF.predicate.asNode(), statement.getPredicate()));
            graph.add(Triple.create(it, RDF.object.asNode(), statement.getObject()));
            graph.add(Triple.create(it, Pol.CLAIM_STATUS, Iris.concept("claim-status", status)));
            graph.add(Triple.create(it, Pol.NEGATED, Literals.flag(negated)));
            graph.add(Triple.create(it, Pol.CONFIDENCE, Iris.concept("confidence", confidence)));
            graph.add(Triple.create(it, Pol.ASSERTED_BY, Iris.id("authors")));
            graph.add(Triple.create(it, Pol.PASSAGE, passage));
            graph.add(Triple.create(passage, Pol.PARAGRAPH, Literals.whole(claims.size())));
            if (walked) {
                graph.add(statement);
                new Inference(RULES, data.getUnionGraph(), data.getGraph(Iris.INFERRED_GRAPH)).added(statement);
            }
        });
        return this;
    }

    static Node named(String name) {
        return name.contains("/") ? Iris.concept(name.substring(0, name.indexOf('/')), name.substring(name.indexOf('/') + 1)) : Iris.id(name);
    }

    PathAnswer find(PathQuery query) {
        return store.read(data -> PathSearch.in(data, RULES).find(query));
    }

    /// `a b c 0.81`: the nodes of each way, and its trust.
    List<String> ways(PathQuery query) {
        return find(query).ways().stream().map(PathWorld::line).toList();
    }

    static String line(Way way) {
        return way.nodes().stream().map(node -> node.getURI().substring(node.getURI().lastIndexOf('/') + 1)).collect(Collectors.joining(" "))
                + " " + way.trust().toPlainString();
    }

    /// The same as [#ways] for a query that filters nothing: every way is tried, then all are sorted.
    List<String> tried(String from, String to, WayOrder order, int most, int longest) {
        var links = new HashMap<String, Map<String, BigDecimal>>();
        claims.stream().filter(Claim::walked).filter(claim -> !claim.subject().equals(claim.object())).forEach(claim -> {
            links.computeIfAbsent(claim.subject(), _ -> new TreeMap<>()).merge(claim.object(), claim.weight(), BigDecimal::max);
            links.computeIfAbsent(claim.object(), _ -> new TreeMap<>()).merge(claim.subject(), claim.weight(), BigDecimal::max);
        });
        var all = new ArrayList<Tried>();
        try_(new ArrayList<>(List.of(from)), BigDecimal.ONE, to, longest, links, all);
        var byLength = Comparator.<Tried>comparingInt(tried -> tried.nodes().size());
        var byTrust = Comparator.comparing(Tried::trust).reversed();
        all.sort((order == WayOrder.SHORTEST ? byLength.thenComparing(byTrust) : byTrust.thenComparing(byLength))
                .thenComparing(Tried::nodes, (one, other) -> Arrays.compare(one.toArray(String[]::new), other.toArray(String[]::new))));
        return all.stream().limit(most).map(tried -> String.join(" ", tried.nodes()) + " " + tried.trust().stripTrailingZeros().toPlainString()).toList();
    }

    private record Tried(List<String> nodes, BigDecimal trust) {}

    private static void try_(List<String> nodes, BigDecimal trust, String to, int left, Map<String, Map<String, BigDecimal>> links, List<Tried> all) {
        if (nodes.getLast().equals(to)) {
            all.add(new Tried(List.copyOf(nodes), trust));
        } else if (left > 0) {
            links.getOrDefault(nodes.getLast(), Map.of()).forEach((next, weight) -> {
                if (!nodes.contains(next)) {
                    nodes.add(next);
                    try_(nodes, trust.multiply(weight), to, left - 1, links, all);
                    nodes.removeLast();
                }
            });
        }
    }

    @Override public void close() {
        store.close();
    }
}
