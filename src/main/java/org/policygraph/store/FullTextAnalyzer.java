package org.policygraph.store;

import com.ibm.icu.text.Transliterator;
import java.io.Reader;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.ICUTransformFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/// Texts become words: case, accents and the two ways to write Chinese don't count, and Chinese is cut into pairs of characters.
final class FullTextAnalyzer extends Analyzer {

    private static final Pattern DOT_OF_ABBREVIATION = Pattern.compile("(?<=\\b\\p{L})\\.");
    private static final int EVERY_SCRIPT = CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL;

    private final boolean single;

    /// @param single whether single characters are words too: in the index, so that one alone can be asked for
    FullTextAnalyzer(boolean single) {
        this.single = single;
    }

    @Override protected Reader initReader(String field, Reader reader) {
        return new PatternReplaceCharFilter(DOT_OF_ABBREVIATION, "", reader);
    }

    @Override protected TokenStreamComponents createComponents(String field) {
        var words = new StandardTokenizer();
        var folded = new ICUFoldingFilter(new EnglishPossessiveFilter(words));
        var simplified = new ICUTransformFilter(folded, Transliterator.getInstance("Traditional-Simplified"));
        return new TokenStreamComponents(words, new CJKBigramFilter(simplified, EVERY_SCRIPT, single));
    }
}
