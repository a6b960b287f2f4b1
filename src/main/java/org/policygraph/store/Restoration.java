package org.policygraph.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// Makes a store of a backup. It grows beside the one there is, within the same folder, and takes its place when it is whole:
/// a process that dies leaves the old one or the new one, and whoever opens the store next tidies up.
public final class Restoration {

    /// Written in one transaction: few enough for any heap.
    private static final int AT_ONCE = 50_000;

    private Restoration() {}

    /// @param folder   of the store, which may be there or not
    /// @param progress hears what is being done
    /// @throws ProblemException `Unreadable` when the backup is damaged, `Unusable` when a process has the store open, when the
    ///         folder is no store, or when the disk is full; the store is then as it was
    public static Backup restore(Path backup, Path folder, Consumer<String> progress) {
        progress.accept("Checking " + backup);
        var file = new BackupFile(backup);
        var told = file.verify();
        try {
            var fresh = !Files.exists(folder);
            Files.createDirectories(folder);
            var place = new StoreFolder(folder);
            place.alone(() -> {
                place.requireStoreOrNothing();
                place.finishRestoring();
                progress.accept("Writing %,d quads beside the store".formatted(told.quads()));
                fill(place, file, told);
                place.takeRestored();
            });
            if (fresh) {
                Durable.folder(folder.toAbsolutePath().getParent());
            }
        } catch (IOException | UncheckedIOException full) {
            throw new ProblemException(new Problem.Unusable(new Where.Resource(folder.toString()), "the backup could not be written there ("
                    + DiskTrouble.reason(full) + "); the store is as it was: make room, then try again"));
        }
        return told;
    }

    private static void fill(StoreFolder place, BackupFile file, Backup told) throws IOException {
        var restored = place.restored();
        try {
            // So that it need not be given another name, to which the text index would not belong.
            Files.createDirectories(restored.resolve(place.nextGeneration()));
            StoreFormat.current().write(restored);
            try (var store = Store.on(restored)) {
                var filling = new Filling(store, restored);
                file.read(filling);
                filling.finish();
                var found = store.read(data -> new Quads(TDBInternal.requireStorage(data)).count());
                if (found != told.quads()) {
                    throw new IllegalStateException("wrote " + found + " of " + told.quads());
                }
            }
        } catch (IOException | RuntimeException failed) {
            Durable.delete(restored);
            throw failed;
        }
    }

    private static final class Filling implements BackupFile.Receiver {
        private final Store store;
        private final Path edits;
        private final List<Quad> quads = new ArrayList<>(AT_ONCE);
        private final Map<String, String> prefixes = new TreeMap<>();

        private Filling(Store store, Path folder) throws IOException {
            this.store = store;
            this.edits = folder.resolve(Journal.FILE);
            // There also when nobody has edited anything: it takes the place of the old one.
            Files.write(edits, new byte[0]);
        }

        @Override public void quad(Quad quad) {
            quads.add(quad);
            if (quads.size() == AT_ONCE) {
                write();
            }
        }

        private void write() {
            store.write(data -> quads.forEach(data::add));
            quads.clear();
        }

        @Override public void prefix(String prefix, String iri) {
            prefixes.put(prefix, iri);
        }

        @Override public void file(String name) throws IOException {
            if (!name.equals(Journal.FILE)) {
                throw new IOException("a backup with a file " + name + ", which no store has");
            }
        }

        @Override public void data(byte[] bytes) throws IOException {
            try (OutputStream out = Files.newOutputStream(edits, StandardOpenOption.APPEND)) {
                out.write(bytes);
            }
        }

        private void finish() throws IOException {
            write();
            if (!prefixes.isEmpty()) {
                store.write(data -> prefixes.forEach(data.prefixes()::add));
            }
            Durable.file(edits);
        }
    }
}
