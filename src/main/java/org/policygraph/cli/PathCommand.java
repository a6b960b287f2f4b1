package org.policygraph.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.policygraph.evidence.PathFormat;
import org.policygraph.evidence.PathLimits;
import org.policygraph.evidence.PathQuery;
import org.policygraph.evidence.PathRequest;
import org.policygraph.evidence.PathSearch;
import org.policygraph.evidence.WayOrder;
import org.policygraph.load.Progress;
import org.policygraph.problem.Where;
import org.policygraph.store.Names;
import org.policygraph.term.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `policygraph path`
@Command(name = "path", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "How two things are tied: the shortest or the most trusted ways between them, with the claims they rest on.",
        footer = {"",
            "Edges are walked either way; the arrows say which way they point. By default",
            "only what is held to be so is walked: no goals, plans or denials.",
            "Exit status 1 when there is no way; what would find one is told.",
            "",
            "  policygraph path huawei compute-shortage",
            "  policygraph path huawei compute-shortage --by trusted --k 3 --lang zh-Hant",
            "  policygraph path Huawei Nvidia --without affects --length 3",
            "  policygraph path huawei nvidia --status plan,goal --format mermaid"})
final class PathCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;

    @Parameters(index = "0", paramLabel = "FROM", description = "A thing: its id, its IRI or its label.")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "Another one.")
    private String to;

    @Option(names = "--by", paramLabel = "ORDER", defaultValue = "shortest", description = "shortest or trusted. Default: ${DEFAULT-VALUE}.")
    private WayOrder order;

    @Option(names = "--k", paramLabel = "NUMBER", defaultValue = "5", description = "How many ways, at most 50. Default: ${DEFAULT-VALUE}.")
    private int most;

    @Option(names = "--length", paramLabel = "STEPS", defaultValue = "4", description = "Most steps of a way, at most 8. Default: ${DEFAULT-VALUE}.")
    private int longest;

    @Option(names = "--only", paramLabel = "PROPERTY", split = ",", description = "Walk these properties alone, with those below them.")
    private List<String> only = List.of();

    @Option(names = "--without", paramLabel = "PROPERTY", split = ",", description = "Don't walk these properties, nor those below them.")
    private List<String> without = List.of();

    @Option(names = "--status", paramLabel = "STATUS", split = ",", description = "Walk claims of these statuses too: goal, plan, possibility …")
    private List<String> status = List.of();

    @Option(names = "--without-status", paramLabel = "STATUS", split = ",", description = "Don't walk claims of these statuses: assessment …")
    private List<String> withoutStatus = List.of();

    @Option(names = "--concepts", description = "Let ways lead over concepts: layers, sectors.")
    private boolean concepts;

    @Option(names = "--inferred", description = "Walk edges, too, that rules made from a chain of others.")
    private boolean inferred;

    @Option(names = "--edges", paramLabel = "NUMBER", defaultValue = "200000", description = "Look at no more edges. Default: ${DEFAULT-VALUE}.")
    private long edges;

    @Option(names = "--seconds", paramLabel = "NUMBER", defaultValue = "10", description = "Look no longer. Default: ${DEFAULT-VALUE}.")
    private long seconds;

    @Option(names = "--lang", paramLabel = "LANGUAGE", defaultValue = "en", description = "Of labels: en or zh-Hant. Default: ${DEFAULT-VALUE}.")
    private Language language;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private PathFormat format;

    @Mixin
    private StoreOption store;

    @Spec
    private CommandSpec command;

    PathCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override public Integer call() throws IOException {
        within("--k", most, PathQuery.MOST);
        within("--length", longest, PathQuery.LONGEST);
        within("--edges", edges, Long.MAX_VALUE);
        within("--seconds", seconds, Duration.ofDays(1).toSeconds());
        var typed = new PathRequest(from, to, order, most, longest, only, without, status, withoutStatus, concepts, inferred,
                new PathLimits(edges, Duration.ofSeconds(seconds)));
        var words = home.words();
        var rules = home.rules(words);
        var names = new Names(words);
        try (var opened = store.openFilled(home, Progress.silent())) {
            return opened.read(data -> {
                var answer = PathSearch.in(data, rules).find(typed.query(names, words, data, PathCommand::where));
                print(format.written(answer, names, language, data.getUnionGraph()));
                if (format == PathFormat.CSV) {
                    answer.notes().forEach(terminal.err()::println);
                }
                return answer.ways().isEmpty() ? ProblemExit.NO : ProblemExit.DONE;
            });
        }
    }

    private void print(String text) {
        try {
            terminal.print(text);
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    private static Where where(String field) {
        return new Where.Argument(switch (field) {
            case "from", "to" -> field.toUpperCase(Locale.ROOT);
            default -> "--" + field;
        });
    }

    private void within(String option, long number, long most) {
        if (number < 1 || number > most) {
            throw new ParameterException(command.commandLine(), option + " is a number from 1 to " + most + ", not " + number);
        }
    }
}
