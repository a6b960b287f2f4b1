package org.policygraph.source;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON value that knows on which line it began.
sealed interface Json {

    /// First line is 1.
    long line();

    /// The value as an error shows it: short, on one line.
    default String shown() {
        var all = switch (this) {
            case Text text -> "\"" + text.value() + "\"";
            case Number number -> number.value().toString();
            case Flag flag -> Boolean.toString(flag.value());
            case Null _ -> "null";
            case Items items -> items.items().isEmpty() ? "an empty array" : "an array of " + items.items().size();
            case Members members -> members.members().isEmpty() ? "an empty object"
                    : "an object with " + String.join(", ", members.members().keySet());
        };
        var line = all.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, SHOWN) - 1)) + "…";
    }

    int SHOWN = 80;

    record Text(String value, long line) implements Json {}

    record Number(BigDecimal value, long line) implements Json {}

    record Flag(boolean value, long line) implements Json {}

    record Null(long line) implements Json {}

    record Items(List<Json> items, long line) implements Json {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// Members in the order of the file.
    record Members(Map<String, Json> members, long line) implements Json {
        public Members {
            members = new LinkedHashMap<>(members);
        }
    }
}
