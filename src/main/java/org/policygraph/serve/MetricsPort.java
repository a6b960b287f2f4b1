package org.policygraph.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// A port of this machine's own that tells what the server counts, and nothing else. It has its own threads, so that it answers
/// while all of the server's are taken; nobody reaches it through a proxy that stands before the server.
final class MetricsPort implements AutoCloseable {

    /// No name but this machine's: a page of the web whose name leads here reads nothing.
    private static final Pattern OWN_HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");
    private static final int READERS = 2;

    private final HttpServer server;
    private final ExecutorService threads;

    private MetricsPort(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /// @param port 0 for any that is free
    /// @throws ProblemException `Unusable` when it is taken
    static MetricsPort open(Metrics metrics, int port) {
        var threads = Executors.newFixedThreadPool(READERS, Thread.ofPlatform().daemon().name("metrics-", 0).factory());
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> answer(exchange, metrics));
            server.start();
            return new MetricsPort(server, threads);
        } catch (IOException taken) {
            threads.shutdown();
            throw new ProblemException(new Problem.Unusable(new Where.Argument("--metrics-port"),
                    "can't listen at " + port + " (" + taken.getMessage() + "); choose another port, or 0 for any that is free"));
        }
    }

    private static void answer(HttpExchange exchange, Metrics metrics) throws IOException {
        try (exchange) {
            var host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("");
            if (!OWN_HOST.matcher(host).matches()) {
                send(exchange, 403, "text/plain; charset=utf-8", "This is for 127.0.0.1\n");
            } else if (!exchange.getRequestURI().getPath().equals(Metrics.PATH)) {
                send(exchange, 404, "text/plain; charset=utf-8", "There is " + Metrics.PATH + " here, and nothing else\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                send(exchange, 405, "text/plain; charset=utf-8", "This is for reading: GET\n");
            } else {
                send(exchange, 200, Metrics.MEDIA_TYPE, metrics.told());
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + Metrics.PATH);
    }

    @Override public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
