package org.policygraph.question;

import java.util.Iterator;
import java.util.regex.Pattern;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingFactory;

/// Answers as the syntaxes can hold them, whatever terms a query has made. Jena's writers write what they are given: a language
/// that STRLANG was given would end the string, the tag and the answer.
final class WellFormed {

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");
    private static final Pattern NOT_IRI = Pattern.compile("[\\x00-\\x20<>\"{}|^`\\\\]");

    private WellFormed() {}

    /// A term that is none stands unbound, as after an error.
    static Iterator<Binding> rows(Iterator<Binding> rows) {
        return new Iterator<>() {
            @Override public boolean hasNext() {
                return rows.hasNext();
            }

            @Override public Binding next() {
                return row(rows.next());
            }
        };
    }

    private static Binding row(Binding row) {
        for (var names = row.vars(); names.hasNext();) {
            if (!isTerm(row.get(names.next()))) {
                return other(row);
            }
        }
        return row;
    }

    private static Binding other(Binding row) {
        var other = BindingFactory.builder();
        row.forEach((name, term) -> {
            if (isTerm(term)) {
                other.add(name, term);
            }
        });
        return other.build();
    }

    /// Without the triples that hold a term that is none.
    static Graph triples(Graph graph) {
        graph.find().filterDrop(WellFormed::isTriple).toList().forEach(graph::delete);
        return graph;
    }

    private static boolean isTriple(Triple triple) {
        return isTerm(triple.getSubject()) && isTerm(triple.getPredicate()) && isTerm(triple.getObject());
    }

    private static boolean isTerm(Node node) {
        if (node.isTripleTerm()) {
            return isTriple(node.getTriple());
        }
        if (node.isURI()) {
            return !NOT_IRI.matcher(node.getURI()).find();
        }
        return !node.isLiteral() || (node.getLiteralLanguage().isEmpty() ? !NOT_IRI.matcher(node.getLiteralDatatypeURI()).find()
                : LANGUAGE.matcher(node.getLiteralLanguage()).matches());
    }
}
