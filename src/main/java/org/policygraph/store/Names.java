package org.policygraph.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.shared.PrefixMapping;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.source.Nearest;
import org.policygraph.term.Iris;
import org.policygraph.term.Language;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;

/// From what a person types to the thing meant, and from a thing to what a person reads.
public final class Names {

    private final Vocabulary words;

    public Names(Vocabulary words) {
        this.words = words;
    }

    /// The usual prefixes, for those who write terms in other ways.
    public PrefixMapping prefixes() {
        return PrefixMapping.Factory.create().setNsPrefixes(words.prefixes());
    }

    /// The thing meant by `huawei`, `id:huawei`, `layer:chips`, `<IRI>` or an IRI; by a label or an alias where exactly one
    /// thing has it.
    /// @param data in a transaction
    /// @throws ProblemException `Absent` when the graph says nothing of it, with those that resemble it
    public Node thing(String typed, Where where, DatasetGraph data) {
        var union = data.getUnionGraph();
        var meant = node(typed).orElseGet(() -> Iris.isId(typed) ? Iris.id(typed) : NodeFactory.createLiteralString(typed));
        if (meant.isURI() && (union.contains(meant, Node.ANY, Node.ANY) || union.contains(Node.ANY, Node.ANY, meant))) {
            return meant;
        }
        var called = called(typed, data);
        if (called.size() == 1) {
            return called.getFirst();
        }
        var close = called.isEmpty() ? resembling(typed, data) : called.stream().map(this::shortened).toList();
        throw new ProblemException(new Problem.Absent(where, called.isEmpty() ? "thing" : "single thing", typed, close));
    }

    /// The property meant by `develops`, `pol:develops`, `rdf:type`, `a`, `<IRI>` or an IRI.
    /// @throws ProblemException `Absent` when the ontology has none of this name, with those that resemble it
    public Node property(String typed, Where where) {
        if (typed.equals("a")) {
            return RDF.type.asNode();
        }
        var meant = node(typed).orElseGet(() -> NodeFactory.createURI(Pol.NAMESPACE + typed));
        if (!meant.getURI().startsWith(Pol.NAMESPACE) || words.graph().contains(meant, RDF.type.asNode(), Node.ANY)) {
            return meant;
        }
        var known = new TreeSet<>(words.relations().keySet());
        known.addAll(words.attributes().keySet());
        throw new ProblemException(new Problem.Absent(where, "property", typed, Nearest.to(meant.getURI().substring(Pol.NAMESPACE.length()), known)));
    }

    /// The class meant by `Instrument`, `pol:Instrument`, `skos:Concept`, `<IRI>` or an IRI.
    /// @throws ProblemException `Absent` when the ontology has none of this name, with those that resemble it
    public Node type(String typed, Where where) {
        var meant = node(typed).orElseGet(() -> NodeFactory.createURI(Pol.NAMESPACE + typed));
        if (!meant.getURI().startsWith(Pol.NAMESPACE) || words.graph().contains(meant, RDF.type.asNode(), OWL2.Class.asNode())) {
            return meant;
        }
        var known = new TreeSet<>(words.types().keySet());
        throw new ProblemException(new Problem.Absent(where, "class", typed, Nearest.to(meant.getURI().substring(Pol.NAMESPACE.length()), known)));
    }

    /// An IRI or a name with one of the usual prefixes; empty when it is neither.
    public Optional<Node> node(String typed) {
        if (typed.startsWith("<") && typed.endsWith(">")) {
            return Optional.of(NodeFactory.createURI(typed.substring(1, typed.length() - 1)));
        }
        var colon = typed.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        if (typed.startsWith("//", colon + 1)) {
            return Optional.of(NodeFactory.createURI(typed));
        }
        return Optional.ofNullable(words.prefixes().get(typed.substring(0, colon)))
                .map(namespace -> NodeFactory.createURI(namespace + typed.substring(colon + 1)));
    }

    /// `id:huawei`; an IRI in pointed brackets where no prefix fits; a literal as Turtle has it.
    public String shortened(Node node) {
        if (!node.isURI()) {
            return node.toString();
        }
        var longest = words.prefixes().entrySet().stream()
                .filter(prefix -> node.getURI().startsWith(prefix.getValue()) && isLocal(node.getURI().substring(prefix.getValue().length())))
                .max((one, other) -> Integer.compare(one.getValue().length(), other.getValue().length()));
        return longest.map(prefix -> prefix.getKey() + ":" + node.getURI().substring(prefix.getValue().length())).orElse("<" + node.getURI() + ">");
    }

    /// The label in this language, else in the other, else [#shortened]; of a literal its text.
    public String label(Node node, Language language, Graph union) {
        if (node.isLiteral()) {
            return node.getLiteralLexicalForm();
        }
        return label(node, language.tag(), union).or(() -> label(node, language.other().tag(), union)).orElseGet(() -> shortened(node));
    }

    private static Optional<String> label(Node node, String tag, Graph union) {
        return union.find(node, RDFS.label.asNode(), Node.ANY).mapWith(Triple::getObject)
                .filterKeep(label -> label.isLiteral() && label.getLiteralLanguage().equalsIgnoreCase(tag))
                .mapWith(Node::getLiteralLexicalForm).toList().stream().min(String::compareTo);
    }

    private static boolean isLocal(String name) {
        return !name.isEmpty() && name.chars().allMatch(one -> Character.isLetterOrDigit(one) || one == '-' || one == '_' || one == '.') && !name.endsWith(".");
    }

    private static List<Node> called(String typed, DatasetGraph data) {
        var found = new TreeSet<String>();
        var registry = data.getGraph(Iris.REGISTRY_GRAPH);
        for (var property : List.of(SKOS.prefLabel.asNode(), SKOS.altLabel.asNode())) {
            for (var language : Language.values()) {
                registry.find(Node.ANY, property, NodeFactory.createLiteralLang(typed, language.tag()))
                        .forEach(triple -> found.add(triple.getSubject().getURI()));
            }
        }
        return found.stream().map(NodeFactory::createURI).toList();
    }

    private static List<String> resembling(String typed, DatasetGraph data) {
        var ids = new ArrayList<String>();
        data.getGraph(Iris.REGISTRY_GRAPH).find(Node.ANY, RDF.type.asNode(), Node.ANY)
                .forEach(typing -> ids.add(typing.getSubject().getURI().substring(Iris.ID.length())));
        return Nearest.to(typed.substring(typed.indexOf(':') + 1), ids);
    }
}
