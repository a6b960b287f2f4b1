package org.policygraph.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The JDK's client, which knows nothing of SPARQL.
final class Http {

    static final String FORM = "application/x-www-form-urlencoded";
    static final String QUERY = "application/sparql-query";
    static final String UPDATE = "application/sparql-update";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SHOWN = 300;
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
    }

    static HttpRequest.Builder get(URI endpoint, String name, byte[] value) {
        return HttpRequest.newBuilder(URI.create(endpoint + "?" + name + "=" + encoded(value)));
    }

    static HttpRequest.Builder form(URI endpoint, String name, byte[] value) {
        return post(endpoint, FORM, (name + "=" + encoded(value)).getBytes(StandardCharsets.US_ASCII));
    }

    static HttpRequest.Builder post(URI endpoint, String type, byte[] body) {
        return HttpRequest.newBuilder(endpoint).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body));
    }

    /// Byte by byte: some cases hold what is not UTF-8.
    private static String encoded(byte[] bytes) {
        return URLEncoder.encode(new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
    }

    static String shown(HttpResponse<byte[]> answer) {
        var text = new String(answer.body(), StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
        return answer.statusCode() + " " + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
    }
}
