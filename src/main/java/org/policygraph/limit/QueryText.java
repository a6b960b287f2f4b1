package org.policygraph.limit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// Looks at the text of a query or an update before a parser does: how long it is, how deep and how wide what it would become.
/// Parser, algebra and engine follow brackets by calling themselves, and chains too: `a/b/c`, `1+1+1`, `{} UNION {} UNION {}`.
/// What a text would have them do can be told from its brackets and operators, in one pass that calls nothing.
public final class QueryText {

    /// The lexer copies what it has of a token each time that it reads a little more.
    private static final int LONGEST_TEXT = 1 << 18;
    /// It may read names and numbers as something else, and then once more from each sign in them.
    private static final int LONGEST_NAME = 1 << 13;
    /// So many terms follow each other in a triple.
    private static final int TRIPLE = 3;
    /// Rows of VALUES are flat: nothing looks at one of them more than once.
    private static final int VALUES_A_PART = 50;
    /// The optimiser looks into each of them twice, and so into the innermost of thirty a thousand million times.
    private static final int DEEPEST_EXISTS = 8;
    private static final int MANY = 100;
    private static final long SMALLEST_STACK = 1 << 20;
    private static final long LARGEST_STACK = 1L << 30;
    private static final long STACK_A_STEP = 2_048;
    private static final Set<String> STEPS = Set.of("FILTER", "BIND", "MINUS", "OPTIONAL", "UNION", "GRAPH", "SERVICE", "EXISTS");

    private final String text;
    private final Limits limits;
    private final Where where;
    private final Deque<Frame> open = new ArrayDeque<>();
    private Frame frame = new Frame('\0', 0, false, false, 0);
    private int at;
    private int depth;
    private int deepest;
    private int parts;
    private int statements;
    private int values;
    private boolean valuesFollow;
    /// Names and texts since anything else.
    private int row;
    /// From here back to where it was last looked for.
    private int noColon;
    private String before = "";
    private String word = "";

    /// What one bracket has in it.
    private static final class Frame {
        private final char bracket;
        private final int above;
        /// Where operators mean nothing: values, and triples that are no patterns.
        private final boolean data;
        private final boolean values;
        private final int exists;
        private int groups;
        private int path;

        private Frame(char bracket, int above, boolean data, boolean values, int exists) {
            this.bracket = bracket;
            this.above = above;
            this.data = data;
            this.values = values;
            this.exists = exists;
        }
    }

    private QueryText(String text, Limits limits, Where where) {
        this.text = text;
        this.limits = limits;
        this.where = where;
    }

    /// The text, if it is one that can be read.
    /// @param where what a problem is told about
    /// @throws ProblemException `Exceeded`, LENGTH or SHAPE, with line and column
    public static QueryText checked(String text, Limits limits, Where where) {
        return scanned(text, limits, where, limits.length());
    }

    /// As [#checked]; what triples an update brings along is bounded by its length alone.
    /// @param length bytes that an update may have
    public static QueryText checkedUpdate(String text, Limits limits, long length, Where where) {
        return scanned(text, limits, where, length);
    }

    public String text() {
        return text;
    }

    /// Parses it. The strict grammar has the parser call itself for each triple and each operation; where there are many, that is
    /// done where the stack is large enough.
    public void deeply(Runnable parse) {
        if (statements < MANY && deepest < MANY) {
            parse.run();
        } else {
            Deep.run(parse, Math.min(LARGEST_STACK, SMALLEST_STACK + (long) (statements + deepest) * STACK_A_STEP));
        }
    }

    private static QueryText scanned(String text, Limits limits, Where where, long length) {
        if (text.length() > length || text.length() > length / 3 && bytes(text) > length) {
            throw new ProblemException(new Problem.Exceeded(where, Problem.Bound.LENGTH, "--query-length", "it is longer than " + length + " bytes"));
        }
        var scan = new QueryText(text, limits, where);
        scan.scan();
        return scan;
    }

    private static long bytes(String text) {
        return text.chars().mapToLong(c -> c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate((char) c) ? 2 : 3).sum();
    }

    private void scan() {
        while (at < text.length()) {
            var c = text.charAt(at);
            switch (c) {
                case ' ', '\t', '\n', '\r', '\f' -> at++;
                case '#' -> comment();
                case '"', '\'' -> string(c);
                case '<' -> less();
                case '(', '[', '{' -> open(c);
                case ')', ']', '}' -> close();
                case '.', ';', ',' -> separator(c);
                case '?', '$' -> variable();
                case '@' -> language();
                default -> {
                    if (isOfName(c) || c == ':' || c == '\\' || c == '%') {
                        word();
                    } else {
                        operator(c);
                    }
                }
            }
        }
    }

    private void comment() {
        var start = at;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        fits(start, LONGEST_TEXT);
    }

    private void string(char quote) {
        var start = at;
        var three = text.startsWith(String.valueOf(quote).repeat(3), at);
        at += three ? 3 : 1;
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == quote && (!three || text.startsWith(String.valueOf(quote).repeat(3), at))) {
                at += three ? 3 : 1;
                break;
            } else if (!three && (c == '\n' || c == '\r')) {
                break; // The parser says what is wrong.
            }
            at++;
        }
        at = Math.min(at, text.length());
        fits(start, LONGEST_TEXT);
        member();
    }

    /// An IRI, a triple in angle brackets, or "less than".
    private void less() {
        var start = at;
        var end = at + 1;
        while (end < text.length() && isOfIri(text.charAt(end))) {
            end++;
        }
        at = end;
        fits(start, LONGEST_NAME);
        at = start;
        if (end < text.length() && text.charAt(end) == '>') {
            at = end + 1;
            member();
        } else if (text.startsWith("<<", at)) {
            at++;
            open('<');
        } else {
            operator('<');
        }
    }

    private static boolean isOfIri(char c) {
        return c > ' ' && c != '<' && c != '>' && c != '"' && c != '{' && c != '}' && c != '|' && c != '^' && c != '`' && c != '\\';
    }

    private void variable() {
        var start = at++;
        while (at < text.length() && isOfName(text.charAt(at))) {
            at++;
        }
        fits(start, LONGEST_NAME);
        if (at > start + 1) {
            member();
        } else {
            row = 0;
            step(); // The path's "maybe".
        }
    }

    private void language() {
        var start = at++;
        while (at < text.length() && (isOfName(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        fits(start, LONGEST_NAME);
    }

    /// A keyword, a number, or a name with its prefix, which may have signs in it that otherwise are operators.
    private void word() {
        var start = at;
        var colon = false;
        var sign = -1;
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '-' || c == '.') {
                sign = sign < 0 ? at : sign;
                if (start < noColon && !colon) {
                    break;
                }
            } else if (c == ':' || c == '%') {
                colon |= c == ':';
            } else if (!isOfName(c)) {
                break;
            }
            at++;
        }
        at = Math.min(at, text.length());
        fits(start, LONGEST_NAME);
        noColon = colon ? noColon : Math.max(noColon, at);
        if (!colon || Character.isDigit(text.charAt(start))) {
            at = sign > start ? sign : at;
        }
        // A name does not end in a dot.
        while (at > start + 1 && text.charAt(at - 1) == '.') {
            at--;
        }
        before = word;
        word = at - start <= 8 ? text.substring(start, at).toUpperCase(Locale.ROOT) : "";
        if (word.equals("AS")) {
            row = 0;
        } else {
            member();
        }
        valuesFollow |= word.equals("VALUES");
        if (STEPS.contains(word)) {
            chain();
            part();
        }
    }

    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c >= 0x80;
    }

    private void fits(int start, int longest) {
        if (at - start > longest) {
            at = start;
            throw beyond("a name, a number, a comment or a text in it is longer than " + longest + " characters", "--query-length");
        }
    }

    /// One of a list, of what is chosen, sorted by or declared: only brackets and triples have a sign between two.
    private void member() {
        row++;
        if (frame.values) {
            var most = (long) limits.parts() * VALUES_A_PART;
            if (++values > most) {
                throw beyond("its VALUES are more than " + most, "--query-parts");
            }
        } else if (row > (frame.bracket == '(' ? 1 : TRIPLE)) {
            part();
        }
    }

    private void open(char bracket) {
        var data = frame.data || bracket == '{' && (word.equals("DATA") && (before.equals("INSERT") || before.equals("DELETE")) || valuesFollow);
        var ofValues = frame.values || bracket == '{' && valuesFollow;
        var exists = frame.exists + (bracket == '{' && word.equals("EXISTS") ? 1 : 0);
        if (exists > DEEPEST_EXISTS) {
            throw beyond("it has EXISTS within EXISTS more than " + DEEPEST_EXISTS + " deep", "--query-nesting");
        }
        if (bracket == '{') {
            valuesFollow = false;
            if (frame.groups++ > 0) {
                chain(); // Side by side they are joined, one into the next.
            }
        }
        open.push(frame);
        frame = new Frame(bracket, depth, data, ofValues, exists);
        depth++;
        at++;
        word = "";
        row = 0;
        if (bracket != '{') {
            blanks();
        }
        part();
        deep();
    }

    /// With nothing but these in them, brackets are one token.
    private void blanks() {
        var start = at;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        fits(start, LONGEST_TEXT);
    }

    private void close() {
        at++;
        word = "";
        row = 0;
        if (!open.isEmpty()) {
            depth = frame.above;
            frame = open.pop();
        }
    }

    private void separator(char c) {
        at++;
        word = "";
        row = 0;
        depth -= frame.path;
        frame.path = 0;
        if (c != ',') {
            statements++;
        }
        part();
    }

    private void operator(char c) {
        row = 0;
        if (c == '^' && text.startsWith("^^", at)) {
            at += 2; // A literal's type follows.
            return;
        }
        at++;
        // Two signs for one are counted as two: what is refused a little early is not worth the look.
        if (c != '>' && c != '=' || frame.bracket == '(') {
            step();
        }
    }

    private void step() {
        if (frame.data) {
            return;
        }
        frame.path++;
        depth++;
        deep();
        part();
    }

    private void chain() {
        if (!frame.data) {
            depth++;
            deep();
        }
    }

    private void part() {
        if (!frame.data && ++parts > limits.parts()) {
            throw beyond("it has more than " + limits.parts() + " patterns, operators and alternatives", "--query-parts");
        }
    }

    private void deep() {
        deepest = Math.max(deepest, depth);
        if (depth > limits.nesting()) {
            throw beyond("it is nested, or chained, more than " + limits.nesting() + " deep", "--query-nesting");
        }
    }

    private ProblemException beyond(String what, String option) {
        var line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        var column = at - text.lastIndexOf('\n', Math.max(0, at - 1));
        return new ProblemException(new Problem.Exceeded(where.at(line, column), Problem.Bound.SHAPE, option, what));
    }
}
