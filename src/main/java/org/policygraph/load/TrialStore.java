package org.policygraph.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Consumer;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.store.Store;

/// A store to try data out in. It is empty at first and gone afterwards.
final class TrialStore {

    private TrialStore() {}

    /// @param onDisk whether there is too much data to be held in memory
    /// @param parent where a folder for the store is made if it is on disk
    /// @throws ProblemException `Unusable` when no folder can be made there
    static void with(boolean onDisk, Path parent, Consumer<Store> work) {
        if (!onDisk) {
            try (var store = Store.inMemory()) {
                work.accept(store);
            }
            return;
        }
        var folder = folderIn(parent);
        try (var store = Store.on(folder)) {
            work.accept(store);
        } finally {
            delete(folder);
        }
    }

    private static Path folderIn(Path parent) {
        try {
            return Files.createTempDirectory(parent, "policygraph-check");
        } catch (IOException full) {
            throw new ProblemException(new Problem.Unusable(new Where.Resource(parent.toString()),
                    "a store to try the data out in can't be made there (" + full.getMessage() + "); point java.io.tmpdir to a folder with room"));
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }
}
