package org.policygraph.generate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.apache.jena.vocabulary.SchemaDO;
import org.policygraph.generate.Chance.Weighted;
import org.policygraph.generate.Population.Entity;
import org.policygraph.term.Iris;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;

/// The relations of the ontology, and which entities each may join.
///
/// Hubs are what makes a graph slow where rules join two edges at a node: a node with a thousand edges in and a thousand out
/// gives a million inferred ones. A real graph of policy has no such node. What a government implements is known for one
/// purpose or two, however many implement it; a shortage has many causes or holds back many, and not both a thousandfold.
/// So where a rule joins two edges, the node between them is a hub on one side only: as the object of the first
/// relation it is picked by Zipf's law, as the subject of the second all of its class are alike. The second number is then
/// claims by entities, which doesn't grow with the size, and what is inferred stays in proportion to the claims.
/// Wholes and places are nested three deep, for the same reason.
final class Relations {

    /// The chains of `ontology/rules`: edges of the first relation are joined to edges of the second, or of what lies beneath it.
    private static final Map<String, String> CHAINS = Map.of("implements", "alleviates", "causes", "constrains", "leadsTo", "affects");

    /// Of a thousand claims, how many have the relation; in the graph of China's AI policy. Others have 2.
    private static final Map<String, Double> SHARES = Map.ofEntries(
            Map.entry("implements", 81.0), Map.entry("hasStage", 81.0), Map.entry("leadsTo", 65.0), Map.entry("promotes", 64.0), Map.entry("partOf", 61.0),
            Map.entry("supports", 48.0), Map.entry("constrains", 39.0), Map.entry("memberOf", 39.0), Map.entry("aimsAt", 36.0), Map.entry("dependsOn", 36.0),
            Map.entry("appliesTo", 35.0), Map.entry("funds", 33.0), Map.entry("fallsShortIn", 32.0), Map.entry("prioritises", 30.0), Map.entry("causes", 22.0),
            Map.entry("respondsTo", 22.0), Map.entry("locatedIn", 20.0), Map.entry("drives", 20.0), Map.entry("overcomes", 16.0),
            Map.entry("substitutesFor", 16.0), Map.entry("enables", 16.0), Map.entry("adopts", 13.0), Map.entry("benefits", 13.0),
            Map.entry("develops", 13.0), Map.entry("worksWith", 13.0), Map.entry("lagsBehind", 12.0), Map.entry("aheadOf", 12.0), Map.entry("uses", 12.0),
            Map.entry("undertakes", 9.0), Map.entry("alleviates", 9.0), Map.entry("builds", 9.0), Map.entry("circumvents", 7.0),
            Map.entry("produces", 7.0), Map.entry("affects", 7.0), Map.entry("hinders", 6.0));

    /// How often a relation that may lead to a concept does.
    private static final double CONCEPT = 0.1;

    /// @param concepts `prefix/name` of those that it may lead to
    /// @param even     classes of which no subject is likelier than another
    /// @param kin      whether it joins entities of one class
    /// @param nested   whether it is transitive
    private record Relation(Weighted<String> subjects, Optional<Weighted<String>> objects, List<String> concepts, Set<String> even,
                            boolean kin, boolean nested) {}

    /// @param object id of an entity, or `prefix/name` of a concept
    /// @param en     the object's name
    record Statement(String relation, Entity subject, String object, String en, String zhHant) {}

    private final Vocabulary words;
    private final Population population;
    private final Weighted<String> shares;
    private final Map<String, Relation> relations = new HashMap<>();

    Relations(Vocabulary words, Population population) {
        this.words = words;
        this.population = population;
        var weights = new HashMap<String, Double>();
        words.relations().forEach((name, node) -> {
            weights.put(name, SHARES.getOrDefault(name, 2.0));
            relations.put(name, relation(name, node));
        });
        this.shares = Weighted.of(weights);
    }

    private Relation relation(String name, Node node) {
        var subjects = types(joined(node, RDFS.domain.asNode(), SchemaDO.domainIncludes.asNode()));
        var range = joined(node, RDFS.range.asNode(), SchemaDO.rangeIncludes.asNode());
        var objects = types(range);
        var concepts = new ArrayList<String>();
        words.graph().find(node, NodeFactory.createURI(Pol.NAMESPACE + "conceptScheme"), Node.ANY).forEach(scheme ->
                words.prefixes().forEach((prefix, namespace) -> {
                    if (namespace.equals(scheme.getObject().getURI() + "/")) {
                        words.concepts(namespace.substring(Iris.CONCEPT.length(), namespace.length() - 1)).keySet()
                                .forEach(concept -> concepts.add(prefix + "/" + concept));
                    }
                }));
        var transitive = is(node, OWL2.TransitiveProperty.asNode());
        return new Relation(population.weighted(subjects), objects.isEmpty() ? Optional.empty() : Optional.of(population.weighted(objects)),
                concepts.stream().sorted().toList(), middles(name), is(node, OWL2.SymmetricProperty.asNode()) || transitive && subjects.equals(objects),
                transitive);
    }

    /// Classes that stand in the middle of a chain whose second relation is this one, or lies above it.
    private Set<String> middles(String name) {
        var middles = new TreeSet<String>();
        CHAINS.forEach((first, second) -> {
            if (within(second, name)) {
                middles.addAll(types(joined(words.relations().get(first), RDFS.range.asNode(), SchemaDO.rangeIncludes.asNode())));
            }
        });
        return middles;
    }

    private boolean within(String upper, String lower) {
        var open = new ArrayDeque<>(List.of(words.relations().get(lower)));
        var seen = new HashSet<Node>();
        while (!open.isEmpty()) {
            var one = open.pop();
            if (one.equals(words.relations().get(upper))) {
                return true;
            }
            if (seen.add(one)) {
                words.graph().find(one, RDFS.subPropertyOf.asNode(), Node.ANY).mapWith(Triple::getObject).forEach(open::push);
            }
        }
        return false;
    }

    private Set<Node> joined(Node relation, Node soft, Node including) {
        var classes = words.graph().find(relation, soft, Node.ANY).mapWith(Triple::getObject).toSet();
        classes.addAll(words.graph().find(relation, including, Node.ANY).mapWith(Triple::getObject).toSet());
        return classes;
    }

    private Set<String> types(Collection<Node> classes) {
        var types = new TreeSet<String>();
        classes.stream().filter(one -> !one.equals(SKOS.Concept.asNode())).forEach(one -> types.addAll(population.typesWithin(one)));
        return types;
    }

    private boolean is(Node relation, Node kind) {
        return words.graph().contains(relation, RDF.type.asNode(), kind);
    }

    Statement any(Chance chance) {
        var found = attempt(chance);
        while (found.isEmpty()) {
            found = attempt(chance);
        }
        return found.get();
    }

    /// Nothing where the pick would relate a thing to itself, or put the whole into its part.
    private Optional<Statement> attempt(Chance chance) {
        var name = chance.of(shares);
        var relation = relations.get(name);
        var type = chance.of(relation.subjects());
        var subject = relation.nested() || relation.even().contains(type) ? population.any(type, chance) : population.known(type, chance);
        if (relation.objects().isEmpty() || !relation.concepts().isEmpty() && chance.happens(CONCEPT)) {
            var concept = chance.of(relation.concepts());
            var term = words.conceptsByPrefix().get(concept.substring(0, concept.indexOf('/'))).get(concept.substring(concept.indexOf('/') + 1));
            return Optional.of(new Statement(name, subject, concept, label(words, term, "en"), label(words, term, "zh-Hant")));
        }
        var objects = relation.objects().get();
        var other = relation.kin() ? type : chance.of(objects);
        var ranks = relation.nested() && objects.things().contains(type) ? population.shallower(other, population.depth(subject)) : population.count(other);
        if (ranks == 0) {
            return Optional.empty();
        }
        var object = new Entity(other, chance.rank(ranks));
        return object.equals(subject) ? Optional.empty()
                : Optional.of(new Statement(name, subject, object.id(), population.en(object), population.zhHant(object)));
    }

    String label(String relation, String language) {
        return label(words, words.relations().get(relation), language);
    }

    static String label(Vocabulary words, Node term, String language) {
        return words.graph().find(term, RDFS.label.asNode(), Node.ANY).mapWith(Triple::getObject)
                .filterKeep(label -> label.getLiteralLanguage().equalsIgnoreCase(language)).mapWith(Node::getLiteralLexicalForm)
                .nextOptional().orElseThrow(() -> new IllegalStateException(term + " has no label in " + language));
    }
}
