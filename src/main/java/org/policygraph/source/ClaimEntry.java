package org.policygraph.source;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.XSD;
import org.policygraph.source.Form.Field;
import org.policygraph.source.Form.Kind;
import org.policygraph.source.Form.Need;
import org.policygraph.source.Form.Rule;
import org.policygraph.term.Vocabulary;

/// A statement read from a source.
/// @param subject   id of an entity
/// @param predicate local name of a relation or an attribute
/// @param supports  ids of claims, `c16-02` in the same source or `source.c16-02`
/// @param disputes  as `supports`
public record ClaimEntry(String id, String subject, String predicate, Said object, Evidence evidence, Time time,
                         List<String> supports, List<String> disputes, Origin origin) implements Entry {

    /// What a claim says of its subject.
    public sealed interface Said {
        /// @param id of an entity
        record OfEntity(String id) implements Said {}

        /// @param name `prefix/name`
        record OfConcept(String name) implements Said {}

        record OfText(String text, Optional<String> language) implements Said {}

        /// @param date at its true precision
        record OfDate(String date) implements Said {}

        record OfNumber(BigDecimal number) implements Said {}

        record OfIri(String iri) implements Said {}
    }

    /// When what is claimed is so; dates at their true precision.
    /// @param due by when it is to be so
    public record Time(Optional<String> at, Optional<String> from, Optional<String> until, Optional<String> due) {}

    private static final Form TIME = new Form("time", List.of(
            new Field("at", Need.OPTIONAL, new Kind.Date(), "when"),
            new Field("from", Need.OPTIONAL, new Kind.Date(), "since when"),
            new Field("until", Need.OPTIONAL, new Kind.Date(), "until when"),
            new Field("due", Need.OPTIONAL, new Kind.Date(), "by when it is to be so")),
            List.of(new Rule.Some(List.of("at", "from", "until", "due"))));

    private static final Kind CLAIM_ID = new Kind.Pattern(Pattern.compile("([a-z0-9]+(-[a-z0-9]+)*\\.)?[a-z0-9]+(-[a-z0-9]+)*"),
            "the id of a claim, or source.id in another source");

    static Form form(Vocabulary words) {
        var predicates = new TreeSet<>(words.relations().keySet());
        predicates.addAll(words.attributes().keySet());
        var fields = new ArrayList<>(List.of(
                new Field("id", Need.REQUIRED, Form.ID, "unique in its source; by custom c, paragraph, hyphen, number"),
                new Field("subject", Need.REQUIRED, Form.ID, "id of the entity that it is about"),
                new Field("predicate", Need.REQUIRED, new Kind.Choice("relation", predicates), "the relation, or the attribute"),
                new Field("object", Need.OPTIONAL, new Kind.Reference(conceptNames(words)), "id of an entity, or a concept as layer/chips; with a relation"),
                new Field("value", Need.OPTIONAL, new Kind.Text(Integer.MAX_VALUE), "a date, text or number; with an attribute")));
        fields.addAll(Evidence.fields(words));
        fields.addAll(List.of(
                new Field("time", Need.OPTIONAL, new Kind.Inner(TIME), "when it is so"),
                new Field("supports", Need.OPTIONAL, new Kind.Items(CLAIM_ID, 1), "claims that this one backs"),
                new Field("disputes", Need.OPTIONAL, new Kind.Items(CLAIM_ID, 1), "claims that this one contradicts")));
        return new Form("claim", fields, List.of(
                new Rule.ExactlyOne("object", "value"),
                new Rule.OnlyWhen("object", "predicate", new TreeSet<>(words.relations().keySet())),
                new Rule.OnlyWhen("value", "predicate", new TreeSet<>(words.attributes().keySet())),
                new Rule.TypedBy("value", "predicate", valueKinds(words))));
    }

    private static TreeSet<String> conceptNames(Vocabulary words) {
        var names = new TreeSet<String>();
        words.conceptsByPrefix().forEach((prefix, concepts) -> concepts.keySet().forEach(name -> names.add(prefix + "/" + name)));
        return names;
    }

    private static Map<String, Kind> valueKinds(Vocabulary words) {
        var kinds = new HashMap<String, Kind>();
        words.attributes().forEach((name, attribute) -> kinds.put(name, valueKind(words, attribute)));
        return kinds;
    }

    private static Kind valueKind(Vocabulary words, Node attribute) {
        var range = words.range(attribute).map(Node::getURI).orElse("");
        return range.equals(XSD.integer.getURI()) ? new Kind.Whole(Integer.MIN_VALUE)
                : range.equals(XSD.decimal.getURI()) ? new Kind.Decimal()
                : range.equals(XSD.anyURI.getURI()) ? new Kind.Iri()
                : range.equals(RDF.langString.getURI()) ? new Kind.Tagged()
                : range.equals(XSD.xstring.getURI()) ? new Kind.Text(Integer.MAX_VALUE)
                : new Kind.Date();
    }

    static ClaimEntry of(Form.Read read, Vocabulary words) {
        return new ClaimEntry(read.text("id"), read.text("subject"), read.text("predicate"), said(read, words), Evidence.of(read),
                time(read), distinct(read.texts("supports")), distinct(read.texts("disputes")), read.origin());
    }

    private static List<String> distinct(List<String> names) {
        return names.stream().distinct().toList();
    }

    private static Said said(Form.Read read, Vocabulary words) {
        if (read.has("object")) {
            var object = read.text("object");
            return object.contains("/") ? new Said.OfConcept(object) : new Said.OfEntity(object);
        }
        return switch (valueKind(words, words.attributes().get(read.text("predicate")))) {
            case Kind.Date() -> new Said.OfDate(read.text("value"));
            case Kind.Iri() -> new Said.OfIri(read.text("value"));
            case Kind.Tagged() -> new Said.OfText(read.inner("value").text("text"), Optional.of(read.inner("value").text("lang")));
            case Kind.Text _ -> new Said.OfText(read.text("value"), Optional.empty());
            default -> new Said.OfNumber(read.number("value"));
        };
    }

    private static Time time(Form.Read read) {
        if (!read.has("time")) {
            return new Time(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        var time = read.inner("time");
        return new Time(time.maybe("at"), time.maybe("from"), time.maybe("until"), time.maybe("due"));
    }
}
