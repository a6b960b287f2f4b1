package org.policygraph.serve;

import static j2html.TagCreator.a;
import static j2html.TagCreator.each;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.ul;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.vocabulary.FOAF;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.policygraph.export.Export;
import org.policygraph.export.ExportFormat;
import org.policygraph.export.ThingDescription;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.question.UsedPrefixes;
import org.policygraph.source.Nearest;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Pol;

/// Linked data: the things of the graph by the path of their IRI. A thing is not a document, so that its path leads on (303) to
/// the document that suits the asker, `/id/huawei.ttl`; `/ontology`, whose terms are its fragments, is one itself.
final class LinkedDoor extends ReadingDoor implements Documented {

    private static final long serialVersionUID = 1L;
    private static final String ONTOLOGY = "ontology";
    private static final String DATASET = "dataset";

    /// A form that is none of RDF's is the page. Turtle is for those who don't mind: they are programs, a browser says what it wants.
    static final Offer<Optional<ExportFormat>> FORMS = new Offer<>(List.of(
            new Offer.Form<>("ttl", "text/turtle", Optional.of(ExportFormat.TTL)),
            new Offer.Form<>("html", "text/html", Optional.empty()),
            new Offer.Form<>("jsonld", "application/ld+json", Optional.of(ExportFormat.JSONLD)),
            new Offer.Form<>("rdf", "application/rdf+xml", Optional.of(ExportFormat.RDFXML)),
            new Offer.Form<>("nt", "application/n-triples", Optional.of(ExportFormat.NT)),
            new Offer.Form<>("trig", "application/trig", Optional.of(ExportFormat.TRIG)),
            new Offer.Form<>("nq", "application/n-quads", Optional.of(ExportFormat.NQ))));

    private final transient Served served;

    LinkedDoor(Served served) {
        this.served = served;
    }

    /// Every path of this door, as the server needs them.
    static List<String> paths() {
        var paths = new ArrayList<>(List.of("/id/*", "/concept/*", "/graph/*", "/question/*", "/" + ONTOLOGY, "/" + DATASET));
        FORMS.forms().forEach(form -> paths.addAll(List.of("/" + ONTOLOGY + "." + form.word(), "/" + DATASET + "." + form.word())));
        return paths;
    }

    @Override public List<Operation> operations() {
        // Examples that this store answers, whatever policy it is about.
        var id = served.store().read(data -> first(data.find(Iris.REGISTRY_GRAPH, Node.ANY, RDF.Nodes.type, Node.ANY), Quad::getSubject, Iris.ID));
        var source = served.store().read(data -> first(data.find(Node.ANY, Node.ANY, RDF.Nodes.type, Pol.CLAIM), Quad::getGraph, Iris.GRAPH + "source/"));
        var question = served.library().names().stream().findFirst().orElse("name");
        var scheme = served.words().schemes().first();
        var concept = served.words().concepts(scheme).firstKey();
        return List.of(
                thing("/id/{name}", "An entity, source, passage, claim, figure or target").path("name", id),
                thing("/concept/{scheme}", "A taxonomy").path("scheme", scheme),
                thing("/concept/{scheme}/{name}", "A concept of a taxonomy").path("scheme", scheme).path("name", concept),
                thing("/graph/{name}", "A named graph").path("name", "registry"),
                thing("/graph/source/{name}", "The named graph of a source").path("name", source),
                thing("/question/{name}", "A question of the library; its answer is at /questions").path("name", question),
                thing("/dataset", "All of it, as a thing"),
                document("/id/{name}.{form}", "The description of an entity, source, passage, claim, figure or target").path("name", id),
                document("/concept/{scheme}.{form}", "The description of a taxonomy").path("scheme", scheme),
                document("/concept/{scheme}/{name}.{form}", "The description of a concept").path("scheme", scheme).path("name", concept),
                document("/graph/{name}.{form}", "The description of a named graph; its triples are at /data").path("name", "registry"),
                document("/question/{name}.{form}", "The description of a question").path("name", question),
                document("/dataset.{form}", "The description of all of it"),
                Operation.get("/ontology", "The ontology and its taxonomies; the terms are fragments of this").forms(FORMS).language(),
                document("/ontology.{form}", "The ontology in one form"));
    }

    private static String first(Iterator<Quad> found, Function<Quad, Node> part, String namespace) {
        try {
            return found.hasNext() ? Paths.escaped(part.apply(found.next()).getURI().substring(namespace.length())) : "name";
        } finally {
            Iter.close(found);
        }
    }

    private static Operation thing(String path, String summary) {
        return Operation.get(path, summary).leadsOn(FORMS).language();
    }

    private static Operation document(String path, String summary) {
        return Operation.get(path, summary).endings(FORMS).language();
    }

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new Asked(request, List.of(Page.LANGUAGE));
        var path = request.getServletPath().substring(1) + Optional.ofNullable(request.getPathInfo()).orElse("");
        var ending = FORMS.forms().stream().filter(form -> path.endsWith("." + form.word())).findFirst();
        var name = ending.map(form -> path.substring(0, path.length() - form.word().length() - 1)).orElse(path);
        if (name.equals(ONTOLOGY)) {
            ontology(ending, request, response);
            return;
        }
        if (served.store().read(data -> isThere(thing(path), data))) {
            leadOn(path, request, response);
            return;
        }
        if (ending.isEmpty()) {
            throw served.store().read(data -> absent(path, data));
        }
        if (request.getParameter(Offer.PARAMETER) != null) {
            throw new ProblemException(new Problem.Invalid(Asked.where(Offer.PARAMETER), "it", "nothing: the path names the form already"));
        }
        describe(name, ending.get(), request, response);
    }

    private static Node thing(String path) {
        return NodeFactory.createURI(Iris.BASE + path);
    }

    private static boolean isThere(Node thing, DatasetGraph data) {
        return data.contains(Node.ANY, thing, Node.ANY, Node.ANY) || data.contains(Node.ANY, Node.ANY, Node.ANY, thing) || data.containsGraph(thing);
    }

    private static void leadOn(String path, HttpServletRequest request, HttpServletResponse response) {
        var form = FORMS.choose(request, response);
        var language = Optional.ofNullable(request.getParameter(Page.LANGUAGE)).map(chosen -> "?" + Page.LANGUAGE + "=" + Page.encoded(chosen)).orElse("");
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", "/" + Paths.escaped(path) + "." + form.word() + language);
    }

    /// The document that describes a thing.
    private void describe(String name, Offer.Form<Optional<ExportFormat>> form, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var page = new Page(request, served);
        var description = served.store().read(data -> ThingDescription.of(thing(name), data)
                .orElseThrow(() -> absent(name, data)));
        linkTo(name, description.thing().getURI(), page, response);
        if (form.as().isEmpty()) {
            var written = new ThingPage(description, served.words(), page);
            page.sendAs(response, HttpServletResponse.SC_OK, written.title(), written.contents(FORMS, "/" + Paths.escaped(name)));
            return;
        }
        type(response, form);
        if (Fresh.isKnown(request, response, served, page.dataset(), form.word())) {
            return;
        }
        sayWhatIsLeftOut(description, request.getRequestURL().toString());
        send(response, form, description.quads(), Optional.empty());
    }

    /// In the data as well, where a page says so too.
    private static void sayWhatIsLeftOut(ThingDescription description, String document) {
        if (!description.leftOut().isEmpty()) {
            var self = NodeFactory.createURI(document);
            var count = description.leftOut().values().stream().mapToLong(Long::longValue).sum();
            description.quads().add(self, self, FOAF.primaryTopic.asNode(), description.thing());
            description.quads().add(self, self, RDFS.Nodes.comment, Literals.text((description.all() ? "" : "At least ") + count
                    + " further edges into it are not told here. All of them: " + description.queryForAll(), "en"));
        }
    }

    /// The ontology is a document; the path without an ending is negotiated and says which of its forms it gave.
    private void ontology(Optional<Offer.Form<Optional<ExportFormat>>> ending, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var form = ending.orElseGet(() -> FORMS.choose(request, response));
        var page = new Page(request, served);
        linkTo(ONTOLOGY, Iris.ONTOLOGY.getURI(), page, response);
        if (ending.isEmpty()) {
            response.setHeader("Content-Location", "/" + ONTOLOGY + "." + form.word());
        }
        if (form.as().isEmpty()) {
            var written = new OntologyPage(served.words(), page);
            page.sendAs(response, HttpServletResponse.SC_OK, written.title(), written.contents(FORMS, "/" + ONTOLOGY));
            return;
        }
        type(response, form);
        if (!Fresh.isKnown(request, response, served, page.dataset(), form.word())) {
            var graph = DatasetGraphFactory.create();
            served.store().read(data -> {
                data.find(Iris.ONTOLOGY_GRAPH, Node.ANY, Node.ANY, Node.ANY).forEachRemaining(graph::add);
                return null;
            });
            send(response, form, graph, Optional.of(Iris.ONTOLOGY_GRAPH));
        }
    }

    private void linkTo(String name, String described, Page page, HttpServletResponse response) {
        response.addHeader("Link", "<" + Iris.BASE + Paths.escaped(described.substring(Iris.BASE.length())) + ">; rel=\"describes\"");
        for (var form : FORMS.forms()) {
            var path = "/" + Paths.escaped(name) + "." + form.word();
            response.addHeader("Link", "<" + path + ">; rel=\"alternate\"; type=\"" + form.mediaType() + "\"");
            if (form.as().isPresent()) {
                page.alternate(form.mediaType(), path);
            }
        }
    }

    private static void type(HttpServletResponse response, Offer.Form<?> form) {
        response.setContentType(form.mediaType());
        response.setCharacterEncoding("UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    private void send(HttpServletResponse response, Offer.Form<Optional<ExportFormat>> form, DatasetGraph quads, Optional<Node> graph) throws IOException {
        var format = form.as().orElseThrow();
        var union = GraphFactory.createDefaultGraph();
        quads.find().forEachRemaining(quad -> union.add(quad.asTriple()));
        UsedPrefixes.declareIn(union, served.words().prefixes());
        var prefixes = union.getPrefixMapping().getNsPrefixMap();
        var out = new ByteArrayOutputStream();
        switch (format) {
            case TTL, NT, RDFXML, JSONLD -> Export.writeUnnamed(quads, graph, format, prefixes, out);
            case TRIG, NQ -> Export.write(quads, graph, format, prefixes, out);
        }
        response.setContentLength(out.size());
        out.writeTo(response.getOutputStream());
    }

    /// What is there instead: ids that resemble this one, or what lies above it in the path.
    private ProblemException absent(String path, DatasetGraph data) {
        var close = new ArrayList<String>();
        var slash = path.lastIndexOf('/');
        var folder = path.substring(0, slash + 1);
        var name = path.substring(slash + 1);
        if (path.startsWith(Iris.ID.substring(Iris.BASE.length()))) {
            var ids = new TreeSet<String>();
            data.find(Iris.REGISTRY_GRAPH, Node.ANY, RDF.Nodes.type, Node.ANY).forEachRemaining(typing -> ids.add(typing.getSubject().getURI().substring(Iris.ID.length())));
            close.addAll(Nearest.to(name, ids));
            if (name.contains(".") && isThere(thing(folder + name.substring(0, name.indexOf('.'))), data)) {
                close.add(name.substring(0, name.indexOf('.')));
            }
        } else if (path.startsWith(Iris.CONCEPT.substring(Iris.BASE.length()))) {
            var scheme = folder.replaceFirst("^concept/", "").replaceFirst("/$", "");
            close.addAll(Nearest.to(name, scheme.isEmpty() ? served.words().schemes() : served.words().concepts(scheme).keySet()));
        } else {
            var known = new TreeSet<String>();
            data.listGraphNodes().forEachRemaining(graph -> known.add(graph.getURI()));
            known.removeIf(graph -> !graph.startsWith(Iris.BASE + folder));
            close.addAll(Nearest.to(name, known.stream().map(graph -> graph.substring((Iris.BASE + folder).length())).toList()));
        }
        return new ProblemException(new Problem.Absent(new Where.Resource("/" + path), "thing", Iris.BASE + path,
                close.stream().map(one -> "/" + Paths.escaped(folder + one)).toList()));
    }

    /// To a browser as a page.
    @Override void refuse(ProblemException problems, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Page.isWanted(request)) {
            super.refuse(problems, request, response);
            return;
        }
        response.resetBuffer();
        var page = new Page(request, served);
        response.addHeader("Vary", "Accept");
        var close = problems.problems().stream().flatMap(problem -> problem instanceof Problem.Absent absent ? absent.close().stream() : Stream.of()).toList();
        var status = ProblemResponse.status(problems);
        page.send(response, status, status == HttpServletResponse.SC_NOT_FOUND ? page.say("There is no such thing here", "這裏沒有這個") : page.say("This can't be answered", "無法回答"),
                each(problems.problems(), problem -> p(problem.message())),
                each(close.isEmpty() ? List.<String>of() : List.of(page.say("Did you mean", "你要找的是否")), text -> p(text)),
                ul(each(close, path -> li(a(path).withHref(page.href(path))))));
    }
}
