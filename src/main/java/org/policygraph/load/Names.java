package org.policygraph.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.policygraph.source.EntityEntry;
import org.policygraph.source.EntityEntry.Alias;
import org.policygraph.source.Numeral;
import org.policygraph.source.Numeral.Dated;
import org.policygraph.source.Numerals;

/// Names of entities that have a number in them, as CloudMatrix 384 has. Other names are not kept.
final class Names {

    /// Stands for a character of a name; no number goes across it.
    private static final char GONE = '\ufffc';

    private final Map<Character, List<String>> byFirst = new HashMap<>();
    private final Map<String, Set<String>> numerals = new HashMap<>();

    void add(EntityEntry entity) {
        Stream.concat(Stream.of(new Alias(entity.label().en(), "en"), new Alias(entity.label().zhHant(), "zh-Hant")), entity.aliases().stream())
                .forEach(name -> add(entity.id(), name));
    }

    private void add(String entity, Alias name) {
        var found = Numerals.in(name.text(), name.language());
        if (!found.isEmpty()) {
            byFirst.computeIfAbsent(first(name.text(), 0), _ -> new ArrayList<>()).add(name.text());
            found.stream().filter(numeral -> numeral.text().length() > 1 && !isDate(numeral)).map(Numeral::text)
                    .forEach(text -> numerals.computeIfAbsent(entity, _ -> new HashSet<>()).add(text));
        }
    }

    private static boolean isDate(Numeral numeral) {
        return numeral.readings().stream().anyMatch(Dated.class::isInstance);
    }

    /// Numbers in the names of an entity, as they are written there. Single characters and years are left out: who
    /// mentions the "2030 plan" has not said when something happened.
    Set<String> numeralsOf(String entity) {
        return numerals.getOrDefault(entity, Set.of());
    }

    /// The text without the names in it; all else stays in its place. Where names overlap, the first and then the
    /// longest is taken out.
    String takenOutOf(String text) {
        var rest = new StringBuilder(text);
        var at = 0;
        while (at < text.length()) {
            var length = lengthOfNameAt(text, at);
            for (int end = at + length; at < end; at++) {
                rest.setCharAt(at, GONE);
            }
            at += length == 0 ? 1 : 0;
        }
        return rest.toString();
    }

    /// 0 where there is none.
    private int lengthOfNameAt(String text, int at) {
        return byFirst.getOrDefault(first(text, at), List.of()).stream()
                .filter(name -> text.regionMatches(true, at, name, 0, name.length()) && !cutsAWord(text, at) && !cutsAWord(text, at + name.length()))
                .mapToInt(String::length).max().orElse(0);
    }

    private static char first(String text, int at) {
        return Character.toLowerCase(text.charAt(at));
    }

    /// A10 is no part of A100.
    private static boolean cutsAWord(String text, int at) {
        return 0 < at && at < text.length() && isOfAWord(text.charAt(at - 1)) && isOfAWord(text.charAt(at));
    }

    private static boolean isOfAWord(char c) {
        return c < '\u0250' && Character.isLetterOrDigit(c);
    }
}
