package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.query.Query;
import org.apache.jena.riot.RDFWriter;
import org.policygraph.evidence.Reasons;
import org.policygraph.limit.Limits;
import org.policygraph.problem.Where;
import org.policygraph.question.Answer;
import org.policygraph.question.AnswerFormat;
import org.policygraph.question.Sparql;
import org.policygraph.question.UsedPrefixes;
import org.policygraph.store.DatasetVersion;
import org.policygraph.term.Iris;

/// `/sparql`: SPARQL Query by the SPARQL Protocol. Without a query it tells what the endpoint is.
final class QueryDoor extends Door implements Documented {

    private static final long serialVersionUID = 1L;
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST");
    private static final String PATH = "/sparql";
    private static final String EXAMPLE = "ASK {}";
    private static final String DEFAULT_GRAPH = "default-graph-uri";
    private static final String NAMED_GRAPH = "named-graph-uri";
    /// As Fuseki and others call it.
    private static final String OUTPUT = "output";

    private static final Offer<AnswerFormat> ROWS = new Offer<>(List.of(
            new Offer.Form<>("json", "application/sparql-results+json", AnswerFormat.JSON),
            new Offer.Form<>("json", "application/json", AnswerFormat.JSON),
            new Offer.Form<>("xml", "application/sparql-results+xml", AnswerFormat.XML),
            new Offer.Form<>("xml", "application/xml", AnswerFormat.XML),
            new Offer.Form<>("csv", "text/csv", AnswerFormat.CSV),
            new Offer.Form<>("tsv", "text/tab-separated-values", AnswerFormat.TSV),
            new Offer.Form<>("table", "text/plain", AnswerFormat.TABLE),
            new Offer.Form<>("text", "text/plain", AnswerFormat.TABLE)));
    private static final Offer<AnswerFormat> GRAPHS = new Offer<>(List.of(
            new Offer.Form<>("ttl", "text/turtle", AnswerFormat.TTL),
            new Offer.Form<>("turtle", "text/turtle", AnswerFormat.TTL),
            new Offer.Form<>("nt", "application/n-triples", AnswerFormat.NT),
            new Offer.Form<>("jsonld", "application/ld+json", AnswerFormat.JSONLD),
            new Offer.Form<>("json", "application/json", AnswerFormat.JSONLD),
            new Offer.Form<>("rdfxml", "application/rdf+xml", AnswerFormat.RDFXML),
            new Offer.Form<>("rdf", "application/rdf+xml", AnswerFormat.RDFXML),
            new Offer.Form<>("xml", "application/xml", AnswerFormat.RDFXML),
            new Offer.Form<>("trig", "application/trig", AnswerFormat.TRIG),
            new Offer.Form<>("nq", "application/n-quads", AnswerFormat.NQ),
            new Offer.Form<>("rdfjson", "application/rdf+json", AnswerFormat.RDFJSON)));

    private final transient Served served;
    private final transient Counting counting;
    private final transient Limits limits;
    private final long mostBytes;
    private final transient Map<String, String> prefixes;

    /// @param mostBytes of an answer
    QueryDoor(Served served, Counting counting, Limits limits, long mostBytes) {
        this.served = served;
        this.counting = counting;
        this.limits = limits;
        this.mostBytes = mostBytes;
        this.prefixes = Map.copyOf(served.words().prefixes());
    }

    @Override public List<Operation> operations() {
        return List.of(Operation.get(PATH, "SPARQL 1.1 Query by the SPARQL Protocol; without a query, the service description. Other parameters are passed over")
                .may("query", "a SELECT, ASK, CONSTRUCT or DESCRIBE query; the prefixes of the ontology need no declaration", EXAMPLE)
                .may(DEFAULT_GRAPH, "a named graph to ask instead of the union of all; goes before FROM; may be there several times", Iris.REGISTRY_GRAPH.getURI())
                .may(NAMED_GRAPH, "a named graph that GRAPH may name; goes before FROM NAMED; may be there several times", Iris.REGISTRY_GRAPH.getURI())
                .may("evidence", "whether each row tells the claims that it rests on, in columns after its own", "true", "true", "false")
                .may("timeout", "seconds after which to give up, if that is sooner than the server would", "10")
                .may(Offer.PARAMETER, "the form, by a short word or a media type; goes before Accept; output= is the same", "csv", "json", "xml", "csv", "tsv", "table")
                .gives("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values", "text/plain",
                        "text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml", "application/trig", "application/n-quads", "application/rdf+json")
                .maybe(304, "the answer that If-None-Match names is still the answer")
                .maybe(406, "Accept allows none of the forms; says which there are")
                .maybe(413, "the query is too long")
                .maybe(415, "what is posted is neither a query nor a form")
                .maybe(503, "the query took too long or too much; says what it met")
                .orPosted(Map.of(SparqlCall.Kind.QUERY.mediaType(), EXAMPLE, SparqlCall.FORM, "query=" + Page.encoded(EXAMPLE))));
    }

    @Override List<String> methods(HttpServletRequest request) {
        return METHODS;
    }

    @Override void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var call = SparqlCall.of(request, SparqlCall.Kind.QUERY, limits.length());
        if (call.text().isEmpty() && !request.getMethod().equals("POST") && call.parameters().all("update").isEmpty()) {
            describe(call, request, response);
            return;
        }
        var text = call.needed(SparqlCall.Kind.QUERY, "a query, as in " + PATH + "?query=" + EXAMPLE + "; this takes no update");
        Notes.of(request).asks(text);
        try (var allowance = Running.allow(request, limits.withTime(call.time(limits.time())))) {
            allowance.spend(() -> {
                ask(query(text, call), call, request, response);
                return null;
            });
        }
    }

    private Query query(String text, SparqlCall call) {
        var query = Sparql.read(text, new Where.Argument(SparqlCall.Kind.QUERY.parameter()), prefixes);
        // As the protocol says, graphs named beside the query take the place of its own.
        var unnamed = call.graphs(DEFAULT_GRAPH);
        var named = call.graphs(NAMED_GRAPH);
        if (!unnamed.isEmpty() || !named.isEmpty()) {
            query.getGraphURIs().clear();
            query.getNamedGraphURIs().clear();
            unnamed.forEach(query::addGraphURI);
            named.forEach(query::addNamedGraphURI);
        }
        return query;
    }

    private void ask(Query query, SparqlCall call, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var form = choose(query.isConstructType() || query.isDescribeType() ? GRAPHS : ROWS, call, request, response);
        var evidence = call.evidence() ? Optional.of(new Reasons(served.words(), served.rules(), call.time(limits.time()))) : Optional.<Reasons>empty();
        // In one transaction, so that the tag is that of what is sent.
        served.store().read(data -> {
            // An answer to a POST belongs to no address under which it could be kept; one that is another each time can't be the same.
            if (!request.getMethod().equals("POST") && Sparql.isLasting(query)
                    && Fresh.isKnownWeakly(request, response, served, DatasetVersion.of(data), form.mediaType())) {
                return null;
            }
            if (!request.getMethod().equals("HEAD")) {
                try {
                    var out = new Outgoing(response, mostBytes);
                    Answer.write(query, served.store(), form.as(), evidence, out);
                    out.finish();
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            }
            return null;
        });
    }

    private static <F> Offer.Form<F> choose(Offer<F> offer, SparqlCall call, HttpServletRequest request, HttpServletResponse response) {
        var format = call.parameters().one(Offer.PARAMETER).filter(word -> !word.isBlank());
        return format.isPresent() ? offer.choose(format, Offer.PARAMETER, request, response)
                : offer.choose(call.parameters().one(OUTPUT).filter(word -> !word.isBlank()), OUTPUT, request, response);
    }

    private void describe(SparqlCall call, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var form = choose(VoidDoor.FORMS, call, request, response);
        if (Fresh.isKnown(request, response, served, served.store().read(DatasetVersion::of), form.mediaType())) {
            return;
        }
        var endpoint = request.getRequestURL().toString();
        // Clients that find no VoID by a query look for classes and their properties here.
        var dataset = VoidDescription.of(endpoint.replaceFirst(PATH + "$", VoidDoor.PATH), counting.now(), served.store().read(DatasetVersion::of), served.words());
        var description = ServiceDescription.of(endpoint, counting.now(), dataset);
        UsedPrefixes.declareIn(description, prefixes);
        var out = new ByteArrayOutputStream();
        RDFWriter.source(description).format(form.as()).output(out);
        response.setContentLength(out.size());
        out.writeTo(response.getOutputStream());
    }
}
