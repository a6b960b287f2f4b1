package org.policygraph.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.evidence.PathAnswer.Hint;
import org.policygraph.evidence.PathAnswer.Hint.Change;
import org.policygraph.evidence.PathAnswer.Limit;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;

/// Which ways there are between two things, in which order, and what is told of them.
class PathSearchTest {

    private static Store shipped;

    @BeforeAll static void load() {
        shipped = Store.inMemory();
        Loader.load(new Content(Path.of("ontology"), List.of(Path.of("data"))), shipped, false, Progress.silent());
    }

    @AfterAll static void close() {
        shipped.close();
    }

    @Test void betweenAnyTwoOfAHundredEntitiesTheShortestWayIsAsLongAsBreadthFirstSearchSays() {
        shipped.read(data -> {
            var links = new HashMap<Node, Set<Node>>();
            data.find().forEachRemaining(quad -> {
                if (quad.getGraph().getURI().startsWith(Iris.sourceGraph("").getURI()) && PathWorld.WORDS.relations().containsValue(quad.getPredicate())
                        && quad.getObject().isURI() && quad.getObject().getURI().startsWith(Iris.ID)) {
                    links.computeIfAbsent(quad.getSubject(), _ -> new HashSet<>()).add(quad.getObject());
                    links.computeIfAbsent(quad.getObject(), _ -> new HashSet<>()).add(quad.getSubject());
                }
            });
            var entities = new java.util.ArrayList<Node>();
            data.getGraph(Iris.REGISTRY_GRAPH).find(Node.ANY, RDF.type.asNode(), Node.ANY).mapWith(typed -> typed.getSubject()).toSet().stream()
                    .sorted((one, other) -> one.getURI().compareTo(other.getURI())).forEach(entities::add);
            Collections.shuffle(entities, new Random(3));
            var chosen = entities.subList(0, 100);
            var search = PathSearch.in(data, PathWorld.RULES);
            var lengths = new TreeMap<Integer, Integer>();
            for (var from : chosen) {
                var away = breadthFirst(from, links);
                // Every pair once: a way back is as long.
                for (var to : chosen.subList(chosen.indexOf(from) + 1, chosen.size())) {
                    var found = search.ways(PathQuery.between(from, to).most(1).longest(PathQuery.LONGEST)).ways();
                    var length = found.isEmpty() ? 99 : found.getFirst().steps().size();
                    var expected = away.getOrDefault(to, 99);
                    assertEquals(expected > PathQuery.LONGEST ? 99 : expected, length, () -> from + " " + to);
                    lengths.merge(length, 1, Integer::sum);
                }
            }
            assertTrue(lengths.size() > 4, lengths::toString);
            return null;
        });
    }

    private static Map<Node, Integer> breadthFirst(Node from, Map<Node, Set<Node>> links) {
        var away = new HashMap<Node, Integer>(Map.of(from, 0));
        var open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            var node = open.remove();
            for (var next : links.getOrDefault(node, Set.of())) {
                if (away.putIfAbsent(next, away.get(node) + 1) == null) {
                    open.add(next);
                }
            }
        }
        return away;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theBestWaysAreThoseThatTryingAllWaysFinds(long seed) {
        try (var world = PathWorld.random(seed, 6 + (int) seed % 5, 14 + (int) seed * 2)) {
            for (var order : WayOrder.values()) {
                for (var longest : List.of(2, 3, 4, 6, 8)) {
                    for (var most : List.of(1, 4, 50)) {
                        assertEquals(world.tried("n0", "n1", order, most, longest),
                                world.ways(query("n0", "n1").by(order).most(most).longest(longest)), () -> order + " " + longest + " " + most);
                    }
                }
            }
        }
    }

    @Test void aWayBackIsTheSameWayTurnedRound() {
        try (var world = PathWorld.random(20, 8, 30)) {
            var there = world.find(query("n0", "n1").most(50)).ways().stream().map(way -> new TreeSet<>(way.nodes().stream().map(Node::getURI).toList())).toList();
            var back = world.find(query("n1", "n0").most(50)).ways().stream().map(way -> new TreeSet<>(way.nodes().stream().map(Node::getURI).toList())).toList();

            assertFalse(there.isEmpty());
            assertEquals(new HashSet<>(there), new HashSet<>(back));
            assertEquals(there.size(), back.size());
        }
    }

    @Test void anEdgeTellsWhichWayItPointsItsSignAndItsClaims() {
        try (var world = new PathWorld().claim("law", "funds", "lab").claim("lab", "hinders", "firm", "assessment", "medium", false)
                .claim("lab", "hinders", "firm", "reported-fact", "low", false)) {
            var way = world.find(query("law", "firm")).ways().getFirst();

            assertEquals(List.of(
                    new WayStep(Iris.id("law"), Iris.id("lab"), List.of(new WayEdge(Iris.id("law"), property("funds"), Iris.id("lab"), true, Optional.of(1),
                            true, false, new BigDecimal("0.9"), List.of(evidence(1, "reported-fact", "high", "0.9"))))),
                    new WayStep(Iris.id("lab"), Iris.id("firm"), List.of(new WayEdge(Iris.id("lab"), property("hinders"), Iris.id("firm"), true, Optional.of(-1),
                            true, false, new BigDecimal("0.6"), List.of(evidence(2, "assessment", "medium", "0.6"), evidence(3, "reported-fact", "low", "0.3")))))),
                    way.steps());
            assertEquals(new BigDecimal("0.54"), way.trust());
            assertEquals(Optional.of(-1), way.sign());
            // Walked from its end, all edges run the same way still: against it.
            assertEquals(Optional.of(-1), world.find(query("firm", "law")).ways().getFirst().sign());
            assertEquals(List.of(false, false), world.find(query("firm", "law")).ways().getFirst().steps().stream()
                    .map(step -> step.edges().getFirst().forward()).toList());
        }
    }

    @Test void aWayHasNoSignWhenItsEdgesTurnRoundOrOneHasNone() {
        try (var world = new PathWorld().claim("a", "funds", "b").claim("c", "funds", "b").claim("c", "uses", "d").claim("a", "hinders", "e").claim("a", "supports", "e")) {
            assertEquals(Optional.empty(), world.find(query("a", "c")).ways().getFirst().sign(), "turns round");
            assertEquals(Optional.empty(), world.find(query("c", "d")).ways().getFirst().sign(), "to use has no sign");
            assertEquals(Optional.empty(), world.find(query("a", "e")).ways().getFirst().sign(), "pulls both ways");
            assertEquals(Optional.of(1), world.find(query("a", "b")).ways().getFirst().sign());
        }
    }

    @Test void edgesBetweenTheSameTwoAreOneStep() {
        try (var world = new PathWorld().claim("a", "uses", "b").claim("b", "supplies", "a", "assessment", "medium", false).claim("a", "funds", "b")) {
            var ways = world.find(query("a", "b")).ways();

            assertEquals(List.of(List.of("funds true", "uses true", "supplies false")), ways.stream()
                    .map(way -> way.steps().getFirst().edges().stream().map(edge -> edge.predicate().getLocalName() + " " + edge.forward()).toList()).toList());
        }
    }

    @Test void plansGoalsAndDenialsAreNoWayUnlessPlansAndGoalsAreAskedFor() {
        try (var world = new PathWorld().claim("a", "uses", "b", "plan", "high", false).claim("b", "uses", "c", "reported-fact", "high", true)) {
            assertEquals(List.of(), world.ways(query("a", "b")));
            var planned = world.find(query("a", "b").over(statuses("plan"))).ways();
            assertEquals(List.of("a b 0.9"), planned.stream().map(PathWorld::line).toList());
            assertFalse(planned.getFirst().steps().getFirst().edges().getFirst().holds());
            assertEquals(List.of(), world.ways(query("a", "b").over(statuses("goal"))));
            assertEquals(List.of(), world.ways(query("b", "c").over(statuses("plan"))));
        }
    }

    @Test void aStatusCanBeLeftOut() {
        try (var world = new PathWorld().claim("a", "uses", "b", "assessment", "high", false)) {
            assertEquals(List.of(), world.ways(query("a", "b").over(new PathFilter(Set.of(), Set.of(), Set.of(),
                    Set.of(Iris.concept("claim-status", "assessment")), false, false))));
        }
    }

    @Test void propertiesAreFilteredWithThoseBelowThem() {
        try (var world = new PathWorld().claim("a", "bans", "b").claim("a", "uses", "c").claim("c", "uses", "b")) {
            assertEquals(List.of("a b 0.9", "a c b 0.81"), world.ways(query("a", "b")));
            assertEquals(List.of("a b 0.9"), world.ways(query("a", "b").over(only("affects"))), "bans is below restricts, and that below affects");
            assertEquals(List.of("a c b 0.81"), world.ways(query("a", "b").over(without("affects"))));
            assertEquals(List.of(), world.ways(query("a", "b").over(only("funds"))));
        }
    }

    @Test void conceptsAreNodesOnlyWhenAskedFor() {
        try (var world = new PathWorld().claim("a", "atLayer", "layer/chips").claim("b", "atLayer", "layer/chips")) {
            assertEquals(List.of(), world.ways(query("a", "b")));
            assertEquals(List.of("a chips b 0.81"), world.ways(query("a", "b").over(new PathFilter(Set.of(), Set.of(), Set.of(), Set.of(), true, false))));
        }
    }

    @Test void whatAChainOfRulesMadeIsWalkedWhenAskedForAndTrustedAsFarAsItsPremises() {
        try (var world = new PathWorld().claim("law", "causes", "gap").claim("gap", "constrains", "firm", "assessment", "medium", false)) {
            assertEquals(List.of("law gap firm 0.54"), world.ways(query("law", "firm")));
            var ways = world.find(query("law", "firm").over(inferred())).ways();
            assertEquals(List.of("law firm 0.54", "law gap firm 0.54"), ways.stream().map(PathWorld::line).toList());
            assertEquals(List.of(new WayEdge(Iris.id("law"), property("restricts"), Iris.id("firm"), true, Optional.of(-1), true, true, new BigDecimal("0.54"),
                    List.of(evidence(1, "reported-fact", "high", "0.9"), evidence(2, "assessment", "medium", "0.6")))), ways.getFirst().steps().getFirst().edges());
        }
    }

    @Test void whatOnlySaysAnEdgeAgainIsNeverWalked() {
        // Inferred: maker restricts chip, chip developedBy maker.
        try (var world = new PathWorld().claim("maker", "bans", "chip").claim("maker", "develops", "chip")) {
            assertEquals(List.of("bans", "develops"), world.find(query("maker", "chip").over(inferred())).ways().getFirst().steps().getFirst().edges().stream()
                    .map(edge -> edge.predicate().getLocalName()).toList());
        }
    }

    @Test void aChainThatEndsInAnEffectOfARestrictionRestsOnAllItsClaims() {
        // cause leadsTo event; event causes gap, gap constrains firm, so event restricts firm, which is to affect it.
        try (var world = new PathWorld().claim("cause", "leadsTo", "event").claim("event", "causes", "gap").claim("gap", "constrains", "firm")) {
            var edge = world.find(query("cause", "firm").over(inferred())).ways().getFirst().steps().getFirst().edges().getFirst();

            assertEquals("hasEffectOn", edge.predicate().getLocalName());
            assertEquals(new BigDecimal("0.729"), edge.trust());
            assertEquals(3, edge.claims().size());
        }
    }

    @Test void noWayComesWithWhatWouldLetThereBeOne() {
        try (var world = new PathWorld().claim("a", "uses", "b").claim("b", "uses", "c").claim("c", "uses", "d").claim("a", "uses", "d", "goal", "low", false)) {
            assertEquals(List.of(new Hint(Change.LONGER, 3), new Hint(Change.STATUSES, 1)), world.find(query("a", "d").longest(2)).hints());
            assertEquals(List.of(new Hint(Change.PROPERTIES, 1)), world.find(query("a", "b").over(only("funds"))).hints());
            assertEquals(List.of(), world.find(query("a", "b")).hints());
        }
    }

    @Test void aSearchEndsAtItsLimitOfEdgesAndSaysSo() {
        var world = new PathWorld().claim("a", "uses", "b");
        try (world) {
            for (int i = 0; i < 40; i++) {
                world.claim("a", "uses", "x" + i).claim("x" + i, "uses", "y" + i);
            }
            var answer = world.find(query("a", "b").within(new PathLimits(60, Duration.ofMinutes(1))));

            assertEquals(List.of("a b 0.9"), answer.ways().stream().map(PathWorld::line).toList());
            assertEquals(Optional.of(Limit.EDGES), answer.limit());
            assertEquals(60, answer.edges());
            assertEquals(Optional.of("1 way found before the limit of 60 edges; all ways of up to " + answer.completeTo()
                    + " steps were looked at, there may be others that are longer"), answer.caution());
            assertEquals(Optional.empty(), world.find(query("a", "b").within(new PathLimits(200, Duration.ofMinutes(1)))).caution());
        }
    }

    @Test void aSearchEndsAtItsLimitOfTimeAndSaysSo() {
        try (var world = PathWorld.random(1, 6, 20)) {
            var answer = world.find(query("n0", "n1").within(new PathLimits(1000, Duration.ZERO)));

            assertEquals(Optional.of(Limit.TIME), answer.limit());
            assertTrue(answer.caution().orElseThrow().contains("before the limit of 0.0 seconds"), answer.caution()::toString);
        }
    }

    @Test void theShortestAreFoundWithoutReadingWhatIsFartherAway() {
        var world = new PathWorld().claim("a", "uses", "b").claim("b", "uses", "c");
        try (world) {
            for (int i = 0; i < 40; i++) {
                world.claim("c", "uses", "x" + i);
            }
            assertTrue(world.find(query("a", "b").most(1)).edges() <= 2, () -> "" + world.find(query("a", "b").most(1)).edges());
            assertEquals(List.of("a b 0.9"), world.ways(query("a", "b").most(1)));
        }
    }

    private static PathQuery query(String from, String to) {
        return PathQuery.between(PathWorld.named(from), PathWorld.named(to));
    }

    private static PathFilter statuses(String also) {
        return new PathFilter(Set.of(), Set.of(), Set.of(Iris.concept("claim-status", also)), Set.of(), false, false);
    }

    private static PathFilter only(String property) {
        return new PathFilter(Set.of(property(property)), Set.of(), Set.of(), Set.of(), false, false);
    }

    private static PathFilter without(String property) {
        return new PathFilter(Set.of(), Set.of(property(property)), Set.of(), Set.of(), false, false);
    }

    private static PathFilter inferred() {
        return new PathFilter(Set.of(), Set.of(), Set.of(), Set.of(), false, true);
    }

    private static Node property(String name) {
        return PathWorld.WORDS.relations().get(name);
    }

    private static WayClaim evidence(int number, String status, String confidence, String weight) {
        return new WayClaim(Iris.inSource("made-up", "c" + number), List.of(number), Iris.concept("claim-status", status), Optional.of(Iris.id("authors")),
                Iris.concept("confidence", confidence), new BigDecimal(weight));
    }
}
