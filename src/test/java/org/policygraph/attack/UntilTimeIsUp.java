package org.policygraph.attack;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/// Ends a property that was asked for more tries than there is time for.
final class UntilTimeIsUp implements AroundTryHook {

    private static final int FEW = 200;
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofMinutes(Integer.getInteger("fuzz.minutes", 0));

    private static final class Spent {
        private final long began = System.nanoTime();
        private int tries;
    }

    @Override public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor attempt, List<Object> inputs) throws Throwable {
        var spent = Store.<Spent>getOrCreate(UntilTimeIsUp.class, Lifespan.PROPERTY, Spent::new).get();
        spent.tries++;
        var result = attempt.execute(inputs);
        return result.isSatisfied() && isUp(spent) ? TryExecutionResult.satisfied(true) : result;
    }

    private static boolean isUp(Spent spent) {
        var time = Duration.ofNanos(System.nanoTime() - spent.began);
        return LONG.isZero() ? spent.tries >= FEW || time.compareTo(SHORT) > 0 : time.compareTo(LONG) > 0;
    }
}
