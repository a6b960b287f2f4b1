package org.policygraph.serve;

import static j2html.TagCreator.a;
import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import java.util.Comparator;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.policygraph.store.Names;
import org.policygraph.term.Iris;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;

/// What a person reads of the ontology: each term at the fragment that its IRI ends in.
final class OntologyPage {

    private final Graph graph;
    private final Vocabulary words;
    private final Page page;
    private final Shown shown;

    OntologyPage(Vocabulary words, Page page) {
        this.graph = words.graph();
        this.words = words;
        this.page = page;
        this.shown = new Shown(page, new Names(words), graph);
    }

    String title() {
        return shown.label(Iris.ONTOLOGY).text();
    }

    DomContent contents(Offer<?> forms, String document) {
        return each(
                h1(shown.shown(shown.label(Iris.ONTOLOGY))),
                each(shown.texts(Iris.ONTOLOGY, SKOS.definition.asNode()).stream().limit(1).toList(), one -> p(shown.shown(one)).withClass("definition")),
                p(code(Pol.NAMESPACE)),
                section(h2(page.say("Taxonomies", "分類表")), ul(each(words.schemes().stream().map(Iris::scheme).toList(), scheme -> li(shown.name(scheme)))).withClass("many")),
                terms("classes", page.say("Classes", "類別"), OWL2.Class.asNode()),
                terms("relations", page.say("Relations", "關係"), OWL2.ObjectProperty.asNode()),
                terms("attributes", page.say("Attributes", "屬性"), OWL2.DatatypeProperty.asNode()),
                nav(h2(page.say("As data", "取得資料")), ul(each(forms.forms().stream().filter(form -> !form.word().equals("html")).toList(),
                        form -> li(a(form.word()).withHref(document + "." + form.word()).withType(form.mediaType())))).withClass("formats"))
                        .attr("aria-label", page.say("As data", "取得資料")));
    }

    private DomContent terms(String id, String heading, Node kind) {
        var terms = graph.find(Node.ANY, RDF.Nodes.type, kind).mapWith(Triple::getSubject)
                .filterKeep(term -> term.isURI() && term.getURI().startsWith(Pol.NAMESPACE)).toList().stream().sorted(Comparator.comparing(Node::getURI)).toList();
        return section(h2(heading).withId(id), dl(each(terms, term -> each(
                dt(shown.shown(shown.label(term)), text(" "), code(new Names(words).shortened(term))).withId(term.getURI().substring(Pol.NAMESPACE.length())),
                each(shown.texts(term, SKOS.definition.asNode()).stream().limit(1).toList(), one -> dd(shown.shown(one))),
                related(page.say("below ", "屬於"), term, kind.equals(OWL2.Class.asNode()) ? RDFS.Nodes.subClassOf : RDFS.Nodes.subPropertyOf),
                related(page.say("from ", "定義域 "), term, RDFS.Nodes.domain),
                related(page.say("to ", "值域 "), term, RDFS.Nodes.range)))).withClass("terms"));
    }

    private DomContent related(String how, Node term, Node property) {
        var others = graph.find(term, property, Node.ANY).mapWith(Triple::getObject).filterKeep(Node::isURI).toList().stream()
                .map(Node::getURI).sorted().map(NodeFactory::createURI).toList();
        return each(others.isEmpty() ? List.<List<Node>>of() : List.of(others),
                all -> dd(text(how), each(all, other -> each(shown.name(other), text(" ")))).withClass("related"));
    }
}
