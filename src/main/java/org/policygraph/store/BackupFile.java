package org.policygraph.store;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.jena.atlas.RuntimeIOException;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.lang.LabelToNode;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.riot.system.StreamRDFBase;
import org.apache.jena.sparql.core.Quad;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// A file that [Backup] wrote, or says so.
final class BackupFile {

    /// What is read out of it, in the order of the file.
    interface Receiver {
        void quad(Quad quad);

        void prefix(String prefix, String iri);

        void file(String name) throws IOException;

        void data(byte[] bytes) throws IOException;
    }

    private static final String SEAL = "# sha256 ";
    private static final int SEAL_TEXT = SEAL.length() + 64 + 1;

    /// A gzip member of one block that is stored as it is: it has the same length whatever stands in it.
    private static final int SEAL_LENGTH = 10 + 5 + SEAL_TEXT + 8;

    private final Path file;
    private final Where where;

    BackupFile(Path file) {
        this.file = file;
        this.where = Where.InFile.whole(file);
    }

    /// The end of a backup.
    /// @param hash of all before it
    static byte[] seal(byte[] hash) {
        var text = (SEAL + HexFormat.of().formatHex(hash) + "\n").getBytes(StandardCharsets.US_ASCII);
        var check = new CRC32();
        check.update(text);
        return ByteBuffer.allocate(SEAL_LENGTH).order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff})
                .put((byte) 1).putShort((short) SEAL_TEXT).putShort((short) ~SEAL_TEXT).put(text)
                .putInt((int) check.getValue()).putInt(SEAL_TEXT).array();
    }

    /// Reads it from end to end, and compares it with what it says of itself.
    /// @throws ProblemException `Unreadable` when a bit of it is not as it was written; `Unusable` for what a later version wrote
    Backup verify() {
        requireSeal();
        return read(new Receiver() {
            @Override public void quad(Quad quad) {}

            @Override public void prefix(String prefix, String iri) {}

            @Override public void file(String name) {}

            @Override public void data(byte[] bytes) {}
        });
    }

    private void requireSeal() {
        var hash = DigestUtils.getSha256Digest();
        try (var bytes = Files.newInputStream(file)) {
            var left = Files.size(file) - SEAL_LENGTH;
            if (left <= 0) {
                throw damaged("it is too short");
            }
            var buffer = new byte[1 << 16];
            while (left > 0) {
                var read = bytes.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw damaged("it ends early");
                }
                hash.update(buffer, 0, read);
                left -= read;
            }
            if (!Arrays.equals(seal(hash.digest()), bytes.readNBytes(SEAL_LENGTH))) {
                throw damaged("its checksum is another one");
            }
        } catch (NoSuchFileException none) {
            throw new ProblemException(new Problem.Absent(where, "backup", file.toString(), List.of()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// @throws ProblemException as [#verify], except that the checksum is not looked at
    Backup read(Receiver receiver) {
        try (var unzipped = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), 1 << 16)) {
            var comments = new Comments(receiver);
            var quads = new long[1];
            // The labels of blank nodes are those that the store had.
            RDFParser.source(new WithoutComments(unzipped, comments)).lang(Lang.NQUADS).labelToNode(LabelToNode.createUseLabelEncoded())
                    .checking(false).resolveURIs(false).errorHandler(ErrorHandlerFactory.errorHandlerStrictNoLogging)
                    .parse(new StreamRDFBase() {
                        @Override public void quad(Quad quad) {
                            quads[0]++;
                            receiver.quad(quad);
                        }

                        @Override public void triple(Triple triple) {
                            quad(Quad.create(Quad.defaultGraphIRI, triple));
                        }
                    });
            return comments.backup(quads[0]);
        } catch (RiotException wrong) {
            throw damaged(wrong.getMessage());
        } catch (ZipException | EOFException wrong) {
            throw damaged(wrong.getMessage());
        } catch (RuntimeIOException | UncheckedIOException wrong) {
            if (wrong.getCause() instanceof ZipException || wrong.getCause() instanceof EOFException) {
                throw damaged(wrong.getCause().getMessage());
            }
            throw wrong;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private ProblemException damaged(String how) {
        return new ProblemException(new Problem.Unreadable(where, "the backup is damaged (" + how + "), or none of PolicyGraph's; nothing was changed: take another one"));
    }

    /// What stands in the comments.
    private final class Comments {
        private final Receiver receiver;
        private final StringBuilder head = new StringBuilder();
        private Optional<StoreFormat> format = Optional.empty();
        private Optional<String> dataset = Optional.empty();
        private String made = "";
        private long files;
        private Optional<Long> quads = Optional.empty();

        private Comments(Receiver receiver) {
            this.receiver = receiver;
        }

        private void line(String line) throws IOException {
            if (line.equals(Backup.TITLE)) {
                head.append(StoreFormat.TITLE).append('\n');
                return;
            }
            var space = line.indexOf(' ');
            var name = space < 0 ? line : line.substring(0, space);
            var value = space < 0 ? "" : line.substring(space + 1);
            switch (name) {
                case "dataset" -> dataset = Optional.of(value).filter(version -> !version.equals("none"));
                case "made" -> {
                    made = value;
                    format = StoreFormat.parsed(head.toString());
                    format.orElseThrow(() -> damaged("it does not say what it is")).requireReadable(where, "backup");
                }
                case "prefix" -> {
                    var iri = value.indexOf(" <");
                    receiver.prefix(value.substring(0, iri), value.substring(iri + 2, value.length() - 1));
                }
                case "file" -> {
                    files++;
                    receiver.file(value);
                }
                case "data" -> receiver.data(Base64.getDecoder().decode(value));
                case "quads" -> quads = Optional.of(Long.parseLong(value));
                case "sha256" -> { }
                default -> head.append(line).append('\n');
            }
        }

        private Backup backup(long read) {
            if (format.isEmpty()) {
                throw damaged("it does not say what it is");
            }
            if (quads.isEmpty() || quads.get() != read) {
                throw damaged("it has " + read + " quads and should have " + quads.map(String::valueOf).orElse("said how many"));
            }
            return new Backup(format.get().program(), dataset, made, read, files);
        }
    }

    /// Lines that begin with # go to the comments, and all others on.
    private static final class WithoutComments extends InputStream {
        private final BufferedInputStream bytes;
        private final Comments comments;
        private boolean atStart = true;

        private WithoutComments(InputStream bytes, Comments comments) {
            this.bytes = new BufferedInputStream(bytes, 1 << 16);
            this.comments = comments;
        }

        @Override public int read() throws IOException {
            while (true) {
                var next = bytes.read();
                if (atStart && next == '#') {
                    comment();
                } else {
                    atStart = next == '\n';
                    return next;
                }
            }
        }

        @Override public int read(byte[] into, int from, int length) throws IOException {
            for (int count = 0; count < length; count++) {
                var next = read();
                if (next < 0) {
                    return count == 0 ? -1 : count;
                }
                into[from + count] = (byte) next;
            }
            return length;
        }

        private void comment() throws IOException {
            var line = new ByteArrayOutputStream();
            for (var next = bytes.read(); next >= 0 && next != '\n'; next = bytes.read()) {
                line.write(next);
            }
            comments.line(line.toString(StandardCharsets.UTF_8).strip());
        }
    }
}
