package org.policygraph.serve;

import static j2html.TagCreator.a;
import static j2html.TagCreator.each;
import static j2html.TagCreator.small;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDFS;
import org.policygraph.store.Names;
import org.policygraph.term.Iris;
import org.policygraph.term.Language;
import org.policygraph.term.Pol;

/// How things of a graph look in a page: by name, in the page's language or, marked, in the other; linked where the server has
/// a page of them.
/// @param graph where the labels are
record Shown(Page page, Names names, Graph graph) {

    /// @param language of the text; empty when the text is of none, as a name that was made from an IRI
    record Text(String text, Optional<Language> language) {}

    Text first(Node thing, Node property) {
        return texts(thing, property).stream().findFirst().orElseGet(() -> new Text(names.shortened(thing), Optional.empty()));
    }

    Text label(Node thing) {
        return first(thing, RDFS.label.asNode());
    }

    /// In the page's language first.
    List<Text> texts(Node thing, Node property) {
        var own = in(thing, property, page.language());
        var others = in(thing, property, page.language().other());
        return Stream.concat(own.stream(), others.stream()).toList();
    }

    private List<Text> in(Node thing, Node property, Language language) {
        return graph.find(thing, property, Node.ANY).mapWith(Triple::getObject)
                .filterKeep(text -> text.isLiteral() && text.getLiteralLanguage().equalsIgnoreCase(language.tag()))
                .mapWith(Node::getLiteralLexicalForm).toList().stream().sorted().map(text -> new Text(text, Optional.of(language))).toList();
    }

    /// Says of what language it is where that is not the page's.
    DomContent shown(Text text) {
        var language = text.language().filter(one -> one != page.language());
        return language.<DomContent>map(other -> each(span(text.text()).withLang(other.tag()),
                small(other == Language.EN ? "EN" : "中文").withClass("language").withTitle(page.say("in English only", "只有中文"))))
                .orElseGet(() -> text(text.text()));
    }

    DomContent name(Node node) {
        return node.isLiteral() ? literal(node) : linked(node, shown(label(node)));
    }

    DomContent linked(Node node, DomContent content) {
        return node.isURI() ? a(content).withHref(href(node)) : content;
    }

    private DomContent literal(Node literal) {
        var tag = literal.getLiteralLanguage();
        return tag.isEmpty() ? text(literal.getLiteralLexicalForm()) : span(literal.getLiteralLexicalForm()).withLang(tag);
    }

    /// Where the thing is described: on this server for our own, elsewhere by its IRI.
    String href(Node thing) {
        var iri = thing.getURI();
        return isOurs(iri) ? page.href("/" + Paths.escaped(iri.substring(Iris.BASE.length()))) : iri;
    }

    private static boolean isOurs(String iri) {
        return iri.startsWith(Iris.ID) || iri.startsWith(Iris.CONCEPT) || iri.startsWith(Iris.GRAPH) || iri.startsWith(Pol.NAMESPACE)
                || iri.equals(Iris.ONTOLOGY.getURI()) || iri.equals(Iris.DATASET.getURI()) || iri.startsWith(Iris.BASE + "question/");
    }
}
