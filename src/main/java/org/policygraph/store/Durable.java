package org.policygraph.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/// What must be on disk before what comes next.
final class Durable {

    private Durable() {}

    /// Names that came to the folder or went from it.
    static void folder(Path folder) throws IOException {
        try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    static void file(Path file) throws IOException {
        try (var bytes = FileChannel.open(file, StandardOpenOption.WRITE)) {
            bytes.force(true);
        }
    }

    /// The folder and all that is in it, or the file; nothing where there is none.
    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
