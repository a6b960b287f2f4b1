package org.policygraph.attack;

import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;

/// Texts that begin as good ones and are then cut, doubled, spliced and salted.
public final class Mutation {

    /// What trips readers of any kind: ends of text, halves of characters, signs that mean something somewhere.
    public static final List<String> ODD = List.of("\0", "\u0001", "\u001f", "\n", "\r", "\r\n", "\t", " ", "\u00a0", "\u2028", "\ufeff", "\uffff", "\ufffd",
            "\ud800", "\udc00", "\ud83d\ude00", "\u202e", "e\u0301\u0301\u0301", "華為", "\"", "'", "\\", "\\u", "\\uD800", "\\U00110000", "<", ">", "{", "}", "[", "]",
            "(", ")", "#", "%", "%00", "%zz", "%c0%af", "&", "&amp;", ";", ":", "::", "//", "/../", "?", "*", "+", "-", "--", "~", "^", "|", "$", "@", "=", ",", ".", "0", "-0",
            "1e999999999", "-1E-999999999", "99999999999999999999999999", "NaN", "null", "true", "_:", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "${jndi:x}", "a".repeat(3000));

    private static final long SALT = Long.getLong("fuzz.seed", 0);
    private static final int WHOLE = 1000;
    private static final int MOST_EDITS = 6;
    private static final int MANY = 600;
    private static final int LONGEST = 200_000;

    private Mutation() {}

    private enum How { CUT, DOUBLE, INSERT, REPLACE, END, NEST, SPLICE }

    /// @param from in thousandths of the text
    /// @param to   likewise
    private record Edit(How how, int from, int to, String word, int times) {

        String on(String text, String other) {
            var start = place(text, Math.min(from, to));
            var end = place(text, Math.max(from, to));
            var before = text.substring(0, start);
            var after = text.substring(end);
            return switch (how) {
                case CUT -> before + after;
                case DOUBLE -> text.substring(0, end) + text.substring(start);
                case INSERT -> before + word + text.substring(start);
                case REPLACE -> before + word + after;
                case END -> before;
                case NEST -> before + word.repeat(Math.min(times, LONGEST / Math.max(1, word.length()))) + text.substring(start);
                case SPLICE -> before + other.substring(place(other, to));
            };
        }

        private static int place(String text, int thousandths) {
            return (int) ((long) text.length() * thousandths / WHOLE);
        }
    }

    /// @param good  texts that are read without a problem
    /// @param words that mean something to the reader, beside [#ODD]
    public static Arbitrary<String> of(Collection<String> good, String... words) {
        var texts = List.copyOf(good);
        var place = Arbitraries.integers().between(0, WHOLE);
        var edits = Combinators.combine(Arbitraries.of(How.class), place, place, Arbitraries.of(Stream.concat(ODD.stream(), Stream.of(words)).toList()),
                Arbitraries.integers().between(1, MANY)).as(Edit::new).list().ofMaxSize(MOST_EDITS);
        return seeded(Combinators.combine(Arbitraries.of(texts), Arbitraries.of(texts), edits).as((text, other, all) -> {
            var edited = text;
            for (var edit : all) {
                edited = edit.on(edited, other);
            }
            return edited.length() > LONGEST ? edited.substring(0, LONGEST) : edited;
        }));
    }

    /// The same arbitrary, begun at `-Dfuzz.seed=`.
    public static <T> Arbitrary<T> seeded(Arbitrary<T> inputs) {
        return SALT == 0 ? inputs : Arbitraries.fromGenerator(new RandomGenerator<T>() {
            private final RandomGenerator<T> usual = inputs.generator(WHOLE, true);

            @Override public Shrinkable<T> next(Random random) {
                return usual.next(new Random(random.nextLong() ^ SALT));
            }
        });
    }
}
