package org.policygraph.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.policygraph.store.FullText;
import org.policygraph.store.Spelling;

/// What the index is asked for a text, one thing after the other, the surest first. Queries are built, never parsed.
final class Steps {

    /// More words say nothing that these don't, and Lucene takes 1024 clauses.
    private static final int MOST_WORDS = 64;
    private static final int SHORTEST_SOUND = 2;
    private static final int LONGEST_MISTYPED = 60;
    private static final int MOST_SPELLINGS = 50;

    private static final Pattern PINYIN = Pattern.compile("[a-z0-9]*[a-z][a-z0-9]*");

    /// @param bySound whether pinyin is asked
    record Step(Match match, boolean bySound, Query query) {}

    private final String whole;
    private final List<String> words;
    private final String sound;
    private final List<Step> steps = new ArrayList<>();

    private Steps(String text) {
        this.whole = Spelling.folded(text);
        this.words = FullText.words(text).stream().distinct().limit(MOST_WORDS).toList();
        var spoken = Spelling.sound(text);
        this.sound = spoken.length() >= SHORTEST_SOUND && PINYIN.matcher(spoken).matches() ? spoken : "";
    }

    /// @param prefix whether the text may go on: then there are no typos and no definitions
    static List<Step> of(String text, boolean prefix) {
        var steps = new Steps(text);
        if (!steps.whole.isEmpty()) {
            steps.names();
            if (!prefix) {
                steps.typos();
                steps.add(Match.DEFINITION, false, of(FullText.DEFINITION), steps.allWords(FullText.DEFINITION));
            }
        }
        return steps.steps;
    }

    private void names() {
        add(Match.LABEL, false, of(FullText.LABEL), term(FullText.WHOLE, whole));
        add(Match.ALIAS, false, of(FullText.ALIAS), term(FullText.WHOLE, whole));
        add(Match.LABEL, true, of(FullText.LABEL), bySound(term(FullText.SOUND, sound)));
        add(Match.ALIAS, true, of(FullText.ALIAS), bySound(term(FullText.SOUND, sound)));
        add(Match.LABEL_PREFIX, false, of(FullText.LABEL), beginning(FullText.WHOLE, whole));
        add(Match.LABEL_PREFIX, true, of(FullText.LABEL), bySound(beginning(FullText.SOUND, sound)));
        add(Match.LABEL_WORDS, false, of(FullText.LABEL), allWords(FullText.LABEL));
        add(Match.ALIAS_WORDS, false, of(FullText.ALIAS), any(beginning(FullText.WHOLE, whole), allWords(FullText.ALIAS)));
        add(Match.LABEL_WORDS, true, of(FullText.LABEL), bySound(beginning(FullText.SOUNDS, sound)));
        add(Match.ALIAS_WORDS, true, of(FullText.ALIAS), bySound(beginning(FullText.SOUNDS, sound)));
    }

    private void typos() {
        for (var edits = 1; edits <= edits(whole); edits++) {
            add(Match.TYPO, false, of(FullText.LABEL), mistyped(FullText.WHOLE, whole, edits));
            add(Match.TYPO, false, of(FullText.ALIAS), mistyped(FullText.WHOLE, whole, edits));
        }
        if (!sound.isEmpty() && edits(sound) > 0) {
            add(Match.TYPO, true, any(of(FullText.LABEL), of(FullText.ALIAS)), mistyped(FullText.SOUND, sound, 1));
        }
        add(Match.TYPO, false, of(FullText.LABEL), mistypedWords(FullText.LABEL));
        add(Match.TYPO, false, of(FullText.ALIAS), mistypedWords(FullText.ALIAS));
    }

    /// Whatever resembles the text, however little.
    static Query resembling(String text) {
        var steps = new Steps(text);
        var some = new BooleanQuery.Builder();
        for (var word : FullText.singleWords(text).stream().distinct().limit(MOST_WORDS).toList()) {
            for (var field : List.of(FullText.LABEL, FullText.ALIAS)) {
                some.add(word.length() > 3 && word.length() <= LONGEST_MISTYPED ? mistyped(field, word, 2) : term(field, word), Occur.SHOULD);
            }
        }
        if (!steps.whole.isEmpty() && steps.whole.length() <= LONGEST_MISTYPED) {
            some.add(mistyped(FullText.WHOLE, steps.whole, steps.whole.codePointCount(0, steps.whole.length()) > 3 ? 2 : 1), Occur.SHOULD);
            some.add(beginning(FullText.WHOLE, steps.whole.substring(0, steps.whole.offsetByCodePoints(0, Math.min(2, steps.whole.codePointCount(0, steps.whole.length()))))), Occur.SHOULD);
        }
        if (steps.sound.length() > 3 && steps.sound.length() <= LONGEST_MISTYPED) {
            some.add(mistyped(FullText.SOUND, steps.sound, 2), Occur.SHOULD);
        }
        return some.build();
    }

    private void add(Match match, boolean bySound, Query role, Query query) {
        if (!(query instanceof MatchNoDocsQuery)) {
            steps.add(new Step(match, bySound, new BooleanQuery.Builder().add(role, Occur.FILTER).add(query, Occur.FILTER).build()));
        }
    }

    private Query bySound(Query query) {
        return sound.isEmpty() ? new MatchNoDocsQuery() : query;
    }

    /// All of the words, the last of them, unless it is Chinese, perhaps in part.
    private Query allWords(String field) {
        if (words.isEmpty()) {
            return new MatchNoDocsQuery();
        }
        var all = new BooleanQuery.Builder();
        for (var word : words) {
            var last = word.equals(words.getLast()) && !Spelling.isHan(word) && !field.equals(FullText.DEFINITION);
            all.add(last ? any(term(field, word), beginning(field, word)) : term(field, word), Occur.FILTER);
        }
        return all.build();
    }

    /// All of the words, each perhaps mistyped. Chinese comes in pairs of characters, of which one wrong one spoils two.
    private Query mistypedWords(String field) {
        if (words.isEmpty() || words.stream().noneMatch(word -> edits(word) > 0)) {
            return new MatchNoDocsQuery();
        }
        var all = new BooleanQuery.Builder();
        for (var word : words) {
            all.add(edits(word) > 0 ? mistyped(field, word, edits(word)) : term(field, word), Occur.FILTER);
        }
        return all.build();
    }

    /// How many letters may be wrong: none of a short word, or it would be any other. A character of Chinese says more than a letter.
    private static int edits(String text) {
        var length = text.codePointCount(0, text.length()) * (Spelling.isHan(text) ? 4 : 3) / 3;
        return length < 4 || length > LONGEST_MISTYPED ? 0 : length < 8 ? 1 : 2;
    }

    private static Query of(String role) {
        return term(FullText.ROLE, role);
    }

    private static Query term(String field, String text) {
        return new TermQuery(new Term(field, cut(field, text)));
    }

    private static Query beginning(String field, String text) {
        return new PrefixQuery(new Term(field, cut(field, text)));
    }

    private static Query mistyped(String field, String text, int edits) {
        return new FuzzyQuery(new Term(field, text), edits, 0, MOST_SPELLINGS, true);
    }

    private static Query any(Query... queries) {
        var any = new BooleanQuery.Builder();
        Arrays.stream(queries).filter(query -> !(query instanceof MatchNoDocsQuery)).forEach(query -> any.add(query, Occur.SHOULD));
        return any.build();
    }

    private static String cut(String field, String text) {
        var longest = field.equals(FullText.SOUNDS) ? FullText.LONGEST_SOUND : FullText.LONGEST_WHOLE;
        return text.length() > longest ? text.substring(0, longest) : text;
    }
}
