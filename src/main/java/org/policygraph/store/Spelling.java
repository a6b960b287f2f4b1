package org.policygraph.store;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What remains of a text when case, accents, punctuation and the two ways to write Chinese no longer count.
public final class Spelling {

    /// `U.S.` is spoken and looked for as `US`; the same for `China's`.
    private static final Pattern SILENT = Pattern.compile("(?<=\\b\\p{L})\\.|(?<=\\p{L})['’ʼ](?=\\p{L})");

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern EDGE_OF_HAN = Pattern.compile("(?<=\\p{IsHan})(?=[^\\p{IsHan}\\s])|(?<=[^\\p{IsHan}\\s])(?=\\p{IsHan})");

    private static final Normalizer2 CASELESS = Normalizer2.getNFKCCasefoldInstance();
    private static final Normalizer2 DECOMPOSED = Normalizer2.getNFDInstance();
    private static final Transliterator SIMPLIFIED = Transliterator.getInstance("Traditional-Simplified");
    private static final Transliterator PINYIN = Transliterator.getInstance("Han-Latin");

    /// Characters with a second reading in words of business and government, which ICU doesn't give.
    private static final Map<String, String> READ_OTHERWISE = Map.ofEntries(
            Map.entry("行", "hang"), Map.entry("长", "chang"), Map.entry("重", "chong"), Map.entry("调", "diao"), Map.entry("率", "shuai"),
            Map.entry("会", "kuai"), Map.entry("传", "zhuan"), Map.entry("校", "jiao"), Map.entry("降", "xiang"), Map.entry("都", "du"),
            Map.entry("单", "shan"), Map.entry("参", "shen"), Map.entry("车", "ju"), Map.entry("乐", "yue"), Map.entry("还", "huan"));
    private static final int MOST_READINGS = 8;

    private static final Map<Integer, List<String>> SOUNDS = new ConcurrentHashMap<>();

    private Spelling() {}

    /// In lower case, without accents, in Simplified Chinese; words parted by one space each.
    public static String folded(String text) {
        var plain = MARKS.matcher(DECOMPOSED.normalize(CASELESS.normalize(SILENT.matcher(text).replaceAll("")))).replaceAll("");
        return BETWEEN.matcher(SIMPLIFIED.transliterate(Normalizer2.getNFCInstance().normalize(plain))).replaceAll(" ").strip();
    }

    public static boolean isHan(String text) {
        return HAN.matcher(text).find();
    }

    /// The text as it sounds, each way that it may be read: of 華為AI芯片 `hua wei ai xin pian`, a part for each character of
    /// Chinese and each word beside it.
    static List<List<String>> readings(String text) {
        var readings = List.of(List.<String>of());
        for (var part : EDGE_OF_HAN.matcher(CASELESS.normalize(text)).replaceAll(" ").split(" ")) {
            if (isHan(part)) {
                for (var character : part.codePoints().toArray()) {
                    var sounds = SOUNDS.computeIfAbsent(character, Spelling::sounds);
                    readings = sounds.isEmpty() ? readings : continued(readings, sounds);
                }
            } else {
                for (var word : folded(part).split(" ")) {
                    readings = word.isEmpty() ? readings : continued(readings, List.of(word));
                }
            }
        }
        return readings;
    }

    private static List<List<String>> continued(List<List<String>> readings, List<String> sounds) {
        var all = readings.stream().flatMap(reading -> sounds.stream().map(sound -> {
            var longer = new ArrayList<>(reading);
            longer.add(sound);
            return List.copyOf(longer);
        })).toList();
        return all.size() > MOST_READINGS ? all.subList(0, MOST_READINGS) : all;
    }

    /// ICU gives one reading a character, whatever stands beside it.
    private static List<String> sounds(int character) {
        var usual = sound(PINYIN.transliterate(Character.toString(character)));
        var other = READ_OTHERWISE.get(SIMPLIFIED.transliterate(Character.toString(character)));
        return usual.isEmpty() ? List.of() : other == null || other.equals(usual) ? List.of(usual) : List.of(usual, other);
    }

    /// How pinyin is compared: without tone marks, apostrophes and spaces.
    public static String sound(String pinyin) {
        return folded(pinyin).replace(" ", "");
    }

    /// A reading from each syllable on, the whole of it first.
    static List<String> endings(List<String> reading) {
        return IntStream.range(0, reading.size()).mapToObj(start -> String.join("", reading.subList(start, reading.size()))).toList();
    }
}
