package org.policygraph.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.Backup;
import org.policygraph.store.BackupSocket;
import org.policygraph.store.Restoration;
import org.policygraph.store.Store;

/// A process that is there to be killed. It tells on standard output what it begins and what it has been told is done.
///
///     Victim update STORE               changes, one after the other, until it is killed
///     Victim load STORE DATA            loads a folder of data
///     Victim backup STORE FILE          backups, one after the other
///     Victim restore STORE FILE
///     Victim hold STORE                 keeps it open, and hands out backups
public final class Victim {

    private Victim() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "update" -> update(folder);
            case "load" -> {
                say("ready");
                try (var store = Store.on(folder)) {
                    Loader.load(new Content(Path.of("ontology"), List.of(Path.of(arguments[2])), Optional.empty()), store, false, Progress.silent());
                }
                say("acknowledged");
            }
            case "backup" -> {
                try (var store = Store.on(folder)) {
                    say("ready");
                    while (true) {
                        Backup.write(store, Path.of(arguments[2]));
                        say("acknowledged");
                    }
                }
            }
            case "restore" -> {
                say("ready");
                Restoration.restore(Path.of(arguments[2]), folder, _ -> { });
                say("acknowledged");
            }
            case "hold" -> {
                try (var store = Store.on(folder); var _ = BackupSocket.open(store)) {
                    say("ready");
                    Thread.sleep(60_000);
                }
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void update(Path folder) throws InterruptedException {
        try (var store = Store.on(folder)) {
            say("ready");
            var version = store.read(Version::of);
            while (true) {
                try {
                    version = version.next(store);
                    say("acknowledged " + version.number());
                } catch (ProblemException full) {
                    say("refused " + full.getMessage());
                    Thread.sleep(20);
                }
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
