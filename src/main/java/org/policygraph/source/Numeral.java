package org.policygraph.source;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.stream.Stream;

/// A number as a text writes it.
/// @param text     as it stands there, with what belongs to it: "第二", "3.7%", "8.2 billion"
/// @param start    where it starts in the text, in UTF-16 units
/// @param readings what it may mean, likeliest first; at least one
public record Numeral(String text, int start, List<Reading> readings) {

    /// What the parts of a date are, in the order in which they are written.
    public static final List<ChronoField> DATE_FIELDS = List.of(ChronoField.YEAR, ChronoField.MONTH_OF_YEAR, ChronoField.DAY_OF_MONTH);

    public sealed interface Reading {
        /// The exact values in it.
        default Stream<BigDecimal> values() {
            return switch (this) {
                case Exact(var value) -> Stream.of(value);
                case Share(var value) -> Stream.of(value, plain(value.movePointRight(2)));
                case Dated(_, int value) -> Stream.of(BigDecimal.valueOf(value));
                case Range(var from, var to) -> Stream.concat(from.values(), to.values());
                case Vague _ -> Stream.of();
            };
        }
    }

    /// The number itself, written out: 8200000000 for "82億".
    public record Exact(BigDecimal value) implements Reading {
        public Exact {
            value = plain(value);
        }
    }

    /// A part of a whole, which is 1: 0.037 for "3.7%", 0.5 for "half". A third is rounded to sixteen digits.
    public record Share(BigDecimal value) implements Reading {
        public Share {
            value = plain(value);
        }

        static Share of(BigDecimal parts, BigDecimal whole) {
            return new Share(parts.divide(whole, MathContext.DECIMAL64));
        }
    }

    /// A year, a month (1–12) or a day of the month.
    public record Dated(ChronoField field, int value) implements Reading {}

    /// From one to the other, both told: "一至五千億", "2021–2025".
    public record Range(Reading from, Reading to) implements Reading {}

    /// Only its size is told: "數百億", "dozens".
    public record Vague(BigDecimal least, BigDecimal most) implements Reading {
        public Vague {
            least = plain(least);
            most = plain(most);
        }
    }

    public Numeral {
        readings = List.copyOf(readings);
    }

    /// Where the text goes on after it.
    public int end() {
        return start + text.length();
    }

    /// The exact values that it may have or, for a range, that it runs between; none for a vague one.
    public List<BigDecimal> values() {
        return readings.stream().flatMap(Reading::values).distinct().toList();
    }

    /// One form for each value, so that equal values are `equals`.
    public static BigDecimal plain(BigDecimal value) {
        var stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
