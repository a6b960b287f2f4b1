package org.policygraph.limit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.query.QueryExecException;
import org.apache.jena.riot.ResultSetMgr;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.apache.jena.sparql.algebra.OpAsQuery;
import org.apache.jena.sparql.algebra.OpVars;
import org.apache.jena.sparql.algebra.op.OpService;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.ExecutionContext;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.Rename;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.iterator.QueryIter;
import org.apache.jena.sparql.engine.iterator.QueryIterCommonParent;
import org.apache.jena.sparql.engine.iterator.QueryIterPlainWrapper;
import org.apache.jena.sparql.engine.iterator.QueryIterRepeatApply;
import org.apache.jena.sparql.engine.iterator.QueryIterSingleton;
import org.apache.jena.sparql.engine.main.QC;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.resultset.ResultSetException;
import org.apache.jena.sparql.util.Symbol;
import org.policygraph.problem.Problem;
import org.policygraph.problem.Where;

/// SERVICE, which asks those endpoints that are listed by `--federate` and no other, whatever a query computes one from. Jena's own
/// way out stays shut: this follows no redirection, ends with its request, keeps no turn while it waits, and reads no more than it may.
final class Federated extends QueryIterRepeatApply {

    private static final int MOST_BYTES = 16 << 20;
    /// One row before it may mean one call.
    private static final int MOST_CALLS = 100;
    /// Terms and rows, to the bytes of their JSON.
    private static final int KEPT_A_BYTE = 2;
    /// What ends the request comes first, and is told.
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Symbol CALLS = Symbol.create(Federated.class.getName());
    private static final HttpClient CLIENT = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private final OpService service;
    private final Rows.Kept kept;

    Federated(OpService service, QueryIterator input, ExecutionContext context) {
        super(input, context);
        this.service = service;
        this.kept = new Rows.Kept(context);
    }

    @Override protected QueryIterator nextStage(Binding row) {
        var call = (OpService) QC.substitute(service, row);
        var endpoint = listed(call.getService());
        count();
        try {
            return new QueryIterCommonParent(rows(call, answer(endpoint, call)), row, getExecContext());
        } catch (IOException | RiotException | ResultSetException | QueryExecException failed) {
            Allowance.checkInside();
            if (service.getSilent()) {
                return QueryIterSingleton.create(row, getExecContext());
            }
            throw refused(new Problem.Unusable(new Where.Resource(endpoint), "this endpoint gave no answer that can be read (" + failed.getMessage()
                    + "); SERVICE SILENT goes on without"));
        }
    }

    private static String listed(Node endpoint) {
        if (endpoint.isURI() && Allowance.current().filter(allowance -> allowance.limits().federated().contains(endpoint.getURI())).isPresent()) {
            return endpoint.getURI();
        }
        throw refused(new Problem.Invalid(new Where.Argument("query"), "SERVICE " + endpoint, "an endpoint that --federate lists"));
    }

    private static Ended refused(Problem why) {
        Allowance.current().ifPresent(allowance -> allowance.end(why));
        return new Ended(why);
    }

    private void count() {
        var context = getExecContext().getContext();
        if (!(context.get(CALLS) instanceof AtomicInteger calls)) {
            context.set(CALLS, new AtomicInteger(1));
        } else if (calls.incrementAndGet() > MOST_CALLS) {
            throw Allowance.beyond("it would ask other endpoints more than " + MOST_CALLS + " times; ask them before what is here, in a group of its own");
        }
    }

    private static byte[] answer(String endpoint, OpService call) throws IOException {
        var query = OpAsQuery.asQuery(Rename.reverseVarRename(call.getSubOp(), true)).serialize();
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(endpoint)).timeout(Allowance.left().plus(LATER))
                    .header("Content-Type", "application/x-www-form-urlencoded").header("Accept", "application/sparql-results+json")
                    .POST(HttpRequest.BodyPublishers.ofString("query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))).build();
        } catch (IllegalArgumentException unfit) {
            throw new IOException(unfit.getMessage(), unfit);
        }
        var asked = CLIENT.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            Allowance.away(() -> await(asked));
            Allowance.checkInside();
        } finally {
            asked.cancel(true);
        }
        var answer = asked.getNow(null);
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        return answer.body();
    }

    /// Until it is there, or its request has ended.
    private static void await(CompletableFuture<HttpResponse<byte[]>> asked) throws IOException {
        while (Allowance.current().flatMap(Allowance::ended).isEmpty()) {
            try {
                asked.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException _) {
                // Looks whether to go on.
            } catch (ExecutionException failed) {
                throw new IOException(failed.getCause().getClass().getSimpleName(), failed.getCause());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", stopped);
            }
        }
    }

    private QueryIterator rows(OpService call, byte[] json) {
        kept.add((long) KEPT_A_BYTE * json.length);
        var rows = RowSet.adapt(ResultSetMgr.read(new ByteArrayInputStream(json), ResultSetLang.RS_JSON)).materialize();
        return QueryIter.map(QueryIterPlainWrapper.create(rows, getExecContext()), names(call));
    }

    /// The optimiser has other names for what several scopes call alike: the endpoint was asked by the written ones.
    private static Map<Var, Var> names(OpService call) {
        return OpVars.visibleVars(call).stream().collect(Collectors.toMap(
                name -> Var.alloc(name.getName().substring(name.getName().lastIndexOf('/') + 1)), name -> name, (one, _) -> one));
    }

    @Override protected void closeSubIterator() {
        kept.forget();
        super.closeSubIterator();
    }
}
