package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.cli.Keystore;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.Store;

/// The server under TLS, and the gate beneath.
class TlsTest {

    private static final String PASSWORD = "a password";
    private static final Store STORE = Store.inMemory();

    @TempDir
    private static Path folder;
    private static Path keystore;
    private static SSLContext trusting;
    private static Server server;

    @BeforeAll static void start() throws Exception {
        keystore = Keystore.in(folder, PASSWORD);
        var store = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
        var known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("server", store.getCertificate("server"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers(), null);
        var options = ServerOptions.usual().at("127.0.0.1", 0).with(Tls.of(keystore, PASSWORD));
        var times = options.bounds().times();
        server = Server.start(Shipped.from(STORE), options.with(options.bounds().with(new RequestBounds.Times(times.idle(), Duration.ofMillis(600), times.body(),
                times.reader(), times.queue(), Duration.ofMillis(100)))));
    }

    @AfterAll static void stop() {
        server.close();
        STORE.close();
    }

    private static Raw secure(String... protocols) throws IOException {
        var socket = (SSLSocket) trusting.getSocketFactory().createSocket();
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return Raw.to(server.uri(), socket);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void itAnswersUnderTlsAndTellsBrowsersToStayThere(String protocol) throws Exception {
        assertEquals("https", server.uri().getScheme());
        try (var raw = secure(protocol)) {
            var answer = raw.send(Raw.request("GET /sparql", "Accept: application/n-triples")).answer();

            assertEquals(200, answer.status(), answer::text);
            assertTrue(answer.header("Strict-Transport-Security").orElse("").startsWith("max-age="), answer::text);
            assertTrue(answer.body().contains("<https://localhost/sparql>"), answer::body);
        }
    }

    @Test void withoutTlsItSaysNothing() throws Exception {
        var answer = Raw.ask(server.uri(), "GET /health");

        assertFalse(answer.text().contains("HTTP/1.1 200"), answer::text);
    }

    @Test void whoNeverEndsTheHandshakeIsCut() throws Exception {
        try (var raw = Raw.to(server.uri())) {
            assertEquals("", raw.send(new byte[] {0x16, 3, 1, 2}).answer().text());
        }
    }

    @Test void aQueryWhoseCallerHasGoneEndsUnderTlsToo() throws Exception {
        STORE.write(data -> {
            for (var i = 0; i < 100; i++) {
                data.add(org.apache.jena.graph.NodeFactory.createURI("urn:g"), org.apache.jena.graph.NodeFactory.createURI("urn:s" + i),
                        org.apache.jena.graph.NodeFactory.createURI("urn:p"), org.apache.jena.graph.NodeFactory.createURI("urn:o"));
            }
        });
        var caller = secure().send(Raw.request(Raw.query("SELECT (COUNT(*) AS ?n) { ?a <urn:p> ?b . ?c <urn:p> ?d . ?e <urn:p> ?f . ?g <urn:p> ?h . ?i <urn:p> ?j }")));
        assertTrue(GateTest.soon(() -> server.gate().working() == 1));

        caller.close();

        assertTrue(GateTest.soon(() -> server.gate().running().isEmpty()), "it goes on");
    }

    @Test void aKeystoreThatCannotBeOpenedIsToldWithoutItsPassword() throws Exception {
        var wrong = assertThrows(ProblemException.class, () -> Tls.of(keystore, "guess"));
        assertTrue(wrong.getMessage().contains(keystore.toString()) && !wrong.getMessage().contains("guess"), wrong::getMessage);
        assertThrows(ProblemException.class, () -> Tls.of(folder.resolve("none"), PASSWORD));
        assertThrows(ProblemException.class, () -> Tls.of(Files.writeString(folder.resolve("text"), "no keystore"), PASSWORD));
        var empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        try (var out = Files.newOutputStream(folder.resolve("empty"))) {
            empty.store(out, PASSWORD.toCharArray());
        }
        var without = assertThrows(ProblemException.class, () -> Tls.of(folder.resolve("empty"), PASSWORD));
        assertTrue(without.getMessage().contains("no private key"), without::getMessage);
        assertEquals(Set.of(PASSWORD), Set.of(Tls.of(keystore, PASSWORD).password()));
    }
}
