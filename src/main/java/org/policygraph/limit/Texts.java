package org.policygraph.limit;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.ARQConstants;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.expr.E_Add;
import org.apache.jena.sparql.expr.E_Divide;
import org.apache.jena.sparql.expr.E_MD5;
import org.apache.jena.sparql.expr.E_Multiply;
import org.apache.jena.sparql.expr.E_Regex;
import org.apache.jena.sparql.expr.E_SHA1;
import org.apache.jena.sparql.expr.E_SHA256;
import org.apache.jena.sparql.expr.E_SHA384;
import org.apache.jena.sparql.expr.E_SHA512;
import org.apache.jena.sparql.expr.E_StrAfter;
import org.apache.jena.sparql.expr.E_StrBefore;
import org.apache.jena.sparql.expr.E_StrConcat;
import org.apache.jena.sparql.expr.E_StrContains;
import org.apache.jena.sparql.expr.E_StrDatatype;
import org.apache.jena.sparql.expr.E_StrEncodeForURI;
import org.apache.jena.sparql.expr.E_StrLang;
import org.apache.jena.sparql.expr.E_StrLowerCase;
import org.apache.jena.sparql.expr.E_StrReplace;
import org.apache.jena.sparql.expr.E_StrSubstring;
import org.apache.jena.sparql.expr.E_StrUpperCase;
import org.apache.jena.sparql.expr.E_Subtract;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprFunction;
import org.apache.jena.sparql.expr.ExprFunction1;
import org.apache.jena.sparql.expr.ExprFunction2;
import org.apache.jena.sparql.expr.ExprFunctionN;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.ExprTransformCopy;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.function.FunctionEnv;
import org.apache.jena.sparql.util.Context;

/// Expressions whose texts and numbers grow no further than they may: each row could double one as often as a query has room for.
final class Texts extends ExprTransformCopy {

    /// Digits of a number; twice as many take four times as long to multiply.
    private static final int LONGEST_NUMBER = 10_000;
    /// Above so many comparisons, looking for one text in another goes by a way that does not multiply the two lengths.
    private static final long MANY = 1 << 24;

    private static final Set<Class<?>> ONE = Set.of(E_StrEncodeForURI.class, E_StrLowerCase.class, E_StrUpperCase.class,
            E_MD5.class, E_SHA1.class, E_SHA256.class, E_SHA384.class, E_SHA512.class);
    private static final Set<Class<?>> TWO = Set.of(E_StrContains.class, E_StrBefore.class, E_StrAfter.class, E_StrDatatype.class, E_StrLang.class,
            E_Add.class, E_Subtract.class, E_Multiply.class, E_Divide.class);

    @Override public Expr transform(ExprFunction1 call, Expr argument) {
        return ONE.contains(call.getClass()) ? new Call(call, ExprList.create(List.of(argument))) : super.transform(call, argument);
    }

    @Override public Expr transform(ExprFunction2 call, Expr first, Expr second) {
        return TWO.contains(call.getClass()) ? new Call(call, ExprList.create(List.of(first, second))) : super.transform(call, first, second);
    }

    @Override public Expr transform(ExprFunctionN call, ExprList arguments) {
        return switch (call) {
            case E_Regex _ -> new Patterns.Regex(arguments);
            case E_StrReplace _ -> new Patterns.Replace(arguments);
            case E_StrConcat _ -> new Call(call, arguments);
            case E_StrSubstring _ -> new Call(call, arguments);
            default -> super.transform(call, arguments);
        };
    }

    static void fits(long length) {
        var most = Allowance.current().map(Allowance::limits).orElseGet(Limits::usual).string();
        if (length > most) {
            throw Allowance.beyond("a text that it makes is longer than " + most + " characters", "--query-string");
        }
    }

    private static void fitsNumber(long digits) {
        if (digits > LONGEST_NUMBER) {
            throw Allowance.beyond("a number that it makes has more than " + LONGEST_NUMBER + " digits");
        }
    }

    /// What is called, with a look at what goes in and what comes out.
    private static final class Call extends ExprFunctionN {
        private final ExprFunction called;

        private Call(ExprFunction called, ExprList arguments) {
            super(called.getFunctionSymbol().getSymbol(), arguments);
            this.called = called;
        }

        @Override public NodeValue eval(List<NodeValue> arguments) {
            Allowance.checkInside();
            return switch (called) {
                case E_StrConcat concat -> {
                    fits(arguments.stream().mapToLong(Call::length).sum());
                    yield concat.eval(arguments);
                }
                case E_StrDatatype typed -> {
                    number(arguments.get(0));
                    yield typed.eval(arguments.get(0), arguments.get(1));
                }
                case E_Add sum -> of(sum, arguments);
                case E_Subtract difference -> of(difference, arguments);
                case E_Multiply product -> {
                    fitsNumber(digits(arguments.get(0)) + digits(arguments.get(1)));
                    yield product.eval(arguments.get(0), arguments.get(1));
                }
                case E_Divide quotient -> of(quotient, arguments);
                case ExprFunction1 one -> result(one.eval(arguments.get(0)));
                case ExprFunction2 two -> two.eval(arguments.get(0), searched(arguments));
                case ExprFunctionN many -> many.eval(arguments);
                default -> throw new IllegalStateException("not made to be called: " + called.getClass());
            };
        }

        private static NodeValue of(ExprFunction2 arithmetic, List<NodeValue> arguments) {
            arguments.forEach(argument -> fitsNumber(digits(argument)));
            return arithmetic.eval(arguments.get(0), arguments.get(1));
        }

        private static NodeValue result(NodeValue result) {
            fits(length(result));
            return result;
        }

        /// A needle that would be looked for in vain for minutes is found missing in time that the two lengths add up to.
        private NodeValue searched(List<NodeValue> arguments) {
            var text = string(arguments.get(0));
            var needle = string(arguments.get(1));
            if (text.isPresent() && needle.isPresent() && (long) text.get().length() * needle.get().length() > MANY && !contains(text.get(), needle.get())) {
                // Any other that is not in there gives the same; one that can't is short.
                return NodeValue.makeNode(absent(text.get(), arguments.get(1)));
            }
            return arguments.get(1);
        }

        private static Node absent(String text, NodeValue like) {
            var node = like.asNode();
            var absent = '\uE000';
            while (text.indexOf(absent) >= 0) {
                absent++;
            }
            return NodeFactory.createLiteral(String.valueOf(absent), node.getLiteralLanguage(), node.getLiteralBaseDirection(), node.getLiteralDatatype());
        }

        /// Knuth, Morris and Pratt.
        private static boolean contains(String text, String needle) {
            var back = new int[needle.length()];
            for (int i = 1, same = 0; i < needle.length(); i++) {
                while (same > 0 && needle.charAt(i) != needle.charAt(same)) {
                    same = back[same - 1];
                }
                same += needle.charAt(i) == needle.charAt(same) ? 1 : 0;
                back[i] = same;
            }
            for (int i = 0, same = 0; i < text.length(); i++) {
                while (same > 0 && text.charAt(i) != needle.charAt(same)) {
                    same = back[same - 1];
                }
                same += text.charAt(i) == needle.charAt(same) ? 1 : 0;
                if (same == needle.length()) {
                    return true;
                }
            }
            return false;
        }

        private static Optional<String> string(NodeValue value) {
            return value.asNode().isLiteral() ? Optional.of(value.asNode().getLiteralLexicalForm()) : Optional.empty();
        }

        private static long length(NodeValue value) {
            return string(value).map(String::length).orElse(0);
        }

        private static void number(NodeValue text) {
            string(text).filter(digits -> !digits.isEmpty() && digits.length() > LONGEST_NUMBER && "+-.0123456789".indexOf(digits.charAt(0)) >= 0)
                    .ifPresent(digits -> fitsNumber(digits.length()));
        }

        private static long digits(NodeValue number) {
            if (number.isInteger()) {
                return digits(number.getInteger());
            }
            return number.isDecimal() ? Math.max(digits(number.getDecimal().unscaledValue()), Math.abs((long) number.getDecimal().scale())) : 1;
        }

        private static long digits(BigInteger number) {
            return number.bitLength() * 3L / 10;
        }

        @Override public Expr copy(ExprList arguments) {
            return new Call(called, arguments);
        }
    }

    /// The same for what is called by its IRI.
    static final class Function implements org.apache.jena.sparql.function.Function {
        private final org.apache.jena.sparql.function.Function called;

        Function(org.apache.jena.sparql.function.Function called) {
            this.called = called;
        }

        @Override public void build(String iri, ExprList arguments, Context context) {
            called.build(iri, arguments, context);
        }

        @Override public NodeValue exec(Binding row, ExprList arguments, String iri, FunctionEnv environment) {
            Allowance.checkInside();
            var values = arguments.getList().stream().map(argument -> argument.eval(row, environment)).toList();
            if (iri.startsWith(ARQConstants.xsdPrefix)) {
                values.forEach(Call::number);
            }
            fits(values.stream().mapToLong(Call::length).sum());
            if (iri.endsWith("#pow") && values.size() == 2 && values.get(0).isInteger() && values.get(1).isInteger()) {
                var power = values.get(1).getInteger();
                fitsNumber(power.bitLength() > Integer.SIZE ? Long.MAX_VALUE : Call.digits(values.get(0)) * Math.abs(power.longValue()));
            }
            return Call.result(called.exec(row, ExprList.create(values.stream().map(Expr.class::cast).toList()), iri, environment));
        }
    }
}
