package org.policygraph.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// Whether a commit or its undoing stopped half way, so that what this process has of the store may be neither what was nor
/// what was to be. What is on disk is whole all the same: the next process that opens it finds the change, or not.
final class Breakage {

    private final Where where;
    private final AtomicReference<Problem> problem = new AtomicReference<>();
    private final List<Consumer<Problem>> hearers = new CopyOnWriteArrayList<>();

    Breakage(String store) {
        this.where = new Where.Resource(store);
    }

    /// Nobody reads or writes any more in this process.
    /// @return what they are told
    Problem broke(Throwable cause) {
        var broken = new Problem.Unusable(where, "a change ended half way (" + DiskTrouble.reason(cause)
                + "); end this process and start it again: the store is whole then, with that change or without it");
        if (problem.compareAndSet(null, broken)) {
            // Not by the thread that found it, which may be one that the hearer waits for.
            Thread.ofVirtual().start(() -> hearers.forEach(hearer -> hearer.accept(broken)));
        }
        return problem.get();
    }

    void tell(Consumer<Problem> hearer) {
        hearers.add(hearer);
    }

    Optional<Problem> problem() {
        return Optional.ofNullable(problem.get());
    }

    /// @throws ProblemException `Unusable` when it is broken
    void check() {
        problem().ifPresent(broken -> {
            throw new ProblemException(broken);
        });
    }
}
