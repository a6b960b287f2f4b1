package org.policygraph.generate;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.SKOS;
import org.policygraph.generate.Chance.Weighted;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The entities of a made-up world. They are counted, not kept: all that one has follows from its class and its rank in it.
final class Population {

    /// How a class stands out from the others, which have 1 and 1.
    /// @param share      how many entities it has
    /// @param attraction how often one of its entities is spoken of
    private record Standing(double share, double attraction) {}

    /// As in the graph of China's AI policy: governments and technologies are few and everywhere, instruments and outcomes many and seldom.
    private static final Map<String, Standing> STANDINGS = Map.ofEntries(
            Map.entry("PrivateFirm", new Standing(18, 1.5)), Map.entry("StateOwnedFirm", new Standing(4, 1.5)), Map.entry("Firm", new Standing(3, 1)),
            Map.entry("Government", new Standing(0.2, 60)), Map.entry("LocalGovernment", new Standing(2, 5)), Map.entry("GovernmentAgency", new Standing(2, 4)),
            Map.entry("PartyBody", new Standing(0.2, 2)), Map.entry("Person", new Standing(3, 0.5)), Map.entry("University", new Standing(2, 1)),
            Map.entry("Group", new Standing(4, 4)), Map.entry("Country", new Standing(0.1, 20)), Map.entry("Region", new Standing(0.5, 3)),
            Map.entry("City", new Standing(1.5, 1)), Map.entry("Place", new Standing(0.2, 1)), Map.entry("Instrument", new Standing(14, 1.5)),
            Map.entry("Bottleneck", new Standing(7, 1)), Map.entry("Outcome", new Standing(9, 1)), Map.entry("Response", new Standing(3, 1)),
            Map.entry("Technology", new Standing(4, 4)), Map.entry("Chip", new Standing(3, 4)), Map.entry("Model", new Standing(4, 2)),
            Map.entry("Platform", new Standing(2, 2)), Map.entry("SoftwareFramework", new Standing(2, 2)), Map.entry("Facility", new Standing(4, 1)),
            Map.entry("Resource", new Standing(4, 1.5)), Map.entry("Industry", new Standing(2, 3)), Map.entry("Practice", new Standing(4, 1)));

    private static final List<String> NAMES = List.of("Northgate", "Silverlake", "Redhill", "Eastbank", "Clearwater", "Highfield", "Stonebridge", "Westport",
            "Greenmoor", "Fairhaven", "Longmeadow", "Ironwood", "Blackrock Vale", "Summerset", "Kingsford", "Oakhurst");
    private static final List<String> NAMES_ZH = List.of("北門", "銀湖", "紅山", "東岸", "清水", "高野", "石橋", "西港",
            "綠原", "安港", "長原", "鐵林", "黑石谷", "夏溪", "王津", "橡丘");

    /// The entity of a class at a rank; rank 0 is the greatest hub of its class.
    record Entity(String type, long rank) {

        String id() {
            return type.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + "-" + (rank + 1);
        }
    }

    private final Vocabulary words;
    private final Set<String> instruments;
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final Map<String, Bilingual> typeNames = new HashMap<>();
    private final Map<String, List<String>> concepts = new HashMap<>();

    private record Bilingual(String en, String zhHant) {}

    /// @param size about how many there shall be; each class has one at least
    Population(Vocabulary words, long size) {
        this.words = words;
        this.instruments = words.typesWithin(Pol.INSTRUMENT);
        var shares = new TreeMap<String, Double>();
        // These two are for what has no class of its own; data doesn't use them.
        words.types().keySet().stream().filter(type -> !type.equals("Entity") && !type.equals("Actor"))
                .forEach(type -> shares.put(type, standing(type).share()));
        var sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        shares.forEach((type, share) -> {
            counts.put(type, Math.max(1, Math.round(size * share / sum)));
            typeNames.put(type, name(words.types().get(type)));
        });
        for (var scheme : List.of("layer", "sector", "instrument-kind")) {
            concepts.put(scheme, leaves(words, scheme));
        }
    }

    private static Standing standing(String type) {
        return STANDINGS.getOrDefault(type, new Standing(1, 1));
    }

    /// Concepts that have none beneath them: what lies above may be a mere group.
    static List<String> leaves(Vocabulary words, String scheme) {
        return words.concepts(scheme).entrySet().stream()
                .filter(concept -> !words.graph().contains(Node.ANY, SKOS.broader.asNode(), concept.getValue()))
                .map(Map.Entry::getKey).toList();
    }

    private Bilingual name(Node term) {
        return new Bilingual(Relations.label(words, term, "en"), Relations.label(words, term, "zh-Hant"));
    }

    long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    long count(String type) {
        return counts.get(type);
    }

    /// Classes as often as their entities are to be spoken of together.
    Weighted<String> weighted(Collection<String> types) {
        var weights = new LinkedHashMap<String, Double>();
        types.stream().filter(counts::containsKey).forEach(type -> weights.put(type, counts.get(type) * standing(type).attraction()));
        return Weighted.of(weights);
    }

    /// An entity that may be a hub.
    Entity known(String type, Chance chance) {
        return new Entity(type, chance.rank(counts.get(type)));
    }

    /// An entity of which none is likelier than another of its class.
    Entity any(String type, Chance chance) {
        return new Entity(type, chance.below(counts.get(type)));
    }

    /// How deep an entity lies in what it may be part of: 0, 1 or 2.
    int depth(Entity entity) {
        return entity.rank() < shallower(entity.type(), 1) ? 0 : entity.rank() < shallower(entity.type(), 2) ? 1 : 2;
    }

    /// How many of the first ranks of a class lie less deep than this: of a hundred, one lies at 0 and nine at 1.
    long shallower(String type, int depth) {
        return switch (depth) {
            case 0 -> 0;
            case 1 -> Math.ceilDiv(counts.get(type), 100);
            default -> Math.ceilDiv(counts.get(type), 10);
        };
    }

    String en(Entity entity) {
        return NAMES.get((int) (entity.rank() % NAMES.size())) + " " + typeNames.get(entity.type()).en() + " " + (entity.rank() + 1);
    }

    String zhHant(Entity entity) {
        return NAMES_ZH.get((int) (entity.rank() % NAMES_ZH.size())) + typeNames.get(entity.type()).zhHant() + (entity.rank() + 1) + "號";
    }

    void write(Chance chance, RecordFile file) {
        counts.forEach((type, count) -> {
            for (long rank = 0; rank < count; rank++) {
                file.add(record(new Entity(type, rank), chance));
            }
        });
    }

    private ObjectNode record(Entity entity, Chance chance) {
        var nodes = JsonNodeFactory.instance;
        var sector = chance.of(concepts.get("sector"));
        var record = nodes.objectNode().put("id", entity.id()).put("type", entity.type());
        record.putObject("label").put("en", en(entity)).put("zh-Hant", zhHant(entity));
        record.putObject("definition")
                .put("en", "A made-up " + typeNames.get(entity.type()).en() + " known for " + sector.replace('-', ' ') + ".")
                .put("zh-Hant", "虛構的" + typeNames.get(entity.type()).zhHant() + "，以所屬行業聞名。");
        if (chance.happens(0.5)) {
            var other = record.putObject("altLabel");
            other.putArray("en").add(NAMES.get((int) (entity.rank() % NAMES.size())) + " " + (entity.rank() + 1));
            if (chance.happens(0.7)) {
                other.putArray("zh-Hant").add(NAMES_ZH.get((int) (entity.rank() % NAMES_ZH.size())) + (entity.rank() + 1));
            }
        }
        if (instruments.contains(entity.type())) {
            record.put("kind", chance.of(concepts.get("instrument-kind")));
        }
        if (chance.happens(0.85)) {
            record.putArray("layers").add(chance.of(concepts.get("layer")));
        }
        if (chance.happens(0.85)) {
            record.putArray("sectors").add(sector);
        }
        return record;
    }

    /// Local names of the classes within one of the ontology's own; of its whole population for what is wider.
    Collection<String> typesWithin(Node type) {
        return type.equals(Pol.ENTITY) ? counts.keySet() : words.typesWithin(type);
    }
}
