package org.policygraph.question;

import java.util.Optional;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// Text in XML 1.0, which has no way at all to write some characters: they are replaced by U+FFFD where rows are written, one of
/// which must not end the others, and told where a graph is.
final class Xml {

    private Xml() {}

    static String escaped(String text) {
        StringBuilder escaped = null;
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            var escape = switch (character) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '"' -> "&quot;";
                // A reader would take these for other white space.
                case '\r' -> "&#13;";
                case '\n' -> "&#10;";
                case '\t' -> "&#9;";
                default -> "";
            };
            if (escape.isEmpty() && isPlain(character)) {
                if (escaped != null) {
                    escaped.append(character);
                }
                continue;
            }
            if (escaped == null) {
                escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (!escape.isEmpty()) {
                escaped.append(escape);
            } else if (i + 1 < text.length() && Character.isSurrogatePair(character, text.charAt(i + 1))) {
                escaped.append(character).append(text.charAt(++i));
            } else {
                escaped.append('\uFFFD');
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    /// `Unsayable`: the first character of a text that XML can't write.
    static Optional<ProblemException> unsayable(String text) {
        return text.chars().filter(character -> !isPlain((char) character) && !Character.isSurrogate((char) character)).mapToObj(character -> unsayable((char) character)).findFirst();
    }

    private static boolean isPlain(char character) {
        return character >= 0x20 && character < 0xD800 || character >= 0xE000 && character < 0xFFFE || character == '\t' || character == '\n' || character == '\r';
    }

    private static ProblemException unsayable(char character) {
        return new ProblemException(new Problem.Unsayable(new Where.Resource("the character U+%04X".formatted((int) character)), "XML"));
    }
}
