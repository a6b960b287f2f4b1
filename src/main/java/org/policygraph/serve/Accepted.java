package org.policygraph.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.QuotedQualityCSV;

/// What an `Accept` header accepts (RFC 9110, 12.5.1): of the ranges that a media type is in, the narrowest says how much it is
/// liked; 0 is not at all. Parameters other than `q` are not looked at: each media type is offered in one kind only.
final class Accepted {

    private final List<Range> ranges;

    private Accepted(List<Range> ranges) {
        this.ranges = ranges;
    }

    /// @param type    in lower case, or `*`
    /// @param subtype likewise
    record Range(String type, String subtype, double quality) {

        private boolean holds(String mediaType) {
            return type.equals("*") || mediaType.startsWith(type + "/") && (subtype.equals("*") || mediaType.length() == type.length() + 1 + subtype.length()
                    && mediaType.endsWith(subtype));
        }

        private int narrowness() {
            return type.equals("*") ? 0 : subtype.equals("*") ? 1 : 2;
        }
    }

    /// @param headers as they stand in the request; what can't be read of them is passed over
    /// @return empty when nothing is said
    static Optional<Accepted> of(List<String> headers) {
        var ranges = parse(headers);
        return ranges.isEmpty() ? Optional.empty() : Optional.of(new Accepted(ranges));
    }

    static List<Range> parse(List<String> headers) {
        var ranges = new ArrayList<Range>();
        for (var header : headers) {
            var values = new QuotedQualityCSV();
            try {
                // Jetty knows q in lower case alone.
                values.addValue(header.replace(";Q=", ";q=").replace("; Q=", "; q="));
            } catch (IllegalArgumentException unbalanced) {
                // A wish that can't be read is no wish.
                continue;
            }
            values.getQualityValues().forEach(value -> range(value.getValue(), value.getWeight()).ifPresent(ranges::add));
        }
        return ranges;
    }

    private static Optional<Range> range(String value, double quality) {
        var end = value.indexOf(';');
        var name = (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        // As Java's own old client has it.
        var parts = name.equals("*") ? new String[] {"*", "*"} : name.split("/", -1);
        return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty() && (!parts[0].equals("*") || parts[1].equals("*"))
                ? Optional.of(new Range(parts[0], parts[1], quality)) : Optional.empty();
    }

    /// How much a media type is liked, and how narrowly it was named; nothing when it is not accepted.
    Optional<Liking> liking(String mediaType) {
        var narrowest = Optional.<Range>empty();
        for (var range : ranges) {
            if (range.holds(mediaType) && narrowest.map(known -> range.narrowness() > known.narrowness()
                    || range.narrowness() == known.narrowness() && range.quality() > known.quality()).orElse(true)) {
                narrowest = Optional.of(range);
            }
        }
        return narrowest.filter(range -> range.quality() > 0).map(range -> new Liking(range.quality(), range.narrowness()));
    }

    /// Of two that are liked alike the one that was named, not just allowed, is meant.
    record Liking(double quality, int narrowness) implements Comparable<Liking> {
        @Override public int compareTo(Liking other) {
            return quality == other.quality ? Integer.compare(narrowness, other.narrowness) : Double.compare(quality, other.quality);
        }
    }
}
