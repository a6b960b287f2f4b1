package org.policygraph.question;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.jena.graph.Graph;
import org.apache.jena.query.Query;
import org.apache.jena.riot.system.PrefixMap;
import org.apache.jena.riot.system.PrefixMapFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.exec.RowSet;
import org.policygraph.evidence.Deadline;
import org.policygraph.evidence.ProofGraph;
import org.policygraph.evidence.ProofJson;
import org.policygraph.evidence.Proofs;
import org.policygraph.evidence.Reasons;
import org.policygraph.evidence.RowEvidence;
import org.policygraph.evidence.Searched;
import org.policygraph.evidence.Trace;
import org.policygraph.limit.Ended;
import org.policygraph.problem.ProblemException;

/// An answer with the evidence of each row.
final class EvidencedAnswer {

    /// Later rows are written without evidence.
    private static final int MOST_ROWS = 10_000;

    private final Query query;
    private final DatasetGraph chosen;
    private final Searched searched;
    private final Proofs proofs;
    private final Reasons reasons;
    private final AnswerFormat format;
    private final OutputStream out;

    private EvidencedAnswer(Query query, Searched searched, Proofs proofs, Reasons reasons, AnswerFormat format, OutputStream out) {
        this.query = query;
        this.chosen = searched.data();
        this.searched = searched;
        this.proofs = proofs;
        this.reasons = reasons;
        this.format = format;
        this.out = out;
    }

    /// @param query   without FROM
    /// @param chosen  what FROM chose
    /// @param unnamed whether a pattern outside GRAPH sees the union of all graphs
    /// @param data    what evidence is looked for in: the whole store
    static boolean write(Query query, DatasetGraph chosen, boolean unnamed, DatasetGraph data, AnswerFormat format, Reasons reasons, OutputStream out) {
        try (var deadline = Deadline.in(reasons.time())) {
            var searched = new Searched(chosen, unnamed ? chosen.getUnionGraph() : chosen.getDefaultGraph(), deadline);
            var answer = new EvidencedAnswer(query, searched, reasons.in(data), reasons, format, out);
            var builder = QueryExec.dataset(chosen).query(query);
            if (!reasons.time().isZero()) {
                builder.timeout(reasons.time().toMillis(), TimeUnit.MILLISECONDS);
            }
            try (var asked = builder.build()) {
                return answer.write(asked);
            } catch (Ended bound) {
                throw new ProblemException(bound.problem());
            }
        }
    }

    private boolean write(QueryExec asked) {
        if (query.isAskType()) {
            return yesOrNo(asked.ask());
        }
        if (query.isSelectType()) {
            rows(asked.select());
        } else if (query.isDescribeType()) {
            var graph = asked.describe();
            graph.find().toList().forEach(described -> proofs.of(described).ifPresent(proof -> ProofGraph.add(proof, graph)));
            graph(graph);
        } else {
            var graph = asked.construct();
            trace().ofSolutions(evidence -> ProofGraph.add(evidence, graph));
            graph(graph);
        }
        return true;
    }

    private Trace trace() {
        return new Trace(query, searched, proofs, reasons.names());
    }

    private void graph(Graph graph) {
        WellFormed.triples(graph);
        var prefixes = new HashMap<>(reasons.words().prefixes());
        prefixes.putAll(query.getPrefixMapping().getNsPrefixMap());
        UsedPrefixes.declareIn(graph, prefixes);
        Graphs.write(graph, format, out);
    }

    private boolean yesOrNo(boolean yes) {
        var found = new ArrayList<RowEvidence>();
        if (yes) {
            trace().ofSolutions(found::add);
        }
        switch (format) {
            case TABLE -> {
                Answer.line(out, yes ? "yes" : "no");
                var columns = new EvidenceColumns(reasons.names(), List.of());
                found.forEach(evidence -> columns.named(evidence).forEach((name, value) -> Answer.line(out, name + ": " + value)));
            }
            case JSON -> new JsonResults(out).yesOrNo(yes, json -> found.forEach(evidence -> json.writeName("evidence").writePOJO(ProofJson.of(evidence))));
            default -> Results.in(format, prefixes(), out).yesOrNo(yes);
        }
        return yes;
    }

    private void rows(RowSet asked) {
        var variables = asked.getResultVars();
        var first = new ArrayList<Binding>();
        while (first.size() < MOST_ROWS && asked.hasNext()) {
            first.add(asked.next());
        }
        var evidence = trace().ofRows(variables, first);
        var columns = new EvidenceColumns(reasons.names(), variables);
        var known = new ArrayList<RowEvidence>();
        // One after the other: what a row's evidence takes is found while it is written.
        var all = Stream.concat(IntStream.range(0, first.size()).mapToObj(row -> {
            var of = evidence.at(row);
            if (format == AnswerFormat.JSON) {
                known.add(of);
            }
            return columns.after(first.get(row), of);
        }), StreamSupport.stream(Spliterators.spliteratorUnknownSize(asked, 0), false)
                .map(later -> columns.after(later, evidence.at(MOST_ROWS)))).iterator();
        write(columns.after(variables), all, known);
    }

    private void write(List<Var> columns, Iterator<Binding> rows, List<RowEvidence> known) {
        if (format != AnswerFormat.JSON) {
            Results.in(format, prefixes(), out).rows(columns, WellFormed.rows(rows));
            return;
        }
        // A member more than the standard has, with one element for each row.
        new JsonResults(out).rows(columns, WellFormed.rows(rows), json -> {
            json.writeName("evidence").writeStartArray();
            known.forEach(evidence -> json.writePOJO(ProofJson.of(evidence)));
            json.writeEndArray();
        });
    }

    private PrefixMap prefixes() {
        return PrefixMapFactory.create(query.getPrefixMapping());
    }
}
