package org.policygraph.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.policygraph.edit.Credentials;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `policygraph editor`
@Command(name = "editor", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, synopsisSubcommandLabel = "COMMAND",
        description = "Say who may write to a server that is started with the same --credentials FILE.",
        footer = {"",
            "The file holds no password and no token, but what they are told by.",
            "A server that runs takes notice of changes at once.",
            "",
            "  policygraph editor add alice --credentials editors     asks for a password",
            "  policygraph editor add robot --token --credentials editors",
            "  policygraph editor list --credentials editors",
            "  policygraph editor remove alice --credentials editors"})
final class EditorCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec itself;

    EditorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override public Integer call() {
        throw new ParameterException(itself.commandLine(), "Missing: add, list or remove");
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Let somebody write. Their password is asked for, or read as one line from standard input.")
    int add(@Parameters(paramLabel = "NAME", description = "Letters, digits, '.', '_' and '-'. Everybody can read who edited what: it need not be a real name.") String name,
            @Option(names = "--token", description = "A token for a program instead of a password. It is printed once, here.") boolean token,
            @Option(names = "--credentials", required = true, paramLabel = "FILE", description = "Made when it is not there.") Path file) throws IOException {
        var credentials = new Credentials(file);
        if (token) {
            terminal.print(credentials.addToken(name) + "\n");
            terminal.err().println("Keep it: nothing can tell it again. Send it as: Authorization: Bearer …");
        } else {
            credentials.addPassword(name, password());
            terminal.err().println(name + " may write now");
        }
        warn(credentials, file);
        return ProblemExit.DONE;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Tell who may write.")
    int list(@Option(names = "--credentials", required = true, paramLabel = "FILE") Path file) throws IOException {
        var credentials = new Credentials(file);
        for (var known : credentials.known()) {
            terminal.print(known.name() + "\t" + known.kind() + "\n");
        }
        warn(credentials, file);
        return ProblemExit.DONE;
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Let somebody write no more.")
    int remove(@Parameters(paramLabel = "NAME") String name, @Option(names = "--credentials", required = true, paramLabel = "FILE") Path file) {
        new Credentials(file).remove(name);
        terminal.err().println(name + " may write no more");
        return ProblemExit.DONE;
    }

    private void warn(Credentials credentials, Path file) {
        if (credentials.isOpenToOthers()) {
            terminal.err().println("Others can read or change " + file + ": chmod 600 " + file);
        }
    }

    /// Never an argument: those are seen by everybody on the machine, and kept by shells.
    private String password() throws IOException {
        var console = System.console();
        if (console != null && console.isTerminal() && terminal.in() == System.in) {
            var once = new String(console.readPassword("Password (%d characters or more): ", Credentials.SHORTEST_PASSWORD));
            var again = new String(console.readPassword("Again: "));
            if (!once.equals(again)) {
                throw new ProblemException(new Problem.Invalid(new Where.Argument("password"), "two that differ", "the same twice"));
            }
            return once;
        }
        var line = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
        return Optional.ofNullable(line).orElseThrow(() -> new ProblemException(
                new Problem.Invalid(new Where.Argument("password"), "nothing on standard input", "a password as one line")));
    }
}
