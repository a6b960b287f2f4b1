package org.policygraph.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.policygraph.load.Loader;
import org.policygraph.serve.Server;
import org.policygraph.serve.ServerOptions;
import org.policygraph.store.BackupSocket;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `policygraph serve`
@Command(name = "serve", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Load what PolicyGraph ships, where the store has it not, and answer SPARQL over HTTP.",
        footer = {"",
            "Prints one line when it can answer: Ready http://127.0.0.1:3030/ …",
            "It ends by SIGTERM or Ctrl-C.",
            "",
            "  policygraph serve",
            "  policygraph serve --port 0 --store mem",
            "  curl http://127.0.0.1:3030/sparql \\",
            "       --data-urlencode 'query=SELECT * { ?actor pol:develops ?technology }'"})
final class ServeCommand implements Callable<Integer> {

    private static final long CLOSING_SECONDS = 2;

    private final Terminal terminal;
    private final Home home;

    @Mixin
    private StoreOption store;

    @Mixin
    private ServerArguments arguments;

    @Mixin
    private EditingOptions editing;

    @Mixin
    private WatchOptions watch;

    ServeCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override public Integer call() throws Exception {
        var options = arguments.options();
        var watching = watch.watching();
        watch.beginLog();
        var closed = new CountDownLatch(1);
        try (var opened = store.open(home); var _ = BackupSocket.open(opened)) {
            Loader.load(home.content(List.of()), opened, false, TerminalProgress.on(terminal));
            var served = home.served(opened);
            try (var server = Server.start(served, options, editing.open(home, served, terminal), watching)) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, closed), "shutdown"));
                opened.whenBroken(problem -> {
                    // Whoever started it starts it again, and finds the store whole.
                    terminal.err().println(problem.line());
                    end(server, closed);
                });
                warnOfStrangers(options);
                server.metrics().ifPresent(where -> terminal.err().println("Metrics " + where));
                terminal.print("Ready " + server.uri() + " (SPARQL at " + server.uri() + "sparql)\n");
                server.join();
            }
            if (opened.problem().isPresent()) {
                return ProblemExit.UNUSABLE;
            }
        } finally {
            closed.countDown();
        }
        return ProblemExit.DONE;
    }

    /// On SIGTERM or Ctrl-C: answers under way are written, and the store is closed before the process is gone.
    private static void end(Server server, CountDownLatch closed) {
        try {
            server.close();
            closed.await(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void warnOfStrangers(ServerOptions options) throws UnknownHostException {
        if (!InetAddress.getByName(options.host()).isLoopbackAddress() && options.tls().isEmpty() && options.proxies().isEmpty()) {
            terminal.err().println("Whoever reaches " + options.host() + " can read everything, and who is on the way sees what they ask: see --tls-keystore and --proxy");
        }
    }
}
