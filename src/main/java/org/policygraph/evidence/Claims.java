package org.policygraph.evidence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.util.NodeCmp;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.policygraph.term.Language;
import org.policygraph.term.Literals;
import org.policygraph.term.Pol;

/// Reads claims, each once.
final class Claims {

    private static final Node TYPE = RDF.type.asNode();
    private static final Node SUBJECT = RDF.subject.asNode();
    private static final Node PREDICATE = RDF.predicate.asNode();
    private static final Node OBJECT = RDF.object.asNode();
    private static final Comparator<Claim> BY_PLACE = Comparator
            .comparing((Claim claim) -> claim.source().map(Node::toString).orElse(""))
            .thenComparing(claim -> claim.passages().isEmpty() ? Integer.MAX_VALUE : claim.passages().getFirst().paragraph())
            .thenComparing(claim -> claim.node().toString());

    private final Graph union;
    private final Map<Node, Claim> read = new HashMap<>();

    Claims(Graph union) {
        this.union = union;
    }

    /// The node as a claim, where it is one.
    Optional<Claim> at(Node node) {
        if (!node.isURI() || !union.contains(node, TYPE, Pol.CLAIM)) {
            return Optional.empty();
        }
        return Optional.of(read(node));
    }

    /// Claims that state the triple, be it as held, wanted, supposed or denied; by source and paragraph.
    List<Claim> stating(Triple triple) {
        var found = union.find(Node.ANY, SUBJECT, triple.getSubject()).mapWith(Triple::getSubject)
                .filterKeep(claim -> union.contains(claim, PREDICATE, triple.getPredicate()) && union.contains(claim, OBJECT, triple.getObject())).toList();
        return found.stream().map(this::read).sorted(BY_PLACE).toList();
    }

    /// Claims that say of which thing the node is a figure or target.
    List<Claim> ofQuantity(Node node) {
        if (!union.contains(node, TYPE, Pol.FIGURE) && !union.contains(node, TYPE, Pol.TARGET)) {
            return List.of();
        }
        return Stream.of(Pol.HAS_FIGURE, Pol.HAS_TARGET).flatMap(predicate ->
                union.find(Node.ANY, OBJECT, node).mapWith(Triple::getSubject).filterKeep(claim -> union.contains(claim, PREDICATE, predicate)).toList().stream())
                .map(this::read).sorted(BY_PLACE).toList();
    }

    private Claim read(Node node) {
        // What is read may be read again meanwhile: no computeIfAbsent.
        var known = read.get(node);
        if (known == null) {
            known = claim(node);
            read.put(node, known);
        }
        return known;
    }

    private Claim claim(Node node) {
        var status = one(node, Pol.CLAIM_STATUS);
        var confidence = one(node, Pol.CONFIDENCE);
        var gloss = new EnumMap<Language, String>(Language.class);
        for (var label : all(node, RDFS.label.asNode())) {
            Stream.of(Language.values()).filter(language -> label.isLiteral() && language.tag().equalsIgnoreCase(label.getLiteralLanguage()))
                    .forEach(language -> gloss.put(language, label.getLiteralLexicalForm()));
        }
        var passages = new ArrayList<Claim.Passage>();
        for (var passage : all(node, Pol.PASSAGE)) {
            one(passage, Pol.PARAGRAPH).ifPresent(number -> passages.add(new Claim.Passage(passage, Integer.parseInt(number.getLiteralLexicalForm()))));
        }
        passages.sort(Comparator.comparingInt(Claim.Passage::paragraph));
        var says = Triple.create(one(node, SUBJECT).orElse(node), one(node, PREDICATE).orElse(node), one(node, OBJECT).orElse(node));
        return new Claim(node, says, one(node, Pol.IN_SOURCE), passages, one(node, Pol.ASSERTED_BY), one(node, Pol.SPEAKER_KIND), status,
                status.filter(concept -> union.contains(concept, Pol.HOLDS, Literals.TRUE)).isPresent(), union.contains(node, Pol.NEGATED, Literals.TRUE),
                confidence, confidence.flatMap(concept -> one(concept, Pol.WEIGHT)).map(weight -> new BigDecimal(weight.getLiteralLexicalForm())), gloss);
    }

    private Optional<Node> one(Node subject, Node predicate) {
        return all(subject, predicate).stream().findFirst();
    }

    private List<Node> all(Node subject, Node predicate) {
        return union.find(subject, predicate, Node.ANY).mapWith(Triple::getObject).toList().stream().sorted(NodeCmp::compareRDFTerms).toList();
    }
}
