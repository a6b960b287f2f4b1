package org.policygraph.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.query.ARQ;
import org.apache.lucene.util.Version;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// Who wrote a store and in which format: a small file in its folder, there before the first quad.
/// @param format     that of the folder as a whole
/// @param program    version of PolicyGraph
/// @param jena       version of Jena, whose TDB2 has the quads
/// @param lucene     version of Lucene, which has the text index
/// @param textIndex  what the index holds of the quads; another one is made anew
record StoreFormat(int format, String program, String jena, String lucene, String textIndex) {

    /// Another one when what has been written can't be read as before.
    private static final int FORMAT = 1;

    static final String FILE = "policygraph-store";
    static final String TITLE = "PolicyGraph store";

    /// Of what this program writes.
    static StoreFormat current() {
        return new StoreFormat(FORMAT, Optional.ofNullable(StoreFormat.class.getPackage().getImplementationVersion()).orElse("unpackaged"),
                ARQ.VERSION, Version.LATEST.toString(), DataState.INDEX);
    }

    /// Empty for a folder without: a new one, or one of a version that wrote none.
    /// @throws ProblemException `Unusable` when the file is none of ours
    static Optional<StoreFormat> of(Path folder) throws IOException {
        var file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return Optional.of(parsed(text).orElseThrow(() -> new ProblemException(new Problem.Unusable(new Where.Resource(file.toString()),
                "it does not say in which format the store is, as a store's does; it is damaged: restore a backup"))));
    }

    static Optional<StoreFormat> parsed(String text) {
        var lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(TITLE)) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        lines.stream().skip(1).map(line -> line.split(" ", 2)).filter(parts -> parts.length == 2).forEach(parts -> values.put(parts[0], parts[1]));
        var format = values.getOrDefault("format", "");
        return format.matches("[0-9]{1,9}") ? Optional.of(new StoreFormat(Integer.parseInt(format), values.getOrDefault("program", "unknown"),
                values.getOrDefault("jena", "unknown"), values.getOrDefault("lucene", "unknown"), values.getOrDefault("text-index", "unknown")))
                : Optional.empty();
    }

    String text() {
        return "%s%nformat %d%nprogram %s%njena %s%nlucene %s%ntext-index %s%n".formatted(TITLE, format, program, jena, lucene, textIndex);
    }

    /// What this program can't read is never tried.
    /// @param what "store", "backup"
    /// @throws ProblemException `Unusable` for what a later version wrote
    void requireReadable(Where where, String what) {
        if (format > FORMAT || major(jena) > major(ARQ.VERSION)) {
            throw new ProblemException(new Problem.Unusable(where, "the " + what + " was written by PolicyGraph " + program + " (format " + format + ", Jena " + jena
                    + "), and this is " + current().program + " (format " + FORMAT + ", Jena " + ARQ.VERSION
                    + "); use it with that version or a later one, or export the data there as N-Quads"));
        }
    }

    private static int major(String version) {
        var digits = version.split("\\.", 2)[0];
        return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : 0;
    }

    /// Whole or not at all, and on disk before anything else is written.
    void write(Path folder) throws IOException {
        var part = folder.resolve(FILE + ".part");
        try (var file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = StandardCharsets.UTF_8.encode(text());
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        Durable.folder(folder);
    }
}
