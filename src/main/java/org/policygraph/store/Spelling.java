package org.policygraph.store;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What remains of a text when case, accents, punctuation and the two ways to write Chinese no longer count.
public final class Spelling {

    /// `U.S.` is spoken and looked for as `US`; the same for `China's`.
    static final Pattern SILENT = Pattern.compile("(?<=\\b\\p{L})\\.|(?<=\\p{L})['’ʼ](?=\\p{L})");

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern EDGE_OF_HAN = Pattern.compile("(?<=\\p{IsHan})(?=[^\\p{IsHan}\\s])|(?<=[^\\p{IsHan}\\s])(?=\\p{IsHan})");

    private static final Normalizer2 CASELESS = Normalizer2.getNFKCCasefoldInstance();
    private static final Normalizer2 DECOMPOSED = Normalizer2.getNFDInstance();
    private static final Transliterator SIMPLIFIED = Transliterator.getInstance("Traditional-Simplified");
    private static final Transliterator PINYIN = Transliterator.getInstance("Han-Latin");

    private Spelling() {}

    /// In lower case, without accents, in Simplified Chinese; words parted by one space each.
    public static String folded(String text) {
        var plain = MARKS.matcher(DECOMPOSED.normalize(CASELESS.normalize(SILENT.matcher(text).replaceAll("")))).replaceAll("");
        return BETWEEN.matcher(SIMPLIFIED.transliterate(Normalizer2.getNFCInstance().normalize(plain))).replaceAll(" ").strip();
    }

    public static boolean isHan(String text) {
        return HAN.matcher(text).find();
    }

    /// The text as it sounds, a part for each character and each word beside them: 華為AI芯片 is `hua wei ai xin pian`.
    /// One reading a character; where it has others, these are not here.
    static List<String> syllables(String text) {
        var spaced = EDGE_OF_HAN.matcher(CASELESS.normalize(text)).replaceAll(" ");
        var sound = folded(PINYIN.transliterate(spaced));
        return sound.isEmpty() ? List.of() : List.of(sound.split(" "));
    }

    /// How pinyin is compared: without tone marks, apostrophes and spaces.
    public static String sound(String pinyin) {
        return folded(pinyin).replace(" ", "");
    }

    /// The sound of the text from each syllable on, the whole of it first.
    static List<String> sounds(String text) {
        var syllables = syllables(text);
        var sounds = new ArrayList<String>();
        for (var start = 0; start < syllables.size(); start++) {
            sounds.add(String.join("", syllables.subList(start, syllables.size())));
        }
        return sounds;
    }
}
