package org.policygraph.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/// Names that resemble a mistyped one.
public final class Nearest {

    private static final int MOST = 3;

    private Nearest() {}

    /// Nearest first; none when nothing resembles it.
    public static List<String> to(String name, Collection<String> known) {
        record Near(String name, int distance) {}
        var asked = name.toLowerCase(Locale.ROOT);
        var reach = Math.max(1, name.length() / 3);
        var distance = new LevenshteinDistance(reach);
        return known.stream()
                .map(one -> {
                    var other = one.toLowerCase(Locale.ROOT);
                    var apart = distance.apply(asked, other);
                    return new Near(one, apart >= 0 ? apart : asked.length() > 3 && other.contains(asked) ? reach + 1 : -1);
                })
                .filter(near -> near.distance() >= 0)
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(MOST).map(Near::name).toList();
    }
}
