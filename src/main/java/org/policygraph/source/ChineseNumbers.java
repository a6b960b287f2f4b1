package org.policygraph.source;

import java.math.BigDecimal;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.policygraph.source.Numeral.Dated;
import org.policygraph.source.Numeral.Exact;
import org.policygraph.source.Numeral.Range;
import org.policygraph.source.Numeral.Reading;
import org.policygraph.source.Numeral.Share;
import org.policygraph.source.Numeral.Vague;

/// Chinese numbers, in traditional and simplified characters.
final class ChineseNumbers implements NumberWords {

    private static final Map<Character, Integer> DIGITS = digits("零〇○", "一壹", "二兩两貳贰", "三參叁", "四肆", "五伍", "六陸陆", "七柒", "八捌", "九玖");
    private static final Map<Character, Integer> ZEROS = Map.ofEntries(Map.entry('十', 1), Map.entry('拾', 1), Map.entry('百', 2),
            Map.entry('佰', 2), Map.entry('千', 3), Map.entry('仟', 3), Map.entry('萬', 4), Map.entry('万', 4), Map.entry('億', 8),
            Map.entry('亿', 8), Map.entry('兆', 12));
    private static final int LARGE = 4;
    /// As on cheques. Most of these characters have another life: 參考, 大陸, 隊伍, 收拾.
    private static final String FORMAL = "壹貳贰參参叁肆伍陸陆柒捌玖拾佰仟";
    private static final String BESIDE_FORMAL = FORMAL + "零萬万億亿元圓圆";

    /// Dictionary words in which the syllable counts nothing. 統一 unify, 一般 general, 半導體 semiconductor: whoever reads
    /// them does not meet a number. Set phrases that still count (一體化, 三角) are not here: over-finding is the lesser harm.
    private static final Pattern WORDS = Pattern.compile(
            "(?:一(?:般|樣|样|些|切|直|起|旦|定|致|向|再|律|概)|(?:統|统|唯|萬|万|(?<!分)之|進|进|不)一|百分[比率點点]"
                    + "|半(?:導體|导体|島|岛|徑|径|途)|零(?:售|件|部件|食|散))");
    /// 數 and 几 as the end of a word: 參數千億 are parameters, not several hundred billions.
    private static final String BEFORE_A_WORD_IN_SHU = "參参指多少函係系分次人總总基";
    private static final Pattern SEVERAL = Pattern.compile("[數数幾几](以)?([十拾百佰千仟萬万億亿兆]+)(計|计)?");
    /// 數年, 幾家, 多年. With other words than those of time, 多 is a plural (多個, 多種).
    private static final Pattern SOME = Pattern.compile(
            "[數数幾几](?=[年月日天週周個个家間间名位人次倍項项種种座所條条件]|小時|小时|世紀|世纪)|多(?=[年月日天週周]|小時|小时|世紀|世纪)");
    private static final Pattern PARTS = Pattern.compile("分之");
    private static final Pattern AND_A_HALF = Pattern.compile("(?:[個个年月天日週周倍]|小時|小时)半(?!導|导|島|岛|徑|径|途)");
    private static final Pattern TENTHS = Pattern.compile("成([一二三四五六七八九半])?(?![立員员本功果為为長长就熟品分])");
    private static final Pattern UNIT_OF_THOUSANDS = Pattern.compile("[瓦米克赫卡帕焦伏]|位元|字節|字节|比特");
    private static final Pattern UP_TO = Pattern.compile(" ?(?:至|到|[-–—~〜]) ?");
    private static final Pattern PERCENT = Pattern.compile(" ?(?:%|[個个]?百分[點点])");
    private static final Pattern YEAR = Pattern.compile(" ?年");
    private static final Pattern MONTH = Pattern.compile(" ?月");
    private static final Pattern DAY = Pattern.compile(" ?[日號号]");

    private final String text;
    private final Digits figures;
    private final BitSet words = new BitSet();

    ChineseNumbers(String text) {
        this.text = text;
        this.figures = new Digits(text);
        var found = WORDS.matcher(text);
        while (found.find()) {
            // In 二十一樣 the 一 belongs to the number before it, in 萬一千 to the number behind; 唯一一個 has both.
            var ofANumber = found.start() > 0 && !words.get(found.start() - 1) && isWord(found.start() - 1) && isWord(found.start())
                    || found.end() < text.length() && ZEROS.containsKey(text.charAt(found.end())) && isWord(found.end() - 1);
            words.set(found.start(), found.end(), !ofANumber);
        }
        for (int i = 0; i < text.length(); i++) {
            if (isOneOf(i, FORMAL) && !isOneOf(i - 1, BESIDE_FORMAL) && !isOneOf(i + 1, BESIDE_FORMAL)) {
                words.set(i);
            }
        }
    }

    private boolean isOneOf(int at, String characters) {
        return 0 <= at && at < text.length() && characters.indexOf(text.charAt(at)) >= 0;
    }

    private static Map<Character, Integer> digits(String... forms) {
        return IntStream.range(0, forms.length).boxed()
                .flatMap(value -> forms[value].chars().mapToObj(form -> Map.entry((char) form, value)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private boolean isWord(int at) {
        return DIGITS.containsKey(text.charAt(at)) || ZEROS.containsKey(text.charAt(at));
    }

    private char charAt(int at) {
        return at < text.length() && !words.get(at) ? text.charAt(at) : '\0';
    }

    private boolean follows(int at, Pattern pattern) {
        return pattern.matcher(text).region(at, text.length()).lookingAt();
    }

    @Override public Optional<FoundNumber> at(int start) {
        return switch (charAt(start)) {
            case '\0' -> Optional.empty();
            case '第' -> plain(start + 1).map(ordinal -> ordinal.spanning(start, ordinal.end()));
            case '半' -> Optional.of(FoundNumber.of(start, start + 1, Digits.half()));
            case '數', '数', '幾', '几', '多' -> several(start);
            default -> charAt(start) == '一' && charAt(start + 1) == '半'
                    ? Optional.of(FoundNumber.of(start, start + 2, Digits.half()))
                    : plain(start).map(this::withItsTail);
        };
    }

    private Optional<FoundNumber> several(int start) {
        var some = SOME.matcher(text).region(start, text.length()).useTransparentBounds(true);
        var matcher = SEVERAL.matcher(text).region(start, text.length());
        if (isOneOf(start - 1, BEFORE_A_WORD_IN_SHU)) {
            return Optional.empty();
        }
        if (!matcher.lookingAt()) {
            return some.lookingAt() ? Optional.of(FoundNumber.of(start, some.end(), vague(BigDecimal.ONE))) : Optional.empty();
        }
        var zeros = matcher.group(2).chars().map(scale -> ZEROS.get((char) scale)).sum();
        var end = matcher.group(1) != null && matcher.group(3) != null ? matcher.end(3) : matcher.end(2);
        return Optional.of(FoundNumber.of(start, end, vague(BigDecimal.ONE.movePointRight(zeros))));
    }

    private static Vague vague(BigDecimal scale) {
        return new Vague(scale, scale.movePointRight(1));
    }

    /// What can follow the words of a number and still be part of it.
    private FoundNumber withItsTail(FoundNumber amount) {
        var parts = PARTS.matcher(text).region(amount.end(), text.length());
        if (parts.lookingAt()) {
            var of = plain(parts.end()).filter(above -> above.exact().isPresent() && amount.exact().filter(whole -> whole.signum() > 0).isPresent());
            if (of.isPresent()) {
                return FoundNumber.of(amount.start(), of.get().end(), Share.of(of.get().exact().orElseThrow(), amount.exact().orElseThrow()));
            }
        }
        if (follows(amount.end(), AND_A_HALF) && amount.exact().isPresent()) {
            var half = AND_A_HALF.matcher(text).region(amount.end(), text.length());
            half.lookingAt();
            return FoundNumber.of(amount.start(), half.end(), amount.exact().get().add(new BigDecimal("0.5")));
        }
        var tenths = TENTHS.matcher(text).region(amount.end(), text.length());
        if (tenths.lookingAt() && amount.exact().filter(value -> value.compareTo(BigDecimal.TEN) <= 0).isPresent()) {
            var value = amount.exact().orElseThrow();
            var more = Optional.ofNullable(tenths.group(1)).map(digit -> digit.equals("半") ? 5 : DIGITS.get(digit.charAt(0))).orElse(0);
            return FoundNumber.of(amount.start(), tenths.end(),
                    new Share(value.movePointLeft(1).add(BigDecimal.valueOf(more, 2))), new Exact(value));
        }
        return amount;
    }

    /// Digits, figures and scales, to the last that makes sense with those before.
    private Optional<FoundNumber> plain(int start) {
        var parts = parts(start);
        for (int size = parts.size(); size > 0; size--) {
            var run = parts.subList(0, size);
            var value = new Sum(run).amount(text, start);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /// One word of a number.
    private sealed interface Part {
        int end();

        record Digit(int value, int end) implements Part {}

        record Figures(FoundNumber amount, int end) implements Part {}

        record Scale(int zeros, int end) implements Part {}

        /// 多 in 二十多億, 幾 in 十幾: some more than what was said so far.
        record More(boolean some, int end) implements Part {}

        /// The decimal point 點 and what follows it.
        record Fraction(BigDecimal value, int end) implements Part {}
    }

    private List<Part> parts(int start) {
        var parts = new ArrayList<Part>();
        var at = start;
        while (at < text.length()) {
            var last = parts.isEmpty() ? null : parts.getLast();
            var next = part(at, last);
            if (next.isEmpty()) {
                break;
            }
            parts.add(next.get());
            at = next.get().end();
        }
        return parts;
    }

    private Optional<Part> part(int at, Part last) {
        var c = charAt(at);
        var digit = DIGITS.get(c);
        if (digit != null) {
            return last instanceof Part.Figures ? Optional.empty() : Optional.of(new Part.Digit(digit, at + 1));
        }
        var zeros = ZEROS.get(c);
        if (zeros != null) {
            return Optional.of(new Part.Scale(zeros, at + 1));
        }
        if (last == null) {
            return figures.at(at).map(amount -> new Part.Figures(amount, amount.end()));
        }
        return switch (last) {
            // 82 億
            case Part.Figures _ when c == ' ' && ZEROS.get(charAt(at + 1)) instanceof Integer scale ->
                    Optional.of(new Part.Scale(scale, at + 2));
            case Part.Scale _ when Digits.isFigure(c) -> figures.figures(at)
                    .filter(amount -> ZEROS.containsKey(charAt(amount.end())))
                    .map(amount -> new Part.Figures(amount, amount.end()));
            case Part.Scale _ when c == '幾' || c == '几' -> Optional.of(new Part.More(true, at + 1));
            case Part.Digit _, Part.Scale _ when c == '點' || c == '点' -> fraction(at);
            case Part.Digit _, Part.Scale _, Part.Figures _ when c == '多' || c == '餘' || c == '余' ->
                    Optional.of(new Part.More(false, at + 1));
            case Part.Digit _, Part.Figures _, Part.Scale _, Part.More _, Part.Fraction _ -> Optional.empty();
        };
    }

    private Optional<Part> fraction(int point) {
        var value = new StringBuilder("0.");
        var at = point + 1;
        while (DIGITS.get(charAt(at)) instanceof Integer digit) {
            value.append(digit);
            at++;
        }
        return at == point + 1 ? Optional.empty() : Optional.of(new Part.Fraction(new BigDecimal(value.toString()), at));
    }

    /// What the words of a number come to.
    private record Sum(List<Part> parts) {

        Optional<FoundNumber> amount(String text, int start) {
            if (parts.stream().allMatch(part -> part instanceof Part.Digit)) {
                return Optional.of(ofDigits(start));
            }
            if (parts.size() == 1 && parts.getFirst() instanceof Part.Figures(var amount, _)) {
                return Optional.of(amount);
            }
            return ofNeighbours(start).or(() -> value(parts).map(value -> ofValue(value, text, start)));
        }

        private int end() {
            return parts.getLast().end();
        }

        /// 二〇二五, 五; 七八 is seven or eight.
        private FoundNumber ofDigits(int start) {
            var value = parts.stream().map(part -> BigDecimal.valueOf(((Part.Digit) part).value()))
                    .reduce(BigDecimal.ZERO, (sum, digit) -> sum.movePointRight(1).add(digit));
            if (parts.size() != 2) {
                return new FoundNumber(start, end(), List.of(new Exact(value)), FoundNumber.Scale.NONE, true);
            }
            var tens = value.intValue() / 10;
            var ones = value.intValue() % 10;
            return 0 < tens && tens < ones
                    ? FoundNumber.of(start, end(), new Range(exact(tens), exact(ones)), new Exact(value))
                    : FoundNumber.of(start, end(), value);
        }

        private static Exact exact(long value) {
            return new Exact(BigDecimal.valueOf(value));
        }

        /// 三四百, 十七八: two digits side by side are the ends of a range.
        private Optional<FoundNumber> ofNeighbours(int start) {
            for (int i = 0; i + 1 < parts.size(); i++) {
                if (parts.get(i) instanceof Part.Digit(int low, _) && parts.get(i + 1) instanceof Part.Digit(int high, _)
                        && 0 < low && low < high) {
                    var first = value(without(i + 1));
                    var second = value(without(i));
                    return first.flatMap(from -> second.map(to -> FoundNumber.of(start, end(), new Range(new Exact(from), new Exact(to)))));
                }
            }
            return Optional.empty();
        }

        private List<Part> without(int index) {
            var rest = new ArrayList<>(parts);
            rest.remove(index);
            return rest;
        }

        private FoundNumber ofValue(BigDecimal value, String text, int start) {
            var readings = new ArrayList<Reading>();
            more(value).ifPresentOrElse(more -> {
                if (!some()) {
                    readings.add(new Exact(value));
                }
                readings.add(more);
            }, () -> readings.add(new Exact(value)));
            // 5千瓦: five kilowatts or five thousand watts.
            if (parts.getLast() instanceof Part.Scale(int zeros, _) && (zeros == 3 || zeros == 2 || zeros == 12)
                    && UNIT_OF_THOUSANDS.matcher(text).region(end(), text.length()).lookingAt()) {
                value(parts.subList(0, parts.size() - 1)).ifPresent(less -> readings.addFirst(new Exact(less)));
            }
            return new FoundNumber(start, end(), readings, scale(), false);
        }

        private boolean some() {
            return parts.stream().anyMatch(part -> part instanceof Part.More(boolean some, _) && some);
        }

        /// How large it may be if 多 or 幾 is in it: 二十多億 is below 三十億.
        private Optional<Vague> more(BigDecimal value) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i) instanceof Part.More) {
                    var scales = parts.subList(i + 1, parts.size()).stream().mapToInt(scale -> ((Part.Scale) scale).zeros()).sum();
                    var before = value.movePointLeft(scales).stripTrailingZeros();
                    var step = BigDecimal.ONE.movePointRight(Math.max(0, -before.scale())).movePointRight(scales);
                    return Optional.of(new Vague(value, value.add(step)));
                }
            }
            return Optional.empty();
        }

        /// The scales that it ends in: 千億 and 億 of 五千億.
        private FoundNumber.Scale scale() {
            var factors = new ArrayList<BigDecimal>();
            var zeros = 0;
            for (int i = parts.size() - 1; i > 0 && parts.get(i) instanceof Part.Scale(int more, _); i--) {
                zeros += more;
                factors.addFirst(BigDecimal.ONE.movePointRight(zeros));
            }
            var large = parts.stream().anyMatch(part -> part instanceof Part.Scale(int size, _) && size >= LARGE);
            return new FoundNumber.Scale(factors, large);
        }

        /// Nothing when the parts don't follow one another as in a number.
        private static Optional<BigDecimal> value(List<Part> parts) {
            BigDecimal total = BigDecimal.ZERO;
            BigDecimal section = BigDecimal.ZERO;
            Optional<BigDecimal> open = Optional.empty();
            var lastLarge = Integer.MAX_VALUE;
            var lastSmall = Integer.MAX_VALUE;
            // Zeros of the scale just before; a digit that ends the number counts tenths of it: 一百二, 兩萬五.
            var tail = 0;
            for (int i = 0; i < parts.size(); i++) {
                switch (parts.get(i)) {
                    case Part.Digit(int digit, _) -> {
                        if (open.isPresent() && open.get().signum() != 0) {
                            return Optional.empty();
                        }
                        tail = open.isPresent() || digit == 0 ? 0 : tail;
                        open = Optional.of(BigDecimal.valueOf(digit));
                    }
                    case Part.Figures(var amount, _) -> {
                        if (open.isPresent() || amount.exact().isEmpty()) {
                            return Optional.empty();
                        }
                        open = amount.exact();
                        tail = 0;
                    }
                    case Part.Fraction(var value, _) -> {
                        open = Optional.of(open.orElse(BigDecimal.ZERO).add(value));
                        tail = 0;
                    }
                    case Part.Scale(int zeros, _) when zeros < LARGE -> {
                        if (zeros >= lastSmall || open.isEmpty() && section.signum() != 0) {
                            return Optional.empty();
                        }
                        section = section.add(open.filter(value -> value.signum() != 0).orElse(BigDecimal.ONE).movePointRight(zeros));
                        open = Optional.empty();
                        lastSmall = zeros;
                        tail = zeros;
                    }
                    case Part.Scale(int zeros, _) -> {
                        section = section.add(open.orElse(BigDecimal.ZERO));
                        if (section.signum() == 0 && total.signum() == 0) {
                            section = BigDecimal.ONE;
                        }
                        // 一萬億: the larger scale multiplies all that came before it.
                        total = zeros > lastLarge || section.signum() == 0
                                ? total.add(section).movePointRight(zeros) : total.add(section.movePointRight(zeros));
                        section = BigDecimal.ZERO;
                        open = Optional.empty();
                        lastLarge = zeros;
                        lastSmall = Integer.MAX_VALUE;
                        tail = zeros;
                    }
                    case Part.More _ -> {
                        var onlyScalesFollow = parts.subList(i + 1, parts.size()).stream().allMatch(part -> part instanceof Part.Scale);
                        if (!onlyScalesFollow || i == 0) {
                            return Optional.empty();
                        }
                        tail = 0;
                    }
                }
            }
            var last = open.orElse(BigDecimal.ZERO);
            var isTenths = tail > 1 && last.signum() != 0;
            return Optional.of(total.add(section).add(isTenths ? last.movePointRight(tail - 1) : last));
        }
    }

    @Override public OptionalInt otherEnd(FoundNumber amount) {
        var upTo = UP_TO.matcher(text).region(amount.end(), text.length());
        return upTo.lookingAt() ? OptionalInt.of(upTo.end()) : OptionalInt.empty();
    }

    @Override public Pattern percent() {
        return PERCENT;
    }

    @Override public FoundNumber dated(FoundNumber amount) {
        var number = amount.exact().filter(value -> value.scale() == 0 && value.precision() <= 4).map(BigDecimal::intValueExact);
        if (number.isEmpty()) {
            return amount;
        }
        int value = number.get();
        if (amount.bare() && value >= 1000 && follows(amount.end(), YEAR)) {
            return on(amount, ChronoField.YEAR, value);
        }
        if (1 <= value && value <= 12 && follows(amount.end(), MONTH)) {
            return on(amount, ChronoField.MONTH_OF_YEAR, value);
        }
        if (1 <= value && value <= 31 && amount.start() > 0 && text.charAt(amount.start() - 1) == '月' && follows(amount.end(), DAY)) {
            return on(amount, ChronoField.DAY_OF_MONTH, value);
        }
        return figures.dated(amount);
    }

    private static FoundNumber on(FoundNumber amount, ChronoField field, int value) {
        return FoundNumber.of(amount.start(), amount.end(), new Dated(field, value));
    }
}
