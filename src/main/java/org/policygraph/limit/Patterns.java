package org.policygraph.limit;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprEvalException;
import org.apache.jena.sparql.expr.ExprFunctionN;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.expr.RegexEngine;
import org.apache.jena.sparql.expr.nodevalue.NodeValueOps;
import org.apache.jena.sparql.sse.Tags;

/// Regular expressions that end when the request does: `java.util.regex` looks at its text one character at a time, and may do so
/// for longer than the universe is old.
final class Patterns {

    /// Compiled ones take some hundred times the room of their text.
    private static final int LONGEST = 10_000;
    private static final int CHARACTERS_A_LOOK = 1_024;

    private Patterns() {}

    private static Pattern compiled(String function, String pattern, Optional<String> flags) {
        if (pattern.length() > LONGEST) {
            throw Allowance.beyond("a regular expression of it is longer than " + LONGEST + " characters");
        }
        try {
            return RegexEngine.makePattern(function, pattern, flags.orElse(null));
        } catch (StackOverflowError deep) {
            throw Allowance.beyond("a regular expression of it is nested too deep");
        }
    }

    private static String text(String function, NodeValue value) {
        return NodeValueOps.checkAndGetStringLiteral(function, value).getLiteralLexicalForm();
    }

    /// What a pattern is made of rarely changes from row to row.
    private abstract static class Call extends ExprFunctionN {
        private String last = "";
        private Optional<String> lastFlags = Optional.empty();
        private Optional<Pattern> compiled = Optional.empty();

        Call(String name, ExprList arguments) {
            super(name, arguments);
        }

        final Pattern pattern(String text, Optional<String> flags) {
            if (compiled.isEmpty() || !last.equals(text) || !lastFlags.equals(flags)) {
                compiled = Optional.of(compiled(getFunctionSymbol().getSymbol(), text, flags));
                last = text;
                lastFlags = flags;
            }
            return compiled.get();
        }

        @Override public final NodeValue eval(List<NodeValue> arguments) {
            Allowance.checkInside();
            try {
                return match(arguments);
            } catch (StackOverflowError deep) {
                throw Allowance.beyond("a regular expression of it goes too deep into a text");
            }
        }

        abstract NodeValue match(List<NodeValue> arguments);
    }

    static final class Regex extends Call {
        Regex(ExprList arguments) {
            super(Tags.tagRegex, arguments);
        }

        @Override NodeValue match(List<NodeValue> arguments) {
            var text = text("REGEX", arguments.get(0));
            if (!arguments.get(1).isString() || arguments.size() == 3 && !arguments.get(2).isString()) {
                throw new ExprEvalException("REGEX: pattern and flags are strings");
            }
            var flags = arguments.size() == 3 ? Optional.of(arguments.get(2).getString()) : Optional.<String>empty();
            return NodeValue.booleanReturn(pattern(arguments.get(1).getString(), flags).matcher(new Watched(text)).find());
        }

        @Override public Expr copy(ExprList arguments) {
            return new Regex(arguments);
        }
    }

    static final class Replace extends Call {
        Replace(ExprList arguments) {
            super(Tags.tagReplace, arguments);
        }

        @Override NodeValue match(List<NodeValue> arguments) {
            var flags = arguments.size() == 4 ? Optional.of(text("REPLACE", arguments.get(3))) : Optional.<String>empty();
            var pattern = pattern(text("REPLACE", arguments.get(1)), flags);
            var text = text("REPLACE", arguments.get(0));
            var by = text("REPLACE", arguments.get(2));
            var replaced = replaced(pattern.matcher(new Watched(text)), by);
            return replaced.equals(text) ? arguments.get(0) : like(replaced, arguments.get(0).asNode());
        }

        /// As Jena has it: a match of nothing counts only when it is the first.
        private static String replaced(Matcher matcher, String by) {
            var all = new StringBuilder();
            var first = true;
            try {
                while (matcher.find()) {
                    if (first || matcher.start() != matcher.end()) {
                        matcher.appendReplacement(all, by);
                        Texts.fits(all.length());
                    }
                    first = false;
                }
            } catch (IndexOutOfBoundsException | IllegalArgumentException wrong) {
                throw new ExprEvalException("REPLACE: " + wrong.getMessage(), wrong);
            }
            matcher.appendTail(all);
            return all.toString();
        }

        private static NodeValue like(String text, Node node) {
            return NodeValue.makeNode(NodeFactory.createLiteral(text, node.getLiteralLanguage(), node.getLiteralBaseDirection(), node.getLiteralDatatype()));
        }

        @Override public Expr copy(ExprList arguments) {
            return new Replace(arguments);
        }
    }

    /// A text that asks whether it may go on being read.
    private static final class Watched implements CharSequence {
        private final String text;
        private int looks;

        private Watched(String text) {
            this.text = text;
        }

        @Override public char charAt(int index) {
            if (++looks == CHARACTERS_A_LOOK) {
                looks = 0;
                Allowance.checkInside();
            }
            return text.charAt(index);
        }

        @Override public int length() {
            return text.length();
        }

        @Override public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override public String toString() {
            return text;
        }
    }
}
