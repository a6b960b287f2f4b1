package org.policygraph.serve;

import static j2html.TagCreator.a;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.policygraph.export.ThingDescription;
import org.policygraph.store.Names;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;

/// What a person reads of one thing: its names, what it is, what is claimed of it and by whom, figures, and who mentions it.
/// Everything comes from the thing's description, which the same address gives as data.
final class ThingPage {

    private static final Set<Node> NAMING = Set.of(RDF.Nodes.type, RDFS.Nodes.label, SKOS.prefLabel.asNode(), SKOS.altLabel.asNode(),
            SKOS.definition.asNode());
    private static final Set<Node> OF_STATEMENT = Set.of(RDF.Nodes.subject, RDF.Nodes.predicate, RDF.Nodes.object);
    private static final Set<Node> QUANTITIES = Set.of(Pol.HAS_FIGURE, Pol.HAS_TARGET);

    private final ThingDescription description;
    private final Node thing;
    private final Graph graph = GraphFactory.createDefaultGraph();
    private final Set<Triple> inferred = new HashSet<>();
    private final Vocabulary words;
    private final Names names;
    private final Page page;
    private final Shown shown;
    private final List<Statement> statements;

    ThingPage(ThingDescription description, Vocabulary words, Page page) {
        this.description = description;
        this.thing = description.thing();
        description.quads().find().forEachRemaining(quad -> {
            graph.add(quad.asTriple());
            if (quad.getGraph().equals(Iris.INFERRED_GRAPH)) {
                inferred.add(quad.asTriple());
            }
        });
        this.words = words;
        this.names = new Names(words);
        this.page = page;
        this.shown = new Shown(page, names, graph);
        this.statements = statements();
    }

    /// One line of a table: a claim, or an edge that rules inferred.
    /// @param claim empty for an inferred edge
    private record Statement(Triple edge, Optional<Node> claim) {}

    String title() {
        return shown.label(thing).text();
    }

    /// @param forms    in which the same is to be had
    /// @param document its path without ending
    DomContent contents(Offer<?> forms, String document) {
        var outgoing = statements.stream().filter(one -> one.edge().getSubject().equals(thing) && !QUANTITIES.contains(one.edge().getPredicate())).toList();
        var quantities = statements.stream().filter(one -> one.edge().getSubject().equals(thing) && QUANTITIES.contains(one.edge().getPredicate())).toList();
        var incoming = statements.stream().filter(one -> !one.edge().getSubject().equals(thing)).toList();
        return each(
                naming(),
                claimed(),
                tableOf("from", page.say("From here", "由此出發"), outgoing, Triple::getObject),
                figures(quantities),
                tableOf("to", page.say("Towards here", "指向此處"), incoming, Triple::getSubject),
                properties(),
                mentions(),
                leftOut(),
                formats(forms, document));
    }

    private DomContent naming() {
        var name = shown.label(thing);
        var otherNames = shown.texts(thing, RDFS.Nodes.label).stream().filter(one -> !one.text().equals(name.text())).limit(1).toList();
        var aliases = shown.texts(thing, SKOS.altLabel.asNode());
        var definitions = shown.texts(thing, SKOS.definition.asNode()).stream().limit(1).toList();
        return each(
                h1(shown.shown(name)),
                p(each(otherNames, other -> each(span(other.text()).withLang(other.language().map(Object::toString).orElse("")).withClass("other"), text(" "))),
                        code(names.shortened(thing))).withClass("names"),
                present(kinds(), found -> p(separated(found.stream().map(kind -> shown.linked(kind, shown.shown(kindName(kind)))).toList())).withClass("kinds")),
                each(definitions, one -> p(shown.shown(one)).withClass("definition")),
                present(aliases, found -> p(text(page.say("Also called ", "又稱")), separated(found.stream().map(shown::shown).toList()))));
    }

    private Shown.Text kindName(Node kind) {
        return new Shown(page, names, words.graph()).label(kind);
    }

    /// Its classes of the ontology, without those that others of them are below.
    private List<Node> kinds() {
        var types = objects(thing, RDF.Nodes.type);
        return types.stream().filter(type -> type.isURI() && (type.getURI().startsWith(Pol.NAMESPACE) || type.getURI().startsWith(SKOS.getURI())))
                .filter(type -> types.stream().noneMatch(other -> !other.equals(type) && words.graph().contains(other, RDFS.Nodes.subClassOf, type)))
                .sorted(Comparator.comparing(Node::getURI)).toList();
    }

    /// When the thing is a claim itself: what it claims.
    private DomContent claimed() {
        if (!graph.contains(thing, RDF.Nodes.type, Pol.CLAIM)) {
            return each();
        }
        var edge = Triple.create(one(thing, RDF.Nodes.subject), one(thing, RDF.Nodes.predicate), one(thing, RDF.Nodes.object));
        return p(shown.name(edge.getSubject()), text(" "), span(denied(thing), shown.name(edge.getPredicate())).withClass("relation"), text(" "),
                shown.name(edge.getObject()), text(" "), standing(new Statement(edge, Optional.of(thing))), text(" "), why(edge)).withClass("claimed");
    }

    private List<Statement> statements() {
        var found = new ArrayList<Statement>();
        var covered = new HashSet<Triple>();
        for (var property : List.of(RDF.Nodes.subject, RDF.Nodes.object)) {
            graph.find(Node.ANY, property, thing).mapWith(Triple::getSubject).toList().forEach(claim -> {
                var edge = Triple.create(one(claim, RDF.Nodes.subject), one(claim, RDF.Nodes.predicate), one(claim, RDF.Nodes.object));
                covered.add(edge);
                found.add(new Statement(edge, Optional.of(claim)));
            });
        }
        inferred.stream().filter(edge -> edge.getSubject().equals(thing) || edge.getObject().equals(thing))
                .filter(edge -> isRelation(edge.getPredicate()) && !covered.contains(edge) && !isMirrored(edge))
                .forEach(edge -> found.add(new Statement(edge, Optional.empty())));
        return found.stream().distinct().sorted(Comparator.<Statement, String>comparing(one -> one.edge().toString()).thenComparing(one -> one.claim().toString())).toList();
    }

    /// Whether it says in the other direction what an edge that no rule made says already.
    private boolean isMirrored(Triple edge) {
        var property = edge.getPredicate();
        var inverses = new ArrayList<>(words.graph().find(property, OWL2.inverseOf.asNode(), Node.ANY).mapWith(Triple::getObject).toList());
        inverses.addAll(words.graph().find(Node.ANY, OWL2.inverseOf.asNode(), property).mapWith(Triple::getSubject).toList());
        if (words.graph().contains(property, RDF.Nodes.type, OWL2.SymmetricProperty.asNode())) {
            inverses.add(property);
        }
        return inverses.stream().map(inverse -> Triple.create(edge.getObject(), inverse, edge.getSubject()))
                .anyMatch(mirror -> graph.contains(mirror) && !inferred.contains(mirror));
    }

    private boolean isRelation(Node property) {
        return words.isStated(property) || words.graph().contains(property, Pol.DERIVED_INVERSE, Literals.TRUE)
                || words.graph().contains(property, RDFS.Nodes.subPropertyOf, Pol.RELATED_TO);
    }

    private DomContent tableOf(String id, String heading, List<Statement> rows, Function<Triple, Node> other) {
        var byRelation = new TreeMap<String, List<Statement>>();
        rows.forEach(row -> byRelation.computeIfAbsent(shown.label(row.edge().getPredicate()).text(), _ -> new ArrayList<>()).add(row));
        return present(rows, _ -> section(h2(heading).withId(id), div(table(
                caption(page.say(rows.size() + " statements", rows.size() + "項陳述")),
                thead(tr(head(page.say("What", "對象")), head(page.say("How it stands", "如何成立")), head(page.say("Where it says so", "出處")), head(page.say("Evidence", "證據")))),
                each(byRelation.values(), group -> tbody(
                        tr(th(shown.name(group.getFirst().edge().getPredicate())).attr("colspan", 4).attr("scope", "rowgroup").withClass("relation")),
                        each(group, row -> tr(
                                td(shown.name(other.apply(row.edge())), gloss(row)),
                                td(standing(row)),
                                td(origin(row)),
                                td(evidence(row))))))))
                .withClass("wide").attr("role", "region").attr("aria-labelledby", id).attr("tabindex", 0)));
    }

    private DomContent gloss(Statement row) {
        return each(row.claim().stream().flatMap(claim -> shown.texts(claim, RDFS.Nodes.label).stream().limit(1)).toList(),
                text -> p(shown.shown(text)).withClass("gloss"));
    }

    /// Whether denied, with which status, how firmly, under what condition.
    private DomContent standing(Statement row) {
        if (row.claim().isEmpty()) {
            return span(page.say("inferred", "推論")).withClass("inferred");
        }
        var claim = row.claim().get();
        return each(denied(claim), separated(Stream.of(Pol.CLAIM_STATUS, Pol.CONFIDENCE).flatMap(property -> objects(claim, property).stream())
                .map(concept -> (DomContent) span(shown.name(concept)).withClass("status")).toList()));
    }

    private DomContent denied(Node claim) {
        return graph.contains(claim, Pol.NEGATED, Literals.TRUE) ? each(span(page.say("denied", "否定")).withClass("denied"), text(" ")) : each();
    }

    private DomContent origin(Statement row) {
        if (row.claim().isEmpty()) {
            return each();
        }
        var claim = row.claim().get();
        var passages = objects(claim, Pol.PASSAGE).stream().sorted(Comparator.comparing(passage -> paragraph(passage).orElse(0))).<DomContent>map(passage ->
                a("¶" + paragraph(passage).map(Object::toString).orElse("?")).withHref(shown.href(passage))
                        .attr("aria-label", page.say("paragraph ", "第") + paragraph(passage).map(Object::toString).orElse("?") + page.say("", "段"))).toList();
        return each(separated(passages), text(" "), separated(objects(claim, Pol.ASSERTED_BY).stream().map(shown::name).toList()));
    }

    private Optional<Integer> paragraph(Node passage) {
        return objects(passage, Pol.PARAGRAPH).stream().findFirst().map(number -> Integer.parseInt(number.getLiteralLexicalForm()));
    }

    private DomContent evidence(Statement row) {
        return separated(Stream.concat(graph.contains(row.edge()) ? Stream.of(why(row.edge())) : Stream.of(),
                row.claim().<DomContent>map(claim -> a(page.say("claim", "主張")).withHref(shown.href(claim))).stream()).toList());
    }

    /// A link to the proof of the edge, if the graph holds it to be so.
    private DomContent why(Triple edge) {
        if (!graph.contains(edge)) {
            return each();
        }
        var object = edge.getObject().isLiteral() ? NodeFmtLib.strNT(edge.getObject()) : names.shortened(edge.getObject());
        return a(page.say("why", "為何")).withHref(page.href("/why?s=" + Page.encoded(names.shortened(edge.getSubject())) + "&p="
                + Page.encoded(names.shortened(edge.getPredicate())) + "&o=" + Page.encoded(object)));
    }

    private DomContent figures(List<Statement> rows) {
        return present(rows, _ -> section(h2(page.say("Figures and targets", "數字與目標")).withId("figures"), div(table(
                caption(page.say(rows.size() + " quantities", rows.size() + "項數量")),
                thead(tr(head(page.say("What", "內容")), head(page.say("How much", "數量")), head(page.say("When", "時間")), head(page.say("Where it says so", "出處")))),
                tbody(each(rows, row -> tr(
                        td(shown.name(row.edge().getObject()), each(objects(row.edge().getObject(), Pol.METRIC), metric -> p(shown.name(metric)).withClass("gloss")),
                                p(standing(row)).withClass("gloss")),
                        td(amount(row.edge().getObject())),
                        td(when(row.edge().getObject())),
                        td(origin(row)))))))
                .withClass("wide").attr("role", "region").attr("aria-labelledby", "figures").attr("tabindex", 0)));
    }

    private DomContent amount(Node quantity) {
        var comparator = objects(quantity, Pol.COMPARATOR).stream().map(shown::name).toList();
        var value = Stream.of(Pol.VALUE, Pol.MINIMUM, Pol.MAXIMUM).flatMap(property -> objects(quantity, property).stream())
                .map(this::number).toList();
        var unit = objects(quantity, Pol.HAS_UNIT).stream().map(shown::name).toList();
        return each(separated(comparator), text(" "), span(String.join("–", value)).withClass("number"), text(" "), separated(unit));
    }

    private String number(Node literal) {
        var format = NumberFormat.getNumberInstance(Locale.ENGLISH);
        format.setMaximumFractionDigits(6);
        return format.format(new BigDecimal(literal.getLiteralLexicalForm()));
    }

    private DomContent when(Node quantity) {
        return text(String.join("–", Stream.of(Pol.FOR_DATE, Pol.FOR_DATE_END, Pol.DUE_DATE)
                .flatMap(property -> objects(quantity, property).stream()).map(Node::getLiteralLexicalForm).toList()));
    }

    /// What else is said of the thing itself: not as a claim, and not in words of others that rules repeat it in.
    private DomContent properties() {
        var byProperty = new TreeMap<String, List<Triple>>();
        graph.find(thing, Node.ANY, Node.ANY).filterDrop(this::isShownElsewhere)
                .forEach(triple -> byProperty.computeIfAbsent(triple.getPredicate().getURI(), _ -> new ArrayList<>()).add(triple));
        return present(byProperty.values(), _ -> section(h2(page.say("Particulars", "細節")), dl(each(byProperty.values(), group -> each(
                dt(shown.name(group.getFirst().getPredicate())),
                each(group.stream().map(Triple::getObject).sorted(Comparator.comparing(Node::toString)).toList(), value -> dd(shown.name(value))))))));
    }

    private boolean isShownElsewhere(Triple triple) {
        var property = triple.getPredicate();
        return NAMING.contains(property) || OF_STATEMENT.contains(property) || isRepeated(triple)
                || statements.stream().anyMatch(one -> one.edge().equals(triple));
    }

    private boolean isRepeated(Triple triple) {
        return inferred.contains(triple) && (!triple.getPredicate().getURI().startsWith(Pol.NAMESPACE) || isMirrored(triple));
    }

    /// Who points at the thing without it being a claim about it.
    private DomContent mentions() {
        var byProperty = new TreeMap<String, List<Node>>();
        graph.find(Node.ANY, Node.ANY, thing).filterDrop(triple -> OF_STATEMENT.contains(triple.getPredicate()) || isRepeated(triple)
                        || statements.stream().anyMatch(one -> one.edge().equals(triple)))
                .forEach(triple -> byProperty.computeIfAbsent(triple.getPredicate().getURI(), _ -> new ArrayList<>()).add(triple.getSubject()));
        return present(byProperty.entrySet(), _ -> section(h2(page.say("Mentioned by", "提及此處的")), dl(each(byProperty.entrySet(), group -> each(
                dt(shown.name(NodeFactory.createURI(group.getKey()))),
                dd(ul(each(group.getValue().stream().sorted(Comparator.comparing(one -> shown.label(one).text())).toList(),
                        one -> li(shown.name(one)))).withClass("many")))))));
    }

    private DomContent leftOut() {
        var missing = description.leftOut().values().stream().mapToLong(Long::longValue).sum();
        return present(description.leftOut().entrySet(), left -> section(h2(page.say("Not shown", "未列出")),
                p(page.say((description.all() ? "" : "At least ") + missing + " further edges point here; each relation is listed up to " + ThingDescription.MOST_INCOMING + " times.",
                        "另有" + (description.all() ? "" : "至少") + missing + "條關係指向此處；每種關係最多列出" + ThingDescription.MOST_INCOMING + "條。")),
                ul(each(left, one -> li(shown.name(NodeFactory.createURI(one.getKey())), text(" " + one.getValue())))),
                p(a(page.say("All of them by SPARQL", "以SPARQL取得全部")).withHref("/sparql?query=" + Page.encoded(description.queryForAll())))).withClass("left-out"));
    }

    private DomContent formats(Offer<?> forms, String document) {
        return nav(h2(page.say("As data", "取得資料")), ul(each(forms.forms().stream().filter(form -> !form.word().equals("html")).toList(),
                form -> li(a(form.word()).withHref(document + "." + form.word()).withType(form.mediaType())))).withClass("formats"))
                .attr("aria-label", page.say("As data", "取得資料"));
    }

    private static DomContent head(String text) {
        return th(text).attr("scope", "col");
    }

    private static DomContent separated(List<DomContent> contents) {
        var joined = new ArrayList<DomContent>();
        for (var content : contents) {
            if (!joined.isEmpty()) {
                joined.add(text(" · "));
            }
            joined.add(content);
        }
        return each(joined.stream());
    }

    private static <T, C extends Collection<T>> DomContent present(C found, Function<C, DomContent> content) {
        return found.isEmpty() ? each() : content.apply(found);
    }

    private List<Node> objects(Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).mapWith(Triple::getObject).toList();
    }

    private Node one(Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).mapWith(Triple::getObject).nextOptional()
                .orElseThrow(() -> new IllegalStateException(subject + " has no " + property));
    }
}
