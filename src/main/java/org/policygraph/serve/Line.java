package org.policygraph.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/// One caller's connection, which knows since when it has waited for what. Jetty's own timeouts ask only whether anything has
/// moved, so that a byte now and then holds a connection for ever; and while somebody works for a request, Jetty does not see
/// that its caller has gone.
final class Line extends SocketChannelEndPoint {

    /// What a caller may send ahead while its request is at work. Beyond, nothing is read, and so not its going either.
    private static final int MOST_AHEAD = 16 << 10;
    private static final long NEVER = Long.MIN_VALUE;

    private final Executor executor;
    private final InetAddress address;
    private final ReentrantLock reading = new ReentrantLock();
    private Optional<ByteBuffer> ahead = Optional.empty();
    private volatile long headSince = NEVER;
    private volatile boolean inRequest;
    private volatile Optional<Running> running = Optional.empty();
    private volatile long sent;
    private volatile boolean blocked;
    private long windowSince = NEVER;
    private long windowSent;

    Line(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, Executor executor, InetAddress address) {
        super(channel, selector, key, scheduler);
        this.executor = executor;
        this.address = address;
    }

    /// The line beneath, under TLS too.
    static Line of(EndPoint endPoint) {
        return (Line) (endPoint instanceof EndPoint.Wrapper wrapper ? wrapper.unwrap() : endPoint);
    }

    InetAddress address() {
        return address;
    }

    Optional<Running> running() {
        return running;
    }

    void runs(Running request) {
        running = Optional.of(request);
    }

    void headIsIn() {
        inRequest = true;
        headSince = NEVER;
    }

    /// @param more whether the next one's head has begun to come already
    void requestIsOver(boolean more) {
        running = Optional.empty();
        headSince = more ? System.nanoTime() : NEVER;
        inRequest = false;
    }

    /// Jetty would end a request at work whose caller is rightly silent. While there is one, other bounds hold.
    @Override protected void onIdleExpired(TimeoutException timeout) {
        if (!inRequest) {
            super.onIdleExpired(timeout);
        }
    }

    @Override public int fill(ByteBuffer buffer) throws IOException {
        reading.lock();
        try {
            var filled = ahead.isPresent() ? fillFromAhead(buffer) : super.fill(buffer);
            if (filled > 0 && !inRequest && headSince == NEVER) {
                headSince = System.nanoTime();
            }
            return filled;
        } finally {
            reading.unlock();
        }
    }

    private int fillFromAhead(ByteBuffer buffer) {
        var held = ahead.orElseThrow();
        held.flip();
        var before = held.remaining();
        BufferUtil.append(buffer, held);
        var filled = before - held.remaining();
        held.compact();
        if (held.position() == 0) {
            ahead = Optional.empty();
        }
        return filled;
    }

    @Override protected void needsFillInterest() {
        if (isAhead()) {
            // The selector knows nothing of what was read already.
            executor.execute(() -> getFillInterest().fillable());
        } else {
            super.needsFillInterest();
        }
    }

    private boolean isAhead() {
        reading.lock();
        try {
            return ahead.isPresent();
        } finally {
            reading.unlock();
        }
    }

    /// Whether the caller has closed its side, or all of it. What it has sent instead is kept for who reads next.
    boolean isGone() {
        reading.lock();
        try {
            if (!isOpen()) {
                return true;
            }
            var held = ahead.orElseGet(() -> ByteBuffer.allocate(MOST_AHEAD));
            if (isFillInterested() || isInputShutdown() || !held.hasRemaining()) {
                return false;
            }
            var read = getChannel().read(held);
            if (held.position() > 0) {
                ahead = Optional.of(held);
            }
            return read < 0;
        } catch (IOException reset) {
            return true;
        } finally {
            reading.unlock();
            if (isFillInterested() && isAhead()) {
                executor.execute(() -> getFillInterest().fillable());
            }
        }
    }

    @Override public boolean flush(ByteBuffer... buffers) throws IOException {
        var before = BufferUtil.remaining(buffers);
        try {
            var all = super.flush(buffers);
            blocked = !all;
            return all;
        } finally {
            sent += before - BufferUtil.remaining(buffers);
        }
    }

    /// Whether the head of a request has begun so long ago and is still not in.
    boolean isLateWithItsHead(long now, Duration most) {
        var since = headSince;
        return since != NEVER && !inRequest && now - since > most.toNanos();
    }

    /// Whether the caller has taken less than this of what waits for it, over so long.
    /// To be asked by one thread, often.
    boolean readsTooSlowly(long now, Duration over, long bytesPerSecond) {
        if (!blocked) {
            windowSince = NEVER;
            return false;
        }
        // The selector tells only when a good part of the socket's buffer is free; less counts too.
        executor.execute(() -> getWriteFlusher().completeWrite());
        if (windowSince == NEVER) {
            windowSince = now;
            windowSent = sent;
        } else if (now - windowSince >= over.toNanos()) {
            if (sent - windowSent < bytesPerSecond * over.toMillis() / 1000) {
                return true;
            }
            windowSince = now;
            windowSent = sent;
        }
        return false;
    }

    /// A last word that no request has asked for, as far as it can go out at once.
    void say(byte[] answer) {
        try {
            getChannel().write(ByteBuffer.wrap(answer));
        } catch (IOException gone) {
            // Then there is nobody to tell.
            close(gone);
        }
    }
}
