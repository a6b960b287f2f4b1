package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.jena.query.TxnType;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;

/// Whether the server lives, and whether it is ready.
@Timeout(60)
class HealthTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test void anEmptyStoreLivesAndIsNotReady() throws Exception {
        try (var store = Store.inMemory(); var server = start(store, RequestBounds.usual())) {
            assertEquals("200 {\"status\":\"ok\"}", told(server, "health/live"));
            assertEquals("503 {\"status\":\"empty\",\"version\":\"0.1.0-test\"}", told(server, "health/ready"));

            fill(store);

            assertEquals("200 {\"status\":\"ok\",\"version\":\"0.1.0-test\"}", told(server, "health/ready"));
            assertEquals(404, get(server, "health/other").statusCode());
        }
    }

    @Test void aStoreThatDoesNotAnswerHoldsUpNobodyWhoAsks() throws Exception {
        try (var store = Store.inMemory(); var server = start(store, RequestBounds.usual())) {
            fill(store);
            var transactions = store.read(TDBInternal::getTransactionCoordinator);
            transactions.startExclusiveMode();
            try {
                for (int asked = 0; asked < 3; asked++) {
                    assertEquals("503 {\"status\":\"busy\",\"version\":\"0.1.0-test\"}", told(server, "health/ready"));
                    assertEquals("200 {\"status\":\"ok\"}", told(server, "health/live"));
                }
                assertEquals(1, Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("readiness")).count());
            } finally {
                transactions.finishExclusiveMode();
            }
            awaitReady(server);
        }
    }

    @Test void aWriteUnderWayHoldsUpNeither() throws Exception {
        try (var store = Store.inMemory(); var server = start(store, RequestBounds.usual())) {
            fill(store);
            var begun = new CountDownLatch(1);
            var end = new CountDownLatch(1);
            var writing = Thread.ofPlatform().start(() -> {
                store.dataset().begin(TxnType.WRITE);
                begun.countDown();
                try {
                    end.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                store.dataset().abort();
                store.dataset().end();
            });
            begun.await();

            assertEquals(200, get(server, "health/ready").statusCode());

            end.countDown();
            writing.join();
        }
    }

    @Test void withAllPlacesTakenBothAreTold() throws Exception {
        try (var store = Store.inMemory()) {
            fill(store);
            try (var server = start(store, RequestBounds.usual().with(new RequestBounds.Counts(50, 50, 1, 1, 0)))) {
                var transactions = store.read(TDBInternal::getTransactionCoordinator);
                // A query that can't begin keeps the one place.
                transactions.startExclusiveMode();
                try (var socket = new Socket("127.0.0.1", server.uri().getPort())) {
                    socket.getOutputStream().write("GET /search?q=x HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    while (server.gate().working() == 0) {
                        Thread.sleep(20);
                    }
                    assertEquals(503, get(server, "search?q=x").statusCode());

                    assertEquals(200, get(server, "health/live").statusCode());
                    assertTrue(get(server, "health/ready").body().contains("busy"));
                } finally {
                    transactions.finishExclusiveMode();
                }
            }
        }
    }

    @Test void aServerThatIsAboutToEndIsNotReadyButLives() throws Exception {
        try (var store = Store.inMemory()) {
            fill(store);
            var server = start(store, RequestBounds.usual());
            var transactions = store.read(TDBInternal::getTransactionCoordinator);
            transactions.startExclusiveMode();
            var sockets = new ArrayList<Socket>();
            try {
                // One that runs, so that the server waits for it; and a connection that is there already.
                sockets.add(ask(server, "/search?q=x"));
                var kept = new Socket("127.0.0.1", server.uri().getPort());
                sockets.add(kept);
                assertTrue(answer(kept, "/health/live").startsWith("HTTP/1.1 200"));
                Thread.ofPlatform().start(server::close);

                var ready = "";
                for (int tries = 0; tries < 50 && !ready.contains("being stopped"); tries++) {
                    ready = answer(kept, "/health/ready");
                    Thread.sleep(20);
                }

                assertTrue(ready.startsWith("HTTP/1.1 503"), ready);
                assertTrue(answer(kept, "/health/live").startsWith("HTTP/1.1 200"));
            } finally {
                transactions.finishExclusiveMode();
                for (var socket : sockets) {
                    socket.close();
                }
                server.close();
            }
        }
    }

    private static Server start(Store store, RequestBounds bounds) {
        var usual = bounds.times();
        var hurried = bounds.with(new RequestBounds.Times(usual.idle(), usual.head(), usual.body(), usual.reader(), Duration.ofMillis(200), Duration.ofSeconds(1)));
        return Server.start(Shipped.from(store), ServerOptions.usual().at("127.0.0.1", 0).with(hurried));
    }

    private static Socket ask(Server server, String path) throws Exception {
        var socket = new Socket("127.0.0.1", server.uri().getPort());
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /// As much of an answer as comes at once.
    private static String answer(Socket socket, String path) throws Exception {
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        var buffer = new byte[8192];
        return new String(buffer, 0, Math.max(0, socket.getInputStream().read(buffer)), StandardCharsets.UTF_8);
    }

    private static void awaitReady(Server server) throws Exception {
        awaitStatus(server, "health/ready", 200);
    }

    private static void awaitStatus(Server server, String path, int status) throws Exception {
        for (int tries = 0; tries < 100 && get(server, path).statusCode() != status; tries++) {
            Thread.sleep(20);
        }
        assertEquals(status, get(server, path).statusCode());
    }

    private static void fill(Store store) {
        store.write(data -> data.add(Iris.REGISTRY_GRAPH, Iris.DATASET, Iris.DATASET, Iris.DATASET));
    }

    private static String told(Server server, String path) throws Exception {
        var answer = get(server, path);
        return answer.statusCode() + " " + answer.body().strip();
    }

    private static HttpResponse<String> get(Server server, String path) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(server.uri() + path)).build(), BodyHandlers.ofString());
    }
}
