package org.policygraph.source;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.policygraph.source.Numeral.Dated;
import org.policygraph.source.Numeral.Exact;
import org.policygraph.source.Numeral.Range;
import org.policygraph.source.Numeral.Reading;
import org.policygraph.source.Numeral.Share;
import org.policygraph.source.Numeral.Vague;

/// One number in a text before what follows it is looked at: a percent sign, the other end of a range, a year.
/// @param end   where the text goes on
/// @param scale what its last words multiply by
/// @param bare  digits alone, as a year is written
record FoundNumber(int start, int end, List<Reading> readings, Scale scale, boolean bare) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /// @param factors largest first: 10^11 and 10^8 for "五千億"
    /// @param large   whether there is a word in it for ten thousand (Chinese) or a thousand (English) or more
    record Scale(List<BigDecimal> factors, boolean large) {
        static final Scale NONE = new Scale(List.of(), false);

        Scale {
            factors = List.copyOf(factors);
        }
    }

    FoundNumber {
        readings = List.copyOf(readings);
    }

    static FoundNumber of(int start, int end, Reading... readings) {
        return new FoundNumber(start, end, List.of(readings), Scale.NONE, false);
    }

    static FoundNumber of(int start, int end, BigDecimal value) {
        return of(start, end, new Exact(value));
    }

    /// The same number, with the words before or after it that belong to it.
    FoundNumber spanning(int newStart, int newEnd) {
        return new FoundNumber(newStart, newEnd, readings, scale, false);
    }

    /// The same number as so many of a hundred.
    FoundNumber percent(int newEnd) {
        return new FoundNumber(start, newEnd, readings.stream().map(FoundNumber::hundredths).toList(), Scale.NONE, false);
    }

    private static Reading hundredths(Reading reading) {
        return switch (reading) {
            case Exact(var value) -> Share.of(value, HUNDRED);
            case Range(var from, var to) -> new Range(hundredths(from), hundredths(to));
            case Share _, Dated _, Vague _ -> reading;
        };
    }

    /// Its value, where it has one that is not a share.
    Optional<BigDecimal> exact() {
        return readings.getFirst() instanceof Exact(var value) ? Optional.of(value) : Optional.empty();
    }

    /// The range from this to the other, when they can be the ends of one.
    Optional<FoundNumber> to(FoundNumber other) {
        var from = readings.getFirst();
        return switch (other.readings.getFirst()) {
            case Exact to when from instanceof Exact low -> between(low, to, other);
            case Share to when from instanceof Share low -> Optional.of(of(start, other.end, new Range(low, to)))
                    .filter(_ -> low.value().compareTo(to.value()) < 0);
            // "20 to 30%": the sign stands for both.
            case Share to when from instanceof Exact low && low.value().movePointLeft(2).compareTo(to.value()) < 0 ->
                    Optional.of(of(start, other.end, new Range(hundredths(low), to)));
            case Exact _, Share _, Dated _, Range _, Vague _ -> Optional.empty();
        };
    }

    /// "一至五千億" starts at 一千億: an end without a large scale takes that of the other end, if it stays the smaller one.
    /// Of "2 to 3 hundred", the start may be 2 as well.
    private Optional<FoundNumber> between(Exact low, Exact high, FoundNumber other) {
        var lifted = scale.large ? Stream.<Exact>of() : other.scale.factors.stream().map(low.value()::multiply)
                .filter(value -> value.compareTo(high.value()) < 0).limit(1).map(Exact::new);
        var literal = other.scale.large && !scale.large ? Stream.<Exact>of() : Stream.of(low);
        var ranges = Stream.concat(lifted, literal).distinct()
                .filter(start -> start.value().compareTo(high.value()) < 0)
                .<Reading>map(start -> new Range(start, high)).toList();
        return ranges.isEmpty() ? Optional.empty()
                : Optional.of(new FoundNumber(start, other.end, ranges, Scale.NONE, bare && other.bare));
    }
}
