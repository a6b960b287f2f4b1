package org.policygraph.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.jena.atlas.io.IO;
import org.apache.jena.atlas.lib.CharSpace;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.riot.writer.WriterStreamRDFPlain;
import org.policygraph.problem.ProblemException;

/// All that a store has, in one file: N-Quads under gzip, which any program for RDF reads, with what else there is in comments.
///
///     # PolicyGraph backup
///     # format 1
///     # program 1.0
///     …
///     <s> <p> <o> <g> .
///     # file edits.rdfp.gz
///     # data H4sI…
///     # quads 1
///
/// and, as a second member of the gzip file that is always as long, the SHA-256 of all before it:
///
///     # sha256 0123…
/// @param program  version of PolicyGraph that wrote it
/// @param dataset  [DatasetVersion] of what is in it
/// @param made     as an instant of ISO 8601
/// @param quads    how many there are
/// @param files    how many files beside the quads
public record Backup(String program, Optional<String> dataset, String made, long quads, long files) {

    static final String TITLE = "PolicyGraph backup";

    private static final int CHUNK = 3 << 10;

    /// Says what is in the file.
    /// @throws ProblemException `Unreadable` when a bit of it is not as it was written, `Absent` when it is not there,
    ///         `Unusable` when a later version wrote it
    public static Backup verify(Path file) {
        return new BackupFile(file).verify();
    }

    /// Writes what a read transaction sees, while others read and write; the file is there when it is whole and on disk.
    /// @throws ProblemException `Unusable` when the store is broken
    /// @throws IOException when the file can't be written; what there was of this name is still there
    public static Backup write(Store store, Path file) throws IOException {
        var part = part(file);
        Backup written;
        try {
            try (var channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                written = write(store, new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
                channel.force(true);
            }
            put(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
        return written;
    }

    static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    static void put(Path part, Path file) throws IOException {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        Durable.folder(file.toAbsolutePath().getParent());
    }

    /// The same, to wherever.
    static Backup write(Store store, OutputStream out) throws IOException {
        var hash = DigestUtils.getSha256Digest();
        var hashed = new DigestOutputStream(out, hash);
        // Not closed: it belongs to the caller.
        var zipped = new Fast(hashed);
        Backup written;
        try (var snapshot = store.snapshot()) {
            written = write(snapshot, zipped);
        }
        zipped.finish();
        hashed.on(false);
        out.write(BackupFile.seal(hash.digest()));
        out.flush();
        return written;
    }

    /// It is the read transaction that it shortens.
    private static final class Fast extends GZIPOutputStream {
        private Fast(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private static Backup write(Store.Snapshot snapshot, OutputStream out) throws IOException {
        var format = StoreFormat.current();
        var dataset = DatasetVersion.of(snapshot.data());
        var made = Instant.now().toString();
        var text = IO.wrapUTF8(out);
        text.print("# " + TITLE + "\n");
        format.text().lines().skip(1).forEach(line -> text.print("# " + line + "\n"));
        text.print("# dataset " + dataset.orElse("none") + "\n");
        text.print("# made " + made + "\n");
        snapshot.data().prefixes().forEach((prefix, iri) -> text.print("# prefix " + prefix + " " + NodeFmtLib.strNT(NodeFactory.createURI(iri)) + "\n"));

        var lines = new WriterStreamRDFPlain(text, CharSpace.UTF8);
        lines.start();
        var quads = new Quads(snapshot.data()).forEach(lines::quad, lines::triple);
        lines.finish();

        for (var file : snapshot.files()) {
            text.print("# file " + file.name() + "\n");
            try (var bytes = Files.newInputStream(file.path())) {
                var left = file.length();
                while (left > 0) {
                    var chunk = bytes.readNBytes((int) Math.min(left, CHUNK));
                    if (chunk.length == 0) {
                        throw new IOException(file.path() + " has become shorter");
                    }
                    text.print("# data " + Base64.getEncoder().encodeToString(chunk) + "\n");
                    left -= chunk.length;
                }
            }
        }
        text.print("# quads " + quads + "\n");
        text.flush();
        return new Backup(format.program(), dataset, made, quads, snapshot.files().size());
    }
}
