package org.policygraph.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.policygraph.evidence.Why;
import org.policygraph.load.Progress;
import org.policygraph.problem.Where;
import org.policygraph.term.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `policygraph why`
@Command(name = "why", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Say on what an edge rests: claims, paragraphs, rules.",
        footer = {"",
            "Names: huawei, id:huawei, an IRI, or a label. Predicates: develops, pol:develops.",
            "Literals as in Turtle: '\"Huawei\"@en'; or the text alone.",
            "Exit status 1 when the graph does not have the edge: then it names claims",
            "that are not held to be so, and edges that resemble it.",
            "",
            "  policygraph why huawei develops ascend",
            "  policygraph why 華為 develops ascend --lang zh-Hant",
            "  policygraph why ascend developedBy huawei --format mermaid"})
final class WhyCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;

    @Parameters(index = "0", paramLabel = "SUBJECT", description = "What the edge starts from.")
    private String subject;

    @Parameters(index = "1", paramLabel = "PREDICATE", description = "The relation or attribute.")
    private String predicate;

    @Parameters(index = "2", paramLabel = "OBJECT", description = "What it leads to.")
    private String object;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "TEXT",
            description = "text, json, ttl (PROV-O) or mermaid. Default: text.")
    private Why.Form form;

    @Option(names = "--lang", paramLabel = "LANG", defaultValue = "en",
            description = "Language of labels: en or zh-Hant. Default: en.")
    private Language language;

    @Mixin
    private StoreOption store;

    WhyCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override public Integer call() throws IOException {
        var asked = new Why.Asked(subject, new Where.Argument("SUBJECT"), predicate, new Where.Argument("PREDICATE"), object, new Where.Argument("OBJECT"));
        try (var opened = store.openFilled(home, Progress.silent())) {
            var why = Why.of(asked, form, language, opened, home.reasons());
            terminal.print(why.text());
            return why.holds() ? ProblemExit.DONE : ProblemExit.NO;
        }
    }
}
