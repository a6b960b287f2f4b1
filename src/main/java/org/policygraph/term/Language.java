package org.policygraph.term;

import java.util.Optional;

/// The languages that everything in the graph is named in.
public enum Language {
    EN("en"),
    ZH_HANT("zh-Hant");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /// The BCP 47 tag, as literals have it.
    public String tag() {
        return tag;
    }

    public Language other() {
        return this == EN ? ZH_HANT : EN;
    }

    /// The language that a tag such as `zh-TW` or `en-GB` can be served in.
    public static Optional<Language> of(String tag) {
        var primary = tag.strip().split("[-_]", 2)[0];
        return primary.equalsIgnoreCase("en") ? Optional.of(EN) : primary.equalsIgnoreCase("zh") ? Optional.of(ZH_HANT) : Optional.empty();
    }

    /// As it is typed.
    @Override public String toString() {
        return tag;
    }
}
