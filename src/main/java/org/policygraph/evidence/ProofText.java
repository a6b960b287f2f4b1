package org.policygraph.evidence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.policygraph.store.Names;
import org.policygraph.term.Language;

/// A proof, or what there is instead of one, as a tree for a person.
public final class ProofText {

    private final Names names;
    private final Language language;
    private final Graph union;
    private final StringBuilder out = new StringBuilder();
    private final Set<Triple> shown = new HashSet<>();

    private ProofText(Names names, Language language, Graph union) {
        this.names = names;
        this.language = language;
        this.union = union;
    }

    /// @param union for labels
    public static String of(Proof proof, Names names, Language language, Graph union) {
        var text = new ProofText(names, language, union);
        text.edge(proof, proof.triple(), "", "");
        text.summary(proof);
        return text.out.toString();
    }

    /// @param union for labels
    public static String of(Proofs.Instead instead, Names names, Language language, Graph union) {
        var text = new ProofText(names, language, union);
        text.instead(instead);
        return text.out.toString();
    }

    private void edge(Proof proof, Triple triple, String first, String rest) {
        line(first, sentence(triple));
        line(rest, "  " + shortened(triple));
        var edge = proof.edge(triple);
        if (!shown.add(triple)) {
            line(rest, "  " + say("shown above", "見上"));
            return;
        }
        if (edge.isEmpty()) {
            line(rest, "  " + say("not looked at", "未查看"));
            return;
        }
        parts(proof, edge.get(), rest);
    }

    private void parts(Proof proof, Edge edge, String indent) {
        switch (edge.basis()) {
            case GIVEN -> line(indent, "  " + say("given by ", "見於") + edge.graphs().stream().map(names::shortened).collect(Collectors.joining(", ")));
            case OF_A_CLAIM -> line(indent, "  " + say("says something of the claim", "所說的是下列主張"));
            case OF_A_QUANTITY -> line(indent, "  " + say("says something of a figure or target, claimed by", "所說的是數值或指標，出自"));
            case CLAIMED, INFERRED -> { }
        }
        var children = new ArrayList<Runnable>();
        var last = new boolean[1];
        edge.claims().forEach(claim -> children.add(() -> claim(claim, indent, last[0])));
        edge.derivations().forEach(derivation -> children.add(() -> {
            line(indent + branch(last[0]), say("follows by the rule ", "依規則推出：") + derivation.rule());
            var below = indent + trunk(last[0]);
            for (int i = 0; i < derivation.premises().size(); i++) {
                var end = i == derivation.premises().size() - 1;
                edge(proof, derivation.premises().get(i), below + branch(end), below + trunk(end));
            }
        }));
        if (edge.cut()) {
            children.add(() -> line(indent + branch(last[0]), say("and in more ways", "還有其他推法")));
        }
        for (int i = 0; i < children.size(); i++) {
            last[0] = i == children.size() - 1;
            children.get(i).run();
        }
    }

    private void claim(Claim claim, String indent, boolean last) {
        line(indent + branch(last), placed(claim));
        gloss(claim).ifPresent(gloss -> line(indent + trunk(last), gloss));
    }

    private String placed(Claim claim) {
        return Stream.of(Optional.of(names.shortened(claim.node())), source(claim), claim.assertedBy().map(this::label),
                claim.speakerKind().map(this::label), status(claim), confidence(claim))
                .flatMap(Optional::stream).collect(Collectors.joining(" · "));
    }

    private Optional<String> source(Claim claim) {
        var paragraphs = claim.passages().stream().map(passage -> Integer.toString(passage.paragraph())).collect(Collectors.joining(", "));
        return claim.source().map(source -> label(source) + (paragraphs.isEmpty() ? "" : " ¶" + paragraphs));
    }

    private Optional<String> status(Claim claim) {
        return claim.status().map(status -> label(status) + (claim.negated() ? say(", denied", "，否定") : ""));
    }

    private Optional<String> confidence(Claim claim) {
        return claim.confidence().map(confidence -> say("confidence ", "可信程度") + label(confidence)
                + claim.weight().map(weight -> " (" + plain(weight) + ")").orElse(""));
    }

    private Optional<String> gloss(Claim claim) {
        return Optional.ofNullable(claim.gloss().get(language)).or(() -> Optional.ofNullable(claim.gloss().get(language.other())));
    }

    private void summary(Proof proof) {
        proof.strength().ifPresent(strength -> {
            line("", "");
            line("", say("Strength: ", "強度：") + plain(strength));
        });
        var sole = proof.soleSources();
        if (!sole.isEmpty()) {
            line("", say("Would fall without: ", "缺之則不成立：") + sole.stream().map(this::label).collect(Collectors.joining(say(", ", "、"))));
        }
        if (proof.cut()) {
            line("", say("More lies beneath than is shown.", "其下還有未列出者。"));
        }
    }

    private void instead(Proofs.Instead instead) {
        line("", sentence(instead.triple()));
        line("", "  " + shortened(instead.triple()));
        line("", say("The graph does not have this edge.", "圖中沒有這條邊。"));
        for (var claim : instead.unheld()) {
            line("", say("Claimed, but not held to be so: ", "有此主張，但不當作實情：") + placed(claim));
            gloss(claim).ifPresent(gloss -> line("  ", gloss));
        }
        near(say("The same subject and predicate with others:", "同一主語、同一謂語的其他邊："), instead.otherObjects());
        near(say("Other edges between the two:", "兩者之間的其他邊："), instead.otherPredicates());
    }

    private void near(String title, List<Triple> edges) {
        if (!edges.isEmpty()) {
            line("", title);
            edges.forEach(edge -> line("  ", shortened(edge)));
        }
    }

    private String sentence(Triple triple) {
        return Stream.of(triple.getSubject(), triple.getPredicate(), triple.getObject()).map(this::label).collect(Collectors.joining(" — "));
    }

    private String shortened(Triple triple) {
        return Stream.of(triple.getSubject(), triple.getPredicate(), triple.getObject()).map(names::shortened).collect(Collectors.joining(" "));
    }

    private String label(Node node) {
        return printable(names.label(node, language, union));
    }

    // What stands in the data can't steer the terminal.
    private static String printable(String text) {
        return text.codePoints().map(one -> Character.isISOControl(one) ? ' ' : one)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private String say(String english, String chinese) {
        return language == Language.EN ? english : chinese;
    }

    private void line(String indent, String text) {
        out.append((indent + printable(text)).stripTrailing()).append('\n');
    }

    private static String branch(boolean last) {
        return last ? "└─ " : "├─ ";
    }

    private static String trunk(boolean last) {
        return last ? "   " : "│  ";
    }
}
