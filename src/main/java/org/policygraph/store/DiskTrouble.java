package org.policygraph.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// A disk that is full or fails, which a person can mend: told from bugs, which they can't.
final class DiskTrouble {

    private static final long MEGABYTE = 1 << 20;

    /// A change of a few triples writes less. With less left, none begins.
    private static final long WANTED = 16 * MEGABYTE;

    private DiskTrouble() {}

    /// Whether the disk is the cause: it said so, or a page of a mapped file could not be had, which Java calls an internal
    /// error ("a fault occurred in an unsafe memory access operation").
    static boolean isIn(Throwable failed) {
        return causes(failed).anyMatch(cause -> cause instanceof IOException || cause instanceof InternalError fault
                && fault.getMessage() != null && fault.getMessage().contains("unsafe memory access"));
    }

    /// What the deepest cause has to say.
    static String reason(Throwable failed) {
        var last = causes(failed).reduce((_, deeper) -> deeper).orElse(failed);
        return switch (last) {
            case InternalError fault when isIn(fault) -> "a page of a file could not be written, as when a disk is full";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            default -> last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage().lines().findFirst().orElse("");
        };
    }

    private static Stream<Throwable> causes(Throwable failed) {
        return Stream.iterate(failed, cause -> cause != null, Throwable::getCause).limit(50);
    }

    /// For a change that has been undone.
    static ProblemException undone(String store, Throwable failed) {
        var problem = new ProblemException(new Problem.Unusable(new Where.Resource(store), "the change could not be written ("
                + reason(failed) + "), and nothing of it is in the store; make room on the disk, then try again"));
        problem.initCause(failed);
        return problem;
    }

    /// @throws ProblemException `Unusable` when hardly anything fits
    static void requireRoom(Path folder) {
        try {
            FileStore disk = Files.getFileStore(folder);
            var left = disk.getUsableSpace();
            if (left < WANTED) {
                throw new ProblemException(new Problem.Unusable(new Where.Resource(folder.toString()), "the disk has " + left / MEGABYTE
                        + " MB left, and nothing is written with less than " + WANTED / MEGABYTE + " MB; make room, then try again"));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
