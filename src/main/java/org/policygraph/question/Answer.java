package org.policygraph.question;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryBuildException;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.query.QueryExecException;
import org.apache.jena.riot.system.PrefixMap;
import org.apache.jena.riot.system.PrefixMapFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DynamicDatasets;
import org.apache.jena.sparql.exec.QueryExec;
import org.policygraph.evidence.Reasons;
import org.policygraph.limit.Ended;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.store.Store;

/// Asks the store a query and writes what comes back.
public final class Answer {

    private final Query query;
    private final AnswerFormat format;
    private final PrefixMap prefixes;

    private Answer(Query query, AnswerFormat format) {
        this.query = query;
        this.format = format;
        this.prefixes = PrefixMapFactory.create(query.getPrefixMapping());
    }

    /// Rows are written while they come; a graph is put together first.
    /// @param query  as [Sparql] read it
    /// @param format one of [AnswerFormat#of]
    /// @return whether the answer is yes; true for everything but an ASK that is not so
    public static boolean write(Query query, Store store, AnswerFormat format, OutputStream out) {
        return store.read(data -> {
            try (var asked = QueryExec.dataset(chosen(query, data)).query(free(query)).build()) {
                return new Answer(query, format).write(asked, out);
            } catch (Ended bound) {
                throw new ProblemException(bound.problem());
            } catch (QueryCancelledException late) {
                throw late;
            } catch (QueryBuildException | QueryExecException wrong) {
                throw new ProblemException(new Problem.Unreadable(new Where.Argument("query"), wrong.getMessage()));
            }
        });
    }

    /// With evidence, each row has further columns that say on what it rests, and JSON has the whole of it; a graph has the proofs
    /// of what it came from beside it. The rows are the same as without.
    /// @param evidence what it is found by; nothing for none
    /// @throws org.apache.jena.query.QueryCancelledException when the evidence's time is over
    public static boolean write(Query query, Store store, AnswerFormat format, Optional<Reasons> evidence, OutputStream out) {
        return evidence.map(reasons -> store.read(data -> EvidencedAnswer.write(free(query), chosen(query, data),
                !query.hasDatasetDescription(), data, format, reasons, out))).orElseGet(() -> write(query, store, format, out));
    }

    // With the union of the graphs as its default, TDB2 takes FROM for said and looks into all of them.
    static DatasetGraph chosen(Query query, DatasetGraph data) {
        return query.hasDatasetDescription() ? DynamicDatasets.dynamicDataset(query.getDatasetDescription(), data, false) : data;
    }

    static Query free(Query query) {
        if (!query.hasDatasetDescription()) {
            return query;
        }
        var free = query.cloneQuery();
        free.getGraphURIs().clear();
        free.getNamedGraphURIs().clear();
        return free;
    }

    private boolean write(QueryExec asked, OutputStream out) {
        if (query.isAskType()) {
            var yes = asked.ask();
            Results.in(format, prefixes, out).yesOrNo(yes);
            return yes;
        }
        if (query.isSelectType()) {
            var rows = asked.select();
            Results.in(format, prefixes, out).rows(rows.getResultVars(), WellFormed.rows(rows));
            return true;
        }
        var graph = WellFormed.triples(query.isDescribeType() ? asked.describe() : asked.construct());
        UsedPrefixes.declareIn(graph, query.getPrefixMapping().getNsPrefixMap());
        Graphs.write(graph, format, out);
        return true;
    }

    static void line(OutputStream out, String text) {
        try {
            out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }
}
