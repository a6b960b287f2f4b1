package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.sparql.core.DatasetGraph;
import org.eclipse.jetty.http.MimeTypes;
import org.policygraph.edit.RdfBody;
import org.policygraph.edit.Edits;
import org.policygraph.edit.Editors;
import org.policygraph.edit.Precondition;
import org.policygraph.limit.Limits;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.term.Iris;

/// The writing half of the Graph Store Protocol: PUT, POST and DELETE on `/data`, for editors.
final class GraphWriting {

    private static final String GRAPH = "graph";
    private static final String DEFAULT = "default";

    private final Editing editing;
    private final Limits limits;

    GraphWriting(Editing editing, Limits limits) {
        this.editing = editing;
        this.limits = limits;
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var editor = editing.editor(request);
        var condition = Editing.condition(request);
        var asked = graph(request);
        try (var allowance = Running.allow(request, limits)) {
            var outcome = allowance.spend(() -> switch (request.getMethod()) {
                case "DELETE" -> editing.edits().delete(editor, asked.orElseThrow(GraphWriting::noGraph), condition);
                case "PUT" -> put(editor, asked.orElseThrow(GraphWriting::noGraph), request, condition);
                default -> post(editor, asked, request, response, condition);
            });
            if (outcome.created()) {
                response.setStatus(HttpServletResponse.SC_CREATED);
                asked.ifPresent(graph -> response.setHeader("Location", location(request, graph)));
            }
            Edited.send(outcome, request, response);
        }
    }

    private static Optional<Node> graph(HttpServletRequest request) {
        var parameters = Parameters.of(request);
        if (parameters.names().contains(DEFAULT)) {
            throw new ProblemException(new Problem.Forbidden(new Where.Argument(DEFAULT), "what is asked without a graph is the union of all; name the one to be changed: /data?graph=IRI"));
        }
        parameters.names().stream().filter(name -> !name.equals(GRAPH)).findFirst().ifPresent(other -> {
            throw new ProblemException(new Problem.Invalid(Asked.ADDRESS, "'" + other + "'", "graph=IRI"));
        });
        return parameters.one(GRAPH).map(NodeFactory::createURI);
    }

    private static ProblemException noGraph() {
        return new ProblemException(new Problem.Forbidden(new Where.Argument(GRAPH), "all graphs at once can't be replaced; name one: /data?graph=IRI"));
    }

    private Edits.Outcome put(Editors.Editor editor, Node graph, HttpServletRequest request, Precondition condition) throws IOException {
        var body = body(request, graph.getURI());
        return editing.edits().put(editor, graph, triples(body).getDefaultGraph(), body.unnamed(), condition);
    }

    private Edits.Outcome post(Editors.Editor editor, Optional<Node> asked, HttpServletRequest request, HttpServletResponse response, Precondition condition)
            throws IOException {
        if (asked.isPresent()) {
            var body = body(request, asked.get().getURI());
            return editing.edits().post(editor, asked.get(), triples(body).getDefaultGraph(), body.unnamed(), condition);
        }
        var body = body(request, Iris.BASE);
        if (!body.quads().getDefaultGraph().isEmpty() && !body.quads().listGraphNodes().hasNext()) {
            // As the protocol says, the server then finds a name.
            var named = Iris.graphOf(body.unnamed());
            response.setHeader("Location", location(request, named));
            return editing.edits().post(editor, named, body.quads().getDefaultGraph(), body.unnamed(), condition);
        }
        return editing.edits().post(editor, body.quads(), body.unnamed(), condition);
    }

    private static DatasetGraph triples(RdfBody body) {
        if (body.quads().listGraphNodes().hasNext()) {
            throw new ProblemException(new Problem.Invalid(new Where.Argument("body"), "graphs of its own", "triples; or POST to /data without graph="));
        }
        return body.quads();
    }

    private RdfBody body(HttpServletRequest request, String base) throws IOException {
        var type = Optional.ofNullable(request.getContentType()).orElse("");
        var limits = editing.edits().limits();
        if (mediaType(type).equals(FormFile.FORM)) {
            return RdfBody.together(FormFile.read(bytes(request, limits.length()), type).stream()
                    .map(file -> RdfBody.read(file.bytes(), language(file.contentType()), base, limits.size())).toList());
        }
        var language = language(type);
        return RdfBody.read(bytes(request, limits.length()), language, base, limits.size());
    }

    private static byte[] bytes(HttpServletRequest request, int most) throws IOException {
        var bytes = request.getContentLengthLong() > most ? new byte[0] : request.getInputStream().readNBytes(most + 1);
        if (request.getContentLengthLong() > most || bytes.length > most) {
            throw new ProblemException(new Problem.Exceeded(new Where.Argument("body"), Problem.Bound.LENGTH, "--edit-length", "it has more than " + most + " bytes"));
        }
        return bytes;
    }

    private static String mediaType(String type) {
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /// @param type as a header has it
    private static Lang language(String type) {
        var mediaType = mediaType(type);
        var taken = String.join(", ", RdfBody.mediaTypes());
        var language = RdfBody.language(mediaType).orElseThrow(() -> new Refusal(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "Content-Type: found "
                + (mediaType.isEmpty() ? "none" : mediaType) + ", expected one of " + taken + "; or files of these, as " + FormFile.FORM)
                .with("Accept-Post", taken).with("Accept-Put", taken));
        var charset = MimeTypes.getCharsetFromContentType(type);
        if (charset != null && !charset.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
            throw new Refusal(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "charset: found " + charset + ", expected utf-8");
        }
        return language;
    }

    private static String location(HttpServletRequest request, Node graph) {
        return request.getRequestURL() + "?" + GRAPH + "=" + Page.encoded(graph.getURI());
    }
}
