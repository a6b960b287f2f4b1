package org.policygraph.evidence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.policygraph.store.Names;
import org.policygraph.term.Language;

/// A proof as a Mermaid flowchart: edges are boxes, claims rounded ones, rules the words on the arrows.
public final class ProofMermaid {

    private final Names names;
    private final Language language;
    private final Graph union;
    private final StringBuilder out = new StringBuilder("flowchart BT\n");
    private final Map<Object, String> boxes = new HashMap<>();
    private final Set<String> arrows = new HashSet<>();

    private ProofMermaid(Names names, Language language, Graph union) {
        this.names = names;
        this.language = language;
        this.union = union;
    }

    /// @param union for labels
    public static String of(Proof proof, Names names, Language language, Graph union) {
        var chart = new ProofMermaid(names, language, union);
        for (var edge : proof.reached()) {
            var box = chart.box(edge.triple());
            edge.claims().forEach(claim -> chart.arrow(chart.rounded(claim), Optional.empty(), box));
            edge.derivations().forEach(derivation -> derivation.premises().forEach(premise ->
                    chart.arrow(chart.box(premise), Optional.of(derivation.rule()), box)));
        }
        return chart.out.toString();
    }

    /// @param union for labels
    public static String of(Proofs.Instead instead, Names names, Language language, Graph union) {
        var chart = new ProofMermaid(names, language, union);
        var box = chart.box(instead.triple());
        instead.unheld().forEach(claim -> chart.arrow(chart.rounded(claim), Optional.of(language == Language.EN ? "not held" : "不當作實情"), box));
        return chart.out.toString();
    }

    private String box(Triple triple) {
        return boxes.computeIfAbsent(triple, _ -> {
            var name = "e" + boxes.size();
            out.append("    ").append(name).append("[\"").append(Stream.of(triple.getSubject(), triple.getPredicate(), triple.getObject())
                    .map(node -> escaped(label(node))).collect(Collectors.joining(" — "))).append("\"]\n");
            return name;
        });
    }

    private String rounded(Claim claim) {
        return boxes.computeIfAbsent(claim.node(), _ -> {
            var name = "c" + boxes.size();
            var text = Stream.concat(Stream.of(names.shortened(claim.node()) + claim.passages().stream().map(passage -> " ¶" + passage.paragraph()).collect(Collectors.joining())),
                    Stream.of(claim.status(), claim.confidence()).flatMap(Optional::stream).map(this::label)).map(ProofMermaid::escaped).collect(Collectors.joining("<br>"));
            out.append("    ").append(name).append("(\"").append(text).append("\")\n");
            return name;
        });
    }

    private void arrow(String from, Optional<String> word, String to) {
        var line = "    " + from + " -->" + word.map(rule -> "|\"" + escaped(rule) + "\"|").orElse("") + " " + to + "\n";
        if (arrows.add(line)) {
            out.append(line);
        }
    }

    private String label(Node node) {
        return names.label(node, language, union);
    }

    /// Everything but letters, digits, spaces and a few signs as entity codes: nothing in a label is read as Mermaid's own syntax.
    private static String escaped(String text) {
        return text.codePoints().mapToObj(one -> Character.isLetterOrDigit(one) || one == ' ' || one == '-' || one == '.' || one == ',' || one == ':' || one == '¶' || one == '—'
                ? Character.toString(one) : "#" + one + ";").collect(Collectors.joining());
    }
}
