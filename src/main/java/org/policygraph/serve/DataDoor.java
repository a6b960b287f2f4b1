package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.atlas.web.AcceptList;
import org.apache.jena.atlas.web.MediaType;
import org.apache.jena.fuseki.system.ConNeg;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.policygraph.export.Export;
import org.policygraph.export.ExportFormat;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.DatasetVersion;
import org.policygraph.term.Iris;

/// `/data`: the Graph Store Protocol, for reading. Written as exports are, so that a large graph costs no memory;
/// Fuseki's own puts JSON-LD and RDF/XML together in memory first.
final class DataDoor extends ReadingDoor implements Documented {

    private static final long serialVersionUID = 1L;
    private static final String GRAPH = "graph";
    private static final String DEFAULT = "default";

    /// The union of the graphs, or one of them.
    private static final AcceptList ONE_GRAPH = offer(Lang.TURTLE, Lang.NTRIPLES, Lang.RDFXML, Lang.JSONLD, Lang.TRIG, Lang.NQUADS);
    private static final AcceptList ALL_GRAPHS = offer(Lang.TRIG, Lang.NQUADS, Lang.JSONLD);

    private static final Map<String, ExportFormat> FORMATS = Map.of(
            Lang.TURTLE.getContentType().getContentTypeStr(), ExportFormat.TTL,
            Lang.NTRIPLES.getContentType().getContentTypeStr(), ExportFormat.NT,
            Lang.RDFXML.getContentType().getContentTypeStr(), ExportFormat.RDFXML,
            Lang.JSONLD.getContentType().getContentTypeStr(), ExportFormat.JSONLD,
            Lang.TRIG.getContentType().getContentTypeStr(), ExportFormat.TRIG,
            Lang.NQUADS.getContentType().getContentTypeStr(), ExportFormat.NQ);

    private final transient Served served;

    DataDoor(Served served) {
        this.served = served;
    }

    @Override public List<Operation> operations() {
        return List.of(Operation.get("/data", "Every graph by its name; their union; or one of them (Graph Store Protocol, reading)")
                .may(GRAPH, "IRI of the one graph", Iris.REGISTRY_GRAPH.getURI())
                .may(DEFAULT, "the union of the graphs, each triple once; not beside graph", "")
                .gives(ONE_GRAPH.entries().stream().map(MediaType::getContentTypeStr).toArray(String[]::new))
                .maybe(404, "there is no graph of this name"));
    }

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var parameters = request.getParameterMap();
        if (parameters.keySet().stream().anyMatch(name -> !name.equals(GRAPH) && !name.equals(DEFAULT))
                || parameters.size() > 1 || parameters.values().stream().anyMatch(values -> values.length > 1)) {
            text(response, 400, "Ask for /data (every graph by its name), /data?default (their union) or /data?graph=IRI");
            return;
        }
        var named = Optional.ofNullable(request.getParameter(GRAPH)).map(NodeFactory::createURI);
        var offered = parameters.isEmpty() ? ALL_GRAPHS : ONE_GRAPH;
        var chosen = ConNeg.chooseContentType(request, offered, offered.entries().getFirst());
        if (named.isPresent() && !served.store().read(data -> data.containsGraph(named.get()))) {
            text(response, 404, "No graph <" + named.get().getURI() + ">; /sparql lists the graphs");
            return;
        }
        response.setContentType(chosen.getContentTypeStr());
        response.setCharacterEncoding("UTF-8");
        response.addHeader("Vary", "Accept");
        if (Fresh.isKnown(request, response, served, served.store().read(DatasetVersion::of), chosen.getContentTypeStr())) {
            return;
        }
        if (!request.getMethod().equals("HEAD")) {
            write(named, !parameters.isEmpty(), FORMATS.get(chosen.getContentTypeStr()), response);
        }
    }

    private void write(Optional<Node> named, boolean unnamed, ExportFormat format, HttpServletResponse response) throws IOException {
        var out = response.getOutputStream();
        try {
            served.store().read(data -> {
                if (unnamed) {
                    Export.writeUnnamed(data, named, format, served.words().prefixes(), out);
                } else {
                    Export.write(data, named, format, served.words().prefixes(), out);
                }
                return null;
            });
        } catch (ProblemException unwritable) {
            if (response.isCommitted()) {
                // Better an answer that is cut off than one that looks whole.
                throw unwritable;
            }
            response.reset();
            text(response, 406, unwritable.getMessage());
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    private static AcceptList offer(Lang... languages) {
        var types = new String[languages.length];
        for (var i = 0; i < types.length; i++) {
            types[i] = languages[i].getContentType().getContentTypeStr();
        }
        return AcceptList.create(types);
    }
}
