package org.policygraph.term;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/// Which IRI a thing has. Nothing else in Java makes one.
public final class Iris {

    public static final String BASE = "https://w3id.org/policygraph/";
    public static final String ID = BASE + "id/";
    public static final String CONCEPT = BASE + "concept/";
    public static final String GRAPH = BASE + "graph/";
    /// Of property functions that a query may call.
    public static final String FUNCTION = BASE + "function/";

    public static final Node ONTOLOGY_GRAPH = NodeFactory.createURI(GRAPH + "ontology");
    public static final Node REGISTRY_GRAPH = NodeFactory.createURI(GRAPH + "registry");
    public static final Node INFERRED_GRAPH = NodeFactory.createURI(GRAPH + "inferred");
    public static final Node DATASET_GRAPH = NodeFactory.createURI(GRAPH + "dataset");

    /// What editors have done.
    public static final Node EDITS_GRAPH = NodeFactory.createURI(GRAPH + "edits");

    /// All of it, as a thing that can be described.
    public static final Node DATASET = NodeFactory.createURI(BASE + "dataset");
    public static final Node ONTOLOGY = NodeFactory.createURI(BASE + "ontology");

    public static final Node QUESTIONS_GRAPH = NodeFactory.createURI(GRAPH + "questions");

    private static final Pattern ID_NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*");

    private Iris() {}

    /// A statement as a thing that one can speak about.
    /// @param hash of the statement, the same for the same statement
    public static Node edge(String hash) {
        return NodeFactory.createURI(BASE + "edge/" + hash);
    }

    /// One application of a rule.
    /// @param hash of the rule's name and of all that it was applied to
    public static Node derivation(String hash) {
        return NodeFactory.createURI(BASE + "derivation/" + hash);
    }

    /// What an editor did at one go.
    /// @param number from 1
    public static Node edit(long number) {
        return NodeFactory.createURI(BASE + "edits/" + number);
    }

    public static Node editor(String name) {
        return NodeFactory.createURI(BASE + "editor/" + name);
    }

    /// A graph that an editor has not named.
    /// @param hash of what it was made from
    public static Node graphOf(String hash) {
        return NodeFactory.createURI(GRAPH + "of/" + hash);
    }

    /// What stands in the place of a blank node.
    /// @param hash of the text that the blank node stood in
    /// @param number of the blank node in that text
    public static Node unnamed(String hash, long number) {
        return id("unnamed-" + hash + "-" + number);
    }

    /// The source whose graph this is.
    public static Optional<Node> sourceOf(Node graph) {
        var start = GRAPH + "source/";
        return Optional.of(graph).filter(named -> named.isURI() && named.getURI().startsWith(start)).map(named -> id(named.getURI().substring(start.length())));
    }

    /// Whether the text can be the id of something.
    public static boolean isId(String text) {
        return ID_NAME.matcher(text).matches();
    }

    /// A question of the library, by the name of its file without `.rq`.
    public static Node question(String name) {
        return NodeFactory.createURI(BASE + "question/" + name);
    }

    /// What declares a prefix of queries.
    public static Node prefix(String prefix) {
        return NodeFactory.createURI(BASE + "prefix/" + prefix);
    }

    /// An entity or a source, by its id.
    public static Node id(String id) {
        return NodeFactory.createURI(ID + id);
    }

    /// A claim, figure or target, by its id within its source.
    public static Node inSource(String source, String id) {
        return id(source + "." + id);
    }

    public static Node passage(String source, int paragraph) {
        return inSource(source, "p" + paragraph);
    }

    /// The claim that links a figure or target to what it is about.
    public static Node claimOfQuantity(String source, String id) {
        return inSource(source, id + "-claim");
    }

    /// A concept, by the name of its scheme and its own.
    public static Node concept(String scheme, String name) {
        return NodeFactory.createURI(CONCEPT + scheme + "/" + name);
    }

    public static Node scheme(String scheme) {
        return NodeFactory.createURI(CONCEPT + scheme);
    }

    public static Node sourceGraph(String source) {
        return NodeFactory.createURI(GRAPH + "source/" + source);
    }
}
