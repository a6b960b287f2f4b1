package org.policygraph.serve;

import java.time.Duration;
import java.util.OptionalInt;

/// How the server is watched by who runs it.
/// @param slow        `--slow-query`: from which on a request is logged with its query
/// @param metricsPort `--metrics-port`: on this machine alone, 0 for any that is free; none where nobody measures
public record Watching(Duration slow, OptionalInt metricsPort) {

    public static Watching usual() {
        return new Watching(Duration.ofSeconds(5), OptionalInt.empty());
    }
}
