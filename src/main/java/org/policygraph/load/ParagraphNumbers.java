package org.policygraph.load;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.policygraph.problem.Problem;
import org.policygraph.source.Numeral;
import org.policygraph.source.Numeral.Dated;
import org.policygraph.source.Numeral.Exact;
import org.policygraph.source.Numeral.Range;
import org.policygraph.source.Numeral.Reading;
import org.policygraph.source.Numeral.Share;
import org.policygraph.source.Numeral.Vague;
import org.policygraph.source.Numerals;
import org.policygraph.source.SourceEntry.NotFigure;

/// The numbers in one paragraph, and what carries each of them.
///
/// A date, or a value of a claim, carries every mention of it. Each number of a figure carries one mention: where three
/// firms and three months are told, one figure with a 3 is not enough.
final class ParagraphNumbers {

    /// A share with so many digits was rounded.
    private static final int DIGITS_OF_A_ROUNDED_SHARE = 16;

    private final String text;
    private final List<Numeral> inNames;
    private final List<Numeral> waived = new ArrayList<>();
    private final List<Numeral> others;
    private final List<Problem> idleWaivers = new ArrayList<>();
    private final Set<String> mentioned = new HashSet<>();
    private final Set<Dated> dates = new HashSet<>();
    private final Set<BigDecimal> values = new HashSet<>();
    private final List<FigureNumber> figures = new ArrayList<>();

    /// One number of a figure: its value, or one end of its range.
    /// @param share what it is in ones: 0.037 for 3.7 percent
    record FigureNumber(String figure, BigDecimal value, BigDecimal share) {

        private boolean isOf(Reading reading) {
            return switch (reading) {
                case Exact(var exact) -> exact.compareTo(value) == 0;
                case Share(var part) -> part.precision() < DIGITS_OF_A_ROUNDED_SHARE
                        ? part.compareTo(share) == 0
                        : part.setScale(Math.max(share.scale(), 2), RoundingMode.HALF_UP).compareTo(share) == 0;
                case Vague(var least, var most) -> least.compareTo(value) <= 0 && value.compareTo(most) <= 0;
                case Range(var from, var to) -> isOf(from) || isOf(to);
                case Dated _ -> false;
            };
        }

        private boolean isOf(Numeral numeral) {
            return numeral.readings().stream().anyMatch(this::isOf);
        }

        /// Whether the numeral has the same digits and another power of ten.
        private boolean isSlipOf(Numeral numeral) {
            return value.signum() != 0 && numeral.values().stream().anyMatch(one -> digits(one).equals(digits(value)));
        }

        private static BigDecimal digits(BigDecimal value) {
            return new BigDecimal(value.stripTrailingZeros().unscaledValue());
        }
    }

    /// @param language language of the text
    ParagraphNumbers(String text, String language, Names names, List<NotFigure> waivers) {
        this.text = text;
        var bare = names.takenOutOf(text);
        this.inNames = Numerals.in(text, language).stream()
                .filter(numeral -> !bare.regionMatches(numeral.start(), numeral.text(), 0, numeral.text().length())).toList();
        this.others = new ArrayList<>(Numerals.in(bare, language));
        waivers.forEach(this::waive);
    }

    private void waive(NotFigure waiver) {
        var covered = new ArrayList<Numeral>();
        var touched = new ArrayList<Numeral>();
        var at = text.indexOf(waiver.text());
        var stands = at >= 0;
        for (; at >= 0; at = text.indexOf(waiver.text(), at + 1)) {
            var from = at;
            var to = at + waiver.text().length();
            others.stream().filter(numeral -> numeral.start() < to && from < numeral.end())
                    .forEach(numeral -> (from <= numeral.start() && numeral.end() <= to ? covered : touched).add(numeral));
        }
        others.removeAll(covered);
        waived.addAll(covered);
        if (covered.isEmpty()) {
            var why = !stands ? " does not stand in paragraph " + waiver.paragraph() + "; mend it or take it out of notFigures"
                    : !touched.isEmpty() ? " is only a part of the number '" + touched.getFirst().text() + "' of paragraph " + waiver.paragraph()
                            + "; waive all of it, or carry it in a figure"
                    : " waives no number in paragraph " + waiver.paragraph() + " that is not waived or part of a name anyway; take it out of notFigures";
            idleWaivers.add(new Problem.Violated(waiver.where(), "'" + waiver.text() + "'" + why));
        }
    }

    List<Problem> idleWaivers() {
        return idleWaivers;
    }

    /// Numbers that stand in the name of something that the paragraph's claims are about.
    void mentioned(Set<String> numerals) {
        if (!numerals.isEmpty()) {
            others.stream().map(Numeral::text).filter(numerals::contains).forEach(mentioned::add);
        }
    }

    /// A date of a claim or figure.
    /// @param date `2025`, `2025-04` or `2025-04-25`
    void date(String date) {
        var fields = date.split("-");
        for (int i = 0; i < fields.length; i++) {
            dates.add(new Dated(Numeral.DATE_FIELDS.get(i), Integer.parseInt(fields[i])));
        }
    }

    /// A number that is the value of a claim. Only those that the paragraph has are kept.
    void value(BigDecimal value) {
        if (others.stream().anyMatch(numeral -> numeral.values().contains(Numeral.plain(value)))) {
            values.add(Numeral.plain(value));
        }
    }

    void figure(FigureNumber number) {
        figures.add(number);
    }

    /// Whether the paragraph tells this number somewhere, be it waived or in a name.
    boolean tells(FigureNumber number) {
        return Stream.of(others, waived, inNames).flatMap(List::stream).anyMatch(number::isOf);
    }

    int inNames() {
        return inNames.size() + (int) others.stream().filter(numeral -> mentioned.contains(numeral.text())).count();
    }

    int waived() {
        return waived.size();
    }

    int carried() {
        return inNames.size() + others.size() - inNames() - open().size();
    }

    /// The numbers that nothing carries.
    List<Numeral> open() {
        var toMatch = others.stream()
                .filter(numeral -> !mentioned.contains(numeral.text()))
                .filter(numeral -> numeral.readings().stream().noneMatch(reading -> isDated(reading) || isValue(reading)))
                .toList();
        var matched = new Matching(toMatch).matched();
        return toMatch.stream().filter(numeral -> !matched.contains(numeral)).toList();
    }

    private boolean isDated(Reading reading) {
        return switch (reading) {
            case Dated date -> dates.contains(date);
            case Range(var from, var to) -> isDated(from) && isDated(to);
            case Exact _, Share _, Vague _ -> false;
        };
    }

    private boolean isValue(Reading reading) {
        return switch (reading) {
            case Exact(var value) -> values.contains(value);
            case Share _ -> reading.values().anyMatch(values::contains);
            case Range(var from, var to) -> isValue(from) && isValue(to);
            case Dated _, Vague _ -> false;
        };
    }

    /// What may help whoever looks for the reason why nothing carries the number.
    String hint(Numeral numeral) {
        var used = figures.stream().filter(number -> number.isOf(numeral)).map(FigureNumber::figure).distinct().toList();
        if (!used.isEmpty()) {
            return " (" + String.join(" and ", used) + " can't carry it: the paragraph has this number more than once)";
        }
        return figures.stream().filter(number -> number.isSlipOf(numeral)).findFirst()
                .map(number -> " (" + number.figure() + " has " + number.value().toPlainString() + ", "
                        + (numeral.readings().getFirst() instanceof Share ? "and not in a unit of shares)" : "another power of ten)")).orElse("");
    }

    /// The number with a little of what stands around it.
    String shown(Numeral numeral) {
        var from = Math.max(0, numeral.start() - 4);
        var to = Math.min(text.length(), numeral.end() + 4);
        return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
    }

    /// Which numeral is carried by which number of a figure, so that as many are as can be.
    private final class Matching {

        private final List<Numeral> numerals;
        private final List<Want> wants = new ArrayList<>();
        private final int[] wantOf = new int[figures.size()];

        /// What a numeral needs: one number of a figure; of a range, two.
        private record Want(Numeral numeral, BiPredicate<Reading, FigureNumber> end) {
            boolean isMetBy(FigureNumber number) {
                return numeral.readings().stream().anyMatch(reading -> end.test(reading, number));
            }
        }

        Matching(List<Numeral> numerals) {
            this.numerals = numerals;
            Arrays.fill(wantOf, -1);
        }

        Set<Numeral> matched() {
            for (var numeral : numerals) {
                if (numeral.readings().getFirst() instanceof Range) {
                    wants.add(new Want(numeral, (reading, number) -> reading instanceof Range(var from, _) && number.isOf(from)));
                    wants.add(new Want(numeral, (reading, number) -> reading instanceof Range(_, var to) && number.isOf(to)));
                } else {
                    wants.add(new Want(numeral, (reading, number) -> !(reading instanceof Range) && number.isOf(reading)));
                }
            }
            var unmet = new HashSet<Numeral>();
            for (int want = 0; want < wants.size(); want++) {
                if (!meet(want, new BitSet())) {
                    unmet.add(wants.get(want).numeral());
                }
            }
            var matched = new HashSet<>(numerals);
            matched.removeAll(unmet);
            return matched;
        }

        /// Takes a number for the want; who has it already takes another, if there is one.
        private boolean meet(int want, BitSet seen) {
            for (int i = 0; i < wantOf.length; i++) {
                if (!seen.get(i) && wants.get(want).isMetBy(figures.get(i))) {
                    seen.set(i);
                    if (wantOf[i] < 0 || meet(wantOf[i], seen)) {
                        wantOf[i] = want;
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
