package org.policygraph.export;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The syntaxes of RDF that an export can have.
public enum ExportFormat {
    TTL, NT, NQ, TRIG, JSONLD, RDFXML;

    /// As it is typed, and as files of it end.
    @Override public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one that the file's name ends with; `.rdf` is RDF/XML too.
    public static Optional<ExportFormat> ofFile(Path file) {
        var name = file.toString();
        return name.endsWith(".rdf") ? Optional.of(RDFXML)
                : Arrays.stream(values()).filter(format -> name.endsWith("." + format)).findFirst();
    }
}
