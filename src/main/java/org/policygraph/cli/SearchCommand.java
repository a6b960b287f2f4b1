package org.policygraph.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.policygraph.load.Progress;
import org.policygraph.problem.Where;
import org.policygraph.search.Search;
import org.policygraph.search.SearchFormat;
import org.policygraph.search.Wanted;
import org.policygraph.store.Names;
import org.policygraph.term.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `policygraph search`
@Command(name = "search", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Find entities, concepts and terms by name, in English, Chinese (Traditional or Simplified) or pinyin.",
        footer = {"",
            "The text is looked for as it is: no sign in it is syntax.",
            "Exact names come first, then beginnings, words, typos and definitions; then",
            "what more claims are about. Exit status 1 when nothing is found.",
            "",
            "  policygraph search huawei",
            "  policygraph search 华为",
            "  policygraph search chukou guanzhi --type pol:Instrument",
            "  policygraph search shenz --prefix --format json"})
final class SearchCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;

    @Parameters(paramLabel = "TEXT", arity = "1..*", description = "What is looked for; several words are one text.")
    private String[] text;

    @Option(names = "--type", paramLabel = "CLASS", description = "Only what is of this class: pol:Instrument, skos:Concept.")
    private Optional<String> type = Optional.empty();

    @Option(names = "--lang", paramLabel = "LANGUAGE", description = "Only names in this language: en or zh-Hant. Default: both.")
    private Optional<Language> language = Optional.empty();

    @Option(names = "--prefix", description = "The text is the beginning of a name: no typos, no definitions.")
    private boolean prefix;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "" + Wanted.USUAL_LIMIT, description = "How many at the most. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, csv or json. Default: text on a terminal, else csv.")
    private Optional<SearchFormat> format = Optional.empty();

    @Mixin
    private StoreOption store;

    @Spec
    private CommandSpec command;

    SearchCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override public Integer call() throws IOException {
        if (limit < 1 || limit > Wanted.MOST) {
            throw new ParameterException(command.commandLine(), "--limit " + limit + " is not from 1 to " + Wanted.MOST);
        }
        var names = new Names(home.words());
        try (var opened = store.openFilled(home, Progress.silent())) {
            var wanted = new Wanted(String.join(" ", text), type.map(typed -> names.type(typed, new Where.Argument("--type"))), language, prefix, limit);
            var found = Search.find(wanted, opened, names);
            if (found.results().isEmpty()) {
                terminal.err().println(SearchFormat.none(found));
            }
            var form = format.orElse(terminal.person() ? SearchFormat.TEXT : SearchFormat.CSV);
            if (!found.results().isEmpty() || form != SearchFormat.TEXT) {
                form.write(found, terminal.out());
                terminal.out().flush();
            }
            return found.results().isEmpty() ? ProblemExit.NO : ProblemExit.DONE;
        }
    }
}
