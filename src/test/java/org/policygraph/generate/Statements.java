package org.policygraph.generate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.SKOS;
import org.apache.jena.vocabulary.XSD;
import org.policygraph.generate.Chance.Weighted;
import org.policygraph.generate.Population.Entity;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Claims and figures of a source, with everything that a record may have about as often as a curated source has it.
final class Statements {

    private static final double ATTRIBUTE = 0.02;
    private static final double NEGATED = 0.04;
    private static final double SEVERAL_PARAGRAPHS = 0.04;
    private static final double TIME = 0.025;
    private static final double SUPPORTS = 0.09;
    private static final double DISPUTES = 0.015;
    private static final double TARGET = 0.15;

    private static final Weighted<String> STATUSES = Weighted.of(Map.of("reported-fact", 65.0, "assessment", 21.0, "goal", 4.0, "possibility", 4.0,
            "projection", 2.5, "plan", 2.0, "conditional", 1.3, "counterfactual", 0.2));
    private static final Weighted<String> SPEAKERS = Weighted.of(Map.of("study", 88.0, "editorial", 6.0, "quoted-party", 6.0));
    private static final Weighted<String> COMPARATORS = Weighted.of(Map.of("exactly", 60.0, "about", 10.0, "more-than", 8.0, "between", 7.0, "at-least", 5.0,
            "nearly", 4.0, "fewer-than", 3.0, "at-most", 3.0));

    /// How firmly each status is told, most often.
    private static final Map<String, String> FIRMNESS = Map.of("reported-fact", "high", "assessment", "medium", "goal", "high", "plan", "high",
            "projection", "medium", "possibility", "low", "conditional", "medium", "counterfactual", "low");

    private static final Map<String, List<String>> HEDGES = Map.of(
            "reported-fact", List.of("", ""), "assessment", List.of("It is judged that ", "據評估，"), "goal", List.of("It is wanted that ", "目標是"),
            "plan", List.of("It is planned that ", "按計劃，"), "projection", List.of("It is expected that ", "預料"),
            "possibility", List.of("It may be that ", "可能"), "conditional", List.of("On a condition, ", "在某條件下，"),
            "counterfactual", List.of("Had things gone otherwise, ", "若非如此，"));

    /// What the metrics of a group are given in, and between which orders of magnitude. A metric of another group is not used.
    private record Scale(List<String> units, double least, double most) {}

    private static final Map<String, Scale> SCALES = Map.of(
            "money", new Scale(List.of("CCY_USD", "CCY_EUR", "CCY_CNY"), 1e6, 1e12), "share", new Scale(List.of("PERCENT"), 0.1, 90),
            "count", new Scale(List.of("NUM"), 1, 100_000), "ratio", new Scale(List.of("NUM"), 0.1, 30), "rank", new Scale(List.of("NUM"), 1, 50),
            "energy", new Scale(List.of("GigaW", "MegaW"), 1, 5000), "compute", new Scale(List.of("PetaFLOPS", "ExaFLOPS"), 1, 2000),
            "duration", new Scale(List.of("YR", "MO_MeanJulian"), 1, 30));

    private final Vocabulary words;
    private final Population population;
    private final Relations relations;
    private final Passages passages;
    private final long claims;
    private final Weighted<String> actors;
    private final Weighted<String> entities;
    private final Weighted<String> places;
    private final TreeMap<String, String> groups = new TreeMap<>();

    /// @param claims how many claims the source has, those of figures not among them
    Statements(Vocabulary words, Population population, Relations relations, Passages passages, long claims) {
        this.words = words;
        this.population = population;
        this.relations = relations;
        this.passages = passages;
        this.claims = claims;
        this.actors = population.weighted(words.typesWithin(words.types().get("Actor")));
        this.entities = population.weighted(words.types().keySet());
        this.places = population.weighted(words.typesWithin(words.types().get("Place")));
        for (var metric : Population.leaves(words, "metric")) {
            words.graph().find(words.concepts("metric").get(metric), SKOS.broader.asNode(), Node.ANY)
                    .mapWith(broader -> broader.getObject().getURI().replaceAll("^.*/", ""))
                    .filterKeep(SCALES::containsKey).forEach(group -> groups.put(metric, group));
        }
    }

    ObjectNode claim(long number, Chance chance) {
        var record = JsonNodeFactory.instance.objectNode().put("id", claimId(number));
        if (chance.happens(ATTRIBUTE)) {
            attribute(record, number, chance);
        } else {
            var statement = relations.any(chance);
            record.put("subject", statement.subject().id()).put("predicate", statement.relation()).put("object", statement.object());
            var status = statement.relation().equals("aimsAt") ? "goal" : chance.of(STATUSES);
            evidence(record, passages.ofClaim(number), status, chance,
                    population.en(statement.subject()) + " " + relations.label(statement.relation(), "en") + " " + statement.en(),
                    population.zhHant(statement.subject()) + relations.label(statement.relation(), "zh-Hant") + statement.zhHant());
            time(record, status, chance);
        }
        others(record, "supports", SUPPORTS, number, chance);
        others(record, "disputes", DISPUTES, number, chance);
        return record;
    }

    private String claimId(long number) {
        return "c%02d-%02d".formatted(passages.ofClaim(number), passages.withinPassage(number) + 1);
    }

    private void attribute(ObjectNode record, long number, Chance chance) {
        var attributes = List.copyOf(words.attributes().keySet());
        var subject = population.known(chance.of(entities), chance);
        var name = chance.of(attributes);
        record.put("subject", subject.id()).put("predicate", name);
        var range = words.range(words.attributes().get(name)).map(Node::getURI).orElse("");
        if (range.equals(RDF.langString.getURI())) {
            record.putObject("value").put("text", "The " + population.en(subject)).put("lang", "en");
        } else if (range.equals(XSD.integer.getURI()) || range.equals(XSD.decimal.getURI())) {
            record.put("value", chance.below(50) + 1);
        } else if (range.equals(XSD.anyURI.getURI())) {
            record.put("value", "https://example.org/" + subject.id());
        } else if (range.equals(XSD.xstring.getURI())) {
            record.put("value", subject.id().toUpperCase(Locale.ROOT));
        } else {
            record.put("value", date(chance, 1980));
        }
        evidence(record, passages.ofClaim(number), "reported-fact", chance, "An attribute, " + name + ", of " + population.en(subject) + " is on record",
                "已知" + population.zhHant(subject) + "的一項屬性");
    }

    private void evidence(ObjectNode record, long paragraph, String status, Chance chance, String en, String zhHant) {
        var negated = chance.happens(NEGATED);
        var cited = record.putArray("paragraphs").add(paragraph);
        if (chance.happens(SEVERAL_PARAGRAPHS)) {
            var other = passages.any(chance);
            if (other != paragraph) {
                cited.add(other);
            }
        }
        var speaker = chance.of(SPEAKERS);
        record.put("assertedBy", (switch (speaker) {
            case "study" -> new Entity("ThinkTank", 0);
            case "editorial" -> new Entity("MediaOrganization", 0);
            default -> population.known(chance.of(actors), chance);
        }).id());
        record.put("speaker", speaker).put("status", status).put("negated", negated)
                .put("confidence", chance.happens(0.85) ? FIRMNESS.get(status) : chance.of(List.of("high", "medium", "low")));
        var hedge = HEDGES.get(status);
        record.putObject("gloss").put("en", hedge.get(0) + (negated ? "it is not so that " : "") + en + ".").put("zh-Hant", hedge.get(1) + (negated ? "並非" : "") + zhHant + "。");
        if (status.equals("conditional")) {
            record.putObject("condition").put("en", "If the funds are granted in full and in time").put("zh-Hant", "若資金按時足額到位");
        }
    }

    private void time(ObjectNode record, String status, Chance chance) {
        if (status.equals("goal") || status.equals("plan")) {
            if (chance.happens(0.15)) {
                record.putObject("time").put("due", date(chance, 2026));
            }
        } else if (chance.happens(TIME)) {
            var time = record.putObject("time");
            switch (chance.below(3)) {
                case 0 -> time.put("at", date(chance, 2010));
                case 1 -> time.put("from", date(chance, 2010));
                default -> time.put("from", Integer.toString(2005 + chance.below(10))).put("until", Integer.toString(2016 + chance.below(10)));
            }
        }
    }

    /// Claims nearby are spoken of more often than those far away.
    private void others(ObjectNode record, String field, double probability, long number, Chance chance) {
        if (claims < 2 || !chance.happens(probability)) {
            return;
        }
        var away = 1 + chance.steepRank(Math.min(claims - 1, 10_000));
        var other = Math.floorMod(chance.happens(0.8) ? number - away : number + away, claims);
        if (other != number) {
            record.putArray(field).add(claimId(other));
        }
    }

    ObjectNode figure(long number, long figures, Chance chance) {
        var metric = chance.of(List.copyOf(groups.keySet()));
        var group = groups.get(metric);
        var scale = SCALES.get(group);
        var about = population.known(chance.of(entities), chance);
        var target = chance.happens(TARGET);
        var comparator = chance.of(COMPARATORS);
        var unit = chance.of(scale.units());
        var paragraph = passages.ofFigure(number, figures);
        var record = JsonNodeFactory.instance.objectNode().put("id", "f%02d-%d".formatted(paragraph, passages.withinPassage(number, figures) + 1))
                .put("type", target ? "Target" : "Figure").put("about", about.id()).put("metric", metric);
        var value = amount(scale, group, chance);
        if (comparator.equals("between")) {
            record.put("minimum", value).put("maximum", group.equals("share") ? value.add(BigDecimal.TEN) : value.multiply(BigDecimal.valueOf(2 + chance.below(4))));
        } else {
            record.put("value", value);
        }
        record.put("unit", unit).put("comparator", comparator);
        if (target) {
            record.put("dueDate", Integer.toString(2026 + chance.below(15)));
        } else if (chance.happens(0.6)) {
            record.put("forDate", date(chance, 2012));
        }
        if (chance.happens(0.2)) {
            record.put("madeDate", Integer.toString(2012 + chance.below(14)));
        }
        if (chance.happens(0.7)) {
            record.put("place", population.known(chance.of(places), chance).id());
        }
        if (group.equals("ratio") || group.equals("rank")) {
            record.put("comparedWith", population.known(chance.of(entities), chance).id());
        }
        var status = target ? "reported-fact" : chance.happens(0.15) ? "projection" : "reported-fact";
        var shown = value.toPlainString() + " " + unit;
        evidence(record, paragraph, status, chance, population.en(about) + " has " + comparator.replace('-', ' ') + " " + shown + " as its " + Relations.label(words, words.concepts("metric").get(metric), "en"),
                population.zhHant(about) + "的" + Relations.label(words, words.concepts("metric").get(metric), "zh-Hant") + "為" + shown);
        return record;
    }

    /// Two digits that count, as most figures have that people quote; things that are counted one by one are whole.
    private static BigDecimal amount(Scale scale, String group, Chance chance) {
        var rounded = BigDecimal.valueOf(chance.between(scale.least(), scale.most())).round(new MathContext(2, RoundingMode.HALF_UP));
        return new BigDecimal((group.equals("count") || group.equals("rank") ? rounded.setScale(0, RoundingMode.CEILING) : rounded).toPlainString());
    }

    private static String date(Chance chance, int first) {
        var year = Integer.toString(first + chance.below(14));
        return switch (chance.below(4)) {
            case 0, 1 -> year;
            case 2 -> year + "-%02d".formatted(1 + chance.below(12));
            default -> year + "-%02d-%02d".formatted(1 + chance.below(12), 1 + chance.below(28));
        };
    }
}
