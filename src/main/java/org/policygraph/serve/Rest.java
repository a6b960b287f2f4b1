package org.policygraph.serve;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/// Reads what still comes of a body that nobody wants, and throws it away: who is still sending when the connection closes never
/// reads the answer. Who has sent a head alone, to see what comes, is not waited for.
final class Rest implements Invocable.Task {

    private static final long MOST = 32L << 20;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Request request;
    private final Runnable then;
    private final AtomicLong read = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();

    /// @param time in which the rest must be in
    /// @param then when there is no more of it, or it is no use to wait
    Rest(Request request, Duration time, Runnable then) {
        this.request = request;
        this.then = then;
        Running.of(request).ifPresent(running -> running.awaitsBody(System.nanoTime() + time.toNanos()));
    }

    @Override public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }

    @Override public void run() {
        while (!over.get()) {
            var chunk = request.read();
            if (chunk == null) {
                var before = read.get();
                request.getComponents().getScheduler().schedule(() -> endUnlessMoreThan(before), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                end();
                return;
            }
            var all = read.addAndGet(chunk.remaining());
            var last = chunk.isLast();
            chunk.release();
            if (last || all > MOST) {
                end();
            }
        }
    }

    private void endUnlessMoreThan(long before) {
        if (read.get() == before) {
            end();
        }
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            Running.of(request).ifPresent(Running::hasBody);
            then.run();
        }
    }
}
