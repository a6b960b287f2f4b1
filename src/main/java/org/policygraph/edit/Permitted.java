package org.policygraph.edit;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.Quad;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.term.Iris;
import org.policygraph.term.Pol;

/// What an editor may write: entities, sources and graphs of their own; not the words in which they are told, and not what
/// follows from them.
class Permitted {

    private static final Where GRAPH = new Where.Argument("graph");
    private static final Where STATEMENT = new Where.Argument("statement");
    private static final Set<Node> DERIVED = Set.of(Iris.INFERRED_GRAPH, Iris.DATASET_GRAPH, Iris.EDITS_GRAPH);
    private static final Set<Node> SHIPPED = Set.of(Iris.ONTOLOGY_GRAPH, Iris.QUESTIONS_GRAPH);

    // RFC 3987, as Turtle and N-Quads write it: whatever else were in an IRI would break the lines of a dump.
    private static final Pattern IRI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\x00-\\x20\\x7f-\\x9f<>\"{}|^`\\\\]*");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");
    private static final int LONGEST_IRI = 8_000;
    private static final int LONGEST_SHOWN = 100;

    private final Graph ontology;

    /// @param ontology the words that are not an editor's to change
    Permitted(Graph ontology) {
        this.ontology = ontology;
    }

    /// @throws ProblemException when the graph is not an editor's to change
    void graph(Node graph) {
        if (graph == null || Quad.isDefaultGraph(graph)) {
            throw forbidden("statements outside of any graph can't be seen here; name a graph: GRAPH <…> { … } or WITH <…> in an update, ?graph=… at /data");
        }
        if (Quad.isUnionGraph(graph)) {
            throw forbidden("this is all graphs at once; name one of them");
        }
        if (DERIVED.contains(graph) || graph.getURI().equals(Iris.GRAPH + "staging")) {
            throw forbidden("<" + graph + "> is kept by the server itself; change what it follows from");
        }
        if (SHIPPED.contains(graph)) {
            throw forbidden("<" + graph + "> comes from files; change these and load them");
        }
        iri(graph, GRAPH);
    }

    /// @throws ProblemException when the store can't hold such a statement, or it is not an editor's to make
    void statement(Quad quad) {
        iri(quad.getSubject(), STATEMENT);
        iri(quad.getPredicate(), STATEMENT);
        if (quad.getObject().isLiteral()) {
            literal(quad.getObject());
        } else {
            iri(quad.getObject(), STATEMENT);
        }
        var subject = quad.getSubject();
        if (subject.getURI().startsWith(Pol.NAMESPACE) || subject.getURI().startsWith(Iris.CONCEPT) || ontology.contains(subject, Node.ANY, Node.ANY)) {
            throw new ProblemException(new Problem.Forbidden(STATEMENT, "<" + subject + "> is a word of the ontology; what is said of it comes from ontology/ and is loaded"));
        }
    }

    /// Whether a blank node is given an IRI.
    boolean namesBlankNodes() {
        return true;
    }

    private static void iri(Node node, Where where) {
        if (!node.isURI()) {
            throw new ProblemException(new Problem.Invalid(where, node.toString(), "an IRI; statements about statements are made by claims here"));
        }
        if (!IRI.matcher(node.getURI()).matches() || node.getURI().length() > LONGEST_IRI || !isWhole(node.getURI())) {
            throw new ProblemException(new Problem.Invalid(where, "<" + shortened(node.getURI()) + ">", "an IRI with its scheme, without spaces and brackets, "
                    + LONGEST_IRI + " characters at most"));
        }
    }

    private static String shortened(String text) {
        return (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text).replaceAll("\\p{Cntrl}", "?");
    }

    private static void literal(Node literal) {
        if (!isWhole(literal.getLiteralLexicalForm())) {
            throw new ProblemException(new Problem.Invalid(STATEMENT, "half a character (an unpaired surrogate)", "text that can be written in UTF-8"));
        }
        if (literal.getLiteralBaseDirection() != null) {
            throw new ProblemException(new Problem.Invalid(STATEMENT, "a text with a direction", "a text in RDF 1.1, with its language alone"));
        }
        if (!literal.getLiteralLanguage().isEmpty()) {
            if (!LANGUAGE.matcher(literal.getLiteralLanguage()).matches()) {
                throw new ProblemException(new Problem.Invalid(STATEMENT, "a text with a broken tag of language", "one such as en or zh-Hant"));
            }
        } else if (!IRI.matcher(literal.getLiteralDatatypeURI()).matches()) {
            throw new ProblemException(new Problem.Invalid(STATEMENT, "a value with a broken datatype", "the IRI of a datatype"));
        } else if (!literal.getLiteral().isWellFormed()) {
            throw new ProblemException(new Problem.Invalid(STATEMENT, "'" + shortened(literal.getLiteralLexicalForm()) + "'", "a value of <" + literal.getLiteralDatatypeURI() + ">"));
        }
    }

    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(one -> one >= Character.MIN_SURROGATE && one <= Character.MAX_SURROGATE);
    }

    private static ProblemException forbidden(String what) {
        return new ProblemException(new Problem.Forbidden(GRAPH, what));
    }
}
