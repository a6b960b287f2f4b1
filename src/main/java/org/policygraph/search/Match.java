package org.policygraph.search;

import java.util.Locale;

/// By what a thing was found, the surest first.
public enum Match {
    /// The text is its label.
    LABEL,
    /// The text is one of its aliases.
    ALIAS,
    /// Its label begins with the text.
    LABEL_PREFIX,
    /// Its label has every word of the text, the last of them perhaps in part.
    LABEL_WORDS,
    /// One of its aliases has them.
    ALIAS_WORDS,
    /// A label or an alias is but a letter or two from the text.
    TYPO,
    /// Its definition has every word.
    DEFINITION;

    /// `label prefix`
    @Override public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
