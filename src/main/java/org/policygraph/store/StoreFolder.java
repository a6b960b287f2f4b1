package org.policygraph.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.jena.atlas.RuntimeIOException;
import org.apache.jena.dboe.DBOpEnvException;
import org.apache.jena.dboe.base.file.AlreadyLocked;
import org.apache.jena.dboe.base.file.Location;
import org.apache.jena.dboe.base.file.ProcessFileLock;
import org.apache.jena.dboe.sys.Names;
import org.apache.jena.tdb2.sys.DatabaseConnection;
import org.apache.jena.tdb2.sys.StoreConnection;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// The folder of a store while nobody has it open: what a process that died left half done is finished or taken away.
///
///     policygraph-store   who wrote it, in which format
///     Data-0001/          quads, the highest number counts; a compaction makes the next one
///     text-index/         their texts
///     edits.rdfp.gz       what editors changed
///     restored/           a backup on its way in
///     backup.socket       while it is served
final class StoreFolder {

    static final String TEXT_INDEX = "text-index";
    static final String RESTORED = "restored";

    /// In the folder of what is restored: it is whole.
    private static final String WHOLE = "whole";

    private static final Pattern GENERATION = Pattern.compile("Data-([0-9]{1,9})");

    /// What may lie in the folder of a store that has no quads yet, as when its process died at once.
    private static final Set<String> BEFORE_DATA = Set.of(Names.TDB_LOCK_FILE, TEXT_INDEX, RESTORED, StoreFormat.FILE + ".part", BackupSocket.FILE);

    private final Path folder;

    StoreFolder(Path folder) {
        this.folder = folder;
    }

    /// Work that must not fail with anything but what a person can mend.
    interface Work {
        void run() throws IOException;
    }

    /// Does the work while no process has the store open.
    /// @throws ProblemException `Unusable` when one has
    void alone(Work work) throws IOException {
        ProcessFileLock lock;
        try {
            lock = DatabaseConnection.lockForLocation(Location.create(folder));
            lock.lockEx();
        } catch (AlreadyLocked here) {
            throw new ProblemException(new Problem.Unusable(new Where.Resource(folder.toString()),
                    "the store is open already; close it first, or choose another folder with --store"));
        } catch (DBOpEnvException taken) {
            throw taken(folder, taken);
        } catch (RuntimeIOException unusable) {
            if (unusable.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw unusable;
        }
        try {
            work.run();
        } finally {
            ProcessFileLock.release(lock);
        }
    }

    static ProblemException taken(Path folder, RuntimeException why) {
        return new ProblemException(new Problem.Unusable(new Where.Resource(folder.toString()),
                "the store can't be opened (" + Optional.ofNullable(why.getMessage()).flatMap(text -> text.lines().findFirst()).orElse("no reason given")
                        + "); ask the process that has it, at its /sparql, or end it, or choose another folder with --store"));
    }

    static ProblemException damaged(Path folder, String how) {
        return new ProblemException(new Problem.Unusable(new Where.Resource(folder.toString()), "the store is damaged (" + how
                + "); policygraph check --store says more, and policygraph restore makes it whole from a backup"));
    }

    /// What an attempt to open the quads that failed half way holds of this process, it gives back.
    void letGo() throws IOException {
        var places = new ArrayList<>(generations());
        places.add(folder);
        for (var place : places) {
            var location = Location.create(place);
            StoreConnection.internalExpel(location, true);
            DatabaseConnection.internalExpel(location, true);
            ProcessFileLock.release(DatabaseConnection.lockForLocation(location));
        }
    }

    /// Makes the folder ready to be opened; called alone.
    /// @return whether there are quads in it of a version that wrote no stamp
    /// @throws ProblemException `Unusable` for what a later version wrote, and for what is no store
    boolean prepare() throws IOException {
        var format = StoreFormat.of(folder);
        if (format.isPresent()) {
            format.get().requireReadable(new Where.Resource(folder.toString()), "store");
        }
        finishRestoring();
        var generations = generations();
        if (format.isEmpty() && generations.isEmpty()) {
            requireNothingElse();
        }
        removeOldGenerations(generations);
        if (!generations.isEmpty()) {
            TornJournal.mend(generations.getLast());
            var damage = BlockFiles.damage(generations.getLast());
            if (damage.isPresent()) {
                throw damaged(folder, damage.get());
            }
        }
        if (format.isEmpty() && generations.isEmpty() || format.isPresent() && !format.get().equals(StoreFormat.current())) {
            StoreFormat.current().write(folder);
        }
        return StoreFormat.of(folder).isEmpty();
    }

    /// A folder that is no store, a person's own perhaps, is left alone.
    void requireStoreOrNothing() throws IOException {
        if (!Files.exists(folder.resolve(StoreFormat.FILE)) && generations().isEmpty()) {
            requireNothingElse();
        }
    }

    private void requireNothingElse() throws IOException {
        try (var files = Files.list(folder)) {
            var other = files.filter(file -> !BEFORE_DATA.contains(file.getFileName().toString())).findFirst();
            if (other.isPresent()) {
                throw new ProblemException(new Problem.Unusable(new Where.Resource(folder.toString()),
                        "the folder is no store and has other things in it (" + other.get().getFileName() + "); choose an empty or a new one with --store"));
            }
        }
    }

    /// Oldest first.
    List<Path> generations() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> GENERATION.matcher(file.getFileName().toString()).matches() && Files.isDirectory(file))
                    .sorted(Comparator.comparingInt(StoreFolder::number)).toList();
        }
    }

    private static int number(Path generation) {
        var matcher = GENERATION.matcher(generation.getFileName().toString());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /// The name of the folder that comes after all there are.
    String nextGeneration() throws IOException {
        return next(generations().stream().reduce((_, later) -> later));
    }

    static String next(Optional<Path> latest) {
        return "Data-%04d".formatted(latest.map(StoreFolder::number).orElse(0) + 1);
    }

    /// A compaction copies before it exchanges: the highest one is whole, and has all that the others had.
    private static void removeOldGenerations(List<Path> generations) throws IOException {
        for (var old : generations.subList(0, Math.max(0, generations.size() - 1))) {
            Durable.delete(old);
        }
    }

    Path restored() {
        return folder.resolve(RESTORED);
    }

    /// From here on, what is in [#restored] is the store; called alone, as [#prepare] does what is left to do.
    void takeRestored() throws IOException {
        Files.writeString(restored().resolve(WHOLE), "");
        Durable.file(restored().resolve(WHOLE));
        Durable.folder(restored());
        Durable.folder(folder);
        finishRestoring();
    }

    /// Goes on where a process may have died, and may die in it again: each thing is moved once, and the mark goes last.
    void finishRestoring() throws IOException {
        if (Files.exists(restored().resolve(WHOLE))) {
            var coming = new StoreFolder(restored()).generations();
            for (var generation : coming) {
                Files.move(generation, folder.resolve(generation.getFileName()));
            }
            for (var part : List.of(TEXT_INDEX, Journal.FILE)) {
                if (Files.exists(restored().resolve(part))) {
                    Durable.delete(folder.resolve(part));
                    Files.move(restored().resolve(part), folder.resolve(part));
                }
            }
            StoreFormat.current().write(folder);
            Durable.folder(folder);
            removeOldGenerations(generations());
            Files.delete(restored().resolve(WHOLE));
        }
        Durable.delete(restored());
    }
}
