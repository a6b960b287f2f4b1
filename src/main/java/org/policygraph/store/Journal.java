package org.policygraph.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// What edits changed, one after the other, in one file beside the quads: each a gzip member, so that `zcat` reads them all.
///
/// The quads say where each begins and ends. What lies behind the end of the last that they know was written by a transaction
/// that did not commit; the next one takes its place. So a process may die at any moment, and a copy of the file that was begun
/// after a snapshot of the quads has all that the snapshot knows.
public final class Journal {

    /// Its name in the folder of the store.
    public static final String FILE = "edits.rdfp.gz";

    private final Optional<Path> file;
    private byte[] memory = {};

    private Journal(Optional<Path> file) {
        this.file = file;
    }

    static Journal in(Path folder) {
        return new Journal(Optional.of(folder.resolve(FILE)));
    }

    /// Gone with the process.
    static Journal inMemory() {
        return new Journal(Optional.empty());
    }

    /// Where an entry stands.
    /// @param start  of its first byte
    /// @param end    behind its last byte
    /// @param sha256 of its bytes, in hexadecimal
    public record Entry(long start, long end, String sha256) {}

    /// Writes an entry; it is on disk when this returns.
    /// @param start   the end of the last entry that counts; whatever lies behind it goes
    /// @param written a gzip member
    /// @throws ProblemException `Unusable` when the disk is full, or entries that should be there are not
    public synchronized Entry append(long start, byte[] written) {
        var entry = new Entry(start, start + written.length, DigestUtils.sha256Hex(written));
        if (file.isEmpty()) {
            memory = Arrays.copyOf(memory, Math.toIntExact(entry.end()));
            System.arraycopy(written, 0, memory, Math.toIntExact(start), written.length);
            return entry;
        }
        try (var channel = FileChannel.open(file.get(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.size() < start) {
                throw damaged();
            }
            channel.truncate(start);
            channel.position(start);
            var bytes = ByteBuffer.wrap(written);
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            } catch (IOException full) {
                // What there is of it would only keep a full disk full.
                channel.truncate(start);
                throw full;
            }
        } catch (IOException full) {
            throw new ProblemException(new Problem.Unusable(new Where.Resource(FILE), "an edit can't be written down (" + full.getMessage() + ")"));
        }
        if (start == 0) {
            forceFolder();
        }
        return entry;
    }

    /// A file is there after a loss of power only when its folder has been written as well.
    private void forceFolder() {
        var folder = file.orElseThrow().toAbsolutePath().getParent();
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notHere) {
            // Some systems can't open a folder; they keep its entries by themselves.
            return;
        }
    }

    /// The entry as it was before it was compressed.
    /// @throws ProblemException `Unusable` when it is not what was written
    public synchronized byte[] read(Entry entry) {
        var bytes = bytes(entry);
        if (!DigestUtils.sha256Hex(bytes).equals(entry.sha256())) {
            throw damaged();
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private byte[] bytes(Entry entry) {
        if (file.isEmpty()) {
            return Arrays.copyOfRange(memory, Math.toIntExact(entry.start()), Math.toIntExact(entry.end()));
        }
        if (!Files.exists(file.get())) {
            throw damaged();
        }
        try (var channel = FileChannel.open(file.get(), StandardOpenOption.READ)) {
            var bytes = ByteBuffer.allocate(Math.toIntExact(entry.end() - entry.start()));
            var at = entry.start();
            while (bytes.hasRemaining()) {
                var read = channel.read(bytes, at);
                if (read < 0) {
                    throw damaged();
                }
                at += read;
            }
            return bytes.array();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ProblemException damaged() {
        return new ProblemException(new Problem.Unusable(new Where.Resource(FILE),
                "the history of edits is damaged; restore a backup, or empty the store by load --fresh"));
    }
}
