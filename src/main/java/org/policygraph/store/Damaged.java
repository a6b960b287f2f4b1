package org.policygraph.store;

import java.util.function.Consumer;

/// Looking at what may be damaged.
final class Damaged {

    private Damaged() {}

    /// Work that reads what may be anything.
    interface Look {
        void run();
    }

    /// What can't be read is told, in whatever way the reading fails: bytes that are not what a library wrote lead it anywhere.
    static void examine(String what, Consumer<String> damage, Look look) {
        try {
            look.run();
        } catch (RuntimeException | InternalError | StackOverflowError | OutOfMemoryError unreadable) {
            damage.accept(what + " can't be read (" + reason(unreadable) + ")");
        }
    }

    static String reason(Throwable unreadable) {
        return unreadable.getMessage() == null ? unreadable.getClass().getSimpleName() : unreadable.getMessage().lines().findFirst().orElse("");
    }
}
