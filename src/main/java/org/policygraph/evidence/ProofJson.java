package org.policygraph.evidence;

import java.util.HashSet;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.XSD;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Proofs as JSON. Terms are written as in SPARQL results.
public final class ProofJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ProofJson() {}

    /// The whole answer to `why`.
    public static String of(Proof proof) {
        var it = edge(proof, proof.triple(), new HashSet<>());
        it.put("holds", true);
        var sole = it.putArray("soleSources");
        proof.soleSources().forEach(source -> sole.add(source.getURI()));
        it.put("cut", proof.cut());
        return written(it);
    }

    /// The answer to `why` where there is no such edge.
    public static String of(Proofs.Instead instead) {
        var it = JSON.objectNode();
        it.set("edge", triple(instead.triple()));
        it.put("holds", false);
        var unheld = it.putArray("claimsNotHeld");
        instead.unheld().forEach(claim -> unheld.add(claim(claim)));
        triples(it.putArray("otherObjects"), instead.otherObjects());
        triples(it.putArray("otherPredicates"), instead.otherPredicates());
        return written(it);
    }

    private static String written(ObjectNode it) {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(it) + "\n";
    }

    /// One edge with all beneath it.
    /// @param shown edges that are written already; these are named only
    static ObjectNode edge(Proof proof, Triple triple, Set<Triple> shown) {
        var it = JSON.objectNode();
        it.set("edge", triple(triple));
        if (!shown.add(triple)) {
            return it.put("shownAbove", true);
        }
        proof.edge(triple).ifPresent(edge -> {
            it.put("basis", edge.basis().toString());
            var graphs = it.putArray("graphs");
            edge.graphs().forEach(graph -> graphs.add(graph.getURI()));
            proof.strength(triple).ifPresent(strength -> it.put("strength", strength));
            var claims = it.putArray("claims");
            edge.claims().forEach(claim -> claims.add(claim(claim)));
            var derivations = it.putArray("derivations");
            for (var derivation : edge.derivations()) {
                var one = derivations.addObject().put("rule", derivation.rule());
                var premises = one.putArray("premises");
                derivation.premises().forEach(premise -> premises.add(edge(proof, premise, shown)));
            }
        });
        return it;
    }

    /// The evidence of one row.
    public static ObjectNode of(RowEvidence row) {
        var it = JSON.objectNode();
        var edges = it.putArray("edges");
        var shown = new HashSet<Triple>();
        row.proofs().forEach(proof -> edges.add(edge(proof, proof.triple(), shown)));
        row.weakestLink().ifPresent(weakest -> {
            it.set("weakestLink", triple(weakest.triple()));
            weakest.strength().ifPresent(strength -> it.put("confidence", strength));
        });
        var sources = it.putArray("soleSources");
        row.soleSources().forEach(source -> sources.add(source.getURI()));
        var speakers = it.putArray("soleSpeakers");
        row.soleSpeakers().forEach(speaker -> speakers.add(speaker.getURI()));
        var notes = it.putArray("notes");
        row.notes().forEach(notes::add);
        return it;
    }

    static ObjectNode claim(Claim claim) {
        var it = JSON.objectNode().put("claim", claim.node().getURI());
        it.set("says", triple(claim.says()));
        claim.source().ifPresent(source -> it.put("source", source.getURI()));
        var paragraphs = it.putArray("paragraphs");
        claim.passages().forEach(passage -> paragraphs.add(passage.paragraph()));
        var passages = it.putArray("passages");
        claim.passages().forEach(passage -> passages.add(passage.node().getURI()));
        claim.assertedBy().ifPresent(speaker -> it.put("assertedBy", speaker.getURI()));
        claim.speakerKind().ifPresent(kind -> it.put("speakerKind", kind.getURI()));
        claim.status().ifPresent(status -> it.put("status", status.getURI()));
        it.put("holds", claim.holds());
        it.put("negated", claim.negated());
        claim.confidence().ifPresent(confidence -> it.put("confidence", confidence.getURI()));
        claim.weight().ifPresent(weight -> it.put("weight", weight));
        var gloss = it.putObject("gloss");
        claim.gloss().forEach((language, text) -> gloss.put(language.tag(), text));
        return it;
    }

    static ObjectNode triple(Triple triple) {
        var it = JSON.objectNode();
        it.set("subject", term(triple.getSubject()));
        it.set("predicate", term(triple.getPredicate()));
        it.set("object", term(triple.getObject()));
        return it;
    }

    private static void triples(ArrayNode array, Iterable<Triple> triples) {
        triples.forEach(triple -> array.add(triple(triple)));
    }

    /// A term as SPARQL results have it.
    public static ObjectNode term(Node node) {
        var it = JSON.objectNode();
        if (node.isURI()) {
            return it.put("type", "uri").put("value", node.getURI());
        }
        if (!node.isLiteral()) {
            return it.put("type", "bnode").put("value", node.toString());
        }
        it.put("type", "literal").put("value", node.getLiteralLexicalForm());
        if (!node.getLiteralLanguage().isEmpty()) {
            it.put("xml:lang", node.getLiteralLanguage());
        } else if (!node.getLiteralDatatypeURI().equals(XSD.xstring.getURI())) {
            it.put("datatype", node.getLiteralDatatypeURI());
        }
        return it;
    }
}
