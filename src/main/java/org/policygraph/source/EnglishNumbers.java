package org.policygraph.source;

import java.math.BigDecimal;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.policygraph.source.Numeral.Dated;
import org.policygraph.source.Numeral.Exact;
import org.policygraph.source.Numeral.Share;
import org.policygraph.source.Numeral.Vague;

/// English numbers.
final class EnglishNumbers implements NumberWords {

    private static final Map<String, Integer> ONES = numbered(0, "zero", "one", "two", "three", "four", "five", "six", "seven", "eight",
            "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen");
    private static final Map<String, Integer> TENS = numbered(2, "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final Map<String, Integer> ORDINALS = numbered(1, "first", "second", "third", "fourth", "fifth", "sixth", "seventh",
            "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
            "eighteenth", "nineteenth");
    private static final Map<String, Integer> ROUND_ORDINALS = numbered(2, "twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth",
            "seventieth", "eightieth", "ninetieth");
    private static final Map<String, BigDecimal> SCALES = Map.of("hundred", power(2), "thousand", power(3), "million", power(6),
            "billion", power(9), "trillion", power(12), "dozen", BigDecimal.valueOf(12));
    private static final Map<String, BigDecimal> SCALE_ORDINALS = Map.of("hundredth", power(2), "thousandth", power(3),
            "millionth", power(6), "billionth", power(9));
    private static final Map<String, Integer> TIMES = Map.ofEntries(Map.entry("twice", 2), Map.entry("thrice", 3),
            Map.entry("double", 2), Map.entry("doubles", 2), Map.entry("doubled", 2), Map.entry("doubling", 2),
            Map.entry("triple", 3), Map.entry("triples", 3), Map.entry("tripled", 3), Map.entry("tripling", 3),
            Map.entry("treble", 3), Map.entry("trebled", 3), Map.entry("quadruple", 4), Map.entry("quadrupled", 4));
    private static final BigDecimal THOUSAND = power(3);
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
    private static final Pattern AND_A_HALF = Pattern.compile(" and a half\\b| and one half\\b|-and-a-half\\b");
    private static final Pattern OF_A_KIND = Pattern.compile("s\\b");
    private static final Pattern ORDINAL_ENDING = Pattern.compile("(?:st|nd|rd|th)\\b");
    private static final Pattern FOLD = Pattern.compile("-?fold\\b");
    private static final Pattern TO = Pattern.compile(" ?[-–—~] ?| (?:to|through) ");
    private static final Pattern AND = Pattern.compile(" and ");
    private static final Pattern BETWEEN = Pattern.compile("\\b[Bb]etween [$€£¥]?$");
    private static final Pattern OF_TIME = Pattern.compile(" (?:hours|days|weeks|months|years|decades|centuries)\\b");
    private static final Pattern A_THING = Pattern.compile(" [A-Za-z]+s\\b");
    private static final Pattern PERCENT = Pattern.compile(" ?%|[ -]per ?cent(?:age points?)?\\b");
    private static final String MONTHS = "(?:January|February|March|April|May|June|July|August|September|October|November|December"
            + "|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.?)";
    private static final Pattern MONTH_BEFORE = Pattern.compile("\\b" + MONTHS + " $");
    private static final Pattern MONTH_AFTER = Pattern.compile(" (?:of )?" + MONTHS + "(?![A-Za-z])");
    /// No one was there; they know one another: a pronoun, not a number.
    private static final Pattern PRONOUN = Pattern.compile("(?i)\\b(?:no one|one another)\\b");

    private final String text;
    private final Digits figures;

    EnglishNumbers(String text) {
        this.text = text;
        this.figures = new Digits(text);
    }

    private static Map<String, Integer> numbered(int first, String... words) {
        return IntStream.range(0, words.length).boxed().collect(Collectors.toMap(i -> words[i], i -> first + i));
    }

    private static BigDecimal power(int zeros) {
        return BigDecimal.ONE.movePointRight(zeros);
    }

    private record Word(String lower, int start, int end) {}

    private Optional<Word> word(int at) {
        if (at > 0 && at <= text.length() && Character.isLetter(text.charAt(at - 1))) {
            return Optional.empty();
        }
        var matcher = WORD.matcher(text).region(Math.min(at, text.length()), text.length());
        return matcher.lookingAt()
                ? Optional.of(new Word(matcher.group().toLowerCase(Locale.ROOT), at, matcher.end())) : Optional.empty();
    }

    /// The word that follows what ends here, after one space or hyphen.
    private Optional<Word> next(int end) {
        return end < text.length() && " -\u2011\u00a0".indexOf(text.charAt(end)) >= 0 ? word(end + 1) : Optional.empty();
    }

    /// As much as is needed of what stands before.
    private String before(int at) {
        return text.substring(Math.max(0, at - 16), at);
    }

    private boolean follows(int at, Pattern pattern) {
        return pattern.matcher(text).region(at, text.length()).lookingAt();
    }

    private int endOf(int at, Pattern pattern) {
        var matcher = pattern.matcher(text).region(at, text.length());
        return matcher.lookingAt() ? matcher.end() : at;
    }

    @Override public Optional<FoundNumber> at(int start) {
        return figures.at(start).map(this::afterFigures).or(() -> word(start).filter(word -> !isPronoun(word)).flatMap(this::inWords));
    }

    private boolean isPronoun(Word word) {
        var from = Math.max(0, word.start() - 3);
        return word.lower().equals("one") && PRONOUN.matcher(text.substring(from, Math.min(text.length(), word.end() + 9))).find();
    }

    private FoundNumber afterFigures(FoundNumber amount) {
        var ordinal = endOf(amount.end(), ORDINAL_ENDING);
        if (ordinal > amount.end()) {
            return amount.spanning(amount.start(), ordinal);
        }
        // The 1990s.
        if (amount.bare() && amount.end() - amount.start() == 4 && follows(amount.end(), OF_A_KIND)) {
            return FoundNumber.of(amount.start(), amount.end() + 1, new Dated(ChronoField.YEAR, amount.exact().orElseThrow().intValueExact()));
        }
        return amount.scale().large() || amount.exact().isEmpty() ? amount : new Sum(amount).read().orElse(amount);
    }

    private Optional<FoundNumber> inWords(Word first) {
        return switch (first.lower()) {
            case "a", "an" -> next(first.end()).flatMap(next -> next.lower().equals("few") ? several(next)
                            : SCALES.containsKey(next.lower()) ? new Sum(next).read() : partOfAWhole(BigDecimal.ONE, first.end()))
                    .map(amount -> amount.spanning(first.start(), amount.end()));
            case "several", "many", "few" -> several(first);
            case "half" -> Optional.of(half(first));
            case "halve", "halves", "halved", "halving" -> Optional.of(FoundNumber.of(first.start(), first.end(), Digits.half()));
            default -> {
                if (TIMES.get(first.lower()) instanceof Integer times) {
                    yield Optional.of(FoundNumber.of(first.start(), first.end(), BigDecimal.valueOf(times)));
                }
                yield manifold(first).or(() -> plural(first)).or(() -> ordinal(first)).or(() -> new Sum(first).read());
            }
        };
    }

    /// Half; half a million.
    private FoundNumber half(Word half) {
        var article = next(half.end()).filter(word -> word.lower().equals("a"));
        var scale = (article.isPresent() ? next(article.get().end()) : next(half.end())).filter(word -> SCALES.containsKey(word.lower()));
        return scale.map(word -> FoundNumber.of(half.start(), word.end(), SCALES.get(word.lower()).multiply(HALF)))
                .orElseGet(() -> FoundNumber.of(half.start(), half.end(), Digits.half()));
    }

    /// Several hundred billion; several years; many years, but not many more.
    private Optional<FoundNumber> several(Word several) {
        var scale = BigDecimal.ONE;
        var end = several.end();
        for (var word = next(end); word.isPresent() && SCALES.containsKey(word.get().lower()); word = next(end)) {
            scale = scale.multiply(SCALES.get(word.get().lower()));
            end = word.get().end();
        }
        var counts = end > several.end() || several.lower().equals("several") || follows(end, several.lower().equals("few") ? A_THING : OF_TIME);
        return counts ? Optional.of(FoundNumber.of(several.start(), end, vague(scale))) : Optional.empty();
    }

    /// Dozens; tens of thousands.
    private Optional<FoundNumber> plural(Word first) {
        var scale = scaleOfPlural(first);
        if (scale.isEmpty()) {
            return Optional.empty();
        }
        var product = scale.get();
        var end = first.end();
        for (var word = next(end).filter(of -> of.lower().equals("of")).flatMap(of -> next(of.end()));
                word.flatMap(EnglishNumbers::scaleOfPlural).isPresent();
                word = next(end).filter(of -> of.lower().equals("of")).flatMap(of -> next(of.end()))) {
            product = product.multiply(scaleOfPlural(word.get()).orElseThrow());
            end = word.get().end();
        }
        return Optional.of(FoundNumber.of(first.start(), end, vague(product)));
    }

    private static Optional<BigDecimal> scaleOfPlural(Word word) {
        return word.lower().equals("tens") ? Optional.of(BigDecimal.TEN)
                : word.lower().endsWith("s") ? Optional.ofNullable(SCALES.get(word.lower().substring(0, word.lower().length() - 1)))
                : Optional.empty();
    }

    private static Vague vague(BigDecimal scale) {
        return new Vague(scale, scale.movePointRight(1));
    }

    /// Tenfold.
    private static Optional<FoundNumber> manifold(Word word) {
        var times = word.lower().endsWith("fold") ? word.lower().substring(0, word.lower().length() - 4) : "";
        return Optional.ofNullable(ONES.get(times)).or(() -> Optional.ofNullable(TENS.get(times)).map(tens -> tens * 10)).map(BigDecimal::valueOf)
                .or(() -> Optional.ofNullable(SCALES.get(times)))
                .map(value -> FoundNumber.of(word.start(), word.end(), value));
    }

    private static Optional<FoundNumber> ordinal(Word word) {
        return Optional.ofNullable(ORDINALS.get(word.lower()))
                .or(() -> Optional.ofNullable(ROUND_ORDINALS.get(word.lower())).map(tens -> tens * 10)).map(BigDecimal::valueOf)
                .or(() -> Optional.ofNullable(SCALE_ORDINALS.get(word.lower())))
                .map(value -> FoundNumber.of(word.start(), word.end(), value));
    }

    /// Two thirds; a third, which may be a third one too.
    private Optional<FoundNumber> partOfAWhole(BigDecimal parts, int end) {
        return next(end).flatMap(word -> {
            var single = parts.compareTo(BigDecimal.ONE) == 0;
            var name = single ? word.lower() : word.lower().endsWith("s") ? word.lower().substring(0, word.lower().length() - 1) : "";
            var whole = switch (name) {
                case "half", "halve" -> Optional.of(2);
                case "quarter" -> Optional.of(4);
                case "first", "second" -> Optional.<Integer>empty();
                default -> Optional.ofNullable(ORDINALS.get(name)).or(() -> Optional.ofNullable(ROUND_ORDINALS.get(name)).map(tens -> tens * 10));
            };
            var of = whole.map(BigDecimal::valueOf).or(() -> Optional.ofNullable(SCALE_ORDINALS.get(name)));
            return of.map(value -> single && !name.equals("half") && !name.equals("quarter")
                    ? FoundNumber.of(end, word.end(), Share.of(parts, value), new Exact(value))
                    : FoundNumber.of(end, word.end(), Share.of(parts, value)));
        });
    }

    /// A cardinal number, word after word.
    private final class Sum {

        private final int start;
        private int end;
        private BigDecimal total = BigDecimal.ZERO;
        private BigDecimal section = BigDecimal.ZERO;
        private Optional<BigDecimal> open = Optional.empty();
        private final List<BigDecimal> trailing = new ArrayList<>();
        private boolean large;
        private BigDecimal lastTens = BigDecimal.ZERO;
        private boolean began;

        Sum(Word first) {
            start = first.start();
            end = first.start();
            take(first);
        }

        Sum(FoundNumber amount) {
            start = amount.start();
            end = amount.end();
            open = amount.exact();
            began = true;
        }

        Optional<FoundNumber> read() {
            if (!began) {
                return Optional.empty();
            }
            while (more()) {}
            var value = total.add(section).add(open.orElse(BigDecimal.ZERO));
            var ordinal = next(end).filter(_ -> isRoundTens()).map(word -> ORDINALS.get(word.lower())).filter(ones -> ones < 10);
            if (ordinal.isPresent()) {
                return Optional.of(FoundNumber.of(start, next(end).orElseThrow().end(), value.add(BigDecimal.valueOf(ordinal.get()))));
            }
            var share = partOfAWhole(value, end).map(part -> FoundNumber.of(start, part.end(), part.readings().getFirst()));
            if (share.isPresent() && total.signum() == 0) {
                return share;
            }
            var fold = endOf(end, FOLD);
            return Optional.of(new FoundNumber(start, fold, List.of(new Exact(value)), scale(), trailing.isEmpty() && section.signum() == 0
                    && total.signum() == 0 && Digits.isFigure(text.charAt(start))
                    && text.substring(start, end).chars().allMatch(Character::isDigit)));
        }

        private boolean isRoundTens() {
            return open.isPresent() && open.get().equals(lastTens);
        }

        private FoundNumber.Scale scale() {
            var factors = new ArrayList<BigDecimal>();
            var product = BigDecimal.ONE;
            for (var factor : trailing.reversed()) {
                product = product.multiply(factor);
                factors.addFirst(product);
            }
            return new FoundNumber.Scale(factors, large);
        }

        private boolean more() {
            if (open.isPresent() && follows(end, AND_A_HALF)) {
                open = open.map(HALF::add);
                end = endOf(end, AND_A_HALF);
                return true;
            }
            if (open.isEmpty() && !trailing.isEmpty() && follows(end, AND_A_HALF)) {
                total = total.add(section).add(trailing.getLast().multiply(HALF));
                section = BigDecimal.ZERO;
                trailing.clear();
                end = endOf(end, AND_A_HALF);
                return false;
            }
            var word = next(end);
            if (word.isPresent() && word.get().lower().equals("point") && open.isPresent()) {
                return fraction(word.get().end());
            }
            // One hundred and five.
            if (word.isPresent() && word.get().lower().equals("and") && open.isEmpty() && !trailing.isEmpty()) {
                return next(word.get().end()).filter(after -> ONES.containsKey(after.lower()) || TENS.containsKey(after.lower()))
                        .filter(this::take).isPresent();
            }
            return word.filter(this::take).isPresent();
        }

        private boolean fraction(int point) {
            var digits = new StringBuilder("0.");
            var at = point;
            for (var word = next(at); word.isPresent() && ONES.getOrDefault(word.get().lower(), 10) < 10; word = next(at)) {
                digits.append(ONES.get(word.get().lower()));
                at = word.get().end();
            }
            if (at == point) {
                return false;
            }
            var value = new BigDecimal(digits.toString());
            open = open.map(value::add);
            end = at;
            return true;
        }

        /// Whether the word goes on with the number.
        private boolean take(Word word) {
            var taken = ones(word.lower()) || tens(word.lower()) || scale(word.lower());
            if (taken) {
                began = true;
                end = word.end();
            }
            return taken;
        }

        private boolean ones(String word) {
            var value = ONES.get(word);
            if (value == null || open.isPresent() && !(isRoundTens() && 0 < value && value < 10)) {
                return false;
            }
            open = Optional.of(open.orElse(BigDecimal.ZERO).add(BigDecimal.valueOf(value)));
            trailing.clear();
            return true;
        }

        private boolean tens(String word) {
            var value = TENS.get(word);
            if (value == null || open.isPresent()) {
                return false;
            }
            lastTens = BigDecimal.valueOf(value * 10L);
            open = Optional.of(lastTens);
            trailing.clear();
            return true;
        }

        private boolean scale(String word) {
            var factor = SCALES.get(word);
            if (factor == null) {
                return false;
            }
            if (factor.compareTo(THOUSAND) < 0) {
                if (open.isEmpty() && began) {
                    return false;
                }
                section = section.add(open.orElse(BigDecimal.ONE).multiply(factor));
            } else {
                var before = section.add(open.orElse(BigDecimal.ZERO));
                if (before.signum() == 0 && began) {
                    return false;
                }
                total = total.add((before.signum() == 0 ? BigDecimal.ONE : before).multiply(factor));
                section = BigDecimal.ZERO;
                large = true;
            }
            open = Optional.empty();
            trailing.add(factor);
            return true;
        }
    }

    @Override public OptionalInt otherEnd(FoundNumber amount) {
        var to = endOf(amount.end(), TO);
        if (to > amount.end()) {
            return OptionalInt.of(afterCurrency(to));
        }
        var and = endOf(amount.end(), AND);
        return and > amount.end() && BETWEEN.matcher(before(amount.start())).find()
                ? OptionalInt.of(afterCurrency(and)) : OptionalInt.empty();
    }

    private int afterCurrency(int at) {
        return at < text.length() && "$€£¥".indexOf(text.charAt(at)) >= 0 ? at + 1 : at;
    }

    @Override public Pattern percent() {
        return PERCENT;
    }

    @Override public FoundNumber dated(FoundNumber amount) {
        var day = amount.exact().filter(value -> value.signum() > 0 && value.compareTo(BigDecimal.valueOf(31)) <= 0 && value.scale() == 0)
                .filter(_ -> MONTH_BEFORE.matcher(before(amount.start())).find() || follows(amount.end(), MONTH_AFTER));
        return day.map(value -> FoundNumber.of(amount.start(), amount.end(), new Dated(ChronoField.DAY_OF_MONTH, value.intValueExact()), new Exact(value)))
                .orElseGet(() -> figures.dated(amount));
    }
}
