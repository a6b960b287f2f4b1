package org.policygraph.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A connection to a server on which anything can be said.
final class Wire implements AutoCloseable {

    private static final Pattern HEAD = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: [^\\r\\n]*)?\\r\\n((?:[^\\r\\n]+\\r\\n)*)\\r\\n");
    private static final int PAUSE_MILLIS = 150;
    /// Before the first word of an answer, which may take a while to find.
    private static final int SILENCES = 60;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int ROOM = 1 << 16;
    private static final int MOST_READ = 8 << 20;

    private final Socket socket;

    Wire(URI server) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MILLIS);
    }

    /// What the server said.
    /// @param ended whether it closed the connection
    record Said(String text, boolean ended) {

        /// Of each response, the status and its headers.
        List<Head> heads() {
            var heads = new ArrayList<Head>();
            var found = HEAD.matcher(text);
            while (found.find()) {
                heads.add(new Head(Integer.parseInt(found.group(1)), found.group(2)));
            }
            return heads;
        }
    }

    record Head(int status, String headers) {}

    Wire say(byte[] bytes) throws IOException {
        out().write(bytes);
        return this;
    }

    Wire say(String text) throws IOException {
        return say(text.getBytes(StandardCharsets.UTF_8));
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /// As a reader that takes next to nothing: what the system keeps for it is soon full.
    Wire reluctant() throws SocketException {
        socket.setReceiveBufferSize(1);
        return this;
    }

    /// Reads until the server has closed the connection, or says nothing more even when told that nothing more will come.
    Said heard(Duration time) throws IOException {
        var heard = new ByteArrayOutputStream();
        var buffer = new byte[ROOM];
        var until = System.nanoTime() + time.toNanos();
        var pauses = 0;
        socket.setSoTimeout(PAUSE_MILLIS);
        while (System.nanoTime() < until && heard.size() < MOST_READ) {
            try {
                var read = in().read(buffer);
                if (read < 0) {
                    return new Said(heard.toString(StandardCharsets.UTF_8), true);
                }
                heard.write(buffer, 0, read);
                pauses = 0;
            } catch (SocketTimeoutException silence) {
                // A server that waits for more shall know that there is none; one that has answered may keep the connection.
                if (pauses++ == (heard.size() > 0 ? 2 : SILENCES)) {
                    socket.shutdownOutput();
                }
            } catch (SocketException reset) {
                return new Said(heard.toString(StandardCharsets.UTF_8), true);
            }
        }
        return new Said(heard.toString(StandardCharsets.UTF_8), heard.size() >= MOST_READ);
    }

    @Override public void close() throws IOException {
        socket.close();
    }
}
