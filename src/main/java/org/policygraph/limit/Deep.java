package org.policygraph.limit;

import java.util.concurrent.atomic.AtomicReference;

/// Work that calls itself deeper than the stack of a usual thread goes.
final class Deep {

    private Deep() {}

    /// Does the work as if on this thread, for the same request.
    /// @param stack in bytes; taken from the machine only as far as it is used
    static void run(Runnable work, long stack) {
        var thrown = new AtomicReference<Throwable>();
        var allowance = Allowance.current();
        var thread = new Thread(null, () -> {
            try {
                allowance.ifPresentOrElse(mine -> mine.alsoHere(work), work);
            } catch (RuntimeException | Error failed) {
                thrown.set(failed);
            }
        }, Thread.currentThread().getName() + "-deep", stack);
        thread.setDaemon(true);
        thread.start();
        var interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        switch (thrown.get()) {
            case RuntimeException failed -> throw failed;
            case Error failed -> throw failed;
            case null, default -> { }
        }
    }
}
