package org.policygraph.search;

import java.util.List;

/// What a search came to.
/// @param query       as it was typed
/// @param results     the best first
/// @param suggestions names that resemble the text, where nothing was found
public record Found(String query, List<Hit> results, List<String> suggestions) {
    public Found {
        results = List.copyOf(results);
        suggestions = List.copyOf(suggestions);
    }
}
