package org.policygraph.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.jena.query.Query;
import org.policygraph.evidence.PathFunction;
import org.policygraph.load.Progress;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.question.Answer;
import org.policygraph.question.AnswerFormat;
import org.policygraph.question.Diagnosis;
import org.policygraph.question.Sparql;
import org.policygraph.source.Nearest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `policygraph query`
@Command(name = "query", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Ask the store a SPARQL query.",
        footer = {"",
            "Common prefixes (pol: id: graph: rdfs: skos: and more) need no declaration.",
            "A query that names no graph sees the union of them all.",
            "When nothing is found, standard error says which part of the query fails.",
            "Exit status 1 when an ASK is not so.",
            "",
            "  policygraph query queries/who-runs-what.rq",
            "  policygraph query -e 'SELECT * { ?actor pol:develops ?technology }'",
            "  policygraph query -e 'SELECT * { ?a pol:worksAgainst ?b }' --evidence",
            "  policygraph query -e 'DESCRIBE id:huawei' --format jsonld",
            "  echo 'ASK { id:huawei pol:develops id:ascend }' | policygraph query -",
            "",
            "A store that policygraph serve has is asked at its /sparql instead."})
final class QueryCommand implements Callable<Integer> {

    private static final String STDIN = "-";

    private final Terminal terminal;
    private final Home home;

    /// Where the query comes from: one of these.
    private static final class Text {
        @Parameters(paramLabel = "FILE", description = "A file with the query, or - for standard input.")
        private String file;

        @Option(names = {"-e", "--expression"}, paramLabel = "TEXT", description = "The query itself.")
        private String expression;
    }

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Text text;

    @Option(names = "--format", paramLabel = "FORMAT",
            description = "table, csv, tsv, json or xml for rows and for yes or no; ttl, nt, jsonld or rdfxml for graphs. "
                    + "Default: table on a terminal, else csv; ttl for graphs.")
    private Optional<AnswerFormat> format = Optional.empty();

    @Option(names = "--evidence", description = "Further columns: the claims that each row rests on, their paragraphs, status, "
            + "speakers, the weakest link, and the source without which it would fall. json has the proofs; a graph gets them in PROV-O.")
    private boolean evidence;

    @Mixin
    private StoreOption store;

    @Spec
    private CommandSpec command;

    QueryCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override public Integer call() throws IOException {
        PathFunction.register();
        var query = read();
        var chosen = format.orElseGet(() -> AnswerFormat.usual(query, terminal.person()));
        if (!AnswerFormat.of(query).contains(chosen)) {
            throw new ParameterException(command.commandLine(), "--format " + chosen + " is not for this query; "
                    + AnswerFormat.of(query).stream().map(AnswerFormat::toString).collect(Collectors.joining(", ")) + " are");
        }
        try (var opened = store.openFilled(home, Progress.silent())) {
            var yes = Answer.write(query, opened, chosen, evidence ? Optional.of(home.reasons()) : Optional.empty(), terminal.out());
            terminal.out().flush();
            Diagnosis.ofEmpty(query, opened, home.words()).ifPresent(why -> terminal.err().print(why.text()));
            return yes ? ProblemExit.DONE : ProblemExit.NO;
        } catch (PathFunction.Refused refused) {
            throw new ProblemException(new Problem.Unreadable(new Where.Argument("query"), refused.getMessage()));
        }
    }

    private Query read() throws IOException {
        if (text.expression != null) {
            return Sparql.read(text.expression, new Where.Argument("-e"), home.prefixes());
        }
        if (text.file.equals(STDIN)) {
            var where = new Where.Argument(STDIN);
            return Sparql.read(decoded(terminal.in().readAllBytes(), where), where, home.prefixes());
        }
        var file = Path.of(text.file);
        var where = Where.InFile.whole(file);
        return Sparql.read(decoded(bytes(file), where), where, home.prefixes());
    }

    private byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            throw new ProblemException(new Problem.Absent(new Where.Argument("query"), "file", file.toString(), resembling(file)));
        } catch (IOException unreadable) {
            throw new ProblemException(new Problem.Unreadable(Where.InFile.whole(file), "it can't be read (" + unreadable.getMessage() + ")"));
        }
    }

    private static String decoded(byte[] bytes, Where where) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException otherwise) {
            throw new ProblemException(new Problem.Unreadable(where, "it is not UTF-8"));
        }
    }

    /// Questions of the library whose names resemble the file's.
    private List<String> resembling(Path file) {
        if (!Files.isDirectory(home.queries())) {
            return List.of();
        }
        try (var library = Files.list(home.queries())) {
            var paths = library.filter(one -> one.toString().endsWith(".rq"))
                    .collect(Collectors.toMap(QueryCommand::name, QueryCommand::seenFromHere, (one, _) -> one, TreeMap::new));
            return Nearest.to(name(file), paths.keySet()).stream().map(paths::get).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String seenFromHere(Path file) {
        var here = Path.of("").toAbsolutePath();
        return (file.startsWith(here) ? here.relativize(file) : file).toString();
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.rq$", "");
    }
}
