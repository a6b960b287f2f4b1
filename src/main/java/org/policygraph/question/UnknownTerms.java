package org.policygraph.question;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.apache.jena.vocabulary.XSD;
import org.policygraph.source.Nearest;
import org.policygraph.term.Iris;
import org.policygraph.term.Language;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;

/// Names and values in a query that nothing in the graph has, with those that resemble them.
final class UnknownTerms {

    /// Names and values looked through for one that resembles.
    private static final int MOST_LOOKED_AT = 100_000;
    private static final int MOST_SHOWN = 8;

    private static final List<Node> PROPERTY_KINDS = List.of(
            OWL2.ObjectProperty.asNode(), OWL2.DatatypeProperty.asNode(), OWL2.AnnotationProperty.asNode(), RDF.Property.asNode());
    private static final List<Node> CLASS_KINDS = List.of(OWL2.Class.asNode(), RDFS.Class.asNode());

    /// What no ontology declares and everyone may use.
    private static final List<Node> USUAL_PROPERTIES = List.of(RDF.type.asNode(), RDF.subject.asNode(), RDF.predicate.asNode(),
            RDF.object.asNode(), RDFS.label.asNode(), RDFS.subClassOf.asNode(), RDFS.subPropertyOf.asNode(), RDFS.domain.asNode(),
            RDFS.range.asNode(), RDFS.isDefinedBy.asNode(), RDFS.seeAlso.asNode(), RDFS.comment.asNode());

    /// What other vocabularies call a label.
    private static final Set<String> NAMES_FOR_LABEL = Set.of("name", "title", "legalname", "label");

    private final Trial trial;
    private final DatasetGraph data;
    private final Vocabulary words;
    private final Written written;
    private final Graph union;
    private final Graph ontology;

    /// @param data all of it, also what a FROM leaves out
    UnknownTerms(Trial trial, DatasetGraph data, Vocabulary words, Written written) {
        this.data = data;
        this.trial = trial;
        this.words = words;
        this.written = written;
        this.union = data.getUnionGraph();
        this.ontology = words.graph();
    }

    List<Diagnosis.Unknown> in(Query query) {
        var used = UsedTerms.of(query);
        var found = new LinkedHashSet<Diagnosis.Unknown>();
        used.uses().forEach(use -> named(use).ifPresent(found::add));
        for (var pattern : used.patterns()) {
            if (pattern.getPredicate() != null && pattern.getPredicate().isURI()) {
                value(pattern.getPredicate(), pattern.getObject(), true).ifPresent(found::add);
                if (pattern.getObject().isVariable()) {
                    used.wanted().stream().filter(wanted -> wanted.variable().equals(Var.alloc(pattern.getObject())))
                            .forEach(wanted -> value(pattern.getPredicate(), wanted.value(), false).ifPresent(found::add));
                }
            }
        }
        used.languages().forEach(tag -> language(tag).ifPresent(found::add));
        return List.copyOf(found);
    }

    private Optional<Diagnosis.Unknown> named(UsedTerms.Use use) {
        return switch (use.part()) {
            case PROPERTY -> isBuiltIn(use.term()) || isOf(use.term(), PROPERTY_KINDS)
                    || !isOf(use.term(), CLASS_KINDS) && union.contains(Node.ANY, use.term(), Node.ANY)
                    ? Optional.empty() : Optional.of(property(use.term()));
            case CLASS -> isBuiltIn(use.term()) || isOf(use.term(), CLASS_KINDS)
                    || !isOf(use.term(), PROPERTY_KINDS) && union.contains(Node.ANY, RDF.type.asNode(), use.term())
                    ? Optional.empty() : Optional.of(type(use.term()));
            case GRAPH -> containsGraph(use.term()) ? Optional.empty() : Optional.of(graph(use.term()));
            case THING -> isBuiltIn(use.term()) || isThere(use.term()) || containsGraph(use.term())
                    ? Optional.empty() : Optional.of(thing(use.term()));
        };
    }

    private static boolean isBuiltIn(Node term) {
        var iri = term.getURI();
        return iri.startsWith(XSD.getURI()) || iri.startsWith(OWL2.getURI()) || USUAL_PROPERTIES.contains(term)
                || (iri.startsWith(RDF.getURI()) || iri.startsWith(RDFS.getURI())) && local(term).matches("[A-Z_].*|first|rest|nil|value|member");
    }

    private boolean isOf(Node term, List<Node> kinds) {
        return kinds.stream().anyMatch(kind -> ontology.contains(term, RDF.type.asNode(), kind));
    }

    private boolean isThere(Node term) {
        return ontology.contains(term, Node.ANY, Node.ANY) || union.contains(term, Node.ANY, Node.ANY)
                || union.contains(Node.ANY, Node.ANY, term) || union.contains(Node.ANY, term, Node.ANY);
    }

    private boolean containsGraph(Node name) {
        return name.equals(Quad.unionGraph) || Quad.isDefaultGraph(name) || data.containsGraph(name);
    }

    private Diagnosis.Unknown property(Node term) {
        var what = isOf(term, CLASS_KINDS) ? written.text(term) + " is a class, not a property" : "no property " + written.text(term);
        var close = NAMES_FOR_LABEL.contains(local(term).toLowerCase(Locale.ROOT))
                ? List.of(RDFS.label.asNode(), SKOS.prefLabel.asNode()) : resembling(term, all(PROPERTY_KINDS, USUAL_PROPERTIES));
        return unknown("property", term, what, close);
    }

    private Diagnosis.Unknown type(Node term) {
        var what = isOf(term, PROPERTY_KINDS) ? written.text(term) + " is a property, not a class" : "no class " + written.text(term);
        return unknown("class", term, what, resembling(term, all(CLASS_KINDS, List.of())));
    }

    private Diagnosis.Unknown graph(Node term) {
        var names = new TreeSet<String>();
        Iter.asStream(data.listGraphNodes()).filter(Node::isURI).limit(MOST_LOOKED_AT).forEach(name -> names.add(name.getURI()));
        var near = nearest(term.getURI(), names);
        var close = near.isEmpty() ? names.stream().limit(MOST_SHOWN).toList() : near;
        var terms = close.stream().map(NodeFactory::createURI).toList();
        var text = "no graph " + written.text(term) + (near.isEmpty() ? "; there are " + listed(terms) : "; did you mean " + either(terms) + "?");
        return new Diagnosis.Unknown("graph", written.text(term), terms.stream().map(written::text).toList(), text);
    }

    private Diagnosis.Unknown thing(Node term) {
        if (term.getURI().startsWith(Iris.CONCEPT)) {
            return concept(term);
        }
        if (term.getURI().startsWith(Pol.NAMESPACE)) {
            var terms = resembling(term, Stream.concat(all(PROPERTY_KINDS, List.of()).stream(), all(CLASS_KINDS, List.of()).stream()).toList());
            return unknown("term", term, "no term " + written.text(term), terms.isEmpty() ? things(local(term)) : terms);
        }
        return unknown("thing", term, "nothing is called " + written.text(term), things(local(term)));
    }

    private Diagnosis.Unknown concept(Node term) {
        var path = term.getURI().substring(Iris.CONCEPT.length());
        var slash = path.indexOf('/');
        var scheme = slash < 0 ? path : path.substring(0, slash);
        var name = slash < 0 ? "" : path.substring(slash + 1);
        var concepts = words.concepts(scheme);
        var close = new ArrayList<Node>();
        if (concepts.isEmpty()) {
            var schemes = new TreeSet<String>();
            ontology.find(Node.ANY, RDF.type.asNode(), SKOS.ConceptScheme.asNode()).forEach(typed -> schemes.add(after(Iris.CONCEPT, typed.getSubject())));
            nearest(scheme, schemes).forEach(near -> close.add(name.isEmpty() || !words.concepts(near).containsKey(name)
                    ? Iris.scheme(near) : Iris.concept(near, name)));
        } else {
            nearest(name, concepts.keySet()).forEach(near -> close.add(concepts.get(near)));
        }
        var others = close.isEmpty() && !concepts.isEmpty()
                ? "; there are " + listed(concepts.values().stream().limit(MOST_SHOWN).toList()) + (concepts.size() > MOST_SHOWN ? " …" : "") : "";
        var unknown = unknown("concept", term, "no concept " + written.text(term), close);
        return new Diagnosis.Unknown(unknown.kind(), unknown.term(), unknown.close(), unknown.text() + others);
    }

    /// Entities and sources whose id or label is like the name; of `source.c1` the records of that source.
    private List<Node> things(String name) {
        var called = new LinkedHashSet<Node>();
        for (var property : List.of(SKOS.prefLabel.asNode(), SKOS.altLabel.asNode(), RDFS.label.asNode())) {
            for (var language : Language.values()) {
                union.find(Node.ANY, property, NodeFactory.createLiteralLang(name, language.tag())).forEach(triple -> called.add(triple.getSubject()));
            }
        }
        if (!called.isEmpty()) {
            return called.stream().filter(Node::isURI).limit(MOST_SHOWN).toList();
        }
        var dot = name.indexOf('.');
        var graph = dot > 0 && containsGraph(Iris.sourceGraph(name.substring(0, dot))) ? Iris.sourceGraph(name.substring(0, dot)) : Iris.REGISTRY_GRAPH;
        var ids = new TreeSet<String>();
        Iter.asStream(data.find(graph, Node.ANY, RDF.type.asNode(), Node.ANY)).limit(MOST_LOOKED_AT).map(Quad::getSubject)
                .filter(subject -> subject.isURI() && subject.getURI().startsWith(Iris.ID)).forEach(subject -> ids.add(after(Iris.ID, subject)));
        return nearest(name, ids).stream().map(Iris::id).toList();
    }

    private List<Node> all(List<Node> kinds, List<Node> more) {
        var all = new LinkedHashSet<>(more);
        kinds.forEach(kind -> ontology.find(Node.ANY, RDF.type.asNode(), kind).mapWith(Triple::getSubject).filterKeep(Node::isURI).forEach(all::add));
        return List.copyOf(all);
    }

    /// Those of another namespace that have the very name; else those that resemble it, of its own namespace or of ours.
    private static List<Node> resembling(Node term, Collection<Node> known) {
        var same = known.stream().filter(one -> local(one).equalsIgnoreCase(local(term))).sorted((one, other) -> {
            var ours = Boolean.compare(other.getURI().startsWith(Pol.NAMESPACE), one.getURI().startsWith(Pol.NAMESPACE));
            return ours != 0 ? ours : one.getURI().compareTo(other.getURI());
        }).toList();
        if (!same.isEmpty()) {
            return same;
        }
        for (var namespace : List.of(namespace(term), Pol.NAMESPACE)) {
            Map<String, Node> locals = new TreeMap<>();
            known.stream().filter(one -> namespace(one).equals(namespace)).forEach(one -> locals.put(local(one), one));
            var near = nearest(local(term), locals.keySet());
            if (!near.isEmpty()) {
                return near.stream().map(locals::get).toList();
            }
        }
        return List.of();
    }

    /// A value that the property never has, where it has one that was probably meant.
    /// @param exactly whether the value must be the very term, as in a pattern, or equal to it, as in a FILTER
    private Optional<Diagnosis.Unknown> value(Node property, Node value, boolean exactly) {
        if (!value.isConcrete() || isOf(property, CLASS_KINDS) || union.contains(Node.ANY, property, value)) {
            return Optional.empty();
        }
        var things = isOf(property, List.of(OWL2.ObjectProperty.asNode()));
        var texts = isOf(property, List.of(OWL2.DatatypeProperty.asNode())) || property.equals(RDFS.label.asNode())
                || property.equals(SKOS.prefLabel.asNode()) || property.equals(SKOS.altLabel.asNode());
        if (value.isLiteral() && things) {
            return Optional.of(unknown("literal", value, written.text(property) + " leads to things, not to values such as " + written.text(value),
                    things(value.getLiteralLexicalForm())));
        }
        if (value.isURI() && texts) {
            var labels = union.find(value, RDFS.label.asNode(), Node.ANY).mapWith(Triple::getObject).toList().stream()
                    .sorted((one, other) -> one.toString().compareTo(other.toString())).toList();
            var isOfLabels = !isOf(property, List.of(OWL2.DatatypeProperty.asNode()));
            return Optional.of(unknown("thing", value, written.text(property) + " has values, not things such as " + written.text(value),
                    isOfLabels ? labels : List.of()));
        }
        if (!value.isLiteral() || !exactly && isNumber(value)) {
            return Optional.empty();
        }
        var close = likeLiterals(property, value);
        return close.isEmpty() ? Optional.empty()
                : Optional.of(unknown("literal", value, "nothing has " + written.text(property) + " " + written.text(value), close));
    }

    private static boolean isNumber(Node value) {
        return value.getLiteralValue() instanceof Number;
    }

    /// The same text by another tag or datatype; else in another case; else one that resembles it.
    private List<Node> likeLiterals(Node property, Node value) {
        var text = value.getLiteralLexicalForm();
        Map<String, List<Node>> byText = new HashMap<>();
        var all = union.find(Node.ANY, property, Node.ANY);
        try {
            for (var looked = 0; looked < MOST_LOOKED_AT && all.hasNext() && !trial.isOver(); looked++) {
                var other = all.next().getObject();
                if (other.isLiteral()) {
                    var same = byText.computeIfAbsent(other.getLiteralLexicalForm(), _ -> new ArrayList<>());
                    if (!same.contains(other)) {
                        same.add(other);
                    }
                }
            }
        } finally {
            all.close();
        }
        List<Predicate<String>> ways = List.of(text::equals, text::equalsIgnoreCase);
        for (var way : ways) {
            var same = byText.entrySet().stream().filter(entry -> way.test(entry.getKey())).flatMap(entry -> entry.getValue().stream())
                    .sorted((one, other) -> one.toString().compareTo(other.toString())).toList();
            if (!same.isEmpty()) {
                return same;
            }
        }
        return isNumber(value) ? List.of() : nearest(text, byText.keySet()).stream().flatMap(near -> byText.get(near).stream().limit(1)).toList();
    }

    private Optional<Diagnosis.Unknown> language(String tag) {
        for (var language : Language.values()) {
            if (language.tag().equals(tag)) {
                return Optional.empty();
            }
        }
        var near = Language.of(tag).map(List::of).orElse(List.of(Language.values()));
        var tags = near.stream().map(language -> "\"" + language.tag() + "\"").toList();
        return Optional.of(new Diagnosis.Unknown("language", "\"" + tag + "\"", tags, "no label has the language tag \"" + tag + "\"; "
                + (near.size() == 1 ? "did you mean " + tags.getFirst() + "?" : "they have " + String.join(" and ", tags))));
    }

    private Diagnosis.Unknown unknown(String kind, Node term, String what, List<Node> close) {
        return new Diagnosis.Unknown(kind, written.text(term), close.stream().map(written::text).toList(),
                what + (close.isEmpty() ? "" : "; did you mean " + either(close) + "?"));
    }

    private String either(List<Node> terms) {
        return String.join(" or ", terms.stream().map(written::text).toList());
    }

    private String listed(List<Node> terms) {
        return String.join(", ", terms.stream().map(written::text).toList());
    }

    /// Those of the resembling that are nearest: one letter off says enough, and what is further off only distracts.
    private static List<String> nearest(String name, Collection<String> known) {
        var near = Nearest.to(name, known);
        var least = near.stream().mapToInt(one -> apart(name, one)).min().orElse(0);
        return near.stream().filter(one -> apart(name, one) == least).toList();
    }

    private static int apart(String one, String other) {
        return LevenshteinDistance.getDefaultInstance().apply(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
    }

    private static String local(Node term) {
        return term.getURI().substring(namespace(term).length());
    }

    private static String namespace(Node term) {
        return term.getURI().substring(0, Math.max(term.getURI().lastIndexOf('#'), term.getURI().lastIndexOf('/')) + 1);
    }

    private static String after(String start, Node node) {
        return node.getURI().substring(start.length());
    }
}
