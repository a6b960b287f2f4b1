package org.policygraph.evidence;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.source.Nearest;
import org.policygraph.store.Names;
import org.policygraph.term.Vocabulary;

/// A query as a person types it.
/// @param only          names of properties; so is `without`
/// @param status        names of statuses whose claims are walked too: `goal`
/// @param withoutStatus names of statuses whose claims are not
public record PathRequest(String from, String to, WayOrder order, int most, int longest, List<String> only, List<String> without,
        List<String> status, List<String> withoutStatus, boolean concepts, boolean inferred, PathLimits limits) {

    private static final String STATUSES = "claim-status";

    /// @param data  in a transaction
    /// @param where what a field of this record is called where it was typed
    /// @throws ProblemException `Absent` for a thing or property that is not there, `Unknown` for a status, `Invalid` when the two things are one
    public PathQuery query(Names names, Vocabulary words, DatasetGraph data, Function<String, Where> where) {
        var start = names.thing(from, where.apply("from"), data);
        var goal = names.thing(to, where.apply("to"), data);
        if (start.equals(goal)) {
            throw new ProblemException(new Problem.Invalid(where.apply("to"), names.shortened(goal) + " again", "another thing than the first"));
        }
        return new PathQuery(start, goal, order, most, longest, new PathFilter(properties(only, names, where.apply("only")),
                properties(without, names, where.apply("without")), statuses(status, words, where.apply("status")),
                statuses(withoutStatus, words, where.apply("without-status")), concepts, inferred), limits);
    }

    private static Set<Node> properties(List<String> typed, Names names, Where where) {
        return typed.stream().map(name -> names.property(name, where)).collect(Collectors.toSet());
    }

    private static Set<Node> statuses(List<String> typed, Vocabulary words, Where where) {
        var known = words.concepts(STATUSES);
        return typed.stream().map(name -> {
            var short_ = name.substring(name.indexOf(':') + 1);
            if (!known.containsKey(short_)) {
                throw new ProblemException(new Problem.Unknown(where, "claim status", name,
                        Nearest.to(short_, known.keySet()).isEmpty() ? List.copyOf(known.keySet()) : Nearest.to(short_, known.keySet())));
            }
            return known.get(short_);
        }).collect(Collectors.toSet());
    }
}
