package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.policygraph.edit.RdfBody;
import org.policygraph.export.Export;
import org.policygraph.export.ExportFormat;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.source.Nearest;
import org.policygraph.store.DatasetVersion;
import org.policygraph.term.Iris;

/// `/data`: the Graph Store Protocol, for reading. Written as exports are, so that a large graph costs no memory;
/// Fuseki's own puts JSON-LD and RDF/XML together in memory first.
final class DataDoor extends Door implements Documented {

    private static final long serialVersionUID = 1L;
    private static final String GRAPH = "graph";
    private static final String DEFAULT = "default";
    private static final Duration LONGEST = Duration.ofHours(6);

    /// Of the union of the graphs, or of one of them.
    private static final Offer<ExportFormat> ONE_GRAPH = new Offer<>(List.of(
            new Offer.Form<>("ttl", "text/turtle", ExportFormat.TTL),
            new Offer.Form<>("nt", "application/n-triples", ExportFormat.NT),
            new Offer.Form<>("rdfxml", "application/rdf+xml", ExportFormat.RDFXML),
            new Offer.Form<>("jsonld", "application/ld+json", ExportFormat.JSONLD),
            new Offer.Form<>("trig", "application/trig", ExportFormat.TRIG),
            new Offer.Form<>("nq", "application/n-quads", ExportFormat.NQ)));
    private static final Offer<ExportFormat> ALL_GRAPHS = new Offer<>(List.of(
            new Offer.Form<>("trig", "application/trig", ExportFormat.TRIG),
            new Offer.Form<>("nq", "application/n-quads", ExportFormat.NQ),
            new Offer.Form<>("jsonld", "application/ld+json", ExportFormat.JSONLD)));

    private final transient Served served;
    private final transient Optional<GraphWriting> writing;

    DataDoor(Served served, Optional<GraphWriting> writing) {
        this.served = served;
        this.writing = writing;
    }

    @Override List<String> methods(HttpServletRequest request) {
        return writing.isPresent() ? List.of("GET", "HEAD", "PUT", "POST", "DELETE") : List.of("GET", "HEAD");
    }

    @Override String otherwise(String method, String allowed) {
        return writing.isPresent() ? super.otherwise(method, allowed) : Editing.closed(method, allowed);
    }

    @Override void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            // In turns with others, and for as long as the store is large.
            try (var allowance = Running.allow(request, Running.limits(request).withTime(LONGEST))) {
                allowance.spend(() -> {
                    read(request, response);
                    return null;
                });
            }
        } else {
            writing.orElseThrow().answer(request, response);
        }
    }

    @Override public List<Operation> operations() {
        return List.of(Operation.get("/data", "Every graph by its name; their union; or one of them (Graph Store Protocol, reading)")
                .may(GRAPH, "IRI of the one graph", Iris.REGISTRY_GRAPH.getURI())
                .may(DEFAULT, "the union of the graphs, each triple once; not beside graph", "")
                .gives(ONE_GRAPH.forms().stream().map(Offer.Form::mediaType).toArray(String[]::new))
                .maybe(404, "there is no graph of this name"),
                bodied("put", "Makes a graph hold these triples and no others, for editors"),
                bodied("post", "Adds triples to a graph, for editors; without graph=, quads to theirs"),
                changing("delete", "Takes a graph away, for editors"));
    }

    private static Operation bodied(String method, String summary) {
        var bodies = new TreeMap<String, String>();
        RdfBody.mediaTypes().forEach(type -> bodies.put(type, ""));
        bodies.put("text/turtle", "<https://w3id.org/policygraph/id/huawei> <http://www.w3.org/2000/01/rdf-schema#comment> \"To be looked at\" .");
        return changing(method, summary).maybe(201, "the graph is new").maybe(413, "it is too long").maybe(415, "says which forms are taken").orPosted(bodies);
    }

    private static Operation changing(String method, String summary) {
        return Operation.writing(method, "/data", summary + ". With If-Match, only if the graph has that ETag")
                .may(GRAPH, "IRI of the one graph", "https://example.org/notes").gives("text/plain", "application/json");
    }

    private void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var parameters = Parameters.of(request);
        var named = parameters.one(GRAPH).map(NodeFactory::createURI);
        var unnamed = parameters.one(DEFAULT).isPresent();
        if (named.isPresent() && unnamed || !parameters.names().stream().allMatch(List.of(GRAPH, DEFAULT, Offer.PARAMETER)::contains)) {
            throw new ProblemException(new Problem.Invalid(Asked.ADDRESS, "'" + request.getQueryString() + "'",
                    "nothing for every graph by its name, default for their union, or graph=IRI; and format=, if need be"));
        }
        var form = (named.isPresent() || unnamed ? ONE_GRAPH : ALL_GRAPHS).choose(parameters.one(Offer.PARAMETER), Offer.PARAMETER, request, response);
        try {
            // In one transaction, so that the tag is that of what is sent.
            served.store().read(data -> {
                named.filter(graph -> !data.containsGraph(graph)).ifPresent(graph -> {
                    throw new ProblemException(new Problem.Absent(new Where.Argument(GRAPH), GRAPH, graph.getURI(), close(graph, data)));
                });
                if (!Fresh.isKnown(request, response, served, named.map(graph -> DatasetVersion.of(data, graph)).orElseGet(() -> DatasetVersion.of(data)), form.mediaType()) && !request.getMethod().equals("HEAD")) {
                    write(data, named, named.isPresent() || unnamed, form.as(), response);
                }
                return null;
            });
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    private static List<String> close(Node graph, DatasetGraph data) {
        var names = new TreeSet<String>();
        data.listGraphNodes().forEachRemaining(name -> names.add(name.getURI()));
        return Nearest.to(graph.getURI(), names);
    }

    private void write(DatasetGraph data, Optional<Node> named, boolean asOne, ExportFormat format, HttpServletResponse response) {
        var out = new Outgoing(response, Long.MAX_VALUE);
        try {
            if (asOne) {
                Export.writeUnnamed(data, named, format, served.words().prefixes(), out);
            } else {
                Export.write(data, named, format, served.words().prefixes(), out);
            }
            out.finish();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
