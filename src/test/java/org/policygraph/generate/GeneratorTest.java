package org.policygraph.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.generate.Generator.World;
import org.policygraph.generate.RecordFile.Layout;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GeneratorTest {

    private static final Path ONTOLOGY = Path.of("ontology");
    private static final Vocabulary WORDS = Vocabulary.read(ONTOLOGY);
    private static final int CLAIMS = 2_000;

    @TempDir Path folder;

    @Test void theSameSeedGivesTheSameBytes() {
        var world = new World(CLAIMS, 7, 2);

        assertEquals(files(written(world, Layout.ARRAY, true, "one")), files(written(world, Layout.ARRAY, true, "other")));
        assertNotEquals(files(written(world, Layout.ARRAY, true, "again")), files(written(new World(CLAIMS, 8, 2), Layout.ARRAY, true, "eighth")));
    }

    @ParameterizedTest @ValueSource(longs = { 1, 2 })
    void itLoadsWithoutAProblemAndHasAsManyClaimsAsAskedFor(long seed) {
        try (var store = loaded(written(new World(CLAIMS, seed, 1), Layout.ARRAY, false, "data"))) {
            assertEquals(CLAIMS, found(store, Node.ANY, RDF.type.asNode(), Pol.CLAIM).size());
        }
    }

    @Test void everyLayoutSaysTheSame() {
        var world = new World(400, 3, 2);
        try (var array = loaded(written(world, Layout.ARRAY, false, "array"));
                var lines = loaded(written(world, Layout.NDJSON, true, "lines"))) {
            var content = found(array, Node.ANY, Node.ANY, Node.ANY);

            assertEquals(Set.of("claims.ndjson.gz", "entities.ndjson.gz", "figures.ndjson.gz", "source.json"),
                    files(folder.resolve("lines")).keySet().stream().map(file -> file.replaceAll("^.*/", "")).collect(Collectors.toSet()));
            assertEquals(content, found(lines, Node.ANY, Node.ANY, Node.ANY));
        }
    }

    @Test void fewAreSpokenOfOftenAndMostSeldom() {
        var data = written(new World(CLAIMS, 1, 1), Layout.ARRAY, false, "data");
        var mentions = new HashMap<String, Integer>();
        records(data, "entities/entities.json").forEach(entity -> mentions.put(entity.get("id").stringValue(), 0));
        for (var claim : records(data, "sources/generated-1/claims.json")) {
            for (var end : List.of("subject", "object")) {
                if (claim.has(end)) {
                    mentions.computeIfPresent(claim.get(end).stringValue(), (_, count) -> count + 1);
                }
            }
        }
        var most = mentions.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey())).toList();
        var all = most.stream().mapToInt(Map.Entry::getValue).sum();
        var ofTheFew = most.subList(0, most.size() / 33).stream().mapToInt(Map.Entry::getValue).sum();

        assertEquals(CLAIMS / 4.0, mentions.size(), 25);
        // In the graph of China's AI policy, 22 % of all ends are those of one entity in 33, and half of the entities have two or fewer.
        assertTrue(ofTheFew * 100 > all * 20, ofTheFew + " of " + all);
        assertTrue(most.get(most.size() / 2).getValue() <= 5, "half of the entities have " + most.get(most.size() / 2).getValue() + " or more");
        assertTrue(most.subList(0, 12).stream().anyMatch(one -> is(one.getKey(), "Actor")), most.subList(0, 12).toString());
        assertTrue(most.subList(0, 12).stream().anyMatch(one -> is(one.getKey(), "Technology")), most.subList(0, 12).toString());
    }

    @Test void everyKindOfStatementIsThereAboutAsOftenAsPeopleMakeIt() {
        var data = written(new World(10_000, 1, 1), Layout.ARRAY, false, "data");
        var claims = records(data, "sources/generated-1/claims.json");
        var figures = records(data, "sources/generated-1/figures.json");

        assertEquals(10_000, claims.size() + figures.size());
        assertEquals(8, share(figures.size(), 10_000), 0.5);
        assertEquals(4, share(claims, claim -> claim.get("negated").booleanValue()), 1);
        assertEquals(65, share(claims, claim -> claim.get("status").stringValue().equals("reported-fact")), 6);
        assertEquals(3.3, share(claims, claim -> claim.has("time")), 1);
        assertEquals(1.3, share(claims, claim -> claim.has("condition")), 0.6);
        assertEquals(9, share(claims, claim -> claim.has("supports")), 1);
        assertEquals(1.5, share(claims, claim -> claim.has("disputes")), 0.6);
        assertEquals(4, share(claims, claim -> claim.get("paragraphs").size() > 1), 1);
        assertEquals(2, share(claims, claim -> claim.has("value")), 0.6);
        assertEquals(15, share(figures, figure -> figure.get("type").stringValue().equals("Target")), 5);
        assertEquals(7, share(figures, figure -> figure.has("minimum")), 4);
        assertEquals(WORDS.relations().keySet(), all(claims, "predicate").stream().filter(WORDS.relations()::containsKey).collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(WORDS.concepts("claim-status").keySet(), all(claims, "status"));
        assertEquals(WORDS.concepts("comparator").keySet(), all(figures, "comparator"));
    }

    @ParameterizedTest @CsvSource({ "implements, alleviates", "causes, constrains", "leadsTo, affects" })
    void whatAChainOfTwoRelationsGivesStaysInProportionToTheClaims(String first, String second) {
        var few = chainsByClaim(3_000, first, second);
        var many = chainsByClaim(30_000, first, second);

        // With hubs on both sides of the middle it would be six times as much.
        assertTrue(many < 2 * few + 0.02, "%s to %s a claim".formatted(few, many));
    }

    @ParameterizedTest @ValueSource(strings = { "partOf", "locatedIn" })
    void whatIsNestedIsNestedThreeDeepAtMost(String relation) {
        var above = new HashMap<String, Set<String>>();
        for (var claim : records(written(new World(10_000, 1, 1), Layout.ARRAY, false, "data"), "sources/generated-1/claims.json")) {
            if (claim.get("predicate").stringValue().equals(relation)) {
                above.computeIfAbsent(claim.get("subject").stringValue(), _ -> new HashSet<>()).add(claim.get("object").stringValue());
            }
        }
        assertNotEquals(Map.of(), above);
        var parts = above.keySet();
        for (int deep = 0; deep < 3; deep++) {
            parts = parts.stream().flatMap(part -> above.getOrDefault(part, Set.of()).stream()).collect(Collectors.toSet());
        }

        assertEquals(Set.of(), parts);
    }

    /// How many times an edge of the first relation meets one of the second, or of what lies beneath it.
    private double chainsByClaim(long claims, String first, String second) {
        var seconds = new HashSet<>(List.of(second));
        for (int before = 0; before < seconds.size();) {
            before = seconds.size();
            WORDS.relations().forEach((name, relation) -> WORDS.graph().find(relation, RDFS.subPropertyOf.asNode(), Node.ANY)
                    .filterKeep(above -> seconds.contains(above.getObject().getLocalName())).forEach(_ -> seconds.add(name)));
        }
        var into = new HashMap<String, Integer>();
        var out = new HashMap<String, Integer>();
        for (var claim : records(written(new World(claims, 1, 1), Layout.ARRAY, false, "of-" + claims), "sources/generated-1/claims.json")) {
            var relation = claim.get("predicate").stringValue();
            if (relation.equals(first)) {
                into.merge(claim.get("object").stringValue(), 1, Integer::sum);
            }
            if (seconds.contains(relation)) {
                out.merge(claim.get("subject").stringValue(), 1, Integer::sum);
            }
        }
        return into.entrySet().stream().mapToLong(middle -> (long) middle.getValue() * out.getOrDefault(middle.getKey(), 0)).sum() / (double) claims;
    }

    private Path written(World world, Layout layout, boolean gzipped, String name) {
        Generator.write(WORDS, world, layout, gzipped, folder.resolve(name));
        return folder.resolve(name);
    }

    private static Store loaded(Path data) {
        var store = Store.inMemory();
        Loader.load(new Content(ONTOLOGY, List.of(data)), store, false, Progress.silent());
        return store;
    }

    private static Set<Quad> found(Store store, Node subject, Node predicate, Node object) {
        return store.read(data -> {
            var found = new HashSet<Quad>();
            data.find(Node.ANY, subject, predicate, object).forEachRemaining(found::add);
            // The dataset tells which files it was made from.
            found.removeIf(quad -> quad.getGraph().equals(Iris.DATASET_GRAPH));
            return found;
        });
    }

    private static Map<String, String> files(Path folder) {
        try (var files = Files.walk(folder)) {
            var found = new TreeMap<String, String>();
            for (var file : files.filter(Files::isRegularFile).toList()) {
                found.put(folder.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
            return found;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static List<JsonNode> records(Path data, String file) {
        return JsonMapper.shared().readTree(data.resolve(file)).valueStream().toList();
    }

    private static Set<String> all(List<JsonNode> records, String field) {
        return records.stream().map(record -> record.get(field).stringValue()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static double share(List<JsonNode> records, Predicate<JsonNode> which) {
        return share(records.stream().filter(which).count(), records.size());
    }

    private static double share(long some, long all) {
        return 100.0 * some / all;
    }

    private static boolean is(String id, String type) {
        return WORDS.typesWithin(WORDS.types().get(type)).stream()
                .anyMatch(one -> id.matches(new Population.Entity(one, 0).id().replaceFirst("1$", "\\\\d+")));
    }
}
