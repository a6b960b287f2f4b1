package org.policygraph.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.algebra.Algebra;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingFactory;
import org.policygraph.store.Names;

/// Finds out on what the answer to a query rests.
///
/// The answer itself is the engine's own. Beside it the query is asked once more in a form whose solutions remember what they
/// matched, and each row is told those solutions that have its values.
public final class Trace {

    /// Solutions looked at; a row of DISTINCT may have many.
    private static final int MOST_SOLUTIONS = 1_000_000;
    /// Ways of one row that are kept.
    private static final int MOST_WAYS = 20;

    private final Query query;
    private final Searched searched;
    private final Proofs proofs;
    private final Gatherings gatherings = new Gatherings();
    private final Witnesses witnesses;

    /// @param query without FROM: what it chose is what is searched
    public Trace(Query query, Searched searched, Proofs proofs, Names names) {
        this.query = query;
        this.searched = searched;
        this.proofs = proofs;
        this.witnesses = new Witnesses(searched, gatherings, names);
    }

    /// Ways to one row.
    private static final class Ways {
        private final List<Binding> solutions = new ArrayList<>();
        private final List<Traceable> traced = new ArrayList<>();
        private int wanted;
        private int taken;
        private long size;
    }

    /// The evidence of each row, to be worked out when it is asked for.
    public interface Rows {
        RowEvidence at(int row);
    }

    /// @param variables the columns
    /// @param rows      the first that the engine gave; of later ones it is told that they are not traced
    public Rows ofRows(List<Var> variables, List<Binding> rows) {
        var merging = query.isDistinct() || query.isReduced();
        var ways = new HashMap<List<Optional<Node>>, Ways>();
        rows.forEach(row -> ways.computeIfAbsent(values(variables, row), _ -> new Ways()).wanted++);
        var cut = rows.isEmpty() || look(variables, ways, !merging, merging);
        if (ways.values().stream().anyMatch(way -> way.solutions.size() < (merging ? 1 : way.wanted)) && (query.hasLimit() || query.hasOffset()) && !merging) {
            // Rows that the order leaves open may be others the second time.
            cut = look(variables, ways, false, false);
        }
        var stopped = cut;
        var nth = new int[rows.size()];
        for (int i = 0; i < nth.length; i++) {
            nth[i] = ways.get(values(variables, rows.get(i))).taken++;
        }
        return row -> row >= nth.length ? new RowEvidence(List.of(), List.of("not traced: beyond the first " + nth.length + " rows"), proofs)
                : evidence(ways.get(values(variables, rows.get(row))), nth[row], merging, stopped);
    }

    private RowEvidence evidence(Ways ways, int nth, boolean merging, boolean stopped) {
        var found = new ArrayList<Witness>();
        var notes = new ArrayList<String>();
        if (ways.solutions.isEmpty()) {
            notes.add("not traced: asked again, the query did not give this row" + (stopped ? " among its first solutions" : ""));
        } else if (merging) {
            for (int i = 0; i < ways.solutions.size(); i++) {
                found.add(witnesses.of(ways.traced.get(i).steps(), ways.solutions.get(i)));
            }
            if (ways.size > found.size()) {
                notes.add("holds in " + ways.size + " ways, of which " + found.size() + " are shown");
            }
        } else {
            var at = Math.min(nth, ways.solutions.size() - 1);
            found.add(witnesses.of(ways.traced.get(at).steps(), ways.solutions.get(at)));
        }
        return new RowEvidence(found, notes, proofs);
    }

    /// @return whether it stopped before the end
    private boolean look(List<Var> variables, Map<List<Optional<Node>>, Ways> ways, boolean sliced, boolean allWays) {
        var traced = new Tracing(gatherings).query(Algebra.compile(query), sliced);
        var open = ways.values().stream().mapToInt(way -> way.wanted).sum();
        ways.values().forEach(way -> {
            way.solutions.clear();
            way.traced.clear();
            way.size = 0;
        });
        var solutions = searched.solutions(traced.op(), BindingFactory.root());
        try {
            for (int seen = 0; solutions.hasNext(); seen++) {
                if (seen == MOST_SOLUTIONS) {
                    return true;
                }
                var solution = solutions.next();
                var way = ways.get(values(variables, solution));
                if (way != null) {
                    way.size++;
                    if (way.solutions.size() < (allWays ? MOST_WAYS : way.wanted)) {
                        way.solutions.add(solution);
                        way.traced.add(traced);
                        open--;
                    }
                }
                if (!allWays && open == 0) {
                    return false;
                }
            }
            return false;
        } finally {
            solutions.close();
        }
    }

    /// The evidence of each solution, for queries whose answer is no table; of the first one only where one is enough.
    public void ofSolutions(Consumer<RowEvidence> found) {
        var traced = new Tracing(gatherings).query(Algebra.compile(query), true);
        var solutions = searched.solutions(traced.op(), BindingFactory.root());
        try {
            while (solutions.hasNext()) {
                found.accept(new RowEvidence(List.of(witnesses.of(traced.steps(), solutions.next())), List.of(), proofs));
                if (query.isAskType()) {
                    return;
                }
            }
        } finally {
            solutions.close();
        }
    }

    private static List<Optional<Node>> values(List<Var> variables, Binding row) {
        return variables.stream().map(row::get).map(Optional::ofNullable).toList();
    }
}
