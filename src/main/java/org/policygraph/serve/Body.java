package org.policygraph.serve;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/// Takes in all of a request's body before anyone works for it: who sends slowly holds a connection, and neither a thread nor a
/// place. What was compressed is inflated, and bounded as if it had been sent so.
final class Body implements Invocable.Task {

    private static final int MEGABYTE = 1 << 20;

    private final Request request;
    private final Running running;
    private final long most;
    private final Duration time;
    private final Room room;
    private final Consumer<Outcome> then;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream(0);
    private long counted;
    private boolean gzip;

    /// What became of it.
    sealed interface Outcome {
        /// @param request whose body is all there
        record In(Request request) implements Outcome {}

        record TooLong() implements Outcome {}

        record TooMuchInAll() implements Outcome {}

        record Late() implements Outcome {}

        record Unreadable(String why) implements Outcome {}
    }

    /// @param most bytes, as sent and as inflated
    /// @param time for each megabyte
    /// @param room for the bodies of all; what this takes is given back by [#release]
    Body(Request request, Running running, long most, Duration time, Room room, Consumer<Outcome> then) {
        this.request = request;
        this.running = running;
        this.most = most;
        this.time = time;
        this.room = room;
        this.then = then;
        this.gzip = request.getHeaders().contains(HttpHeader.CONTENT_ENCODING, "gzip");
    }

    @Override public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }

    @Override public void run() {
        var outcome = read();
        outcome.ifPresent(known -> {
            running.hasBody();
            then.accept(known);
        });
    }

    void release() {
        room.give(running.caller(), counted);
        counted = 0;
    }

    /// Nothing yet when more is to come.
    private Optional<Outcome> read() {
        while (true) {
            var chunk = request.read();
            if (chunk == null) {
                // Each further megabyte has as much time as the first.
                running.awaitsBody(running.since() + time.toNanos() * (1 + taken.size() / MEGABYTE));
                request.demand(this);
                return Optional.empty();
            }
            if (Content.Chunk.isFailure(chunk)) {
                return Optional.of(chunk.getFailure() instanceof TimeoutException ? new Outcome.Late()
                        : new Outcome.Unreadable("its body could not be read to its end"));
            }
            try {
                var length = chunk.remaining();
                if (taken.size() + length > most) {
                    return Optional.of(new Outcome.TooLong());
                }
                if (!count(length)) {
                    return Optional.of(new Outcome.TooMuchInAll());
                }
                var bytes = new byte[length];
                chunk.getByteBuffer().get(bytes);
                taken.writeBytes(bytes);
                if (chunk.isLast()) {
                    return Optional.of(whole());
                }
            } finally {
                chunk.release();
            }
        }
    }

    private boolean count(int length) {
        if (room.take(running.caller(), length)) {
            counted += length;
            return true;
        }
        return false;
    }

    private Outcome whole() {
        if (!gzip) {
            return new Outcome.In(new Held(request, request.getHeaders(), taken.toByteArray()));
        }
        try (var inflating = new GZIPInputStream(new ByteArrayInputStream(taken.toByteArray()))) {
            var inflated = inflating.readNBytes(Math.toIntExact(most + 1));
            if (inflated.length > most) {
                return new Outcome.TooLong();
            }
            if (!count(inflated.length)) {
                return new Outcome.TooMuchInAll();
            }
            var headers = HttpFields.build(request.getHeaders()).remove(HttpHeader.CONTENT_ENCODING).put(HttpHeader.CONTENT_LENGTH, inflated.length);
            return new Outcome.In(new Held(request, headers.asImmutable(), inflated));
        } catch (IOException broken) {
            return new Outcome.Unreadable("its body is not what Content-Encoding: gzip says");
        }
    }

    /// A request whose body is here.
    private static final class Held extends Request.Wrapper {
        private final HttpFields headers;
        private final int length;
        private Optional<ByteBuffer> rest;

        private Held(Request request, HttpFields headers, byte[] bytes) {
            super(request);
            this.headers = headers;
            this.length = bytes.length;
            this.rest = Optional.of(bytes).filter(some -> some.length > 0).map(ByteBuffer::wrap);
        }

        @Override public HttpFields getHeaders() {
            return headers;
        }

        @Override public long getLength() {
            return length;
        }

        @Override public Content.Chunk read() {
            var chunk = rest.<Content.Chunk>map(bytes -> Content.Chunk.from(bytes, true)).orElse(Content.Chunk.EOF);
            rest = Optional.empty();
            return chunk;
        }

        @Override public void demand(Runnable demandCallback) {
            demandCallback.run();
        }
    }
}
