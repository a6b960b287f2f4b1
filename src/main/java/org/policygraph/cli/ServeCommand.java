package org.policygraph.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.policygraph.load.Loader;
import org.policygraph.serve.Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    private static final long CLOSING_SECONDS = 10;

    private final Terminal terminal;
    private final Home home;

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
            description = "Address to listen at. Default: ${DEFAULT-VALUE}, which this machine alone can reach.")
    private String host;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "3030", description = "Port to listen at, 0 for any that is free. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Mixin
    private StoreOption store;

    ServeCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override public Integer call() throws Exception {
        var closed = new CountDownLatch(1);
        try (var opened = store.open(home)) {
            Loader.load(home.content(List.of()), opened, false, TerminalProgress.on(terminal));
            try (var server = Server.start(home.served(opened), host, port)) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, closed), "shutdown"));
                warnOfStrangers();
                terminal.print("Ready " + server.uri() + " (SPARQL at " + server.uri() + "sparql)\n");
                server.join();
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

    private void warnOfStrangers() throws UnknownHostException {
        if (!InetAddress.getByName(host).isLoopbackAddress()) {
            terminal.err().println("Whoever reaches " + host + " can read everything");
        }
    }
}
