package org.policygraph.question;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.TriplePath;
import org.apache.jena.sparql.core.VarExprList;
import org.apache.jena.sparql.expr.E_Function;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprAggregator;
import org.apache.jena.sparql.expr.ExprFunction;
import org.apache.jena.sparql.expr.ExprFunctionOp;
import org.apache.jena.sparql.expr.ExprNone;
import org.apache.jena.sparql.expr.ExprTripleTerm;
import org.apache.jena.sparql.expr.aggregate.AggCustom;
import org.apache.jena.sparql.modify.request.UpdateDeleteWhere;
import org.apache.jena.sparql.modify.request.UpdateLoad;
import org.apache.jena.sparql.modify.request.UpdateModify;
import org.apache.jena.sparql.path.P_Link;
import org.apache.jena.sparql.path.P_NegPropSet;
import org.apache.jena.sparql.path.P_Path0;
import org.apache.jena.sparql.path.P_Path1;
import org.apache.jena.sparql.path.P_Path2;
import org.apache.jena.sparql.path.Path;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.Element1;
import org.apache.jena.sparql.syntax.ElementAssign;
import org.apache.jena.sparql.syntax.ElementBind;
import org.apache.jena.sparql.syntax.ElementData;
import org.apache.jena.sparql.syntax.ElementDataset;
import org.apache.jena.sparql.syntax.ElementFilter;
import org.apache.jena.sparql.syntax.ElementGroup;
import org.apache.jena.sparql.syntax.ElementLateral;
import org.apache.jena.sparql.syntax.ElementMinus;
import org.apache.jena.sparql.syntax.ElementNamedGraph;
import org.apache.jena.sparql.syntax.ElementOptional;
import org.apache.jena.sparql.syntax.ElementPathBlock;
import org.apache.jena.sparql.syntax.ElementService;
import org.apache.jena.sparql.syntax.ElementSubQuery;
import org.apache.jena.sparql.syntax.ElementTriplesBlock;
import org.apache.jena.sparql.syntax.ElementUnfold;
import org.apache.jena.sparql.syntax.ElementUnion;
import org.apache.jena.update.Update;
import org.policygraph.limit.Calls;

/// Finds what a query would do outside the graph: ask another server, fetch a document, or run something that it names by an IRI
/// and that is none of [Calls]. Looks at what was written, where nothing is yet rewritten and nothing left out.
final class Reach {

    private final Set<String> endpoints;
    private Optional<String> found = Optional.empty();

    private Reach(Set<String> endpoints) {
        this.endpoints = endpoints;
    }

    /// What it would do, or nothing.
    /// @param endpoints that SERVICE may ask
    static Optional<String> beyondTheGraph(Query query, Set<String> endpoints) {
        var reach = new Reach(endpoints);
        reach.query(query);
        return reach.found;
    }

    static Optional<String> beyondTheGraph(List<Update> updates, Set<String> endpoints) {
        var reach = new Reach(endpoints);
        updates.forEach(reach::update);
        return reach.found;
    }

    private void beyond(String what) {
        found = found.or(() -> Optional.of(what));
    }

    private void update(Update update) {
        switch (update) {
            case UpdateLoad _ -> beyond("LOAD");
            case UpdateModify modify -> pattern(modify.getWherePattern());
            case UpdateDeleteWhere delete -> delete.getQuads().forEach(quad -> property(quad.getPredicate()));
            default -> { } // What remains names graphs and brings data.
        }
    }

    private void query(Query query) {
        if (query.getQueryPattern() != null) {
            pattern(query.getQueryPattern());
        }
        expressions(query.getProject());
        if (query.hasGroupBy()) {
            expressions(query.getGroupBy());
        }
        query.getHavingExprs().forEach(this::expression);
        query.getAggregators().forEach(this::expression);
        if (query.hasOrderBy()) {
            query.getOrderBy().forEach(by -> expression(by.getExpression()));
        }
    }

    private void expressions(VarExprList list) {
        list.getExprs().values().forEach(this::expression);
    }

    private void expression(Expr expression) {
        switch (expression) {
            case ExprAggregator aggregated -> {
                if (aggregated.getAggregator() instanceof AggCustom custom && !Calls.aggregate(custom.getIRI())) {
                    beyond("the aggregate <" + custom.getIRI() + ">");
                }
                if (aggregated.getAggregator().getExprList() != null) {
                    aggregated.getAggregator().getExprList().forEach(this::expression);
                }
            }
            case ExprFunctionOp exists -> pattern(exists.getElement());
            case ExprFunction function -> {
                if (function.getFunctionIRI() != null && function instanceof E_Function && !Calls.function(function.getFunctionIRI())) {
                    beyond("the function <" + function.getFunctionIRI() + ">");
                }
                function.getArgs().forEach(this::expression);
            }
            default -> {
                if (!(expression.isConstant() || expression.isVariable() || expression instanceof ExprTripleTerm || expression instanceof ExprNone)) {
                    throw new IllegalStateException("not looked into: " + expression.getClass());
                }
            }
        }
    }

    private void pattern(Element element) {
        switch (element) {
            case ElementGroup group -> group.getElements().forEach(this::pattern);
            case ElementUnion union -> union.getElements().forEach(this::pattern);
            case ElementService service -> {
                if (!service.getServiceNode().isURI() || !endpoints.contains(service.getServiceNode().getURI())) {
                    beyond("SERVICE " + shown(service.getServiceNode()));
                }
                pattern(service.getElement());
            }
            case ElementNamedGraph graph -> pattern(graph.getElement());
            case ElementOptional optional -> pattern(optional.getOptionalElement());
            case ElementMinus minus -> pattern(minus.getMinusElement());
            case ElementSubQuery inner -> query(inner.getQuery());
            case ElementFilter filter -> expression(filter.getExpr());
            case ElementBind bind -> expression(bind.getExpr());
            case ElementPathBlock block -> block.patternElts().forEachRemaining(this::pattern);
            case ElementTriplesBlock block -> block.patternElts().forEachRemaining(triple -> property(triple.getPredicate()));
            case ElementData _ -> { }
            // None of the standard's syntax, but a parser more lenient than ours makes them.
            case ElementAssign assign -> expression(assign.getExpr());
            case ElementUnfold unfold -> expression(unfold.getExpr());
            case ElementLateral lateral -> pattern(lateral.getLateralElement());
            case ElementDataset _ -> beyond("DATASET");
            case Element1 one -> pattern(one.getElement());
            default -> throw new IllegalStateException("not looked into: " + element.getClass());
        }
    }

    private void pattern(TriplePath triple) {
        if (triple.getPath() == null) {
            property(triple.getPredicate());
        } else {
            path(triple.getPath());
        }
    }

    private void path(Path path) {
        switch (path) {
            case P_Link link -> property(link.getNode());
            case P_Path0 back -> property(back.getNode());
            case P_Path1 one -> path(one.getSubPath());
            case P_Path2 two -> {
                path(two.getLeft());
                path(two.getRight());
            }
            case P_NegPropSet _ -> { } // Says what is not followed.
            default -> throw new IllegalStateException("not looked into: " + path.getClass());
        }
    }

    private void property(Node property) {
        if (property.isURI() && !Calls.property(property.getURI())) {
            beyond("the function <" + property.getURI() + ">");
        }
    }

    private static String shown(Node endpoint) {
        return endpoint.isURI() ? "<" + endpoint.getURI() + ">" : endpoint.toString();
    }
}
