package org.policygraph.source;

import org.policygraph.problem.Where;

/// A record of a data file that has the fields of its form; what it refers to may still be missing.
public sealed interface Entry permits EntityEntry, SourceEntry, ClaimEntry, FigureEntry {

    /// Unique among entities and sources; for claims and figures, within their source.
    String id();

    Origin origin();

    default Where.InFile where() {
        return origin().where();
    }
}
