package org.policygraph.evidence;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.OpVars;
import org.apache.jena.sparql.core.TriplePath;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.expr.Expr;

/// A part of a query that a solution went through, and that may have something to show for it.
sealed interface Step {

    /// A triple pattern. @param graph none for the default graph
    record Matched(Triple pattern, Optional<Node> graph) implements Step {}

    /// A property path.
    record Walked(TriplePath path, Optional<Node> graph) implements Step {}

    /// A condition on values.
    record Tested(Expr condition) implements Step {}

    /// EXISTS.
    record Exists(Traceable pattern) implements Step {}

    /// NOT EXISTS or MINUS.
    /// @param word which of them
    record Nothing(String word, Op pattern) implements Step {}

    /// OPTIONAL.
    record Perhaps(List<Step> steps) implements Step {}

    /// UNION.
    record Either(List<List<Step>> branches) implements Step {}

    /// Solutions that were made one: by grouping, where each counts, or by DISTINCT, where any one is enough.
    /// @param token bound to the key of what was gathered
    record Gathered(Var token, List<Step> steps, boolean each) implements Step {}

    /// Something that is not covered.
    record Untraced(String what) implements Step {}

    /// The variables that a solution must still have for its steps to be found again.
    static Set<Var> variables(Collection<Step> steps) {
        var found = new LinkedHashSet<Var>();
        steps.forEach(step -> {
            switch (step) {
                case Matched(var pattern, var graph) -> add(found, graph, pattern.getSubject(), pattern.getPredicate(), pattern.getObject());
                case Walked(var path, var graph) -> add(found, graph, path.getSubject(), path.getObject());
                case Tested(var condition) -> found.addAll(condition.getVarsMentioned());
                case Exists(var pattern) -> found.addAll(OpVars.mentionedVars(pattern.op()));
                case Nothing(_, var pattern) -> found.addAll(OpVars.mentionedVars(pattern));
                case Perhaps(var inner) -> found.addAll(variables(inner));
                case Either(var branches) -> branches.forEach(branch -> found.addAll(variables(branch)));
                case Gathered(var token, _, _) -> found.add(token);
                case Untraced _ -> { }
            }
        });
        return found;
    }

    private static void add(Set<Var> found, Optional<Node> graph, Node... nodes) {
        Stream.concat(graph.stream(), Stream.of(nodes)).filter(Var::isVar).map(Var::alloc).forEach(found::add);
    }
}
