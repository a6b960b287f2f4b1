package org.policygraph.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.policygraph.load.Check;
import org.policygraph.load.CheckReport;
import org.policygraph.load.Coverage;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.store.StoreCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `policygraph check`
@Command(name = "check", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Tell what is wrong with data, and what of its sources it leaves out.",
        footer = {"",
            "Exit status 0 when there is nothing to tell, 1 otherwise. No store is touched,",
            "but with --store one is read from end to end, and what is damaged is told with",
            "what helps. End the server before.",
            "",
            "  policygraph check",
            "  policygraph check my-data --text my-source=article.txt",
            "  policygraph check --store /var/lib/policygraph",
            "  policygraph check --format json | jq .coverage"})
final class CheckCommand implements Callable<Integer> {

    enum Format {
        TEXT, JSON;

        @Override public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Terminal terminal;
    private final Home home;

    @Parameters(paramLabel = "DIR", arity = "0..*", description = "Folders with entities/ and sources/. Default: data in PolicyGraph's folder.")
    private List<Path> data = List.of();

    @Option(names = "--text", paramLabel = "SOURCE=FILE",
            description = "The text of a source: its numbers and paragraphs are compared with the data. Can be repeated.")
    private Map<String, Path> texts = Map.of();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(names = "--store", paramLabel = "DIR", description = "Check this store instead of data.")
    private Path store;

    @Spec
    private CommandSpec command;

    CheckCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override public Integer call() throws IOException {
        if (store != null) {
            return store();
        }
        var report = Check.of(home.content(data), texts, TerminalProgress.on(terminal));
        terminal.print(switch (format) {
            case TEXT -> text(report);
            case JSON -> json(report);
        });
        return report.clean() ? ProblemExit.DONE : ProblemExit.NO;
    }

    private int store() throws IOException {
        if (!data.isEmpty() || !texts.isEmpty()) {
            throw new ParameterException(command.commandLine(), "--store is checked by itself, without folders of data and --text");
        }
        if (!StoreCheck.isStore(store)) {
            throw new ProblemException(new Problem.Absent(new Where.Argument("--store"), "store", store.toString(), List.of()));
        }
        var words = home.words();
        var report = StoreCheck.of(store, Optional.of(home.rules(words)), words.graph(), terminal.err()::println);
        terminal.print(switch (format) {
            case TEXT -> text(report);
            case JSON -> JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(report) + "\n";
        });
        return report.clean() ? ProblemExit.DONE : ProblemExit.NO;
    }

    private static String text(StoreCheck.Report report) {
        var lines = new StringBuilder();
        report.damages().forEach(damage -> lines.append(damage.what()).append("\n    ").append(damage.remedy()).append('\n'));
        report.skipped().forEach(skipped -> lines.append("Not checked: ").append(skipped).append('\n'));
        lines.append("%,d quads: %s%n".formatted(report.quads(), report.clean() ? "clean" : "damaged"));
        return lines.toString();
    }

    private static String text(CheckReport report) {
        var lines = new StringBuilder();
        report.problems().forEach(problem -> lines.append(problem.line()).append('\n'));
        report.coverage().forEach(coverage -> lines.append(coverage.summary()).append('\n'));
        lines.append("%,d entities, %,d claims, %,d figures: %s%n".formatted(report.entities(), report.claims(), report.figures(),
                report.clean() ? "clean" : report.problems().size() == 1 ? "1 problem" : report.problems().size() + " problems"));
        return lines.toString();
    }

    /// A problem as a program reads it.
    /// @param kind    `invalid`, `unknown`, …
    /// @param line    of the file, where it is in one
    /// @param pointer JSON pointer within the file, or within the line of NDJSON
    record Told(String kind, String where, Optional<String> file, Optional<Long> line, Optional<String> pointer, String message) {
        static Told of(Problem problem) {
            var kind = problem.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            return switch (problem.where()) {
                case Where.InFile place -> new Told(kind, place.toString(), Optional.of(place.file().toString()),
                        Optional.of(place.line()).filter(line -> line > 0), Optional.of(place.pointer()).filter(at -> !at.isEmpty()), problem.message());
                case Where.Argument _, Where.Resource _ -> new Told(kind, problem.where().toString(),
                        Optional.empty(), Optional.empty(), Optional.empty(), problem.message());
            };
        }
    }

    /// The report as a program reads it.
    record Report(boolean clean, long entities, long claims, long figures, List<Told> problems, List<Coverage> coverage) {}

    private static String json(CheckReport report) {
        return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(new Report(report.clean(),
                report.entities(), report.claims(), report.figures(), report.problems().stream().map(Told::of).toList(), report.coverage())) + "\n";
    }
}
