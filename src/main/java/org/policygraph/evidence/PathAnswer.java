package org.policygraph.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The ways found, best first, and how much was looked at.
/// @param edges      how many claims and inferred edges were looked at
/// @param completeTo up to this many steps, no way was missed
/// @param limit      what ended the search too early
/// @param hints      where there is no way, what would let one be found
public record PathAnswer(PathQuery query, List<Way> ways, long edges, int completeTo, Optional<Limit> limit, List<Hint> hints) {

    /// What a search can run into.
    public enum Limit { EDGES, TIME }

    /// A change of the query that leads to a way.
    /// @param steps of the shortest way that there would be
    public record Hint(Change change, int steps) {
        public enum Change { LONGER, STATUSES, PROPERTIES, CONCEPTS }

        String sentence() {
            return switch (change) {
                case LONGER -> "Of up to " + PathQuery.LONGEST + " steps there is one: it has ";
                case STATUSES -> "Over goals, plans and other claims that are not held to be so there is one: it has ";
                case PROPERTIES -> "Over all properties there is one: it has ";
                case CONCEPTS -> "Over concepts of the taxonomies there is one: it has ";
            } + (steps == 1 ? "1 step" : steps + " steps");
        }
    }

    public PathAnswer {
        ways = List.copyOf(ways);
        hints = List.copyOf(hints);
    }

    /// What a reader should know besides the ways, a sentence each.
    public List<String> notes() {
        return Stream.concat(caution().stream(), hints.stream().map(Hint::sentence)).toList();
    }

    /// What a reader must know who takes the ways for all there is; nothing when they are.
    public Optional<String> caution() {
        return limit.map(reached -> (ways.isEmpty() ? "No way" : ways.size() == 1 ? "1 way" : ways.size() + " ways") + " found before the limit of "
                + switch (reached) {
                    case EDGES -> String.format(Locale.ROOT, "%,d edges", query.limits().edges());
                    case TIME -> query.limits().time().toMillis() / 1000.0 + " seconds";
                } + "; all ways of up to " + completeTo + (completeTo == 1 ? " step" : " steps") + " were looked at, there may be others that are longer");
    }
}
