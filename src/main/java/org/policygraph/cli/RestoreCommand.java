package org.policygraph.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.store.Backup;
import org.policygraph.store.Restoration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `policygraph restore`
@Command(name = "restore", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Make the store what a backup has, or leave it as it is.",
        footer = {"",
            "The backup is read from end to end first, and refused when it is damaged. The new",
            "store grows beside the old one, which stays until the new one is whole. End the",
            "server before: a store that is open is not replaced.",
            "",
            "  policygraph restore policygraph.nq.gz",
            "  policygraph restore --store /var/lib/policygraph /backup/monday.nq.gz",
            "  policygraph restore --check /backup/monday.nq.gz     only looks at it"})
final class RestoreCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;

    @Parameters(paramLabel = "FILE", description = "A backup.")
    private Path file;

    @Option(names = "--check", description = "Tell whether the backup is whole, and restore nothing.")
    private boolean check;

    @Mixin
    private StoreOption store;

    RestoreCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override public Integer call() throws IOException {
        if (check) {
            terminal.print(BackupCommand.line(Backup.verify(file), file));
            return ProblemExit.DONE;
        }
        var folder = store.onDisk(home).orElseThrow(() -> new ProblemException(new Problem.Invalid(new Where.Argument("--store"), "mem", "a folder")));
        var restored = Restoration.restore(file, folder, terminal.err()::println);
        terminal.print(folder + " has what was backed up in " + BackupCommand.line(restored, file));
        return ProblemExit.DONE;
    }
}
