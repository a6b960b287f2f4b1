package org.policygraph.source;

import org.policygraph.term.Vocabulary;

/// The forms of all files, with the names that a vocabulary offers.
public final class Forms {

    private final Vocabulary words;
    private final Form entity;
    private final Form source;
    private final Form claim;
    private final Form figure;

    public Forms(Vocabulary words) {
        this.words = words;
        this.entity = EntityEntry.form(words);
        this.source = SourceEntry.form();
        this.claim = ClaimEntry.form(words);
        this.figure = FigureEntry.form(words);
    }

    Vocabulary words() {
        return words;
    }

    public Form entity() {
        return entity;
    }

    public Form source() {
        return source;
    }

    public Form claim() {
        return claim;
    }

    public Form figure() {
        return figure;
    }
}
