package org.policygraph.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.ARQConstants;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.engine.main.QC;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.util.Context;
import org.apache.jena.tdb2.solver.OpExecutorTDB2;
import org.apache.jena.tdb2.solver.QC2;
import org.policygraph.limit.Allowance;
import org.policygraph.limit.Limits;
import org.policygraph.problem.Where;
import org.policygraph.question.Sparql;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;

/// What asking an allowance at each row costs: the same queries on a loaded store with it and without, by turns. No test.
/// Arguments: folder of the store, rounds, files with queries.
public final class BoundsBenchmark {

    private static final Map<String, String> OWN = Map.of(
            "all triples", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
            "all triples, grouped", "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?o) AS ?m) { ?s ?p ?o } GROUP BY ?p",
            "all triples, sorted", "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?o",
            "a join", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?o ?q ?r FILTER(?r != ?s) }",
            "a regular expression", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(REGEX(STR(?o), 'chip|energy', 'i')) }");

    private BoundsBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        var rounds = Integer.parseInt(arguments[1]);
        var prefixes = Vocabulary.read(Path.of("ontology")).prefixes();
        var queries = new LinkedHashMap<String, Query>();
        for (var file : Arrays.copyOfRange(arguments, 2, arguments.length)) {
            queries.put(Path.of(file).getFileName().toString(), Sparql.read(Files.readString(Path.of(file)), new Where.Argument(file), prefixes));
        }
        OWN.forEach((name, text) -> queries.put(name, Sparql.read(text, new Where.Argument(name), prefixes)));
        try (var store = Store.on(Path.of(arguments[0]))) {
            var ratios = new ArrayList<Double>();
            queries.forEach((name, query) -> {
                var with = new long[rounds];
                var without = new long[rounds];
                for (int i = -3; i < rounds; i++) {
                    var bounded = store.read(data -> bounded(query, data));
                    var plain = store.read(data -> time(query, data, plain(data)));
                    if (i >= 0) {
                        with[i] = bounded;
                        without[i] = plain;
                    }
                }
                Arrays.sort(with);
                Arrays.sort(without);
                var ratio = (double) with[rounds / 2] / without[rounds / 2];
                ratios.add(ratio);
                System.out.printf(Locale.ROOT, "%-40s %8.2f ms with, %8.2f ms without: %.2f%n", name, with[rounds / 2] / 1e6, without[rounds / 2] / 1e6, ratio);
            });
            System.out.printf(Locale.ROOT, "geometric mean of %d: %.3f%n", ratios.size(), Math.exp(ratios.stream().mapToDouble(Math::log).average().orElseThrow()));
        }
    }

    private static long bounded(Query query, DatasetGraph data) {
        try (var allowance = Allowance.of(Limits.usual().withMemory(1L << 40, 1L << 40))) {
            return allowance.spend(() -> time(query, data, data.getContext().copy()));
        }
    }

    private static Context plain(DatasetGraph data) {
        var context = data.getContext().copy();
        QC.setFactory(context, OpExecutorTDB2.OpExecFactoryTDB);
        QC2.setFilter(context, null);
        context.unset(ARQConstants.sysOptimizerFactory);
        return context;
    }

    private static long time(Query query, DatasetGraph data, Context context) {
        var since = System.nanoTime();
        try (var asked = QueryExec.dataset(data).query(query).context(context).build()) {
            if (query.isSelectType()) {
                asked.select().forEachRemaining(row -> row.size());
            } else if (query.isAskType()) {
                asked.ask();
            } else {
                asked.construct();
            }
        }
        return System.nanoTime() - since;
    }
}
