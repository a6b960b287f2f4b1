package org.policygraph.evidence;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDFS;
import org.policygraph.term.Literals;
import org.policygraph.term.Pol;

/// What the ontology says about properties, statuses and confidences, read from the store itself: so a query needs no files.
final class PathSchema {

    private final Graph ontology;
    private final Set<Node> relations;
    private final Set<Node> holding;
    private final Set<Node> statuses;
    private final Map<Node, BigDecimal> weights = new HashMap<>();

    PathSchema(Graph ontology) {
        this.ontology = ontology;
        this.relations = within(Set.of(Pol.RELATED_TO));
        this.holding = subjects(Pol.HOLDS, Literals.TRUE);
        this.statuses = subjects(Pol.HOLDS, Node.ANY);
        ontology.find(Node.ANY, Pol.WEIGHT, Node.ANY)
                .forEach(weighed -> weights.put(weighed.getSubject(), new BigDecimal(weighed.getObject().getLiteralLexicalForm())));
    }

    /// What claims may state between nodes.
    Set<Node> relations() {
        return relations;
    }

    /// Statuses whose claims hold.
    Set<Node> holding() {
        return holding;
    }

    Set<Node> statuses() {
        return statuses;
    }

    Optional<BigDecimal> weight(Node confidence) {
        return Optional.ofNullable(weights.get(confidence));
    }

    Optional<Integer> sign(Node property) {
        return ontology.find(property, Pol.SIGN, Node.ANY).mapWith(sign -> Integer.valueOf(sign.getObject().getLiteralLexicalForm())).nextOptional();
    }

    /// The properties and all below them.
    Set<Node> within(Collection<Node> properties) {
        var found = new HashSet<>(properties);
        var open = new ArrayDeque<>(properties);
        while (!open.isEmpty()) {
            ontology.find(Node.ANY, RDFS.subPropertyOf.asNode(), open.pop()).mapWith(Triple::getSubject).toList().stream()
                    .filter(found::add).forEach(open::push);
        }
        return found;
    }

    /// Statuses whose claims the filter lets through.
    Set<Node> statuses(PathFilter filter) {
        var walked = new HashSet<>(holding);
        walked.addAll(filter.alsoStatuses());
        walked.removeAll(filter.withoutStatuses());
        return walked;
    }

    private Set<Node> subjects(Node property, Node value) {
        return ontology.find(Node.ANY, property, value).mapWith(Triple::getSubject).toSet();
    }
}
