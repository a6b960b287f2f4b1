package org.policygraph.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A set of ids that keeps 64 bits of a hash of each: 16 bytes an id at the most, so that millions fit. It may take two ids
/// for one (once in some billions); who finds an id in it twice looks again.
final class Fingerprints {

    private long[] slots = new long[1 << 10];
    private int size;
    private final MessageDigest hash;

    Fingerprints() {
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }

    /// @return whether it was not in yet
    boolean add(String id) {
        return add(of(id));
    }

    boolean contains(String id) {
        return contains(of(id));
    }

    /// Never 0: that is an empty slot.
    long of(String id) {
        var bytes = hash.digest(id.getBytes(StandardCharsets.UTF_8));
        var print = 0L;
        for (int i = 0; i < Long.BYTES; i++) {
            print = print << 8 | bytes[i] & 0xff;
        }
        return print == 0 ? 1 : print;
    }

    boolean contains(long print) {
        return slots[slot(print)] != 0;
    }

    private boolean add(long print) {
        var slot = slot(print);
        if (slots[slot] != 0) {
            return false;
        }
        slots[slot] = print;
        if (++size * 2 > slots.length) {
            var old = slots;
            slots = new long[old.length * 2];
            for (var one : old) {
                if (one != 0) {
                    slots[slot(one)] = one;
                }
            }
        }
        return true;
    }

    private int slot(long print) {
        var slot = (int) print & slots.length - 1;
        while (slots[slot] != 0 && slots[slot] != print) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }
}
