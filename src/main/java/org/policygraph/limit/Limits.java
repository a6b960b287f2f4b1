package org.policygraph.limit;

import java.time.Duration;
import java.util.Set;

/// What one query may take, and all of them together. Each is an option of `serve`, which its name says.
/// @param time        `--query-time`: from when it is read to when its last byte is written
/// @param memory      `--query-memory`: bytes that its sorts, groups, joins and texts may hold
/// @param totalMemory `--memory`: the same for all queries at a time
/// @param string      `--query-string`: characters of one text that it makes
/// @param length      `--query-length`: bytes of its own text
/// @param nesting     `--query-nesting`: how deep its brackets may stand in one another
/// @param parts       `--query-parts`: patterns, operators, alternatives, arguments and members of lists; values by the fifty
/// @param processors  `--processors`: how many compute at a time; others wait for their turn
/// @param federated   `--federate`: endpoints that SERVICE may ask; none unless they are given
public record Limits(Duration time, long memory, long totalMemory, int string, int length, int nesting, int parts, int processors, Set<String> federated) {

    private static final long MEGABYTE = 1 << 20;

    public Limits {
        federated = Set.copyOf(federated);
    }

    /// For who is asked by strangers.
    public static Limits usual() {
        var heap = Runtime.getRuntime().maxMemory();
        return new Limits(Duration.ofSeconds(60), Math.min(256 * MEGABYTE, heap / 8), heap / 2, (int) MEGABYTE, (int) MEGABYTE, 500, 2_000,
                Runtime.getRuntime().availableProcessors(), Set.of());
    }

    public Limits withTime(Duration other) {
        return new Limits(other, memory, totalMemory, string, length, nesting, parts, processors, federated);
    }

    /// @param one   bytes that one may hold
    /// @param total bytes that all may hold
    public Limits withMemory(long one, long total) {
        return new Limits(time, one, total, string, length, nesting, parts, processors, federated);
    }

    public Limits withProcessors(int other) {
        return new Limits(time, memory, totalMemory, string, length, nesting, parts, other, federated);
    }

    public Limits withText(int otherLength, int otherNesting, int otherParts) {
        return new Limits(time, memory, totalMemory, string, otherLength, otherNesting, otherParts, processors, federated);
    }

    public Limits withFederated(Set<String> others) {
        return new Limits(time, memory, totalMemory, string, length, nesting, parts, processors, others);
    }
}
