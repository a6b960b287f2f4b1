package org.policygraph.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.policygraph.problem.Problem;
import org.policygraph.problem.Where;

/// All connections: how many there are, in all and of one caller, and one thread that looks after each.
final class Lines extends AbstractLifeCycle implements SelectorManager.AcceptListener {

    /// How often the bounds are looked at.
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(200);
    /// A request must have been at work so long before anyone looks whether its caller is still there: most are answered by then.
    private static final long LONG = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long BYTES_PER_SECOND = 1000;
    private static final int DISCARD = 4096;

    private final ServerOptions options;
    private final RequestBounds bounds;
    private final Refusals refusals;
    private final ProtectiveHeaders headers;
    private final Set<Line> open = ConcurrentHashMap.newKeySet();
    private final Map<SelectableChannel, Caller> callers = new ConcurrentHashMap<>();
    private final Map<Caller, AtomicLong> ofCaller = new ConcurrentHashMap<>();
    private final Thread watch = new Thread(this::watch, "watch");

    Lines(ServerOptions options, Refusals refusals, ProtectiveHeaders headers) {
        this.options = options;
        this.bounds = options.bounds();
        this.refusals = refusals;
        this.headers = headers;
        watch.setDaemon(true);
    }

    @Override protected void doStart() {
        watch.start();
    }

    @Override protected void doStop() {
        LockSupport.unpark(watch);
    }

    int count() {
        return callers.size();
    }

    void opened(Line line) {
        open.add(line);
    }

    void closed(Line line) {
        open.remove(line);
    }

    /// Whoever still waits for something waits no longer.
    void closeAll() {
        open.forEach(Line::close);
    }

    @Override public void onAccepting(SelectableChannel channel) {
        if (channel instanceof SocketChannel socket) {
            var address = address(socket);
            var caller = Caller.at(address);
            var mine = ofCaller.compute(caller, (_, count) -> {
                var kept = count == null ? new AtomicLong() : count;
                kept.incrementAndGet();
                return kept;
            }).get();
            callers.put(channel, caller);
            if (callers.size() > bounds.counts().connections()) {
                refuse(socket, RequestBounds.CONNECTIONS, "there are as many connections as there may be");
            } else if (mine > bounds.counts().callerConnections() && !options.proxies().contains(address)) {
                refuse(socket, RequestBounds.CALLER_CONNECTIONS, "you have as many connections as one caller may have");
            }
        }
    }

    @Override public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        forget(channel);
    }

    @Override public void onClosed(SelectableChannel channel) {
        forget(channel);
    }

    private void forget(SelectableChannel channel) {
        var caller = callers.remove(channel);
        if (caller != null) {
            ofCaller.computeIfPresent(caller, (_, count) -> count.decrementAndGet() == 0 ? null : count);
        }
    }

    static InetAddress address(SocketChannel channel) {
        try {
            return channel.getRemoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : InetAddress.getLoopbackAddress();
        } catch (IOException gone) {
            return InetAddress.getLoopbackAddress();
        }
    }

    private void refuse(SocketChannel channel, String option, String what) {
        var problem = refusals.exceeded(new Where.Argument("connection"), Problem.Bound.BUSY, option, what);
        try (channel) {
            if (options.tls().isEmpty()) {
                channel.write(ByteBuffer.wrap(answer("503 Service Unavailable", "Retry-After: " + Refusals.RETRY_SECONDS + "\r\n", problem)));
                channel.shutdownOutput();
                // What is unread when a socket closes makes the answer be thrown away on its way.
                var _ = channel.read(ByteBuffer.allocate(DISCARD));
            }
        } catch (IOException gone) {
            // It wanted to go as well.
            return;
        }
    }

    private byte[] answer(String status, String more, Problem problem) {
        var text = problem.line() + "\n";
        return ("HTTP/1.1 " + status + "\r\n" + more + "Content-Type: text/plain;charset=utf-8\r\nContent-Length: "
                + text.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n" + headers.text() + text).getBytes(StandardCharsets.UTF_8);
    }

    private void watch() {
        while (isRunning()) {
            var now = System.nanoTime();
            for (var line : open) {
                look(line, now);
            }
            LockSupport.parkNanos(this, TICK);
        }
    }

    private void look(Line line, long now) {
        if (line.isLateWithItsHead(now, bounds.times().head())) {
            var problem = refusals.exceeded(new Where.Argument("request"), Problem.Bound.TIME, RequestBounds.HEAD_TIME,
                    "its head was not in after " + Refusals.seconds(bounds.times().head()));
            if (options.tls().isEmpty()) {
                line.say(answer("408 Request Timeout", "", problem));
            }
            line.close(new TimeoutException(problem.line()));
        } else if (line.readsTooSlowly(now, bounds.times().reader(), BYTES_PER_SECOND)) {
            var problem = refusals.exceeded(new Where.Argument("answer"), Problem.Bound.TIME, RequestBounds.READER_TIME,
                    "it was read more slowly than " + BYTES_PER_SECOND + " bytes a second");
            line.running().ifPresent(running -> running.end(problem));
            line.close(new TimeoutException(problem.line()));
        } else {
            line.running().ifPresent(running -> look(line, running, now));
        }
    }

    private void look(Line line, Running running, long now) {
        if (running.isLate(now)) {
            running.lose();
        } else if (now - running.since() > LONG && line.isGone()) {
            running.end(new Problem.Unusable(new Where.Resource("caller"), "the caller has gone"));
            line.close(new EofException("the caller has gone"));
        }
    }
}
