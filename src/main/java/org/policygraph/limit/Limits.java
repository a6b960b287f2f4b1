package org.policygraph.limit;

import java.time.Duration;

/// What one query may take, and all of them together. Each is an option of `serve`, which its name says.
/// @param time        `--query-time`: from when it is read to when its last byte is written
/// @param memory      `--query-memory`: bytes that its sorts, groups, joins and texts may hold
/// @param totalMemory `--memory`: the same for all queries at a time
/// @param length      `--query-length`: bytes of its text
/// @param nesting     `--query-nesting`: how deep its brackets may stand in one another
/// @param parts       `--query-parts`: patterns, operators, alternatives and values
public record Limits(Duration time, long memory, long totalMemory, int length, int nesting, int parts) {

    private static final long MEGABYTE = 1 << 20;

    /// For who is asked by strangers.
    public static Limits usual() {
        var heap = Runtime.getRuntime().maxMemory();
        return new Limits(Duration.ofSeconds(60), Math.min(256 * MEGABYTE, heap / 8), heap / 2, (int) MEGABYTE, 500, 20_000);
    }

    public Limits withTime(Duration other) {
        return new Limits(other, memory, totalMemory, length, nesting, parts);
    }
}
