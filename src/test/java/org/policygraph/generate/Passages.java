package org.policygraph.generate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The paragraphs of a made-up text: one in eight is a heading, the others are cited by thirteen claims each, as in a dense article.
/// @param claims how many claims are read from it
record Passages(long claims) {

    private static final int CLAIMS_EACH = 13;
    private static final int BODIES_A_SECTION = 7;

    long bodies() {
        return Math.max(1, Math.ceilDiv(claims, CLAIMS_EACH));
    }

    /// The number of the n-th paragraph that has content; a heading stands before each section.
    private static long number(long body) {
        return body + body / BODIES_A_SECTION + 2;
    }

    long ofClaim(long claim) {
        return number(claim / CLAIMS_EACH);
    }

    long withinPassage(long claim) {
        return claim % CLAIMS_EACH;
    }

    /// Figures are spread evenly over the text.
    long ofFigure(long figure, long figures) {
        return number(figure * bodies() / figures);
    }

    long withinPassage(long figure, long figures) {
        var body = figure * bodies() / figures;
        return figure - Math.ceilDiv(body * figures, bodies());
    }

    long any(Chance chance) {
        return number(chance.below(bodies()));
    }

    /// @param source where the text is told apart from that of another source
    void write(String source, Consumer<ObjectNode> passages) {
        var last = number(bodies() - 1);
        for (long number = 1; number <= last; number++) {
            var heading = number % (BODIES_A_SECTION + 1) == 1;
            var section = (number - 1) / (BODIES_A_SECTION + 1) + 1;
            var passage = JsonNodeFactory.instance.objectNode().put("number", number).put("role", heading ? "heading" : "body");
            passage.putObject("section").put("en", "Section " + section).put("zh-Hant", "第" + section + "節");
            passage.put("sha256", sha256("Paragraph " + number + " of " + source + "."));
            passages.accept(passage);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
