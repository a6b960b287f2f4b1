package org.policygraph.edit;

/// How deep brackets stand in one another, told before a parser that would follow them down sees the text.
final class Brackets {

    private Brackets() {}

    /// What stands in strings, IRIs and comments does not count. A text that is wrong may be counted wrongly, but never less
    /// deep than a parser gets before it finds out: what closes without having been opened counts for nothing.
    /// @param json whether it is JSON; else of the family of Turtle
    static int depth(String text, boolean json) {
        var depth = 0;
        var deepest = 0;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '"' -> i = string(text, i, '"', !json);
                case '\'' -> i = json ? i : string(text, i, '\'', true);
                case '\\' -> i = json ? i : i + 1;
                case '#' -> i = json ? i : lineEnd(text, i);
                case '<' -> {
                    if (!json) {
                        if (text.startsWith("<<", i)) {
                            deepest = Math.max(deepest, ++depth);
                            i++;
                        } else {
                            i = iri(text, i);
                        }
                    }
                }
                case '[', '{', '(' -> deepest = Math.max(deepest, ++depth);
                case ']', '}', ')' -> depth = Math.max(0, depth - 1);
                case '>' -> {
                    if (!json && text.startsWith(">>", i)) {
                        depth = Math.max(0, depth - 1);
                        i++;
                    }
                }
                default -> { }
            }
        }
        return deepest;
    }

    /// @return where it ends
    private static int string(String text, int start, char quote, boolean turtle) {
        var three = String.valueOf(quote).repeat(3);
        var end = turtle && text.startsWith(three, start) ? three : String.valueOf(quote);
        for (int i = start + end.length(); i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.startsWith(end, i)) {
                return i + end.length() - 1;
            } else if (end.length() == 1 && text.charAt(i) == '\n') {
                // Not closed: a parser stops here.
                return i;
            }
        }
        return text.length();
    }

    private static int iri(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '>') {
                return i;
            }
            if (text.charAt(i) <= ' ') {
                return start;
            }
        }
        return start;
    }

    private static int lineEnd(String text, int start) {
        var end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }
}
