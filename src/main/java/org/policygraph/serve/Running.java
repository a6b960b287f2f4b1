package org.policygraph.serve;

import jakarta.servlet.ServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Attributes;
import org.policygraph.limit.Allowance;
import org.policygraph.limit.Limits;
import org.policygraph.problem.Problem;

/// A request from when its head is in until the last byte of its answer has gone: who asks, by which id, and how far it is.
final class Running {

    static final String ATTRIBUTE = Running.class.getName();

    /// What it waits for, if anything.
    enum State {
        /// The caller sends.
        BODY,
        /// For a place.
        QUEUED,
        /// For nothing: somebody works for it.
        WORKING,
        /// The caller reads.
        WRITING
    }

    private final String id;
    private final Caller caller;
    private final String method;
    private final String path;
    private final long since = System.nanoTime();
    private final Set<Allowance> allowances = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Problem> ended = new AtomicReference<>();
    private final Consumer<Throwable> fail;
    private final Limits limits;
    private volatile State state = State.BODY;
    private volatile long bodyUntil = Long.MAX_VALUE;
    private volatile long queuedAt;
    private volatile long queued;

    /// @param limits of what it may take
    /// @param fail   makes whoever reads the body see this instead of the rest
    Running(String id, Caller caller, String method, String path, Limits limits, Consumer<Throwable> fail) {
        this.limits = limits;
        this.fail = fail;
        this.id = id;
        this.caller = caller;
        this.method = method;
        this.path = path;
    }

    static Optional<Running> of(Attributes request) {
        return Optional.ofNullable(request.getAttribute(ATTRIBUTE)).map(Running.class::cast);
    }

    /// Nothing when no gate stands before who asks.
    static Optional<Running> of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Running running ? Optional.of(running) : Optional.empty();
    }

    /// What the request may take, which ends as well when its caller goes away or the server does.
    static Allowance allow(ServletRequest request, Limits limits) {
        var allowance = of(request).map(running -> Allowance.of(limits, running.caller().name())).orElseGet(() -> Allowance.of(limits));
        of(request).ifPresent(running -> running.spends(allowance));
        return allowance;
    }

    /// What any request may take.
    static Limits limits(ServletRequest request) {
        return of(request).map(running -> running.limits).orElseGet(Limits::usual);
    }

    private void spends(Allowance allowance) {
        allowances.add(allowance);
        Optional.ofNullable(ended.get()).ifPresent(allowance::end);
    }

    /// From any thread; the first reason counts.
    void end(Problem why) {
        ended.compareAndSet(null, why);
        allowances.forEach(allowance -> allowance.end(ended.get()));
    }

    Optional<Problem> ended() {
        return Optional.ofNullable(ended.get());
    }

    /// Also the answer's `X-Request-Id`.
    String id() {
        return id;
    }

    Caller caller() {
        return caller;
    }

    String method() {
        return method;
    }

    /// Decoded, without the query.
    String path() {
        return path;
    }

    /// By [System#nanoTime].
    long since() {
        return since;
    }

    State state() {
        return state;
    }

    void is(State now) {
        if (now == State.QUEUED) {
            queuedAt = System.nanoTime();
        } else if (state == State.QUEUED) {
            queued = System.nanoTime() - queuedAt;
        }
        state = now;
    }

    /// How long it has waited for a place.
    Duration queued() {
        return Duration.ofNanos(queued);
    }

    /// @param until when the rest of the body must be in, by [System#nanoTime]
    void awaitsBody(long until) {
        bodyUntil = until;
    }

    void hasBody() {
        bodyUntil = Long.MAX_VALUE;
    }

    boolean isLate(long now) {
        var until = bodyUntil;
        return until != Long.MAX_VALUE && now - until > 0;
    }

    /// Waits no longer for the body.
    void lose() {
        hasBody();
        fail.accept(new TimeoutException("the body is late"));
    }
}
