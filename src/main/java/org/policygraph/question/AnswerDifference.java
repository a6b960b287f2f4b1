package org.policygraph.question;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.jena.query.Query;
import org.policygraph.store.Store;

/// How an answer differs between two stores: rows (as TSV) or triples (as N-Triples), each as often as it is there.
/// @param gone what only the first has
/// @param come what only the second has
public record AnswerDifference(List<String> gone, List<String> come) {

    public AnswerDifference {
        gone = List.copyOf(gone);
        come = List.copyOf(come);
    }

    public static AnswerDifference between(Query query, Store one, Store other) {
        var before = AnswerLines.of(query, one);
        var after = AnswerLines.of(query, other);
        return new AnswerDifference(without(before, after), without(after, before));
    }

    public boolean isNone() {
        return gone.isEmpty() && come.isEmpty();
    }

    private static List<String> without(List<String> lines, List<String> taken) {
        var left = new HashMap<String, Integer>();
        taken.forEach(line -> left.merge(line, 1, Integer::sum));
        var rest = new ArrayList<String>();
        for (var line : lines) {
            if (left.merge(line, -1, Integer::sum) < 0) {
                rest.add(line);
            }
        }
        return rest;
    }
}
