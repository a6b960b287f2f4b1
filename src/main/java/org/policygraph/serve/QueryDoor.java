package org.policygraph.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

/// `/sparql`: SPARQL Query and Protocol by Fuseki, which would take more than the standard's syntax for a query, and
/// has no service description.
final class QueryDoor extends SPARQL_QueryDataset {

    private static final int MOST_BYTES = 1 << 20;

    private final Map<String, String> prefixes;

    QueryDoor(Map<String, String> prefixes) {
        this.prefixes = Map.copyOf(prefixes);
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
        action.beginRead();
        try {
            var description = ServiceDescription.of(action.getRequestRequestURL().toString(), action.getActiveDSG());
            Responses.doResponseGraph(action, description);
        } finally {
            action.endRead();
        }
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
        } catch (ProblemException wrong) {
            ServletOps.error(ProblemResponse.status(wrong), wrong.getMessage());
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
