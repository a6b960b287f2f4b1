package org.policygraph.term;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;

/// The names that the ontology and its taxonomies offer to those who write data.
public final class Vocabulary {

    private final Graph graph;
    private final SortedMap<String, String> prefixes;
    private final SortedMap<String, Node> types;
    private final SortedMap<String, Node> relations;
    private final SortedMap<String, Node> attributes;
    private final SortedMap<String, Node> units;
    private final Map<String, SortedMap<String, Node>> schemes;

    private Vocabulary(Graph graph) {
        this.graph = graph;
        this.prefixes = new TreeMap<>(graph.getPrefixMapping().getNsPrefixMap());
        this.types = named(below(Pol.ENTITY, RDFS.subClassOf.asNode()));
        var derived = subjects(Pol.DERIVED_INVERSE);
        var relating = below(Pol.RELATED_TO, RDFS.subPropertyOf.asNode());
        relating.removeAll(derived);
        this.relations = named(relating);
        this.attributes = named(below(Pol.ATTRIBUTE, RDFS.subPropertyOf.asNode()));
        this.units = new TreeMap<>();
        this.schemes = new HashMap<>();
        graph.find(Node.ANY, RDF.type.asNode(), Pol.UNIT).forEach(unit ->
                units.put(text(unit.getSubject(), SKOS.notation.asNode()), unit.getSubject()));
        graph.find(Node.ANY, SKOS.inScheme.asNode(), Node.ANY).forEach(in ->
                schemes.computeIfAbsent(after(Iris.CONCEPT, in.getObject()), _ -> new TreeMap<>())
                        .put(after(in.getObject().getURI() + "/", in.getSubject()), in.getSubject()));
    }

    /// Reads `policygraph.ttl` and `taxonomy/*.ttl` of the folder.
    /// @throws org.apache.jena.riot.RiotException when one is not Turtle
    public static Vocabulary read(Path ontology) {
        var graph = GraphFactory.createDefaultGraph();
        for (var file : files(ontology)) {
            RDFDataMgr.read(graph, file.toUri().toString());
        }
        return new Vocabulary(graph);
    }

    /// The Turtle files of the ontology, in a fixed order.
    public static List<Path> files(Path ontology) {
        var files = new TreeSet<Path>();
        files.add(ontology.resolve("policygraph.ttl"));
        try (var taxonomies = Files.list(ontology.resolve("taxonomy"))) {
            taxonomies.filter(file -> file.toString().endsWith(".ttl")).forEach(files::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return List.copyOf(files);
    }

    /// The ontology and its taxonomies as triples; not to be changed.
    public Graph graph() {
        return graph;
    }

    /// What a query may use undeclared: prefix without colon, namespace.
    public SortedMap<String, String> prefixes() {
        return prefixes;
    }

    /// Classes of entities by local name.
    public SortedMap<String, Node> types() {
        return types;
    }

    /// Object properties that a claim may use, by local name.
    public SortedMap<String, Node> relations() {
        return relations;
    }

    /// Datatype properties that a claim may use, by local name.
    public SortedMap<String, Node> attributes() {
        return attributes;
    }

    /// Whether a claim may use the property, as relation or as attribute.
    public boolean isStated(Node property) {
        return property.equals(relations.get(property.getLocalName())) || property.equals(attributes.get(property.getLocalName()));
    }

    /// Units by the name that data uses for them.
    public SortedMap<String, Node> units() {
        return units;
    }

    /// Names of the schemes.
    public SortedSet<String> schemes() {
        return new TreeSet<>(schemes.keySet());
    }

    /// Concepts of a scheme by name; empty when there is no such scheme.
    public SortedMap<String, Node> concepts(String scheme) {
        return schemes.getOrDefault(scheme, new TreeMap<>());
    }

    /// Schemes that claims may take objects from, by the prefix that stands for them: `layer` in `layer/chips`.
    public SortedMap<String, SortedMap<String, Node>> conceptsByPrefix() {
        var found = new TreeMap<String, SortedMap<String, Node>>();
        prefixes.forEach((prefix, namespace) -> {
            if (namespace.startsWith(Iris.CONCEPT) && namespace.length() > Iris.CONCEPT.length()) {
                found.put(prefix, concepts(namespace.substring(Iris.CONCEPT.length(), namespace.length() - 1)));
            }
        });
        return found;
    }

    /// Local names of the class and of all classes below it.
    public SortedSet<String> typesWithin(Node type) {
        var within = new TreeSet<>(named(below(type, RDFS.subClassOf.asNode())).keySet());
        within.add(type.getLocalName());
        return within;
    }

    /// The datatype that an attribute's values have; none for a date at its true precision.
    public Optional<Node> range(Node attribute) {
        return graph.find(attribute, RDFS.range.asNode(), Node.ANY).mapWith(Triple::getObject).nextOptional();
    }

    /// Whether a claim of this status is held to be so, and hence also stands as a plain edge.
    public boolean holds(String status) {
        return graph.contains(concepts("claim-status").get(status), Pol.HOLDS, Literals.TRUE);
    }

    /// What a value in this unit is multiplied with to be in its normalised unit.
    public BigDecimal multiplier(Node unit) {
        return new BigDecimal(text(unit, Pol.CONVERSION_MULTIPLIER));
    }

    public Node normalizedUnit(Node unit) {
        return one(unit, Pol.NORMALIZED_UNIT);
    }

    /// Every term of the ontology's own namespace, for comparison with the constants of [Pol].
    public Set<Node> terms() {
        return graph.find(Node.ANY, RDF.type.asNode(), Node.ANY)
                .filterKeep(typed -> typed.getSubject().isURI() && typed.getSubject().getURI().startsWith(Pol.NAMESPACE)
                        && typed.getObject().getNameSpace().equals(OWL2.NS))
                .mapWith(Triple::getSubject).toSet();
    }

    private Set<Node> below(Node top, Node property) {
        var found = new HashSet<Node>();
        var open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            graph.find(Node.ANY, property, open.pop()).mapWith(Triple::getSubject).forEach(sub -> {
                if (found.add(sub)) {
                    open.push(sub);
                }
            });
        }
        return found;
    }

    private Set<Node> subjects(Node flag) {
        return graph.find(Node.ANY, flag, Literals.TRUE).mapWith(Triple::getSubject).toSet();
    }

    private Node one(Node subject, Node property) {
        var found = graph.find(subject, property, Node.ANY).mapWith(Triple::getObject).toList();
        if (found.size() != 1) {
            throw new IllegalStateException(subject + " has " + found.size() + " values of " + property + ", expected one");
        }
        return found.getFirst();
    }

    private String text(Node subject, Node property) {
        return one(subject, property).getLiteralLexicalForm();
    }

    private static SortedMap<String, Node> named(Collection<Node> terms) {
        return new TreeMap<>(terms.stream().filter(term -> term.getURI().startsWith(Pol.NAMESPACE))
                .collect(Collectors.toMap(term -> after(Pol.NAMESPACE, term), term -> term)));
    }

    private static String after(String start, Node node) {
        return node.getURI().substring(start.length());
    }
}
