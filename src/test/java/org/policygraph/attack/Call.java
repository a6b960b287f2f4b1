package org.policygraph.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// One request on a connection of its own, from an address of its own: as one of very many callers.
/// @param from of this machine: 127.0.0.0/8
record Call(String from, URI server) {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final Pattern LENGTH = Pattern.compile("content-length: *(\\d+)");
    private static final int CONNECT_MILLIS = 20_000;
    private static final int MOST_BEGUN = 400;
    private static final int ROOM = 1 << 14;

    /// @param status nothing when the connection was closed without an answer
    /// @param whole  whether its body was complete
    record Reply(OptionalInt status, String headers, String begins, long length, boolean whole, Duration took) {

        boolean is(int wanted) {
            return status.isPresent() && status.getAsInt() == wanted;
        }

        boolean isBusy() {
            return is(503) && headers.contains("retry-after:");
        }

        boolean isRefused() {
            return status.isPresent() && status.getAsInt() >= 400 && status.getAsInt() < 500;
        }
    }

    static String get(String path, String accept) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + accept + "\r\nConnection: close\r\n\r\n";
    }

    static String query(String sparql) {
        return post("/sparql", "application/sparql-query", sparql);
    }

    static String post(String path, String type, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nConnection: close\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    Socket connect(int room) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        if (room > 0) {
            socket.setReceiveBufferSize(room);
        }
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MILLIS);
        return socket;
    }

    /// @throws SocketTimeoutException when there is no end within the time
    Reply say(String request, Duration patience) throws IOException {
        var began = System.nanoTime();
        try (var socket = connect(0)) {
            socket.setSoTimeout((int) patience.toMillis());
            var head = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            } catch (IOException closedEarly) {
                // It may have answered before it had heard all.
                return read(socket, head, began, patience);
            }
            return read(socket, head, began, patience);
        }
    }

    private static Reply read(Socket socket, ByteArrayOutputStream head, long began, Duration patience) throws IOException {
        var buffer = new byte[ROOM];
        var end = -1;
        var length = 0L;
        var tail = new byte[5];
        try {
            for (var read = socket.getInputStream().read(buffer); read >= 0; read = socket.getInputStream().read(buffer)) {
                if (System.nanoTime() - began > patience.toNanos()) {
                    throw new SocketTimeoutException("no end within " + patience);
                }
                var from = 0;
                if (end < 0) {
                    var before = head.size();
                    head.write(buffer, 0, read);
                    end = head.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
                    if (end < 0) {
                        continue;
                    }
                    from = end + 4 - before;
                }
                length += read - from;
                for (int i = Math.max(from, read - tail.length); i < read; i++) {
                    System.arraycopy(tail, 1, tail, 0, tail.length - 1);
                    tail[tail.length - 1] = buffer[i];
                }
            }
        } catch (SocketTimeoutException late) {
            throw late;
        } catch (IOException reset) {
            return reply(head, end, length, false, began);
        }
        var heads = headers(head, end);
        var told = LENGTH.matcher(heads);
        var whole = heads.contains("transfer-encoding: chunked") ? new String(tail, StandardCharsets.ISO_8859_1).equals("0\r\n\r\n")
                : !told.find() || Long.parseLong(told.group(1)) == length;
        return reply(head, end, length, whole, began);
    }

    private static String headers(ByteArrayOutputStream head, int end) {
        return end < 0 ? "" : head.toString(StandardCharsets.ISO_8859_1).substring(0, end).toLowerCase(Locale.ROOT);
    }

    /// As much of the body as came along with the head.
    private static String begins(ByteArrayOutputStream head, int end) {
        var body = end < 0 ? "" : head.toString(StandardCharsets.UTF_8).substring(Math.min(head.toString(StandardCharsets.UTF_8).length(), end + 4));
        return body.substring(0, Math.min(MOST_BEGUN, body.length()));
    }

    private static Reply reply(ByteArrayOutputStream head, int end, long length, boolean whole, long began) {
        var status = STATUS.matcher(head.toString(StandardCharsets.ISO_8859_1));
        return new Reply(status.lookingAt() ? OptionalInt.of(Integer.parseInt(status.group(1))) : OptionalInt.empty(), headers(head, end), begins(head, end), length, whole,
                Duration.ofNanos(System.nanoTime() - began));
    }
}
