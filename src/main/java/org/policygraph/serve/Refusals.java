package org.policygraph.serve;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.policygraph.problem.Problem;
import org.policygraph.problem.Where;

/// What was refused, counted by the option whose bound was met.
final class Refusals {

    /// When to come again, as `Retry-After` says it.
    static final int RETRY_SECONDS = 2;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    Problem exceeded(Where where, Problem.Bound bound, String option, String what) {
        counts.computeIfAbsent(option, _ -> new LongAdder()).increment();
        return new Problem.Exceeded(where, bound, option, what);
    }

    Map<String, Long> counts() {
        var all = new TreeMap<String, Long>();
        counts.forEach((option, count) -> all.put(option, count.sum()));
        return all;
    }

    static String seconds(Duration time) {
        return time.toMillis() / 1000.0 + " s";
    }
}
