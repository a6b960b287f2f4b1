package org.policygraph.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.jena.fuseki.servlets.HttpAction;
import org.apache.jena.fuseki.servlets.Responses;
import org.apache.jena.fuseki.servlets.SPARQL_QueryDataset;
import org.apache.jena.fuseki.servlets.ServletOps;
import org.apache.jena.fuseki.system.FusekiNetLib;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.sparql.core.Prologue;
import org.apache.jena.sparql.exec.QueryExecResult;
import org.apache.jena.web.HttpSC;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.question.Sparql;
import org.policygraph.question.UsedPrefixes;
import org.policygraph.store.DatasetVersion;
import org.policygraph.term.Iris;

/// `/sparql`: SPARQL Query and Protocol by Fuseki, which would take more than the standard's syntax for a query, and
/// has no service description.
final class QueryDoor extends SPARQL_QueryDataset implements Documented {

    private static final int MOST_BYTES = 1 << 20;
    private static final String EXAMPLE = "ASK {}";

    private final Served served;
    private final Counting counting;
    private final Map<String, String> prefixes;

    QueryDoor(Served served, Counting counting) {
        this.served = served;
        this.counting = counting;
        this.prefixes = Map.copyOf(served.words().prefixes());
    }

    @Override public List<Operation> operations() {
        return List.of(Operation.get("/sparql", "SPARQL 1.1 Query by the SPARQL Protocol; without a query, the service description")
                .may("query", "a SELECT, ASK, CONSTRUCT or DESCRIBE query; the prefixes of the ontology need no declaration", EXAMPLE)
                .may("default-graph-uri", "a named graph to ask instead of the union of all", Iris.REGISTRY_GRAPH.getURI())
                .may("named-graph-uri", "a named graph that GRAPH may name", Iris.REGISTRY_GRAPH.getURI())
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
        Responses.doResponseGraph(action, ServiceDescription.of(endpoint, counting.now()));
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
        action.beginRead();
        try {
            var chosen = decideDataset(action, query, text);
            try (var asked = createQueryExec(action, chosen.getRight(), chosen.getLeft())) {
                sendResults(action, executeQuery(action, asked, query, text), query.getPrologue());
            }
        } catch (QueryCancelledException late) {
            action.abortSilent();
            throw late;
        } finally {
            action.endRead();
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
