package org.policygraph.graph;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.shacl.vocabulary.SHACL;
import org.apache.jena.vocabulary.DCAT;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.policygraph.source.Bilingual;
import org.policygraph.source.ClaimEntry;
import org.policygraph.source.ClaimEntry.Said;
import org.policygraph.source.EntityEntry;
import org.policygraph.source.Evidence;
import org.policygraph.source.FigureEntry;
import org.policygraph.source.FigureEntry.Amount;
import org.policygraph.source.QuestionEntry;
import org.policygraph.source.SourceEntry;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;

/// How records become triples.
public final class Triples {

    private static final Node TYPE = RDF.type.asNode();
    private static final Node LABEL = RDFS.label.asNode();

    /// The JSON field that a property was read from.
    private static final Map<Node, String> FIELDS = Map.ofEntries(
            Map.entry(RDF.subject.asNode(), "subject"), Map.entry(RDF.predicate.asNode(), "predicate"), Map.entry(RDF.object.asNode(), "object"),
            Map.entry(LABEL, "gloss"), Map.entry(SKOS.definition.asNode(), "definition"), Map.entry(SKOS.prefLabel.asNode(), "label"),
            Map.entry(SKOS.altLabel.asNode(), "altLabel"), Map.entry(SKOS.exactMatch.asNode(), "exactMatch"),
            Map.entry(Pol.INSTRUMENT_KIND, "kind"), Map.entry(Pol.LAYER, "layers"), Map.entry(Pol.SECTOR, "sectors"),
            Map.entry(Pol.PASSAGE, "paragraphs"), Map.entry(Pol.ASSERTED_BY, "assertedBy"), Map.entry(Pol.SPEAKER_KIND, "speaker"),
            Map.entry(Pol.CLAIM_STATUS, "status"), Map.entry(Pol.NEGATED, "negated"), Map.entry(Pol.CONFIDENCE, "confidence"),
            Map.entry(Pol.CONDITION, "condition"), Map.entry(Pol.AT, "time"), Map.entry(Pol.FROM, "time"), Map.entry(Pol.UNTIL, "time"),
            Map.entry(Pol.DUE, "time"), Map.entry(Pol.CITO_SUPPORTS, "supports"), Map.entry(Pol.CITO_DISPUTES, "disputes"),
            Map.entry(Pol.METRIC, "metric"), Map.entry(Pol.COMPARATOR, "comparator"), Map.entry(Pol.VALUE, "value"),
            Map.entry(Pol.MINIMUM, "minimum"), Map.entry(Pol.MAXIMUM, "maximum"), Map.entry(Pol.HAS_UNIT, "unit"),
            Map.entry(Pol.FOR_DATE, "forDate"), Map.entry(Pol.FOR_DATE_END, "forDateEnd"), Map.entry(Pol.MADE_DATE, "madeDate"),
            Map.entry(Pol.DUE_DATE, "dueDate"), Map.entry(Pol.IN_PLACE, "place"), Map.entry(Pol.COMPARED_WITH, "comparedWith"),
            Map.entry(Pol.PUBLISHED_BY, "publishedBy"), Map.entry(Pol.LANGUAGE, "language"));

    private final Vocabulary words;
    private final Map<String, Map<String, Node>> concepts;

    public Triples(Vocabulary words) {
        this.words = words;
        this.concepts = Map.copyOf(words.conceptsByPrefix());
    }

    /// The JSON field that a property's value was read from, where it was read from one.
    public static Optional<String> field(Node property) {
        return Optional.ofNullable(FIELDS.get(property));
    }

    public void of(EntityEntry entity, Consumer<Triple> sink) {
        var it = Iris.id(entity.id());
        sink.accept(Triple.create(it, TYPE, words.types().get(entity.type())));
        labels(it, entity.label(), sink);
        bilingual(it, SKOS.definition.asNode(), entity.definition(), sink);
        entity.aliases().forEach(alias -> sink.accept(Triple.create(it, SKOS.altLabel.asNode(), Literals.text(alias.text(), alias.language()))));
        entity.kind().ifPresent(kind -> sink.accept(Triple.create(it, Pol.INSTRUMENT_KIND, Iris.concept("instrument-kind", kind))));
        entity.layers().forEach(layer -> sink.accept(Triple.create(it, Pol.LAYER, Iris.concept("layer", layer))));
        entity.sectors().forEach(sector -> sink.accept(Triple.create(it, Pol.SECTOR, Iris.concept("sector", sector))));
        entity.exactMatch().forEach(same -> sink.accept(Triple.create(it, SKOS.exactMatch.asNode(), NodeFactory.createURI(same))));
    }

    public void of(SourceEntry source, Consumer<Triple> sink) {
        var it = Iris.id(source.id());
        sink.accept(Triple.create(it, TYPE, source.external() ? Pol.EXTERNAL_SOURCE : Pol.SOURCE));
        labels(it, source.label(), sink);
        bilingual(it, SKOS.definition.asNode(), source.definition(), sink);
        sink.accept(Triple.create(it, Pol.LANGUAGE, Literals.plain(source.language())));
        source.publishedBy().ifPresent(publisher -> sink.accept(Triple.create(it, Pol.PUBLISHED_BY, Iris.id(publisher))));
        source.published().ifPresent(date -> sink.accept(Triple.create(it, DCTerms.issued.asNode(), Literals.date(date))));
        source.reference().ifPresent(page -> sink.accept(Triple.create(it, RDFS.seeAlso.asNode(), NodeFactory.createURI(page))));
        source.licence().ifPresent(licence -> bilingual(it, DCTerms.rights.asNode(), licence, sink));
        for (var passage : source.passages()) {
            var at = Iris.passage(source.id(), passage.number());
            sink.accept(Triple.create(at, TYPE, Pol.PASSAGE_CLASS));
            labels(at, new Bilingual(source.label().en() + ", paragraph " + passage.number(), source.label().zhHant() + "，第" + passage.number() + "段"), sink);
            sink.accept(Triple.create(at, Pol.IN_SOURCE, it));
            sink.accept(Triple.create(at, Pol.PARAGRAPH, Literals.whole(passage.number())));
            sink.accept(Triple.create(at, Pol.PASSAGE_ROLE, Literals.plain(passage.body() ? "body" : "heading")));
            bilingual(at, Pol.SECTION, passage.section(), sink);
            sink.accept(Triple.create(at, Pol.SHA256, Literals.plain(passage.sha256())));
        }
    }

    public void of(String source, ClaimEntry claim, Consumer<Triple> sink) {
        var it = Iris.inSource(source, claim.id());
        var predicate = Optional.ofNullable(words.relations().get(claim.predicate())).orElseGet(() -> words.attributes().get(claim.predicate()));
        stated(source, it, Triple.create(Iris.id(claim.subject()), predicate, object(claim.object())), claim.evidence(), sink);
        dates(it, Map.of(Pol.AT, claim.time().at(), Pol.FROM, claim.time().from(), Pol.UNTIL, claim.time().until(), Pol.DUE, claim.time().due()), sink);
        claim.supports().forEach(other -> sink.accept(Triple.create(it, Pol.CITO_SUPPORTS, claimIri(source, other))));
        claim.disputes().forEach(other -> sink.accept(Triple.create(it, Pol.CITO_DISPUTES, claimIri(source, other))));
    }

    /// A figure is a node of its own, and a claim says what it is about.
    public void of(String source, FigureEntry figure, Consumer<Triple> sink) {
        var it = Iris.inSource(source, figure.id());
        var unit = words.units().get(figure.unit());
        sink.accept(Triple.create(it, TYPE, figure.target() ? Pol.TARGET : Pol.FIGURE));
        bilingual(it, LABEL, figure.evidence().gloss(), sink);
        sink.accept(Triple.create(it, Pol.METRIC, Iris.concept("metric", figure.metric())));
        sink.accept(Triple.create(it, Pol.COMPARATOR, Iris.concept("comparator", figure.comparator())));
        sink.accept(Triple.create(it, Pol.HAS_UNIT, unit));
        sink.accept(Triple.create(it, Pol.NORMALIZED_UNIT, words.normalizedUnit(unit)));
        var multiplier = words.multiplier(unit);
        switch (figure.amount()) {
            case Amount.One(var value) -> amount(it, Pol.VALUE, Pol.NORMALIZED_VALUE, value, multiplier, sink);
            case Amount.Range(var minimum, var maximum) -> {
                amount(it, Pol.MINIMUM, Pol.NORMALIZED_MINIMUM, minimum, multiplier, sink);
                amount(it, Pol.MAXIMUM, Pol.NORMALIZED_MAXIMUM, maximum, multiplier, sink);
            }
        }
        dates(it, Map.of(Pol.FOR_DATE, figure.forDate(), Pol.FOR_DATE_END, figure.forDateEnd(), Pol.MADE_DATE, figure.madeDate(),
                Pol.DUE_DATE, figure.dueDate()), sink);
        figure.place().ifPresent(place -> sink.accept(Triple.create(it, Pol.IN_PLACE, Iris.id(place))));
        figure.comparedWith().ifPresent(other -> sink.accept(Triple.create(it, Pol.COMPARED_WITH, Iris.id(other))));
        stated(source, Iris.claimOfQuantity(source, figure.id()),
                Triple.create(Iris.id(figure.about()), figure.target() ? Pol.HAS_TARGET : Pol.HAS_FIGURE, it), figure.evidence(), sink);
    }

    /// A question is an example that clients of SHACL's kind find by themselves; its text can be asked as it is.
    public void of(QuestionEntry question, Consumer<Triple> sink) {
        var it = Iris.question(question.name());
        sink.accept(Triple.create(it, TYPE, SHACL.SPARQLExecutable));
        bilingual(it, LABEL, question.title(), sink);
        bilingual(it, RDFS.comment.asNode(), question.description(), sink);
        sink.accept(Triple.create(it, DCTerms.identifier.asNode(), Literals.plain(question.name())));
        question.tags().forEach(tag -> sink.accept(Triple.create(it, DCAT.keyword.asNode(), Literals.plain(tag))));
        sink.accept(Triple.create(it, SHACL.prefixes, Iris.QUESTIONS_GRAPH));
        var text = Literals.plain(question.text());
        switch (question.form()) {
            case SELECT -> {
                sink.accept(Triple.create(it, TYPE, SHACL.SPARQLSelectExecutable));
                sink.accept(Triple.create(it, SHACL.select, text));
            }
            case ASK -> {
                sink.accept(Triple.create(it, TYPE, SHACL.SPARQLAskExecutable));
                sink.accept(Triple.create(it, SHACL.ask, text));
            }
            case CONSTRUCT -> {
                sink.accept(Triple.create(it, TYPE, SHACL.SPARQLConstructExecutable));
                sink.accept(Triple.create(it, SHACL.construct, text));
            }
            default -> throw new IllegalArgumentException(question.where() + ": a question is SELECT, ASK or CONSTRUCT");
        }
    }

    /// The prefixes that a query may use undeclared, in the words of SHACL.
    public void prefixes(Consumer<Triple> sink) {
        words.prefixes().forEach((prefix, namespace) -> {
            var it = Iris.prefix(prefix);
            sink.accept(Triple.create(Iris.QUESTIONS_GRAPH, SHACL.declare, it));
            sink.accept(Triple.create(it, TYPE, SHACL.PrefixDeclaration));
            sink.accept(Triple.create(it, SHACL.prefix, Literals.plain(prefix)));
            sink.accept(Triple.create(it, SHACL.namespace, NodeFactory.createLiteralDT(namespace, XSDDatatype.XSDanyURI)));
        });
    }

    /// A claim of the statement; where it is held to be so, the statement itself too.
    private void stated(String source, Node claim, Triple statement, Evidence evidence, Consumer<Triple> sink) {
        sink.accept(Triple.create(claim, TYPE, Pol.CLAIM));
        sink.accept(Triple.create(claim, RDF.subject.asNode(), statement.getSubject()));
        sink.accept(Triple.create(claim, RDF.predicate.asNode(), statement.getPredicate()));
        sink.accept(Triple.create(claim, RDF.object.asNode(), statement.getObject()));
        sink.accept(Triple.create(claim, Pol.IN_SOURCE, Iris.id(source)));
        evidence.paragraphs().forEach(number -> sink.accept(Triple.create(claim, Pol.PASSAGE, Iris.passage(source, number))));
        sink.accept(Triple.create(claim, Pol.ASSERTED_BY, Iris.id(evidence.assertedBy())));
        sink.accept(Triple.create(claim, Pol.SPEAKER_KIND, Iris.concept("speaker-kind", evidence.speaker())));
        sink.accept(Triple.create(claim, Pol.CLAIM_STATUS, Iris.concept("claim-status", evidence.status())));
        sink.accept(Triple.create(claim, Pol.NEGATED, Literals.flag(evidence.negated())));
        sink.accept(Triple.create(claim, Pol.CONFIDENCE, Iris.concept("confidence", evidence.confidence())));
        bilingual(claim, LABEL, evidence.gloss(), sink);
        evidence.condition().ifPresent(condition -> bilingual(claim, Pol.CONDITION, condition, sink));
        if (words.holds(evidence.status()) && !evidence.negated()) {
            sink.accept(statement);
        }
    }

    private Node object(Said said) {
        return switch (said) {
            case Said.OfEntity(var id) -> Iris.id(id);
            case Said.OfConcept(var name) -> concepts.get(name.substring(0, name.indexOf('/'))).get(name.substring(name.indexOf('/') + 1));
            case Said.OfText(var text, var language) -> language.map(tag -> Literals.text(text, tag)).orElseGet(() -> Literals.plain(text));
            case Said.OfDate(var date) -> Literals.date(date);
            case Said.OfNumber(var number) -> number.stripTrailingZeros().scale() <= 0 ? Literals.whole(number.longValueExact()) : Literals.decimal(number);
            case Said.OfIri(var iri) -> NodeFactory.createLiteralDT(iri, XSDDatatype.XSDanyURI);
        };
    }

    /// @param name `c16-02` in the same source, or `source.c16-02`
    public static Node claimIri(String source, String name) {
        return name.contains(".") ? Iris.id(name) : Iris.inSource(source, name);
    }

    private static void amount(Node it, Node property, Node normalized, BigDecimal value, BigDecimal multiplier, Consumer<Triple> sink) {
        sink.accept(Triple.create(it, property, Literals.decimal(value)));
        sink.accept(Triple.create(it, normalized, Literals.decimal(value.multiply(multiplier))));
    }

    private static void dates(Node it, Map<Node, Optional<String>> dates, Consumer<Triple> sink) {
        dates.forEach((property, date) -> date.ifPresent(given -> sink.accept(Triple.create(it, property, Literals.date(given)))));
    }

    private static void labels(Node it, Bilingual label, Consumer<Triple> sink) {
        List.of(LABEL, SKOS.prefLabel.asNode()).forEach(property -> bilingual(it, property, label, sink));
    }

    private static void bilingual(Node it, Node property, Bilingual text, Consumer<Triple> sink) {
        sink.accept(Triple.create(it, property, Literals.text(text.en(), "en")));
        sink.accept(Triple.create(it, property, Literals.text(text.zhHant(), "zh-Hant")));
    }
}
