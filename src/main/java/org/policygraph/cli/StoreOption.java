package org.policygraph.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.store.Store;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `--store`, alike for every command that has it.
final class StoreOption {

    private static final String MEMORY = "mem";

    @Option(names = "--store", paramLabel = "DIR|mem",
            description = "Folder of the store, or mem for one that is gone afterwards. Default: store in PolicyGraph's folder.")
    private String store;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /// The store, made when there is none.
    Store open(Home home) {
        return MEMORY.equals(store) ? Store.inMemory() : Store.on(folder(home), this::tell);
    }

    /// A store that has something to ask; one in memory gets what the project ships.
    /// @throws ProblemException `Absent` when there is none
    Store openFilled(Home home, Progress progress) {
        if (MEMORY.equals(store)) {
            var filled = Store.inMemory();
            Loader.load(home.content(List.of()), filled, false, progress);
            return filled;
        }
        return existing(folder(home));
    }

    /// The store in the folder, which has something to ask.
    /// @throws ProblemException `Absent` when there is none
    Store existing(Path folder) {
        if (!isStore(folder)) {
            throw absent(folder);
        }
        var opened = Store.on(folder, this::tell);
        if (opened.read(data -> !data.find().hasNext())) {
            opened.close();
            throw absent(folder);
        }
        return opened;
    }

    /// Its folder, whether there is a store in it or not; empty for one in memory.
    Optional<Path> onDisk(Home home) {
        return MEMORY.equals(store) ? Optional.empty() : Optional.of(folder(home));
    }

    private void tell(String progress) {
        command.commandLine().getErr().println(progress);
    }

    private Path folder(Home home) {
        return store == null ? home.store() : Path.of(store);
    }

    private static boolean isStore(Path folder) {
        try (var files = Files.list(folder)) {
            return files.findAny().isPresent();
        } catch (NoSuchFileException | NotDirectoryException none) {
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ProblemException absent(Path folder) {
        return new ProblemException(new Problem.Absent(new Where.Argument("--store"), "loaded store", folder.toString(),
                List.of("to run policygraph load first", "policygraph serve", "--store mem")));
    }
}
