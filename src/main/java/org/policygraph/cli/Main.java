package org.policygraph.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.policygraph.term.Language;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.TypeConversionException;

/// Words typed by a person become one of the commands.
@Command(name = "policygraph", versionProvider = Main.Version.class, mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        description = "The evidence-backed knowledge graph of an industrial policy.",
        footer = {"",
            "Results go to standard output, progress and errors to standard error.",
            "",
            "Exit status: 0 done, 1 the answer is no, 2 wrong usage, 3 bad input,",
            "4 no such thing, 5 the store or the machine can't.",
            "",
            "  policygraph serve",
            "  policygraph query queries/who-runs-what.rq",
            "  policygraph COMMAND --help"})
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        // An error that nobody foresaw is no answer: not Java's own status, 1.
        Thread.currentThread().setUncaughtExceptionHandler((_, bug) -> {
            bug.printStackTrace();
            Runtime.getRuntime().halt(ProblemExit.UNUSABLE);
        });
        System.exit(run(Terminal.ofProcess(), Home.ofProcess(), arguments));
    }

    static int run(Terminal terminal, Home home, String... arguments) {
        var line = new CommandLine(new Main())
                .addSubcommand(new ServeCommand(terminal, home))
                .addSubcommand(new LoadCommand(terminal, home))
                .addSubcommand(new CheckCommand(terminal, home))
                .addSubcommand(new AskCommand(terminal, home))
                .addSubcommand(new QueryCommand(terminal, home))
                .addSubcommand(new WhyCommand(terminal, home))
                .addSubcommand(new SearchCommand(terminal, home))
                .addSubcommand(new PathCommand(terminal, home))
                .addSubcommand(new ExportCommand(terminal, home))
                .addSubcommand(new BackupCommand(terminal, home))
                .addSubcommand(new RestoreCommand(terminal, home))
                .addSubcommand(new EditorCommand(terminal))
                .addSubcommand(new RehearseCommand(terminal, home));
        return line.registerConverter(Language.class, Main::language)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler(new ProblemExit(terminal.err()))
                .setExitCodeExceptionMapper(_ -> ProblemExit.UNUSABLE)
                .execute(arguments);
    }

    private static Language language(String tag) {
        return Language.of(tag).orElseThrow(() -> new TypeConversionException("expected "
                + Stream.of(Language.values()).map(Language::tag).collect(Collectors.joining(" or ")) + " but was '" + tag + "'"));
    }

    // The whole help would push what is wrong out of sight.
    private static int wrongUsage(CommandLine.ParameterException wrong, String[] arguments) {
        var command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ProblemExit.WRONG_USAGE;
    }

    static final class Version implements IVersionProvider {
        @Override public String[] getVersion() {
            return new String[] {"policygraph " + number()};
        }

        static String number() {
            return Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("unpackaged");
        }
    }
}
