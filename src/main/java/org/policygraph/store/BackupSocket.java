package org.policygraph.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.apache.jena.atlas.lib.Alarm;
import org.apache.jena.atlas.lib.AlarmClock;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a process that serves a store hands out backups: to whom the folder of the store belongs, on this machine, through a
/// socket in that folder. Whoever connects is sent a backup, and no more: nothing that is sent here is read.
///
/// It needs no credentials and no port: who may open that file may read the store's files as well.
public final class BackupSocket implements AutoCloseable {

    static final String FILE = "backup.socket";

    private static final Logger LOG = LoggerFactory.getLogger(BackupSocket.class);

    /// The path of a socket can't be longer on any system we know; on some it is less.
    private static final int LONGEST_PATH = 103;

    /// Who takes nothing for so long is let go: a backup keeps a read transaction open.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Begins what the asker is told instead of a backup; a gzip file begins otherwise.
    private static final int TOLD = '!';

    private final Store store;
    private final Optional<Path> file;
    private final Optional<ServerSocketChannel> door;

    private BackupSocket(Store store, Optional<Path> file) {
        this.store = store;
        this.file = file;
        this.door = file.flatMap(BackupSocket::door);
        door.ifPresent(opened -> Thread.ofPlatform().daemon().name("backup").start(() -> answer(opened)));
    }

    /// Nobody can come to a store in memory, nor where the folder's name is too long for a socket or its disk has none.
    public static BackupSocket open(Store store) {
        return new BackupSocket(store, store.folder().map(folder -> folder.resolve(FILE)));
    }

    private static Optional<ServerSocketChannel> door(Path file) {
        try {
            if (file.toString().length() > LONGEST_PATH) {
                throw new IOException("the path of the store's folder is too long");
            }
            // Left by a process that died: this one alone has the store.
            Files.deleteIfExists(file);
            var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            door.bind(UnixDomainSocketAddress.of(file));
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            return Optional.of(door);
        } catch (IOException | UnsupportedOperationException none) {
            LOG.warn("policygraph backup has no way to ask this process ({})", none.getMessage());
            return Optional.empty();
        }
    }

    /// One after the other.
    private void answer(ServerSocketChannel door) {
        while (door.isOpen()) {
            try (var asker = door.accept()) {
                send(asker);
            } catch (ClosedChannelException closing) {
                return;
            } catch (IOException gone) {
                LOG.info("A backup broke off ({})", gone.getMessage());
            }
        }
    }

    private void send(SocketChannel asker) throws IOException {
        try (var out = new BufferedOutputStream(new Watched(asker), 1 << 16)) {
            try {
                Backup.write(store, out);
            } catch (ProblemException problem) {
                out.write(TOLD);
                out.write(problem.problems().getFirst().message().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /// Closes the socket of who takes nothing.
    private static final class Watched extends OutputStream {
        private final SocketChannel asker;
        private final OutputStream out;

        private Watched(SocketChannel asker) {
            this.asker = asker;
            this.out = Channels.newOutputStream(asker);
        }

        @Override public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override public void write(byte[] bytes, int from, int length) throws IOException {
            Alarm alarm = AlarmClock.get().add(this::end, PATIENCE.toMillis());
            try {
                out.write(bytes, from, length);
            } finally {
                AlarmClock.get().cancel(alarm);
            }
        }

        private void end() {
            try {
                asker.close();
            } catch (IOException already) {
                LOG.debug("closed already", already);
            }
        }
    }

    /// Takes a backup of a store that a process of this machine serves.
    /// @return empty when none does: the store can then be opened
    /// @throws ProblemException `Unusable` when the process can't, or the backup broke off; there is then no file of this name,
    ///         or the one that was there before
    public static Optional<Backup> take(Path folder, Path file) throws IOException {
        var socket = folder.resolve(FILE);
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        var part = Backup.part(file);
        try (var door = SocketChannel.open(UnixDomainSocketAddress.of(socket)); var in = new PushbackInputStream(Channels.newInputStream(door))) {
            var first = in.read();
            if (first == TOLD) {
                throw unusable(folder, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
            if (first >= 0) {
                in.unread(first);
            }
            try (var out = Files.newOutputStream(part)) {
                in.transferTo(out);
            }
            try (var written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            var backup = Backup.verify(part);
            Backup.put(part, file);
            return Optional.of(backup);
        } catch (ConnectException left) {
            return Optional.empty();
        } catch (SocketException broken) {
            throw unusable(folder, "the process that serves the store can't be asked for a backup (" + broken.getMessage() + ")");
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static ProblemException unusable(Path folder, String why) {
        return new ProblemException(new Problem.Unusable(new Where.Resource(folder.toString()), why));
    }

    @Override public void close() {
        try {
            if (door.isPresent()) {
                door.get().close();
                Files.deleteIfExists(file.orElseThrow());
            }
        } catch (IOException stays) {
            LOG.debug("a socket that stays is taken away by the next process", stays);
        }
    }
}
