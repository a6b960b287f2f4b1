package org.policygraph.source;

import java.math.BigDecimal;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.policygraph.source.Numeral.Dated;
import org.policygraph.source.Numeral.Exact;
import org.policygraph.source.Numeral.Range;
import org.policygraph.source.Numeral.Reading;

/// Finds every number in a text, in figures and in words. Rather one too many than one too few: a syllable or a word that
/// only sometimes counts is found each time, and names with numbers in them are the caller's to take out first.
///
/// Words are known of Chinese (`zh`, `zh-Hant`, `zh-Hans`) and English (`en`), figures of every language. Not found:
/// Roman numerals, powers of ten as such (10^18 is 10 and 18), names of months.
public final class Numerals {

    private static final Pattern DATE = Pattern.compile(
            "(?<![0-9A-Za-z.,-])([12][0-9]{3})([-/])(0[1-9]|1[0-2])(?:\\2(0[1-9]|[12][0-9]|3[01]))?(?![0-9A-Za-z-]|[.,/][0-9])");

    private final String text;
    private final String read;
    private final NumberWords words;

    private Numerals(String text, String language) {
        this.text = text;
        this.read = narrow(text);
        this.words = switch (language.split("-", 2)[0]) {
            case "zh" -> new ChineseNumbers(read);
            case "en" -> new EnglishNumbers(read);
            default -> new Digits(read);
        };
    }

    /// The numbers of the text from its start to its end; none overlaps another.
    /// @param language a BCP 47 tag; of a language that is not known, figures only are found
    public static List<Numeral> in(String text, String language) {
        return new Numerals(text, language).found();
    }

    /// ３．７％ becomes 3.7%, character by character.
    private static String narrow(String text) {
        var narrow = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            // The full-width comma parts clauses, not thousands.
            if (c > '\uff00' && c < '\uff5f' && c != '，') {
                narrow.setCharAt(i, (char) (c - 0xfee0));
            }
        }
        return narrow.toString();
    }

    private List<Numeral> found() {
        var found = new ArrayList<Numeral>();
        var at = 0;
        while (at < read.length()) {
            var date = DATE.matcher(read).region(at, read.length()).useTransparentBounds(true);
            if (Digits.isFigure(read.charAt(at)) && date.lookingAt()) {
                for (int i = 0; i < Numeral.DATE_FIELDS.size(); i++) {
                    // Group 2 is the sign between them.
                    var group = i == 0 ? 1 : i + 2;
                    if (date.group(group) != null) {
                        found.add(numeral(FoundNumber.of(date.start(group), date.end(group),
                                new Dated(Numeral.DATE_FIELDS.get(i), Integer.parseInt(date.group(group))))));
                    }
                }
                at = date.end();
                continue;
            }
            var amount = words.at(at).map(this::withPercent).map(this::withOtherEnd);
            amount.map(this::numeral).ifPresent(found::add);
            at = amount.map(FoundNumber::end).orElse(at + 1);
        }
        return found;
    }

    private Numeral numeral(FoundNumber amount) {
        return new Numeral(text.substring(amount.start(), amount.end()), amount.start(), amount.readings());
    }

    private FoundNumber withPercent(FoundNumber amount) {
        var percent = words.percent().matcher(read).region(amount.end(), read.length());
        return percent.lookingAt() ? amount.percent(percent.end()) : amount;
    }

    private FoundNumber withOtherEnd(FoundNumber amount) {
        var end = words.otherEnd(amount);
        var other = end.isPresent() && end.getAsInt() < read.length()
                ? words.at(end.getAsInt()).filter(found -> found.start() == end.getAsInt()).map(this::withPercent) : Optional.<FoundNumber>empty();
        return other.flatMap(found -> shortYears(amount, found).or(() -> amount.to(found).map(range -> ofDates(amount, found, range))))
                .orElseGet(() -> words.dated(amount));
    }

    /// 2021–25.
    private Optional<FoundNumber> shortYears(FoundNumber from, FoundNumber to) {
        var century = BigDecimal.valueOf(100);
        if (!from.bare() || !to.bare() || to.end() - to.start() != 2 || !isYear(words.dated(from))) {
            return Optional.empty();
        }
        var first = from.exact().orElseThrow();
        var last = first.subtract(first.remainder(century)).add(to.exact().orElseThrow());
        return Optional.of(FoundNumber.of(from.start(), to.end(), new Range(year(first), year(last)))).filter(_ -> first.compareTo(last) < 0);
    }

    private static boolean isYear(FoundNumber amount) {
        return amount.readings().getFirst() instanceof Dated(ChronoField field, _) && field == ChronoField.YEAR;
    }

    private static Dated year(BigDecimal value) {
        return new Dated(ChronoField.YEAR, value.intValueExact());
    }

    /// 2020至2025年, 3至5月: what the end is, the start is too.
    private FoundNumber ofDates(FoundNumber from, FoundNumber to, FoundNumber range) {
        var end = words.dated(to).readings();
        if (!(end.getFirst() instanceof Dated(var field, _)) || from.exact().filter(value -> value.scale() == 0).isEmpty()) {
            return range;
        }
        Reading start = new Dated(field, from.exact().orElseThrow().intValueExact());
        var dates = Stream.<Reading>of(new Range(start, end.getFirst()));
        var readings = end.stream().anyMatch(Exact.class::isInstance) ? Stream.concat(dates, range.readings().stream()) : dates;
        return FoundNumber.of(range.start(), range.end(), readings.toArray(Reading[]::new));
    }
}
