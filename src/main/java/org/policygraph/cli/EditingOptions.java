package org.policygraph.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.policygraph.edit.Credentials;
import org.policygraph.edit.EditLimits;
import org.policygraph.edit.Editors;
import org.policygraph.edit.Edits;
import org.policygraph.graph.Shapes;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.serve.Editing;
import org.policygraph.serve.Served;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Who may write to what is served, and how much at a time.
final class EditingOptions {

    @ArgGroup(exclusive = false, validate = false, order = 50, heading = "%nWho may write:%n")
    private Writing writing = new Writing();

    private static final class Writing {
        @Option(names = "--credentials", paramLabel = "FILE", description = "Lets those write who have a line in this file (policygraph editor add). Default: nobody writes.")
        private Optional<Path> credentials = Optional.empty();

        @Option(names = "--update-length", paramLabel = "SIZE", converter = Amounts.SmallSize.class, description = "The longest SPARQL update. Default: 1MB.")
        private int updateLength = EditLimits.usual().updateLength();

        @Option(names = "--edit-length", paramLabel = "SIZE", converter = Amounts.SmallSize.class,
                description = "The longest body of triples; --upload-size bounds it as well. Default: 16MB.")
        private int length = EditLimits.usual().length();

        @Option(names = "--edit-size", paramLabel = "NUMBER", converter = Amounts.Count.class, description = "Triples that an edit may add and remove. Default: 200000.")
        private int size = EditLimits.usual().size();

        @Option(names = "--edit-wait", paramLabel = "TIME", converter = Amounts.Time.class, description = "How long an edit waits for those before it. Default: 10s.")
        private Duration patience = EditLimits.usual().patience();
    }

    /// Nothing without `--credentials`.
    /// @throws ProblemException `Absent` when the file has no editor
    Optional<Editing> open(Home home, Served served, Terminal terminal) {
        if (writing.credentials.isEmpty()) {
            return Optional.empty();
        }
        var credentials = writing.credentials.get();
        var file = new Credentials(credentials);
        var editors = new Editors(file);
        if (editors.names().isEmpty()) {
            throw new ProblemException(new Problem.Absent(new Where.Argument("--credentials"), "editor in", credentials.toString(),
                    List.of("to run policygraph editor add NAME --credentials " + credentials + " first")));
        }
        if (file.isOpenToOthers()) {
            terminal.err().println("Others can read or change " + credentials + ": chmod 600 " + credentials);
        }
        var shapes = home.ontology().resolve("shapes");
        return Optional.of(new Editing(editors, new Edits(served.store(), served.words(), served.rules(),
                List.of(Shapes.read(shapes.resolve("records")), Shapes.read(shapes.resolve("links"))),
                new EditLimits(writing.updateLength, writing.length, writing.size, writing.patience))));
    }
}
