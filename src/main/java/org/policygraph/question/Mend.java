package org.policygraph.question;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.policygraph.source.Nearest;

/// What would most likely make a query of a text that is none, by the place where the parser gave up.
/// @param text     of the query
/// @param at       index of what was not expected; the text's length for its end
/// @param expected signs and words that could stand there
record Mend(String text, int at, Set<String> expected) {

    private static final Set<String> WORDS = Set.of("SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "WHERE", "PREFIX", "BASE", "FROM", "NAMED", "DISTINCT", "REDUCED", "OPTIONAL", "UNION",
            "FILTER", "BIND", "VALUES", "GRAPH", "MINUS", "SERVICE", "EXISTS", "NOT", "GROUP", "ORDER", "BY", "HAVING", "LIMIT", "OFFSET", "ASC", "DESC", "COUNT", "SUM",
            "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT", "SEPARATOR", "UNDEF", "REGEX", "CONTAINS", "STRSTARTS", "STRENDS", "LANG", "DATATYPE", "BOUND", "COALESCE", "CONCAT");
    private static final Set<String> AGGREGATES = Set.of("COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT");
    private static final Map<String, String> OF_OTHER_LANGUAGES = Map.of("AND", "&&", "OR", "||", "LIKE", "CONTAINS(…, …) or REGEX(…, …)", "NULL", "UNDEF, or !BOUND(…)");
    private static final String SMART_QUOTES = "“”„‟‘’‚«»＂＇";
    private static final Pattern WORD = Pattern.compile("[\\p{L}_]+");
    private static final Pattern TERM = Pattern.compile("[?$<\"'\\p{L}_\\d:-].*", Pattern.DOTALL);
    private static final Pattern LAST_WORD = Pattern.compile("([\\p{L}_]+)\\s*$");
    private static final Pattern SELECTED = Pattern.compile("(?is).*\\bselect\\b[^{]*");
    private static final Pattern SOLVED = Pattern.compile("(?is).*\\b(limit|offset)\\s+\\d+\\s*(limit\\s+\\d+\\s*|offset\\s+\\d+\\s*)?");

    /// A sentence, or nothing when nothing is likely.
    Optional<String> sentence() {
        return quotes().or(this::unclosed).or(this::comparison).or(this::word).or(this::sign).or(this::dot);
    }

    private String before() {
        return text.substring(0, at);
    }

    private String rest() {
        return text.substring(at);
    }

    private Optional<String> quotes() {
        // The place of a character that the lexer does not know is told one too far.
        return text.substring(Math.max(0, at - 1), Math.min(text.length(), at + 1)).chars().filter(character -> SMART_QUOTES.indexOf(character) >= 0).findFirst().stream()
                .mapToObj(character -> "write straight quotation marks, \" or ', instead of " + (char) character).findFirst();
    }

    private record Open(char bracket, int line) {}

    /// What is open at the end.
    private Optional<String> unclosed() {
        if (at < text.length()) {
            return Optional.empty();
        }
        var open = new ArrayDeque<Open>();
        var line = 1;
        for (var i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\n' -> line++;
                case '#' -> i = end(i, "\n") - 1;
                case '"', '\'' -> i = closing(i);
                case '<' -> i = iri(i);
                case '{', '(', '[' -> open.push(new Open(text.charAt(i), line));
                case '}', ')', ']' -> open.poll();
                default -> { }
            }
        }
        return Optional.ofNullable(open.peek()).map(last -> "close the '" + last.bracket() + "' of line " + last.line() + " by '" + closing(last.bracket()) + "'"
                + (open.size() > 1 ? "; " + open.size() + " brackets are open" : ""));
    }

    private static char closing(char bracket) {
        return bracket == '{' ? '}' : bracket == '(' ? ')' : ']';
    }

    private int end(int from, String sign) {
        var found = text.indexOf(sign, from);
        return found < 0 ? text.length() : found;
    }

    /// The index of the quotation mark that closes the one at this index.
    private int closing(int from) {
        var quote = text.substring(from, from + 1);
        var mark = text.startsWith(quote.repeat(3), from) ? quote.repeat(3) : quote;
        for (var i = from + mark.length(); i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.startsWith(mark, i)) {
                return i + mark.length() - 1;
            }
        }
        return text.length();
    }

    /// The index of the bracket that closes an IRI; where none begins, this one.
    private int iri(int from) {
        var matcher = Pattern.compile("<[^<>\"{}|^`\\\\\\s]*>").matcher(text).region(from, text.length());
        return matcher.lookingAt() ? matcher.end() - 1 : from;
    }

    private Optional<String> comparison() {
        var around = text.substring(Math.max(0, at - 1), Math.min(text.length(), at + 2));
        return around.contains("=>") ? Optional.of("write >= instead of =>") : around.contains("=<") ? Optional.of("write <= instead of =<")
                : around.contains("==") ? Optional.of("write = instead of ==") : around.contains("<>") ? Optional.of("write != instead of <>") : Optional.empty();
    }

    private Optional<String> word() {
        var here = WORD.matcher(text).region(at, text.length());
        // The lexer gives up behind a word that it does not know.
        var found = here.lookingAt() ? Optional.of(here.group()) : LAST_WORD.matcher(before()).results().map(result -> result.group(1)).findFirst().filter(_ -> expected.isEmpty());
        return found.flatMap(word -> {
            var upper = word.toUpperCase(Locale.ROOT);
            if (OF_OTHER_LANGUAGES.containsKey(upper)) {
                return Optional.of("SPARQL has " + OF_OTHER_LANGUAGES.get(upper) + " instead of " + upper);
            }
            if (AGGREGATES.contains(upper) && SELECTED.matcher(before()).matches()) {
                return Optional.of("put it in brackets, with a name: (" + upper + "(…) AS ?name)");
            }
            if ((upper.equals("ORDER") || upper.equals("GROUP") || upper.equals("HAVING")) && SOLVED.matcher(before()).matches()) {
                return Optional.of(upper + " stands before LIMIT and OFFSET");
            }
            return WORDS.contains(upper) ? Optional.empty() : Nearest.to(upper, WORDS).stream().findFirst().map(near -> "did you mean " + near + "?");
        });
    }

    private Optional<String> sign() {
        if (rest().startsWith(",") && SELECTED.matcher(before()).matches()) {
            return Optional.of("leave out the comma: only a space stands between variables");
        }
        if (rest().startsWith(";") && rest().substring(1).isBlank()) {
            return Optional.of("leave out the ';' at the end");
        }
        if (rest().startsWith("}") && expected.stream().noneMatch("'}'"::equals)) {
            return Optional.of("something is missing before the '}': a triple has a subject, a property and an object");
        }
        return expected.contains("'('") && LAST_WORD.matcher(before()).results().anyMatch(result -> List.of("FILTER", "HAVING", "BIND").contains(result.group(1).toUpperCase(Locale.ROOT)))
                ? Optional.of("put the condition in brackets: ( … )") : Optional.empty();
    }

    private Optional<String> dot() {
        return expected.contains("'.'") && TERM.matcher(rest()).matches() ? Optional.of("a '.' or ';' may be missing before it") : Optional.empty();
    }
}
