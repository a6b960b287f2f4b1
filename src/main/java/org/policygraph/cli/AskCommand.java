package org.policygraph.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.policygraph.load.Progress;
import org.policygraph.problem.Where;
import org.policygraph.question.Answer;
import org.policygraph.question.AnswerDifference;
import org.policygraph.question.AnswerFormat;
import org.policygraph.question.Citation;
import org.policygraph.question.Diagnosis;
import org.policygraph.question.Library;
import org.policygraph.question.Question;
import org.policygraph.source.QuestionEntry;
import org.policygraph.source.QuestionEntry.Parameter;
import org.policygraph.store.Names;
import org.policygraph.store.Store;
import org.policygraph.term.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `policygraph ask`
@Command(name = "ask", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Ask a question of the library; without a name, list them.",
        footer = {"",
            "A value is a name (huawei, 華為), a prefixed name, an IRI, a number or a date.",
            "Standard error tells how to cite the answer.",
            "",
            "  policygraph ask",
            "  policygraph ask who-runs-what",
            "  policygraph ask what-holds-an-actor-back actor=huawei --evidence",
            "  policygraph ask what-holds-an-actor-back --describe",
            "  policygraph ask --diff OTHER_STORE"})
final class AskCommand implements Callable<Integer> {

    private static final int MOST_CHOICES = 50;

    private final Terminal terminal;
    private final Home home;

    @Parameters(index = "0", arity = "0..1", paramLabel = "QUESTION", description = "Its name.")
    private Optional<String> name = Optional.empty();

    @Parameters(index = "1..*", paramLabel = "PARAMETER=VALUE", description = "Values in place of the defaults.")
    private Map<String, String> values = new LinkedHashMap<>();

    @Option(names = "--format", paramLabel = "FORMAT",
            description = "table, csv, tsv, json or xml; ttl, nt, jsonld or rdfxml for graphs. Default: table on a terminal, else csv.")
    private Optional<AnswerFormat> format = Optional.empty();

    @Option(names = "--evidence", description = "Further columns: the claims that each row rests on, their paragraphs, status, "
            + "speakers and confidence, the weakest link, and sources without which the row would fall.")
    private boolean evidence;

    @Option(names = "--lang", paramLabel = "LANG", defaultValue = "en", description = "Of titles and citation: en or zh-Hant. Default: ${DEFAULT-VALUE}.")
    private Language language;

    @Option(names = "--describe", description = "Say what the question and its parameters are, and ask nothing.")
    private boolean describe;

    @Option(names = "--diff", paramLabel = "OTHER_STORE",
            description = "Show which answers are others in that store: of this question, or of all. Exit status 1 when one is.")
    private Optional<Path> other = Optional.empty();

    @Mixin
    private StoreOption store;

    @Spec
    private CommandSpec command;

    AskCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override public Integer call() throws IOException {
        var words = home.words();
        var library = Library.read(home.queries(), new Names(words));
        if (name.isEmpty() && other.isEmpty()) {
            terminal.print(listed(library, language));
            return ProblemExit.DONE;
        }
        var asked = name.isEmpty() ? library.questions() : List.of(library.named(name.get(), new Where.Argument("ask")));
        try (var opened = store.openFilled(home, Progress.silent())) {
            if (describe) {
                terminal.print(described(asked.getFirst(), language, opened));
                return ProblemExit.DONE;
            }
            return other.isPresent() ? differ(asked, opened) : answer(asked.getFirst(), language, opened);
        }
    }

    private int answer(Question question, Language language, Store opened) throws IOException {
        var query = opened.read(data -> question.with(values, data));
        var chosen = format.orElseGet(() -> AnswerFormat.usual(query, terminal.person()));
        if (!AnswerFormat.of(query).contains(chosen)) {
            throw new ParameterException(command.commandLine(), "--format " + chosen + " is not for this question; "
                    + AnswerFormat.of(query).stream().map(AnswerFormat::toString).collect(Collectors.joining(", ")) + " are");
        }
        var yes = Answer.write(query, opened, chosen, evidence ? Optional.of(home.reasons()) : Optional.empty(), terminal.out());
        terminal.out().flush();
        if (Diagnosis.isEmpty(query, opened, home.words())) {
            terminal.err().println("Nothing is stated about this" + (question.entry().parameters().isEmpty() ? "" : " with these values; --describe tells which there are"));
        }
        terminal.err().println(Citation.of(question, query, opened).text(language, LocalDate.now()));
        return yes ? ProblemExit.DONE : ProblemExit.NO;
    }

    private int differ(List<Question> questions, Store opened) throws IOException {
        var changed = 0;
        try (var second = store.existing(other.orElseThrow())) {
            for (var question : questions) {
                var query = opened.read(data -> question.with(values, data));
                var difference = AnswerDifference.between(query, opened, second);
                if (!difference.isNone()) {
                    changed++;
                    var text = new StringBuilder(question.entry().name() + ": " + difference.gone().size() + " gone, " + difference.come().size() + " come\n");
                    difference.gone().forEach(row -> text.append("- ").append(row).append('\n'));
                    difference.come().forEach(row -> text.append("+ ").append(row).append('\n'));
                    terminal.print(text.toString());
                }
            }
        }
        terminal.err().println(changed + " of " + questions.size() + (questions.size() == 1 ? " answer differs" : " answers differ"));
        return changed == 0 ? ProblemExit.DONE : ProblemExit.NO;
    }

    private static String listed(Library library, Language language) {
        var text = new StringBuilder();
        var tier = Optional.<QuestionEntry.Tier>empty();
        var width = library.names().stream().mapToInt(String::length).max().orElse(0);
        for (var question : library.questions()) {
            if (tier.isEmpty() || tier.get() != question.entry().tier()) {
                text.append(tier.isEmpty() ? "" : "\n").append(question.entry().tier()).append('\n');
                tier = Optional.of(question.entry().tier());
            }
            text.append("  ").append(question.entry().name()).append(" ".repeat(width + 2 - question.entry().name().length()))
                    .append(question.entry().title().in(language)).append('\n');
        }
        return text.toString();
    }

    private static String described(Question question, Language language, Store opened) {
        var entry = question.entry();
        var text = new StringBuilder(entry.title().in(language) + "\n\n" + entry.description().in(language).strip() + "\n\n");
        for (var parameter : entry.parameters()) {
            text.append(parameter.name()).append(" (").append(parameter.type()).append("): ").append(parameter.title().in(language))
                    .append("; default ").append(parameter.value().orElse(QuestionEntry.ANY)).append('\n');
            choices(question, parameter, language, opened).forEach(choice -> text.append("  ").append(choice).append('\n'));
        }
        return text.append("Returns ").append(entry.returns()).append('\n').toString();
    }

    private static List<String> choices(Question question, Parameter parameter, Language language, Store opened) {
        return opened.read(data -> {
            var union = data.getUnionGraph();
            var nodes = question.choices(parameter, MOST_CHOICES + 1, data);
            var lines = nodes.stream().limit(MOST_CHOICES)
                    .map(node -> question.names().shortened(node) + "  " + question.names().label(node, language, union))
                    .collect(Collectors.toCollection(ArrayList::new));
            if (nodes.size() > MOST_CHOICES) {
                lines.add("… and others that are " + parameter.choices().getFirst());
            }
            return lines;
        });
    }
}
