package org.policygraph.source;

import java.math.BigDecimal;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.policygraph.source.Numeral.Dated;
import org.policygraph.source.Numeral.Exact;
import org.policygraph.source.Numeral.Share;

/// Numbers in figures, as all languages write them. Also the words of a language whose own are not known.
record Digits(String text) implements NumberWords {

    private static final Pattern FIGURES = Pattern.compile("(?:[0-9]{1,3}(?:[,\\u00a0\\u2009\\u202f][0-9]{3})+(?![0-9])|[0-9]+)(?:\\.[0-9]+)?");
    private static final Pattern SUFFIX = Pattern.compile("(k|K|mn|mln|m|M|bn|b|B|tn|trn|T)(?![A-Za-z0-9])");
    private static final Map<Character, Integer> ZEROS = Map.of('k', 3, 'K', 3, 'm', 6, 'M', 6, 'b', 9, 'B', 9, 't', 12, 'T', 12);
    private static final Pattern BARE_YEAR = Pattern.compile("1[5-9][0-9]{2}|2[01][0-9]{2}");
    private static final Pattern DASH = Pattern.compile(" ?[-–—~〜] ?");
    private static final Pattern PERCENT = Pattern.compile(" ?%");
    private static final Map<Character, Share> VULGAR = Map.of('½', half(), '¼', share(1, 4), '¾', share(3, 4), '⅓', share(1, 3),
            '⅔', share(2, 3), '⅛', share(1, 8), '⅕', share(1, 5));

    static Share half() {
        return share(1, 2);
    }

    static Share share(int parts, int whole) {
        return Share.of(BigDecimal.valueOf(parts), BigDecimal.valueOf(whole));
    }

    @Override public Optional<FoundNumber> at(int start) {
        if (VULGAR.get(text.charAt(start)) instanceof Share share) {
            return Optional.of(FoundNumber.of(start, start + 1, share));
        }
        return figures(start).map(figures -> {
            var matcher = SUFFIX.matcher(text).region(figures.end(), text.length());
            return afterLetter(start) || !matcher.lookingAt() ? figures : suffixed(figures, matcher.group(), matcher.end());
        });
    }

    /// "5m" may be five metres.
    private static FoundNumber suffixed(FoundNumber figures, String suffix, int end) {
        var value = figures.exact().orElseThrow();
        var zeros = ZEROS.get(suffix.charAt(0));
        return new FoundNumber(figures.start(), end, List.of(new Exact(value.movePointRight(zeros)), new Exact(value)),
                new FoundNumber.Scale(List.of(BigDecimal.ONE.movePointRight(zeros)), true), false);
    }

    /// The figures alone, with their sign.
    Optional<FoundNumber> figures(int start) {
        var negative = isSign(start);
        var matcher = FIGURES.matcher(text).region(negative ? start + 1 : start, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        var shown = matcher.group();
        var value = new BigDecimal(shown.replaceAll("[^0-9.]", ""));
        var half = matcher.end() < text.length() && VULGAR.get(text.charAt(matcher.end())) instanceof Share share
                ? Optional.of(share) : Optional.<Share>empty();
        return Optional.of(half.isPresent()
                ? FoundNumber.of(start, matcher.end() + 1, value.add(half.get().value()))
                : new FoundNumber(start, matcher.end(), List.of(new Exact(negative ? value.negate() : value)), FoundNumber.Scale.NONE,
                        !negative && shown.chars().allMatch(c -> c >= '0' && c <= '9')));
    }

    /// A minus sign, not the hyphen of "GPT-4" nor the dash of "3-5".
    private boolean isSign(int at) {
        var sign = text.charAt(at);
        return (sign == '-' || sign == '−')
                && (at == 0 || Character.isWhitespace(text.charAt(at - 1)) || "(（[:：".indexOf(text.charAt(at - 1)) >= 0);
    }

    private boolean afterLetter(int at) {
        return at > 0 && isLatin(text.charAt(at - 1));
    }

    static boolean isLatin(char c) {
        return c < '\u0250' && Character.isLetter(c);
    }

    static boolean isFigure(char c) {
        return c >= '0' && c <= '9';
    }

    @Override public OptionalInt otherEnd(FoundNumber amount) {
        var dash = DASH.matcher(text).region(amount.end(), text.length());
        return dash.lookingAt() ? OptionalInt.of(dash.end()) : OptionalInt.empty();
    }

    @Override public Pattern percent() {
        return PERCENT;
    }

    /// Four figures alone may be a year, or a number of something.
    @Override public FoundNumber dated(FoundNumber amount) {
        var shown = text.substring(amount.start(), amount.end());
        if (!amount.bare() || !BARE_YEAR.matcher(shown).matches() || afterLetter(amount.start())) {
            return amount;
        }
        var year = amount.exact().orElseThrow();
        return new FoundNumber(amount.start(), amount.end(), List.of(new Dated(ChronoField.YEAR, year.intValueExact()), new Exact(year)),
                FoundNumber.Scale.NONE, false);
    }
}
