package org.policygraph.search;

import java.util.Optional;
import org.apache.jena.graph.Node;
import org.policygraph.term.Language;

/// What is looked for. The text is nothing but text: no sign in it is syntax.
/// @param text     of which the first two thousand characters count
/// @param type     a class that what is found must be of, also by way of its subclasses
/// @param language of the names and definitions to look into; both where there is none
/// @param prefix   whether the text is the beginning of a name that is still being typed
/// @param limit    how many things at the most
public record Wanted(String text, Optional<Node> type, Optional<Language> language, boolean prefix, int limit) {

    public static final int USUAL_LIMIT = 10;
    public static final int MOST = 1_000;
    private static final int LONGEST = 2_000;

    public Wanted {
        // No name is longer, and the analyser's patterns look at each character of a long text many times.
        text = text.length() <= LONGEST ? text : text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }
}
