package org.policygraph.evidence;

import java.time.Duration;

/// What a search may cost.
/// @param edges most claims and inferred edges that it may look at
/// @param time  until when it must have an answer
public record PathLimits(long edges, Duration time) {

    public static final PathLimits USUAL = new PathLimits(200_000, Duration.ofSeconds(10));
}
