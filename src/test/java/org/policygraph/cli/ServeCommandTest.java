package org.policygraph.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `policygraph serve` as a process of its own, from its first line to its end.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
class ServeCommandTest {

    private static final int SIGTERM = 128 + 15;

    @TempDir
    private Path folder;

    @Test void itLoadsByItselfSaysReadyWhenItCanAnswerKeepsItsStoreAndEndsBySigterm() throws Exception {
        var server = start("serve", "--port", "0", "--store", folder.resolve("store").toString(), "--closing-time", "1s");
        try (var lines = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            var ready = lines.readLine();
            assertTrue(ready != null && ready.matches("Ready http://127\\.0\\.0\\.1:[1-9][0-9]*/ .*"), () -> "the first line was " + ready);
            var uri = URI.create(ready.split(" ")[1]);
            assertEquals("n\r\n1\r\n", ask(uri, "SELECT (COUNT(*) AS ?n) { id:huawei pol:develops id:ascend }"));

            var other = start("query", "-e", "ASK {}", "--store", folder.resolve("store").toString());
            assertTrue(other.waitFor(60, TimeUnit.SECONDS));
            var told = new String(other.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(5, other.exitValue(), told);
            assertTrue(told.contains("--store") && told.contains("/sparql") && !told.contains("\tat "), told);

            var endless = HttpClient.newHttpClient().sendAsync(HttpRequest.newBuilder(uri.resolve("/sparql?query="
                    + URLEncoder.encode("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", StandardCharsets.UTF_8))).build(), BodyHandlers.ofString());
            Thread.sleep(1000);
            // Process.destroy would close the streams too.
            server.toHandle().destroy();
            assertTrue(server.waitFor(10, TimeUnit.SECONDS), "it does not end");
            assertEquals(503, endless.join().statusCode(), () -> endless.join().body());
            assertEquals(SIGTERM, server.exitValue());
            Assertions.assertNull(lines.readLine(), "one line alone goes to standard output");
            Assertions.assertThrows(ConnectException.class, () -> ask(uri, "ASK {}"));
        } finally {
            server.destroyForcibly();
        }

        var again = start("query", "-e", "ASK { id:huawei pol:develops id:ascend }", "--store", folder.resolve("store").toString());
        assertTrue(again.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, again.exitValue());
    }

    private static String ask(URI uri, String query) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri.resolve("/sparql")).header("Accept", "text/csv").header("Content-Type", "application/sparql-query")
                .POST(HttpRequest.BodyPublishers.ofString(query)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static Process start(String... words) throws IOException {
        var command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                "-Dpolicygraph.home=" + Path.of("").toAbsolutePath(), Main.class.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).start();
    }
}
