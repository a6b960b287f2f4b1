package org.policygraph.serve;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.policygraph.limit.Allowance;
import org.policygraph.problem.ProblemException;

/// An answer on its way. While the caller's socket takes no more, its request has neither a place nor a turn, so that who does
/// not read holds up nobody.
final class Sending extends Response.Wrapper {

    private final Running running;
    private final Places places;
    private final Line line;

    Sending(Request request, Response response, Running running, Places places, Line line) {
        super(request, response);
        this.running = running;
        this.places = places;
        this.line = line;
    }

    @Override public void write(boolean last, ByteBuffer content, Callback callback) {
        var sent = new Sent();
        super.write(last, content, sent);
        if (!sent.isDone()) {
            running.is(Running.State.WRITING);
            places.leave(running);
            try {
                Allowance.away(() -> sent.await(line));
            } catch (ProblemException ended) {
                // Whoever works for it is told when it asks next; what was to be written is.
                running.end(ended.problems().getFirst());
            } finally {
                places.rejoin(running);
                running.is(Running.State.WORKING);
            }
        }
        sent.tell(callback);
    }

    private static final class Sent implements Callback {
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile Optional<Throwable> failure = Optional.empty();

        @Override public void succeeded() {
            done.countDown();
        }

        @Override public void failed(Throwable why) {
            failure = Optional.of(why);
            done.countDown();
        }

        @Override public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        private boolean isDone() {
            return done.getCount() == 0;
        }

        /// Until it has gone, or the line is closed. The bytes are not ours to leave before.
        private void await(Line line) {
            var interrupted = false;
            while (!isDone()) {
                try {
                    done.await();
                } catch (InterruptedException stopped) {
                    interrupted = true;
                    line.close(stopped);
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void tell(Callback callback) {
            failure.ifPresentOrElse(callback::failed, callback::succeeded);
        }
    }
}
