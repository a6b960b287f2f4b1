package org.policygraph.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.jena.fuseki.servlets.HttpAction;
import org.apache.jena.fuseki.servlets.Responses;
import org.apache.jena.fuseki.servlets.SPARQL_QueryDataset;
import org.apache.jena.fuseki.servlets.ServletOps;
import org.apache.jena.fuseki.system.FusekiNetLib;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.riot.web.HttpNames;
import org.apache.jena.sparql.core.Prologue;
import org.apache.jena.sparql.exec.QueryExecResult;
import org.apache.jena.web.HttpSC;
import org.policygraph.evidence.PathFunction;
import org.policygraph.evidence.Reasons;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.question.Answer;
import org.policygraph.question.AnswerFormat;
import org.policygraph.question.Sparql;
import org.policygraph.question.UsedPrefixes;
import org.policygraph.store.DatasetVersion;
import org.policygraph.term.Iris;

/// `/sparql`: SPARQL Query and Protocol by Fuseki, which would take more than the standard's syntax for a query, and
/// has no service description.
final class QueryDoor extends SPARQL_QueryDataset implements Documented {

    private static final int MOST_BYTES = 1 << 20;
    /// An extension of the protocol: further columns that say on what each row rests.
    private static final String EVIDENCE = "evidence";
    private static final String EXAMPLE = "ASK {}";

    private static final Offer<AnswerFormat> ROWS = new Offer<>(List.of(
            new Offer.Form<>("json", "application/sparql-results+json", AnswerFormat.JSON),
            new Offer.Form<>("json", "application/json", AnswerFormat.JSON),
            new Offer.Form<>("xml", "application/sparql-results+xml", AnswerFormat.XML),
            new Offer.Form<>("xml", "application/xml", AnswerFormat.XML),
            new Offer.Form<>("csv", "text/csv", AnswerFormat.CSV),
            new Offer.Form<>("tsv", "text/tab-separated-values", AnswerFormat.TSV),
            new Offer.Form<>("table", "text/plain", AnswerFormat.TABLE)));
    private static final Offer<AnswerFormat> GRAPHS = new Offer<>(List.of(
            new Offer.Form<>("ttl", "text/turtle", AnswerFormat.TTL),
            new Offer.Form<>("nt", "application/n-triples", AnswerFormat.NT),
            new Offer.Form<>("jsonld", "application/ld+json", AnswerFormat.JSONLD),
            new Offer.Form<>("rdfxml", "application/rdf+xml", AnswerFormat.RDFXML)));

    private final Served served;
    private final Counting counting;
    private final Map<String, String> prefixes;
    private final Reasons reasons;

    /// @param time that an answer with evidence may take
    QueryDoor(Served served, Counting counting, Duration time) {
        this.served = served;
        this.counting = counting;
        this.prefixes = Map.copyOf(served.words().prefixes());
        this.reasons = new Reasons(served.words(), served.rules(), time);
    }

    @Override public List<Operation> operations() {
        return List.of(Operation.get("/sparql", "SPARQL 1.1 Query by the SPARQL Protocol; without a query, the service description")
                .may("query", "a SELECT, ASK, CONSTRUCT or DESCRIBE query; the prefixes of the ontology need no declaration", EXAMPLE)
                .may("default-graph-uri", "a named graph to ask instead of the union of all", Iris.REGISTRY_GRAPH.getURI())
                .may("named-graph-uri", "a named graph that GRAPH may name", Iris.REGISTRY_GRAPH.getURI())
                .may(EVIDENCE, "whether each row tells the claims that it rests on, in columns after its own", "true", "true", "false")
                .gives("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values",
                        "text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
                .maybe(413, "the query is too long")
                .maybe(503, "the query took too long")
                .orPosted(Map.of("application/sparql-query", EXAMPLE, "application/x-www-form-urlencoded", "query=" + Page.encoded(EXAMPLE))));
    }

    @Override public void execGet(HttpAction action) {
        if (action.getRequestQueryString() == null) {
            describe(action);
        } else {
            super.execGet(action);
        }
    }

    @Override public void execHead(HttpAction action) {
        if (action.getRequestQueryString() == null) {
            describe(action);
        } else {
            super.execHead(action);
        }
    }

    private void describe(HttpAction action) {
        action.getResponse().addHeader("Vary", "Accept");
        var accept = action.getRequest().getHeader("Accept");
        if (Fresh.isKnown(action.getRequest(), action.getResponse(), served, served.store().read(DatasetVersion::of), accept)) {
            return;
        }
        var endpoint = action.getRequestRequestURL().toString();
        // Clients that find no VoID by a query look for classes and their properties here.
        var dataset = VoidDescription.of(endpoint.replaceFirst("/sparql$", VoidDoor.PATH), counting.now(), served.store().read(DatasetVersion::of), served.words());
        Responses.doResponseGraph(action, ServiceDescription.of(endpoint, counting.now(), dataset));
    }

    @Override protected void executeBody(HttpAction action) {
        try {
            var body = action.getRequestInputStream().readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                ServletOps.error(HttpSC.PAYLOAD_TOO_LARGE_413, "A query has at most " + MOST_BYTES + " bytes");
            }
            execute(new String(body, StandardCharsets.UTF_8), action);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override protected void execute(String text, HttpAction action) {
        var query = read(text);
        if (withEvidence(action)) {
            explain(query, action);
            return;
        }
        action.beginRead();
        try {
            var chosen = decideDataset(action, query, text);
            try (var asked = createQueryExec(action, chosen.getRight(), chosen.getLeft())) {
                sendResults(action, executeQuery(action, asked, query, text), query.getPrologue());
            }
        } catch (ProblemException wrong) {
            ServletOps.error(ProblemResponse.status(wrong), wrong.getMessage());
        } catch (QueryCancelledException late) {
            action.abortSilent();
            throw late;
        } catch (PathFunction.Refused refused) {
            ServletOps.errorBadRequest(refused.getMessage());
        } finally {
            action.endRead();
        }
    }

    @Override protected Collection<String> customParams() {
        return List.of(EVIDENCE);
    }

    private static boolean withEvidence(HttpAction action) {
        var asked = Optional.ofNullable(action.getRequestParameter(EVIDENCE)).orElse("false");
        if (!asked.equals("true") && !asked.equals("false")) {
            ServletOps.errorBadRequest(EVIDENCE + ": found '" + asked + "', expected true or false");
        }
        return asked.equals("true");
    }

    private void explain(Query query, HttpAction action) {
        // As the protocol says, graphs named beside the query take the place of its own.
        var unnamed = action.getRequestParameterValues(HttpNames.paramDefaultGraphURI);
        var named = action.getRequestParameterValues(HttpNames.paramNamedGraphURI);
        if (unnamed != null || named != null) {
            query.getGraphURIs().clear();
            query.getNamedGraphURIs().clear();
            Stream.ofNullable(unnamed).flatMap(Stream::of).forEach(query::addGraphURI);
            Stream.ofNullable(named).flatMap(Stream::of).forEach(query::addNamedGraphURI);
        }
        try {
            var form = (AnswerFormat.of(query).contains(AnswerFormat.TTL) ? GRAPHS : ROWS).choose(action.getRequest(), action.getResponse());
            Answer.write(query, served.store(), form.as(), Optional.of(reasons), action.getResponseOutputStream());
        } catch (Offer.NotAcceptable otherwise) {
            ServletOps.error(HttpSC.NOT_ACCEPTABLE_406, otherwise.getMessage());
        } catch (ProblemException wrong) {
            ServletOps.error(ProblemResponse.status(wrong), wrong.getMessage());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private Query read(String text) {
        try {
            return Sparql.read(text, new Where.Argument("query"), prefixes);
        } catch (ProblemException wrong) {
            ServletOps.error(ProblemResponse.status(wrong), wrong.getMessage());
            throw wrong;
        }
    }

    @Override protected void sendResults(HttpAction action, QueryExecResult result, Prologue prologue) {
        if (result.isDataset()) {
            UsedPrefixes.declareIn(result.dataset().getDefaultGraph(), prologue.getPrefixMapping().getNsPrefixMap());
        } else if (result.isGraph()) {
            UsedPrefixes.declareIn(result.graph(), prologue.getPrefixMapping().getNsPrefixMap());
        }
        super.sendResults(action, result, prologue);
    }
}
