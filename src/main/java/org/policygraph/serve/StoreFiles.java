package org.policygraph.serve;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.policygraph.store.Store;

/// What the files of a store tell from outside, whatever the store is doing: they may come and go meanwhile.
final class StoreFiles {

    private static final String QUADS = "Data-";

    private final Optional<File> folder;

    StoreFiles(Store store) {
        this.folder = Optional.of(Path.of(store.name()).toFile()).filter(File::isDirectory);
    }

    long bytes() {
        return lengths(folder.stream()).sum();
    }

    /// How many times the quads have been copied to a new folder, beginning with 1; 0 for a store in memory.
    long generation() {
        return children(folder.stream()).map(File::getName).filter(name -> name.matches(QUADS + "\\d+"))
                .mapToLong(name -> Long.parseLong(name.substring(QUADS.length()))).max().orElse(0);
    }

    /// When a load or an edit last wrote, in milliseconds since 1970.
    long changed() {
        return children(children(folder.stream()).filter(File::isDirectory)).filter(isTree()).mapToLong(File::lastModified).max().orElse(0);
    }

    /// TDB2 writes the root of a tree anew when it commits what has changed it.
    private static Predicate<File> isTree() {
        return file -> file.getName().endsWith(".bpt");
    }

    private static LongStream lengths(Stream<File> files) {
        return files.flatMapToLong(file -> file.isDirectory() ? lengths(children(Stream.of(file))) : LongStream.of(file.length()));
    }

    private static Stream<File> children(Stream<File> folders) {
        return folders.flatMap(file -> Stream.ofNullable(file.listFiles()).flatMap(Stream::of));
    }
}
