package org.policygraph.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.query.QueryExecException;
import org.apache.jena.sparql.core.GraphView;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.ExecutionContext;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingBuilder;
import org.apache.jena.sparql.engine.iterator.QueryIterPlainWrapper;
import org.apache.jena.sparql.pfunction.PropFuncArg;
import org.apache.jena.sparql.pfunction.PropFuncArgType;
import org.apache.jena.sparql.pfunction.PropertyFunctionEval;
import org.apache.jena.tdb2.TDB2;
import org.policygraph.limit.Calls;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;

/// Ways in SPARQL: `(?from ?to ?k ?longest) function:shortestWays (?way ?step ?subject ?predicate ?object ?trust ?complete)`,
/// and `function:mostTrustedWays`. Only the first three and the last's first six arguments are needed.
///
/// A solution is one edge of one step: ways are numbered from 1 in their order, steps from 1 along the way; trust is the
/// edge's. Claims are read from the graph that the pattern is asked of: all, or that of `GRAPH`. Where the search ends at a
/// limit, `?complete` is false; a query that does not ask for it fails then, since its rows could not say so.
public final class PathFunction extends PropertyFunctionEval {

    public static final String SHORTEST = Iris.FUNCTION + "shortestWays";
    public static final String TRUSTED = Iris.FUNCTION + "mostTrustedWays";

    private static final int COMPLETE = 6;

    /// The query calls a function in a way that it can't answer; the message says how it could be called.
    public static final class Refused extends QueryExecException {
        private static final long serialVersionUID = 1L;

        private Refused(String message) {
            super(message);
        }
    }

    private final WayOrder order;

    private PathFunction(WayOrder order) {
        super(PropFuncArgType.PF_ARG_LIST, PropFuncArgType.PF_ARG_LIST);
        this.order = order;
    }

    /// Makes the functions known to every query of the process; doing it again changes nothing.
    public static void register() {
        Calls.allow(SHORTEST, _ -> new PathFunction(WayOrder.SHORTEST));
        Calls.allow(TRUSTED, _ -> new PathFunction(WayOrder.TRUSTED));
    }

    @Override public void build(PropFuncArg subjects, Node function, PropFuncArg objects, ExecutionContext context) {
        super.build(subjects, function, objects, context);
        if (subjects.getArgListSize() < 3 || subjects.getArgListSize() > 4 || objects.getArgListSize() < COMPLETE || objects.getArgListSize() > COMPLETE + 1) {
            throw new Refused("<" + function.getURI() + "> is called as (?from ?to ?k) or (?from ?to ?k ?longest), "
                    + "then (?way ?step ?subject ?predicate ?object ?trust) or the same with ?complete");
        }
    }

    @Override public QueryIterator execEvaluated(Binding binding, PropFuncArg subjects, Node function, PropFuncArg objects, ExecutionContext context) {
        var from = bound(subjects.getArg(0), "from", function);
        var to = bound(subjects.getArg(1), "to", function);
        var most = number(bound(subjects.getArg(2), "k", function), PathQuery.MOST);
        var longest = subjects.getArgListSize() == 3 ? PathQuery.USUAL_LONGEST : number(bound(subjects.getArg(3), "longest", function), PathQuery.LONGEST);
        var answer = search(context).ways(PathQuery.between(from, to).by(order).most(most).longest(longest));
        if (objects.getArgListSize() == COMPLETE && answer.limit().isPresent()) {
            throw new Refused(answer.caution().orElseThrow() + ". Ask for fewer or shorter ways, or for ?complete as the last argument of <"
                    + function.getURI() + ">");
        }
        var rows = new ArrayList<Binding>();
        for (int way = 0; way < answer.ways().size(); way++) {
            var steps = answer.ways().get(way).steps();
            for (int step = 0; step < steps.size(); step++) {
                for (var edge : steps.get(step).edges()) {
                    row(binding, objects.getArgList(), List.of(Literals.whole(way + 1L), Literals.whole(step + 1L), edge.subject(), edge.predicate(), edge.object(),
                            Literals.decimal(edge.trust()), Literals.flag(answer.limit().isEmpty()))).ifPresent(rows::add);
                }
            }
        }
        return QueryIterPlainWrapper.create(rows.iterator(), context);
    }

    private static PathSearch search(ExecutionContext context) {
        var data = context.getDataset();
        var active = context.getActiveGraph();
        // TDB2 makes the union the default graph only where it matches patterns itself.
        var claims = active instanceof GraphView view && (view.getGraphName() == null || Quad.isDefaultGraph(view.getGraphName()))
                && context.getContext().isTrue(TDB2.symUnionDefaultGraph) ? data.getUnionGraph() : active;
        // Where FROM hides the ontology's graph, what it lets see must do.
        Graph ontology = data.containsGraph(Iris.ONTOLOGY_GRAPH) ? data.getGraph(Iris.ONTOLOGY_GRAPH) : claims;
        return new PathSearch(claims, claims, Graph.emptyGraph, ontology, Optional.empty());
    }

    private static Node bound(Node argument, String name, Node function) {
        if (argument.isVariable()) {
            throw new Refused("?" + name + " of <" + function.getURI() + "> has no value; bind it in a pattern before");
        }
        return argument;
    }

    private static int number(Node argument, int most) {
        if (argument.isLiteral() && argument.getLiteralLexicalForm().matches("\\d{1,3}")) {
            var number = Integer.parseInt(argument.getLiteralLexicalForm());
            if (number >= 1 && number <= most) {
                return number;
            }
        }
        throw new Refused(argument + " is not a whole number from 1 to " + most);
    }

    /// The binding with these values; empty where it, or a constant among the arguments, has others.
    private static Optional<Binding> row(Binding binding, List<Node> arguments, List<Node> values) {
        var row = BindingBuilder.create(binding);
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            var known = !argument.isVariable() ? argument : row.get(Var.alloc(argument));
            if (known == null) {
                row.add(Var.alloc(argument), values.get(i));
            } else if (!known.sameValueAs(values.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(row.build());
    }
}
