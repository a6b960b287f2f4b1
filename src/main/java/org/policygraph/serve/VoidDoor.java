package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.riot.RDFWriter;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.VOID;
import org.policygraph.question.UsedPrefixes;
import org.policygraph.store.DatasetVersion;
import org.policygraph.term.Iris;
import org.policygraph.term.Pol;

/// `/.well-known/void`: what the dataset is, and how much of it there is.
final class VoidDoor extends ReadingDoor implements Documented {

    private static final long serialVersionUID = 1L;
    static final String PATH = "/.well-known/void";

    /// Of what is put together in memory.
    static final Offer<RDFFormat> FORMS = new Offer<>(List.of(
            new Offer.Form<>("ttl", "text/turtle", RDFFormat.TURTLE_PRETTY),
            new Offer.Form<>("jsonld", "application/ld+json", RDFFormat.JSONLD11),
            new Offer.Form<>("rdf", "application/rdf+xml", RDFFormat.RDFXML_PLAIN),
            new Offer.Form<>("nt", "application/n-triples", RDFFormat.NTRIPLES_UTF8)));

    private final transient Served served;
    private final transient Counting counting;

    VoidDoor(Served served, Counting counting) {
        this.served = served;
        this.counting = counting;
    }

    @Override public List<Operation> operations() {
        return List.of(Operation.get(PATH, "What the dataset is, with statistics (VoID)").forms(FORMS));
    }

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new Asked(request, List.of());
        var form = FORMS.choose(request, response);
        if (Fresh.isKnown(request, response, served, served.store().read(DatasetVersion::of), form.word())) {
            return;
        }
        var out = new ByteArrayOutputStream();
        RDFWriter.source(description(request.getRequestURL().toString())).format(form.as()).output(out);
        response.setContentLength(out.size());
        out.writeTo(response.getOutputStream());
    }

    private Graph description(String document) {
        var graph = VoidDescription.of(document, counting.now(), served.store().read(DatasetVersion::of), served.words());
        examples().forEach(example -> graph.add(Triple.create(Iris.DATASET, VOID.exampleResource.asNode(), example)));
        UsedPrefixes.declareIn(graph, served.words().prefixes());
        return graph;
    }

    /// One thing of each kind.
    private List<Node> examples() {
        return served.store().read(data -> Stream.of(Pol.ENTITY, Pol.CLAIM, Pol.PASSAGE_CLASS, Pol.SOURCE)
                .flatMap(kind -> data.stream(Node.ANY, Node.ANY, RDF.Nodes.type, kind).map(Quad::getSubject)
                        .filter(one -> one.isURI() && one.getURI().startsWith(Iris.ID)).limit(1)).distinct().toList());
    }
}
