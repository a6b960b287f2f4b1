package org.policygraph.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.RDFS;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;

/// Writes into a store until its disk is full, reads it, makes room, and writes again.
///
///     FullDisk FOLDER MEGABYTES
///
/// The folder is on a small disk, of which so many megabytes stay free for the store to begin with.
public final class FullDisk {

    private static final int MEGABYTE = 1 << 20;

    private FullDisk() {}

    public static void main(String[] arguments) throws IOException {
        var disk = Path.of(arguments[0]);
        var ballast = disk.resolve("ballast");
        var version = new Version(0);
        try (var store = Store.on(disk.resolve("store"))) {
            version.write(store);
            var free = Files.getFileStore(disk).getUsableSpace();
            fill(ballast, free - Long.parseLong(arguments[1]) * MEGABYTE);
            // Far more than fits: the disk is full in the middle of it, at another place each time.
            for (int round = 1; round <= 3; round++) {
                var refused = "";
                var more = 80_000 + round * 7_000;
                try {
                    store.write(data -> IntStream.range(0, more).forEach(number -> data.add(Quad.create(Iris.sourceGraph("big"), Iris.id("big" + number),
                            RDFS.label.asNode(), Literals.text("Something that is far too big " + number, "en")))));
                } catch (ProblemException full) {
                    refused = full.getMessage();
                }
                System.out.println("refused: " + refused);
                System.out.println("read " + store.read(Version::of).equals(version));
            }
            fill(disk.resolve("more"), Files.getFileStore(disk).getUsableSpace() - 8 * MEGABYTE);
            var refused = "";
            try {
                version = version.next(store);
            } catch (ProblemException full) {
                refused = full.getMessage();
            }
            System.out.println("refused: " + refused);
            Files.delete(disk.resolve("more"));
            System.out.println("read " + store.read(Version::of).equals(version));
            System.out.println("broken " + store.problem().isPresent());
            Files.delete(ballast);
            version = version.next(store);
            System.out.println("written " + store.read(Version::of).equals(version));
        }
        try (var store = Store.on(disk.resolve("store"), told -> System.out.println(told))) {
            System.out.println("opened " + store.read(Version::of).equals(version));
        }
    }

    private static void fill(Path ballast, long bytes) throws IOException {
        var block = new byte[MEGABYTE];
        Arrays.fill(block, (byte) 7);
        try (var out = Files.newOutputStream(ballast)) {
            for (long written = 0; written < bytes; written += MEGABYTE) {
                out.write(block, 0, (int) Math.min(MEGABYTE, bytes - written));
            }
        }
    }
}
