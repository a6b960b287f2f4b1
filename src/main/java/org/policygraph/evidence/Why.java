package org.policygraph.evidence;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.riot.RDFWriter;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.system.PrefixMapFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.apache.jena.vocabulary.RDF;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.store.Store;
import org.policygraph.term.Language;

/// `why SUBJECT PREDICATE OBJECT`: the proof of one edge, or what there is instead.
/// @param holds whether the graph has the edge
/// @param text  in the form asked for
public record Why(boolean holds, String text) {

    public enum Form {
        TEXT, JSON, TTL, MERMAID;

        /// As it is typed.
        @Override public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The three terms as a person types them, each with where it was typed.
    public record Asked(String subject, Where subjectAt, String predicate, Where predicateAt, String object, Where objectAt) {}

    /// @throws ProblemException `Absent` for a term that the graph does not know, `Invalid` for a literal that is none
    public static Why of(Asked asked, Form form, Language language, Store store, Reasons reasons) {
        return store.read(data -> {
            var union = data.getUnionGraph();
            var names = reasons.names();
            var subject = names.thing(asked.subject(), asked.subjectAt(), data);
            var predicate = names.property(asked.predicate(), asked.predicateAt());
            var triple = Triple.create(subject, predicate, object(asked, subject, predicate, reasons, data));
            var proofs = reasons.in(data);
            return proofs.of(triple).map(proof -> new Why(true, switch (form) {
                case TEXT -> ProofText.of(proof, names, language, union);
                case JSON -> ProofJson.of(proof);
                case TTL -> turtle(ProofGraph.of(proof), reasons);
                case MERMAID -> ProofMermaid.of(proof, names, language, union);
            })).orElseGet(() -> {
                var instead = proofs.insteadOf(triple);
                return new Why(false, switch (form) {
                    case TEXT -> ProofText.of(instead, names, language, union);
                    case JSON -> ProofJson.of(instead);
                    case TTL -> turtle(ProofGraph.of(instead), reasons);
                    case MERMAID -> ProofMermaid.of(instead, names, language, union);
                });
            });
        });
    }

    /// A literal as Turtle has it, or a thing; of texts without quotation marks, one that the edge has.
    private static Node object(Asked asked, Node subject, Node predicate, Reasons reasons, DatasetGraph data) {
        var typed = asked.object();
        var union = data.getUnionGraph();
        if (typed.startsWith("\"") || typed.matches("[-+]?[0-9.]+|true|false")) {
            var literal = literal(typed, asked.objectAt(), reasons);
            return sameValue(union, subject, predicate, literal).orElse(literal);
        }
        if (predicate.equals(RDF.type.asNode()) && reasons.words().types().containsKey(typed)) {
            return reasons.words().types().get(typed);
        }
        return union.find(subject, predicate, Node.ANY).mapWith(Triple::getObject)
                .filterKeep(object -> object.isLiteral() && object.getLiteralLexicalForm().equals(typed)).toList().stream()
                .min((one, other) -> one.toString().compareTo(other.toString()))
                .orElseGet(() -> reasons.names().thing(typed, asked.objectAt(), data));
    }

    // 3952 is kept as 3952.0.
    private static Optional<Node> sameValue(Graph union, Node subject, Node predicate, Node literal) {
        return union.find(subject, predicate, Node.ANY).mapWith(Triple::getObject).filterKeep(literal::sameValueAs).toList().stream().findFirst();
    }

    private static Node literal(String typed, Where where, Reasons reasons) {
        try {
            return typed.startsWith("\"") ? NodeFactoryExtra.parseNode(typed, PrefixMapFactory.create(reasons.words().prefixes())) : NodeFactoryExtra.parseNode(typed);
        } catch (RiotException broken) {
            throw new ProblemException(new Problem.Invalid(where, typed, "a literal as Turtle has it, such as \"text\"@en"));
        }
    }

    private static String turtle(Graph graph, Reasons reasons) {
        var names = graph.stream().flatMap(triple -> Stream.of(triple.getSubject(), triple.getPredicate(), triple.getObject()))
                .filter(Node::isURI).map(Node::getURI).collect(Collectors.toSet());
        reasons.words().prefixes().forEach((prefix, namespace) -> {
            if (names.stream().anyMatch(name -> name.startsWith(namespace))) {
                graph.getPrefixMapping().setNsPrefix(prefix, namespace);
            }
        });
        return RDFWriter.source(graph).format(RDFFormat.TURTLE_PRETTY).asString();
    }

}
