package org.policygraph.evidence;

import java.util.Locale;
import org.apache.jena.graph.Graph;
import org.policygraph.store.Names;
import org.policygraph.term.Language;

/// How ways are written.
public enum PathFormat {
    TEXT, JSON, CSV, MERMAID;

    /// @param union where labels are, in a transaction
    public String written(PathAnswer answer, Names names, Language language, Graph union) {
        var writing = new PathWriting(answer, names, language, union);
        return switch (this) {
            case TEXT -> writing.text();
            case JSON -> writing.json();
            case CSV -> writing.csv();
            case MERMAID -> writing.mermaid();
        };
    }

    /// As it is typed.
    @Override public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
