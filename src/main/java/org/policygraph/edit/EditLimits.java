package org.policygraph.edit;

import java.time.Duration;

/// What one edit may take. Each is an option of `serve`, which its name says.
/// @param length `--edit-length`: bytes of what is sent
/// @param size         `--edit-size`: triples that come or go
/// @param patience     `--edit-wait`: for the editors before
public record EditLimits(int updateLength, int length, int size, Duration patience) {

    public static EditLimits usual() {
        return new EditLimits(1 << 20, 16 << 20, 200_000, Duration.ofSeconds(10));
    }
}
