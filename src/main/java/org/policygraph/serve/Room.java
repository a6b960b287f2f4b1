package org.policygraph.serve;

import java.util.HashMap;
import java.util.Map;

/// Memory for the bodies of requests that are in. One caller has at most half of it, so that who fills it shuts nobody else out.
final class Room {

    private final long most;
    private final Map<Caller, Long> taken = new HashMap<>();
    private long total;

    /// @param most bytes
    Room(long most) {
        this.most = most;
    }

    /// @return false when there is not so much left; what was taken before stays taken
    synchronized boolean take(Caller caller, long bytes) {
        var ofCaller = taken.getOrDefault(caller, 0L) + bytes;
        if (total + bytes > most || ofCaller > most / 2) {
            return false;
        }
        total += bytes;
        taken.put(caller, ofCaller);
        return true;
    }

    synchronized void give(Caller caller, long bytes) {
        total -= bytes;
        taken.computeIfPresent(caller, (_, had) -> had == bytes ? null : had - bytes);
    }
}
