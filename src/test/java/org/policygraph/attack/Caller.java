package org.policygraph.attack;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Somebody who asks a server from outside and looks closely at the answer.
final class Caller {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MOST_READ = 64 << 20;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).build();
    private final URI server;

    Caller(URI server) {
        this.server = server;
    }

    /// @param whole whether it was complete, as far as HTTP can tell
    record Answer(int status, HttpHeaders headers, String body, boolean whole, Duration took) {

        boolean isRefused() {
            return status >= 400 && status < 500;
        }

        /// Turned away for now, as promised: with a word on when to come again.
        boolean isBusy() {
            return status == 503 && headers.firstValue("Retry-After").isPresent();
        }

        String first() {
            return status + (whole ? "" : ", cut off") + ", after " + took.toMillis() + " ms: " + body.substring(0, Math.min(300, body.length()));
        }
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
    }

    Answer get(String path, String... headers) throws IOException, InterruptedException {
        var request = to(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    Answer query(String sparql) throws IOException, InterruptedException {
        return send(to("/sparql").header("Content-Type", "application/sparql-query").header("Accept", "application/sparql-results+json, text/turtle;q=0.9")
                .POST(BodyPublishers.ofString(sparql)).build());
    }

    Answer send(HttpRequest request) throws IOException, InterruptedException {
        var began = System.nanoTime();
        var response = client.send(request, BodyHandlers.ofInputStream());
        try (var in = response.body()) {
            var body = read(in);
            return new Answer(response.statusCode(), response.headers(), body.text(), body.whole(), Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private record Body(String text, boolean whole) {}

    private static Body read(InputStream in) throws IOException {
        var all = new java.io.ByteArrayOutputStream();
        var buffer = new byte[1 << 16];
        try {
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                all.write(buffer, 0, read);
                if (all.size() > MOST_READ) {
                    return new Body(all.toString(StandardCharsets.UTF_8), false);
                }
            }
            return new Body(all.toString(StandardCharsets.UTF_8), true);
        } catch (IOException cut) {
            return new Body(all.toString(StandardCharsets.UTF_8), false);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
