package org.policygraph.serve;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A connection on which anything can be said, also what no client library would.
final class Raw implements Closeable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;

    /// What came back.
    /// @param text all of it, the head too; empty when the connection was closed without a word
    record Answer(String text, Duration after) {
        int status() {
            return text.isEmpty() ? 0 : Integer.parseInt(text.split(" ", 3)[1]);
        }

        Optional<String> header(String name) {
            return text.split("\r\n\r\n", 2)[0].lines().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip()).findFirst();
        }

        String body() {
            var parts = text.split("\r\n\r\n", 2);
            return parts.length > 1 ? parts[1] : "";
        }
    }

    private Raw(Socket socket) {
        this.socket = socket;
    }

    static Raw to(URI server) throws IOException {
        return to(server, new Socket());
    }

    /// With as little room as there can be for what the caller has not read.
    static Raw thatHardlyReads(URI server) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        return to(server, socket);
    }

    static Raw to(URI server, Socket socket) throws IOException {
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), (int) PATIENCE.toMillis());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
        return new Raw(socket);
    }

    /// One request after which the connection ends.
    static Answer ask(URI server, String line, String... headers) throws IOException {
        try (var raw = to(server)) {
            return raw.send(request(line, headers)).answer();
        }
    }

    /// @param line as in `GET /health`
    static String request(String line, String... headers) {
        var all = new StringBuilder(line + " HTTP/1.1\r\n");
        if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host:"))) {
            all.append("Host: localhost\r\n");
        }
        all.append("Connection: close\r\n");
        for (var header : headers) {
            all.append(header).append("\r\n");
        }
        return all.append("\r\n").toString();
    }

    static String query(String sparql) {
        return "GET /sparql?query=" + URLEncoder.encode(sparql, StandardCharsets.UTF_8);
    }

    Raw send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Raw send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /// One byte after the other, until all are sent or the other side hears no more.
    Raw trickle(String text, Duration each) throws InterruptedException {
        try {
            for (var one : text.getBytes(StandardCharsets.ISO_8859_1)) {
                socket.getOutputStream().write(one);
                Thread.sleep(each);
                if (socket.getInputStream().available() > 0) {
                    return this;
                }
            }
        } catch (IOException closed) {
            return this;
        }
        return this;
    }

    /// All that comes until the other side closes.
    Answer answer() {
        var begun = System.nanoTime();
        var all = new java.io.ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (IOException reset) {
            // What came before it counts.
        }
        return new Answer(all.toString(StandardCharsets.UTF_8), Duration.ofNanos(System.nanoTime() - begun));
    }

    int read(byte[] into) throws IOException {
        return socket.getInputStream().read(into);
    }

    /// Leaves as a process that is killed does.
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override public void close() throws IOException {
        socket.close();
    }
}
