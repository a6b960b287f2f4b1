package org.policygraph.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Adler32;
import org.apache.jena.dboe.sys.Names;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// TDB2's journal as a process that died may leave it: it ends within an entry, which TDB2 takes for damage and opens nothing.
/// What follows the last commit is of a transaction that never was; it is cut off.
///
/// An entry is its length, its checksum, its kind, the part of the store, and what that part is to become.
final class TornJournal {

    private static final int CHECKSUM = Integer.BYTES;
    private static final int HEADER = 4 * Integer.BYTES;
    private static final int COMMIT = 3;
    private static final int KINDS = 4;

    private TornJournal() {}

    /// @param generation folder of quads that nobody has open
    /// @throws ProblemException `Unusable` when it is damaged in a way that no death explains
    static void mend(Path generation) throws IOException {
        var file = generation.resolve(Names.journalFile);
        if (!Files.exists(file) || Files.size(file) == 0) {
            return;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                continue;
            }
            bytes.flip();
            var committed = committed(bytes);
            if (committed < bytes.limit()) {
                if (holdsCommit(bytes, committed)) {
                    throw new ProblemException(new Problem.Unusable(new Where.Resource(file.toString()),
                            "the journal is damaged before a commit that is in it; restore a backup"));
                }
                channel.truncate(committed);
                channel.force(true);
            }
        }
    }

    /// Where the last commit ends that follows whole entries alone.
    private static int committed(ByteBuffer bytes) {
        var committed = 0;
        var at = 0;
        while (true) {
            var end = end(bytes, at);
            if (end < 0) {
                return committed;
            }
            if (bytes.getInt(at + 2 * Integer.BYTES) == COMMIT) {
                committed = end;
            }
            at = end;
        }
    }

    /// Where the entry ends that begins here; negative when none does.
    private static int end(ByteBuffer bytes, int at) {
        if (at + HEADER > bytes.limit()) {
            return -1;
        }
        var length = Math.max(0, bytes.getInt(at));
        var kind = bytes.getInt(at + 2 * Integer.BYTES);
        if (kind < 1 || kind > KINDS || length > bytes.limit() - at - HEADER) {
            return -1;
        }
        var entry = new byte[HEADER + length];
        bytes.get(at, entry);
        var told = ByteBuffer.wrap(entry).getInt(CHECKSUM);
        ByteBuffer.wrap(entry).putInt(CHECKSUM, 0);
        var sum = new Adler32();
        sum.update(entry);
        return (int) sum.getValue() == told ? at + HEADER + length : -1;
    }

    /// Whether a whole commit stands anywhere behind this place.
    private static boolean holdsCommit(ByteBuffer bytes, int from) {
        for (var at = from; at + HEADER <= bytes.limit(); at++) {
            if (bytes.getInt(at + 2 * Integer.BYTES) == COMMIT && end(bytes, at) > 0) {
                return true;
            }
        }
        return false;
    }
}
