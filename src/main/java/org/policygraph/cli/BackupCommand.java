package org.policygraph.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.policygraph.load.Progress;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.store.Backup;
import org.policygraph.store.BackupSocket;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `policygraph backup`
@Command(name = "backup", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Write all that the store has into one file, also while it is served.",
        footer = {"",
            "The file is there when it is whole and on disk. It is N-Quads under gzip, with a",
            "checksum. Of a store that is served on this machine, the server sends what it",
            "sees, while it goes on reading and writing.",
            "",
            "  policygraph backup policygraph.nq.gz",
            "  policygraph backup --store /var/lib/policygraph /backup/monday.nq.gz"})
final class BackupCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;

    @Parameters(paramLabel = "FILE", description = "Where the backup goes; one that is there is replaced when the new one is whole.")
    private Path file;

    @Mixin
    private StoreOption store;

    BackupCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override public Integer call() throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new ProblemException(new Problem.Absent(new Where.Argument("FILE"), "folder", folder.toString(), List.of()));
        }
        terminal.print(line(taken(), file));
        return ProblemExit.DONE;
    }

    private Backup taken() throws IOException {
        var served = store.onDisk(home).isPresent() ? BackupSocket.take(store.onDisk(home).get(), file) : Optional.<Backup>empty();
        if (served.isPresent()) {
            return served.get();
        }
        try (var opened = store.openFilled(home, Progress.silent())) {
            return Backup.write(opened, file);
        }
    }

    static String line(Backup backup, Path file) {
        return "%s: %,d quads, dataset %s, made %s by PolicyGraph %s%n".formatted(file, backup.quads(), backup.dataset().orElse("without a version"),
                backup.made(), backup.program());
    }
}
