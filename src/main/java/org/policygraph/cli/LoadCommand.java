package org.policygraph.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.policygraph.load.LoadReport;
import org.policygraph.load.Loader;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `policygraph load`
@Command(name = "load", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Bring data into the store: all of it, or nothing where something is wrong with it.",
        footer = {"",
            "A source is replaced as a whole; sources that the data does not have stay.",
            "",
            "  policygraph load                   what PolicyGraph ships",
            "  policygraph load data my-data      that, and a folder of one's own",
            "  policygraph load --fresh --store /var/lib/policygraph"})
final class LoadCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;

    @Parameters(paramLabel = "DIR", arity = "0..*", description = "Folders with entities/ and sources/. Default: data in PolicyGraph's folder.")
    private List<Path> data = List.of();

    @ArgGroup
    private Replaced replaced = new Replaced();

    /// At most one of them.
    static final class Replaced {
        @Option(names = "--fresh", description = "Empty the store first.")
        private boolean fresh;

        @Option(names = "--over-edits", description = "Replace graphs whose files have changed even if editors have changed them since; else that is refused.")
        private boolean overEdits;

        private Loader.Replacing as() {
            return fresh ? Loader.Replacing.EVERYTHING : overEdits ? Loader.Replacing.EDITED : Loader.Replacing.UNEDITED;
        }
    }

    @Mixin
    private StoreOption store;

    LoadCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override public Integer call() throws Exception {
        var content = home.content(data);
        try (var opened = store.open(home)) {
            terminal.print(lines(Loader.load(content, opened, replaced.as(), TerminalProgress.on(terminal))));
        }
        return ProblemExit.DONE;
    }

    static String lines(LoadReport report) {
        if (report.unchanged()) {
            return "Nothing changed: the store has this content already\n";
        }
        var lines = new StringBuilder();
        report.changes().forEach(change -> lines.append("%s  +%,d  -%,d%n".formatted(change.graph(), change.added(), change.removed())));
        return lines.toString();
    }
}
