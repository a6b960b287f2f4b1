package org.policygraph.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Random;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.policygraph.evidence.PathQuery;
import org.policygraph.evidence.PathSearch;
import org.policygraph.evidence.WayOrder;
import org.policygraph.graph.Rules;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Vocabulary;

/// Asks a loaded store for the ways between pairs of entities chosen at random. No test.
/// Arguments: folder of the store, number of pairs, most steps.
public final class PathBenchmark {

    private PathBenchmark() {}

    public static void main(String[] arguments) {
        var words = Vocabulary.read(Path.of("ontology"));
        var rules = Rules.read(Path.of("ontology/rules"), words.graph());
        var pairs = Integer.parseInt(arguments[1]);
        var longest = Integer.parseInt(arguments[2]);
        try (var store = Store.on(Path.of(arguments[0]))) {
            store.read(data -> {
                var entities = new ArrayList<Node>(data.getGraph(Iris.REGISTRY_GRAPH).find(Node.ANY, RDF.type.asNode(), Node.ANY)
                        .mapWith(typed -> typed.getSubject()).toSet());
                entities.sort(Comparator.comparing(Node::getURI));
                Collections.shuffle(entities, new Random(3));
                for (var order : WayOrder.values()) {
                    var times = new long[pairs];
                    var found = 0;
                    var limited = 0;
                    var edges = 0L;
                    for (int i = 0; i < pairs; i++) {
                        var started = System.nanoTime();
                        var answer = PathSearch.in(data, rules).find(PathQuery.between(entities.get(2 * i), entities.get(2 * i + 1)).by(order).longest(longest));
                        times[i] = (System.nanoTime() - started) / 1_000_000;
                        found += answer.ways().isEmpty() ? 0 : 1;
                        limited += answer.limit().isPresent() ? 1 : 0;
                        edges = Math.max(edges, answer.edges());
                    }
                    Arrays.sort(times);
                    System.out.printf(Locale.ROOT, "%-8s %d entities, %d pairs, %d tied, %d at a limit; most edges %,d; ms: median %d, 90%% %d, most %d%n",
                            order, entities.size(), pairs, found, limited, edges, times[pairs / 2], times[pairs * 9 / 10], times[pairs - 1]);
                }
                return null;
            });
        }
    }
}
