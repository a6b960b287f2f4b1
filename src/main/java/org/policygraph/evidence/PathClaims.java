package org.policygraph.evidence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.util.iterator.ExtendedIterator;
import org.apache.jena.vocabulary.RDF;
import org.policygraph.term.Literals;
import org.policygraph.term.Pol;

/// Claims as the store has them, read one by one.
final class PathClaims {

    private static final Node SUBJECT = RDF.subject.asNode();
    private static final Node PREDICATE = RDF.predicate.asNode();
    private static final Node OBJECT = RDF.object.asNode();

    private final Graph graph;
    private final PathSchema schema;

    PathClaims(Graph graph, PathSchema schema) {
        this.graph = graph;
        this.schema = schema;
    }

    /// What of a claim decides whether it is walked.
    record Read(Node claim, Triple statement, Node status, Node confidence, BigDecimal weight) {}

    /// Claims that state something of the node, or else those that state something of others about it; to be closed.
    ExtendedIterator<Node> of(Node node, boolean subject) {
        return graph.find(Node.ANY, subject ? SUBJECT : OBJECT, node).mapWith(Triple::getSubject);
    }

    /// Claims of the one about the other. Both ends are asked in turns until one has no more: the other may be in half of all claims.
    void between(Node subject, Node object, Consumer<Node> found) {
        var ofSubject = of(subject, true);
        var ofObject = of(object, false);
        var subjects = new ArrayList<Node>();
        var objects = new ArrayList<Node>();
        try {
            while (ofSubject.hasNext() && ofObject.hasNext()) {
                subjects.add(ofSubject.next());
                objects.add(ofObject.next());
            }
            if (ofSubject.hasNext()) {
                objects.stream().filter(claim -> graph.contains(claim, SUBJECT, subject)).forEach(found);
            } else {
                subjects.stream().filter(claim -> graph.contains(claim, OBJECT, object)).forEach(found);
            }
        } finally {
            ofSubject.close();
            ofObject.close();
        }
    }

    /// Empty when it is denied, or no claim that is whole.
    Optional<Read> read(Node claim) {
        if (graph.contains(claim, Pol.NEGATED, Literals.TRUE)) {
            return Optional.empty();
        }
        return one(claim, PREDICATE).flatMap(predicate -> one(claim, SUBJECT).flatMap(subject -> one(claim, OBJECT).flatMap(object ->
                one(claim, Pol.CLAIM_STATUS).flatMap(status -> one(claim, Pol.CONFIDENCE).flatMap(confidence -> schema.weight(confidence)
                        .map(weight -> new Read(claim, Triple.create(subject, predicate, object), status, confidence, weight)))))));
    }

    WayClaim evidence(Read read) {
        var paragraphs = graph.find(read.claim(), Pol.PASSAGE, Node.ANY).mapWith(Triple::getObject).toList().stream()
                .map(passage -> one(passage, Pol.PARAGRAPH)).flatMap(Optional::stream)
                .map(number -> Integer.valueOf(number.getLiteralLexicalForm())).sorted().toList();
        return new WayClaim(read.claim(), paragraphs, read.status(), one(read.claim(), Pol.ASSERTED_BY), read.confidence(), read.weight());
    }

    private Optional<Node> one(Node subject, Node property) {
        var found = graph.find(subject, property, Node.ANY);
        try {
            return found.hasNext() ? Optional.of(found.next().getObject()) : Optional.empty();
        } finally {
            found.close();
        }
    }
}
