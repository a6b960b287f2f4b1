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
import picocli.CommandLine.Option;

/// Who may write to what is served, and how much at a time.
final class EditingOptions {

    @Option(names = "--credentials", paramLabel = "FILE", description = "Lets those write who have a line in this file (policygraph editor add). Default: nobody writes.")
    private Path credentials;

    @Option(names = "--update-length", paramLabel = "BYTES", description = "The longest SPARQL update. Default: 1048576.")
    private int updateLength = EditLimits.usual().updateLength();

    @Option(names = "--edit-length", paramLabel = "BYTES", description = "The longest body of triples; --request-size bounds it as well. Default: 16777216.")
    private int length = EditLimits.usual().length();

    @Option(names = "--edit-size", paramLabel = "TRIPLES", description = "How many triples an edit may add and remove. Default: 200000.")
    private int size = EditLimits.usual().size();

    @Option(names = "--edit-wait", paramLabel = "SECONDS", description = "How long an edit waits for those before it. Default: 10.")
    private long patience = EditLimits.usual().patience().toSeconds();

    /// Nothing without `--credentials`.
    /// @throws ProblemException `Absent` when the file has no editor
    Optional<Editing> open(Home home, Served served, Terminal terminal) {
        if (credentials == null) {
            return Optional.empty();
        }
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
                new EditLimits(updateLength, length, size, Duration.ofSeconds(patience)))));
    }
}
