package org.policygraph.question;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.algebra.walker.Walker;
import org.apache.jena.sparql.core.TriplePath;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.expr.E_Equals;
import org.apache.jena.sparql.expr.E_Lang;
import org.apache.jena.sparql.expr.E_OneOf;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprFunction2;
import org.apache.jena.sparql.expr.ExprFunctionN;
import org.apache.jena.sparql.expr.ExprFunctionOp;
import org.apache.jena.sparql.expr.ExprVisitorBase;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.path.P_NegPropSet;
import org.apache.jena.sparql.path.P_Path0;
import org.apache.jena.sparql.path.P_Path1;
import org.apache.jena.sparql.path.P_Path2;
import org.apache.jena.sparql.path.Path;
import org.apache.jena.sparql.path.PathVisitorByType;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.ElementBind;
import org.apache.jena.sparql.syntax.ElementData;
import org.apache.jena.sparql.syntax.ElementFilter;
import org.apache.jena.sparql.syntax.ElementNamedGraph;
import org.apache.jena.sparql.syntax.ElementPathBlock;
import org.apache.jena.sparql.syntax.ElementSubQuery;
import org.apache.jena.sparql.syntax.ElementTriplesBlock;
import org.apache.jena.sparql.syntax.ElementVisitorBase;
import org.apache.jena.sparql.syntax.ElementWalker;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;

/// Every name and value that a query uses, with the part that it plays there, in the order of the text; also those within
/// OPTIONAL, NOT EXISTS and nested SELECTs.
final class UsedTerms {

    enum Part { PROPERTY, CLASS, GRAPH, THING }

    record Use(Part part, Node term) {}

    /// What a variable is told to be: `FILTER(?name = "x")`, `VALUES ?name { "x" }`.
    record Wanted(Var variable, Node value) {}

    private static final Set<Node> OF_PROPERTIES = Set.of(RDFS.subPropertyOf.asNode(), RDFS.domain.asNode(), RDFS.range.asNode());

    private final Set<Use> uses = new LinkedHashSet<>();
    private final List<TriplePath> patterns = new ArrayList<>();
    private final List<Wanted> wanted = new ArrayList<>();
    private final Set<String> languages = new LinkedHashSet<>();

    private UsedTerms() {}

    static UsedTerms of(Query query) {
        var used = new UsedTerms();
        query.getGraphURIs().forEach(iri -> used.use(Part.GRAPH, NodeFactory.createURI(iri)));
        query.getNamedGraphURIs().forEach(iri -> used.use(Part.GRAPH, NodeFactory.createURI(iri)));
        if (query.isDescribeType()) {
            query.getResultURIs().forEach(node -> used.use(Part.THING, node));
        }
        used.look(query);
        return used;
    }

    static UsedTerms of(Element element) {
        var used = new UsedTerms();
        used.look(element);
        return used;
    }

    Set<Use> uses() {
        return uses;
    }

    List<TriplePath> patterns() {
        return patterns;
    }

    List<Wanted> wanted() {
        return wanted;
    }

    /// Tags that `LANG(…)` is compared with.
    Set<String> languages() {
        return languages;
    }

    private void look(Query query) {
        if (query.getQueryPattern() != null) {
            look(query.getQueryPattern());
        }
        query.getHavingExprs().forEach(this::look);
        if (query.hasValues()) {
            look(new ElementData(query.getValuesVariables(), query.getValuesData()));
        }
    }

    private void look(Element element) {
        ElementWalker.walk(element, new Elements());
    }

    private void look(Expr expression) {
        Walker.walk(expression, new Expressions());
    }

    private void use(Part part, Node term) {
        if (term.isURI()) {
            uses.add(new Use(part, term));
        }
    }

    private void pattern(TriplePath path) {
        patterns.add(path);
        var property = path.getPredicate();
        use(property != null && OF_PROPERTIES.contains(property) ? Part.PROPERTY
                : RDFS.subClassOf.asNode().equals(property) ? Part.CLASS : Part.THING, path.getSubject());
        if (property != null) {
            use(Part.PROPERTY, property);
        } else {
            path.getPath().visit(new Paths());
        }
        var object = RDF.type.asNode().equals(property) || RDFS.subClassOf.asNode().equals(property) || endsInType(path.getPath()) ? Part.CLASS
                : RDF.predicate.asNode().equals(property) || RDFS.subPropertyOf.asNode().equals(property) || isBelow(path.getPath()) ? Part.PROPERTY
                : Part.THING;
        use(object, path.getObject());
    }

    private static boolean endsInType(Path path) {
        var used = links(path);
        return !used.isEmpty() && used.stream().allMatch(Set.of(RDF.type.asNode(), RDFS.subClassOf.asNode())::contains);
    }

    private static boolean isBelow(Path path) {
        var used = links(path);
        return !used.isEmpty() && used.stream().allMatch(RDFS.subPropertyOf.asNode()::equals);
    }

    private static Set<Node> links(Path path) {
        if (path == null) {
            return Set.of();
        }
        var used = new UsedTerms();
        path.visit(used.new Paths());
        return used.uses.stream().map(Use::term).collect(Collectors.toSet());
    }

    private final class Elements extends ElementVisitorBase {
        @Override public void visit(ElementPathBlock block) {
            block.getPattern().forEach(UsedTerms.this::pattern);
        }

        @Override public void visit(ElementTriplesBlock block) {
            block.getPattern().forEach((Triple triple) -> pattern(new TriplePath(triple)));
        }

        @Override public void visit(ElementNamedGraph named) {
            use(Part.GRAPH, named.getGraphNameNode());
        }

        @Override public void visit(ElementFilter filter) {
            look(filter.getExpr());
        }

        @Override public void visit(ElementBind bind) {
            look(bind.getExpr());
            constant(bind.getExpr()).ifPresent(value -> wanted.add(new Wanted(bind.getVar(), value)));
        }

        @Override public void visit(ElementData values) {
            values.getRows().forEach(row -> row.forEach((variable, value) -> {
                use(Part.THING, value);
                wanted.add(new Wanted(variable, value));
            }));
        }

        // The walker stays outside.
        @Override public void visit(ElementSubQuery nested) {
            look(nested.getQuery());
        }
    }

    private final class Paths extends PathVisitorByType {
        @Override public void visitNegPS(P_NegPropSet set) {
            set.getNodes().forEach(this::visit0);
        }

        @Override public void visit0(P_Path0 link) {
            use(Part.PROPERTY, link.getNode());
        }

        @Override public void visit1(P_Path1 path) {
            path.getSubPath().visit(this);
        }

        @Override public void visit2(P_Path2 path) {
            path.getLeft().visit(this);
            path.getRight().visit(this);
        }
    }

    private final class Expressions extends ExprVisitorBase {
        @Override public void visit(NodeValue value) {
            use(Part.THING, value.asNode());
        }

        @Override public void visit(ExprFunctionOp exists) {
            look(exists.getElement());
        }

        @Override public void visit(ExprFunction2 function) {
            if (function instanceof E_Equals) {
                equal(function.getArg1(), function.getArg2());
                equal(function.getArg2(), function.getArg1());
            }
        }

        @Override public void visit(ExprFunctionN function) {
            if (function instanceof E_OneOf among) {
                among.getRHS().forEach(one -> equal(among.getLHS(), one));
            }
        }

        private void equal(Expr one, Expr other) {
            if (one.isVariable()) {
                constant(other).ifPresent(value -> wanted.add(new Wanted(one.asVar(), value)));
            } else if (one instanceof E_Lang) {
                constant(other).filter(Node::isLiteral).ifPresent(tag -> languages.add(tag.getLiteralLexicalForm()));
            }
        }
    }

    private static Optional<Node> constant(Expr expression) {
        return expression.isConstant() ? Optional.of(expression.getConstant().asNode()) : Optional.empty();
    }
}
