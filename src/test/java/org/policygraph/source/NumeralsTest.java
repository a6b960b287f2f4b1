package org.policygraph.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.policygraph.source.Numeral.Dated;
import org.policygraph.source.Numeral.Exact;
import org.policygraph.source.Numeral.Range;
import org.policygraph.source.Numeral.Reading;
import org.policygraph.source.Numeral.Share;
import org.policygraph.source.Numeral.Vague;

/// In the tables: the text, then each number in it as `what stands there = what it may mean`. A share of a whole is `37 %`,
/// a size without a value `~100..1000`.
class NumeralsTest {

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            今年2030套         | 2030 = year 2030 or 2030
            售出4,000輛        | 4,000 = 4000
            共1,234,567.8噸    | 1,234,567.8 = 1234567.8
            售出38,400,5       | 38,400 = 38400; 5 = 5
            約１２．５公里     | １２．５ = 12.5
            A100與PM2          | 100 = 100; 2 = 2
            GPT-4與COVID-19    | 4 = 4; 19 = 19
            降至 -3.5 度       | -3.5 = -3.5
            ½或2½              | ½ = 50 %; 2½ = 2.5
            用A5B型            | 5 = 5
            用70B模型          | 70B = 70000000000 or 70
            走5m               | 5m = 5000000 or 5
            """)
    void figuresAreReadWithTheirSignPointAndThousands(String text, String numbers) {
        assertEquals(numbers, shown(text, "zh-Hant"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            售出82億           | 82億 = 8200000000
            共8,200萬人        | 8,200萬 = 82000000
            約7500億           | 7500億 = 750000000000
            达1.5万亿          | 1.5万亿 = 1500000000000
            有 82 億           | 82 億 = 8200000000
            1億5千萬           | 1億5千萬 = 150000000
            """)
    void figuresTakeChineseScales(String text, String numbers) {
        assertEquals(numbers, shown(text, "zh-Hant"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            值一千億           | 一千億 = 100000000000
            值一萬億           | 一萬億 = 1000000000000
            增至十倍           | 十 = 10
            增至三倍           | 三 = 3
            八個               | 八 = 8
            兩大               | 兩 = 2
            二十               | 二十 = 20
            八千二百萬         | 八千二百萬 = 82000000
            一億二千萬         | 一億二千萬 = 120000000
            十二萬三千億       | 十二萬三千億 = 12300000000000
            一百零五           | 一百零五 = 105
            三百五             | 三百五 = 350
            兩萬五             | 兩萬五 = 25000
            三點七倍           | 三點七 = 3.7
            十點五億           | 十點五億 = 1050000000
            两亿               | 两亿 = 200000000
            壹佰伍拾元         | 壹佰伍拾 = 150
            三年半             | 三年半 = 3.5
            千百年             | 千 = 1000; 百 = 100
            五十三百科         | 五十三 = 53; 百 = 100
            逾百家             | 百 = 100
            """)
    void chineseNumeralsAreReadAsAPersonReadsThem(String text, String numbers) {
        assertEquals(numbers, shown(text, "zh-Hant"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            第二大             | 第二 = 2
            第3名              | 第3 = 3
            第二十屆           | 第二十 = 20
            """)
    void anOrdinalIsItsNumber(String text, String numbers) {
        assertEquals(numbers, shown(text, "zh-Hant"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            佔3.7%             | 3.7% = 3.7 %
            佔１２．５％       | １２．５％ = 12.5 %
            升3.7個百分點      | 3.7個百分點 = 3.7 %
            百分之三點七       | 百分之三點七 = 3.7 %
            千分之三           | 千分之三 = 0.3 %
            三分之二           | 三分之二 = 66.66666666666667 %
            十分之一           | 十分之一 = 10 %
            過半               | 半 = 50 %
            一半               | 一半 = 50 %
            三成七             | 三成七 = 37 % or 3
            七成半             | 七成半 = 75 % or 7
            """)
    void aPartOfAWholeIsAShare(String text, String numbers) {
        assertEquals(numbers, shown(text, "zh-Hant"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            一至五千億         | 一至五千億 = 100000000000..500000000000
            十五至二十億       | 十五至二十億 = 1500000000..2000000000
            三百至五千億       | 三百至五千億 = 30000000000..500000000000
            5百萬至1千萬       | 5百萬至1千萬 = 5000000..10000000
            二至三百           | 二至三百 = 200..300 or 2..300
            3-5個              | 3-5 = 3..5
            1%至5%             | 1%至5% = 1 %..5 %
            20至30%            | 20至30% = 20 %..30 %
            七八個             | 七八 = 7..8 or 78
            三四百             | 三四百 = 300..400
            十七八             | 十七八 = 17..18
            5到3               | 5 = 5; 3 = 3
            """)
    void bothEndsOfARangeAreToldInFull(String text, String numbers) {
        assertEquals(numbers, shown(text, "zh-Hant"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            數百億             | 數百億 = ~10000000000..100000000000
            几十万             | 几十万 = ~100000..1000000
            數以百計           | 數以百計 = ~100..1000
            十幾個             | 十幾 = ~10..20
            延後數年           | 數 = ~1..10
            幾家公司           | 幾 = ~1..10
            已有多年           | 多 = ~1..10
            參數千億           | 千億 = 100000000000
            二十多億           | 二十多億 = 2000000000 or ~2000000000..3000000000
            30餘家             | 30餘 = 30 or ~30..40
            3億多              | 3億多 = 300000000 or ~300000000..400000000
            """)
    void aVagueNumberHasItsSizeAlone(String text, String numbers) {
        assertEquals(numbers, shown(text, "zh-Hant"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            2025年4月6日       | 2025 = year 2025; 4 = month 4; 6 = day 6
            二〇二五年         | 二〇二五 = year 2025
            二零三零年十二月   | 二零三零 = year 2030; 十二 = month 12
            2020至2025年       | 2020至2025 = year 2020..year 2025
            3至5月             | 3至5 = month 3..month 5
            5至10年            | 5至10 = 5..10
            五年三個月         | 五 = 5; 三 = 3
            於2024-06-30止     | 2024 = year 2024; 06 = month 6; 30 = day 30
            """)
    void yearsMonthsAndDaysAreToldApartFromDurations(String text, String numbers) {
        assertEquals(numbers, shown(text, "zh-Hant"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            耗5千瓦            | 5千 = 5 or 5000
            發300兆瓦          | 300兆 = 300 or 300000000000000
            """)
    void aScaleBeforeAUnitMayBelongToTheUnit(String text, String numbers) {
        assertEquals(numbers, shown(text, "zh-Hant"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            統一半導體零售     | ''
            多個幾乎人數次要   | ''
            之一唯一一般一樣   | ''
            參考大陸收拾       | ''
            唯一一個           | 一 = 1
            萬一千             | 萬一千 = 11000
            三分之一           | 三分之一 = 33.33333333333333 %
            二十一樣           | 二十一 = 21
            一應俱全           | 一 = 1
            一體化             | 一 = 1
            百度               | 百 = 100
            """)
    void aWordThatCountsNothingIsNoNumberAndTheDoubtfulIsOne(String text, String numbers) {
        assertEquals(numbers, shown(text, "zh-Hant"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            three              | three = 3
            Twenty-one         | Twenty-one = 21
            one hundred and five | one hundred and five = 105
            twelve hundred     | twelve hundred = 1200
            a hundred billion  | a hundred billion = 100000000000
            two thousand and twenty-five | two thousand and twenty-five = 2025
            $8.2 billion       | 8.2 billion = 8200000000
            $8.2bn             | 8.2bn = 8200000000 or 8.2
            a 10-billion fund  | 10-billion = 10000000000
            two and a half million | two and a half million = 2500000
            a million and a half | a million and a half = 1500000
            half a million     | half a million = 500000
            a dozen            | a dozen = 12
            half a dozen       | half a dozen = 6
            three point seven  | three point seven = 3.7
            twice, tenfold, 15-fold, 10x | twice = 2; tenfold = 10; 15-fold = 15; 10 = 10
            ten-fold, twenty-five-fold | ten-fold = 10; twenty-five-fold = 25
            doubled and tripling | doubled = 2; tripling = 3
            three and four     | three = 3; four = 4
            zero               | zero = 0
            """)
    void englishNumbersAreReadWordByWord(String text, String numbers) {
        assertEquals(numbers, shown(text, "en"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            the second largest | second = 2
            the 21st, the 3rd  | 21st = 21; 3rd = 3
            the twenty-third   | twenty-third = 23
            """)
    void anEnglishOrdinalIsItsNumber(String text, String numbers) {
        assertEquals(numbers, shown(text, "en"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            half of them       | half = 50 %
            three quarters     | three quarters = 75 %
            two-fifths         | two-fifths = 40 %
            one-tenth          | one-tenth = 10 %
            a third            | a third = 33.33333333333333 % or 3
            3.7 per cent       | 3.7 per cent = 3.7 %
            five percentage points | five percentage points = 5 %
            """)
    void anEnglishPartOfAWholeIsAShare(String text, String numbers) {
        assertEquals(numbers, shown(text, "en"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            one to five hundred billion | one to five hundred billion = 100000000000..500000000000
            100–500 billion    | 100–500 billion = 100000000000..500000000000
            between $10 and $20 | 10 and $20 = 10..20
            10 and 20          | 10 = 10; 20 = 20
            20 to 30 percent   | 20 to 30 percent = 20 %..30 %
            100 to 2 million   | 100 = 100; 2 million = 2000000
            in 2021–25         | 2021–25 = year 2021..year 2025
            """)
    void bothEndsOfAnEnglishRangeAreToldInFull(String text, String numbers) {
        assertEquals(numbers, shown(text, "en"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            dozens of firms    | dozens = ~12..120
            tens of thousands  | tens of thousands = ~10000..100000
            several hundred million | several hundred million = ~100000000..1000000000
            several years      | several = ~1..10
            a few firms        | a few = ~1..10
            many decades       | many = ~1..10
            a few hundred      | a few hundred = ~100..1000
            """)
    void aVagueEnglishNumberHasItsSizeAlone(String text, String numbers) {
        assertEquals(numbers, shown(text, "en"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            April 4, 2025      | 4 = day 4 or 4; 2025 = year 2025 or 2025
            30 Sept. 2021      | 30 = day 30 or 30; 2021 = year 2021 or 2021
            the 1990s          | 1990s = year 1990
            24/7               | 24 = 24; 7 = 7
            """)
    void englishDatesAreRead(String text, String numbers) {
        assertEquals(numbers, shown(text, "en"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            no one, one another, anyone | ''
            many more, few men | ''
            often, weighty, tense, someone | ''
            no one hundred men | hundred = 100
            one of them        | one = 1
            """)
    void aPronounIsNoNumber(String text, String numbers) {
        assertEquals(numbers, shown(text, "en"));
    }

    @Test void ofALanguageNotKnownOnlyFiguresAreFound() {
        assertEquals("3 = 3; 7 = 7", shown("drei oder 3,7", "de"));
        assertEquals("", shown("三個", "en"));
        assertEquals("3 = 3", shown("three of 3", "zh"));
    }

    @Test void ofATagThatIsNoneOnlyFiguresAreFound() {
        assertEquals("5 = 5", shown("five or 5", "-"));
    }

    @Test void anEmptyTextHasNoNumbers() {
        assertEquals(List.of(), Numerals.in("", "zh-Hant"));
        assertEquals(List.of(), Numerals.in(" ", "en"));
    }

    @Test void aNumeralSaysWhereItStandsAndWhichExactValuesItMayHave() {
        var text = "從2020年的約３８吉瓦增至一至五千億";

        var found = Numerals.in(text, "zh-Hant");

        assertEquals(List.of(1, 8, 14), found.stream().map(Numeral::start).toList());
        assertEquals(List.of(5, 10, 19), found.stream().map(Numeral::end).toList());
        assertEquals(List.of("2020", "３８", "一至五千億"), found.stream().map(Numeral::text).toList());
        assertEquals(List.of(List.of(new BigDecimal("2020")), List.of(new BigDecimal("38")),
                        List.of(new BigDecimal("100000000000"), new BigDecimal("500000000000"))),
                found.stream().map(Numeral::values).toList());
    }

    @Test void aShareMayBeWrittenAsAPartOrAsHundredthsAndAVagueNumberHasNoExactValue() {
        assertEquals(List.of(new BigDecimal("0.5"), new BigDecimal("50")), Numerals.in("過半", "zh").getFirst().values());
        assertEquals(List.of(), Numerals.in("dozens", "en").getFirst().values());
    }

    @Test void numeralsNeverOverlapAndTheirTextIsTheTexts() {
        var text = "十四五2021–25數百億一至五千億第三成3億多零五個半一般百分之二十三點七2024-06--3.5e6½%１，０００";

        for (var language : List.of("zh-Hant", "en", "fr")) {
            var end = 0;
            for (var numeral : Numerals.in(text, language)) {
                assertEquals(text.substring(numeral.start(), numeral.end()), numeral.text());
                assertEquals(true, numeral.start() >= end && numeral.end() > numeral.start(), numeral.toString());
                end = numeral.end();
            }
        }
    }

    private static String shown(String text, String language) {
        return Numerals.in(Optional.ofNullable(text).orElse(""), language).stream()
                .map(numeral -> numeral.text() + " = " + numeral.readings().stream().map(NumeralsTest::shown).collect(Collectors.joining(" or ")))
                .collect(Collectors.joining("; "));
    }

    private static String shown(Reading reading) {
        return switch (reading) {
            case Exact(var value) -> value.toPlainString();
            case Share(var value) -> Numeral.plain(value.movePointRight(2)).toPlainString() + " %";
            case Dated(var field, int value) -> field.toString().toLowerCase(Locale.ROOT).replaceAll("of.*", "") + " " + value;
            case Range(var from, var to) -> shown(from) + ".." + shown(to);
            case Vague(var least, var most) -> "~" + least.toPlainString() + ".." + most.toPlainString();
        };
    }
}
