package org.policygraph.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.jena.dboe.base.file.Location;

/// Which state of the quads is on disk, in a few bytes: each commit that changes one makes another of it.
///
/// TDB2 copies what it changes, so that the root of an index and the blocks it has taken are never the same again.
/// They are in `GSPO.bpt` (quads) and `SPO.bpt` (triples of the default graph).
final class DataState {

    /// Another one when the same quads would make another index.
    static final String INDEX = "1";

    private DataState() {}

    /// None of data in memory.
    static Optional<String> of(Location data) {
        return data.isMem() ? Optional.empty()
                : Optional.of(INDEX + " " + Path.of(data.getDirectoryPath()).getFileName() + " " + root(data, "GSPO") + " " + root(data, "SPO"));
    }

    private static String root(Location data, String index) {
        try {
            return HexFormat.of().formatHex(Files.readAllBytes(Path.of(data.getPath(index, "bpt"))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
