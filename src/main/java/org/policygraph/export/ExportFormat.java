package org.policygraph.export;

import java.util.Locale;

/// The syntaxes of RDF that an export can have.
public enum ExportFormat {
    TTL, NT, NQ, TRIG, JSONLD, RDFXML;

    /// As it is typed, and as files of it end.
    @Override public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
