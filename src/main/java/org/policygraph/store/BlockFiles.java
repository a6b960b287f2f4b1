package org.policygraph.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.jena.dboe.sys.Names;
import org.apache.jena.dboe.sys.SystemIndex;

/// Whether the files of the quads are as long as their own state says. TDB2 would fill what is missing with zeros, and go on.
final class BlockFiles {

    private BlockFiles() {}

    /// What is wrong with the files of a folder that nobody has open; empty when nothing is.
    static Optional<String> damage(Path generation) throws IOException {
        try (var files = Files.list(generation)) {
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString();
                var stem = name.substring(0, Math.max(0, name.lastIndexOf('.')));
                var found = switch (name.substring(stem.length())) {
                    case "." + Names.extBptState -> tree(file, generation, stem);
                    case "." + Names.extBdfState -> terms(file, generation, stem);
                    case "." + Names.extBptTree, "." + Names.extBptRecords -> Files.size(file) % SystemIndex.BlockSize == 0 ? Optional.<String>empty()
                            : Optional.of(name + " ends within a block");
                    default -> Optional.<String>empty();
                };
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> tree(Path state, Path generation, String stem) throws IOException {
        if (Files.size(state) == 0) {
            // Its process died while it made it.
            return Optional.empty();
        }
        if (Files.size(state) != 3 * Long.BYTES) {
            return Optional.of(state.getFileName() + " has " + Files.size(state) + " bytes of " + 3 * Long.BYTES);
        }
        var values = ByteBuffer.wrap(Files.readAllBytes(state));
        var root = values.getLong();
        var nodes = values.getLong();
        var records = values.getLong();
        if (root < 0 || root > 0 && root >= nodes) {
            return Optional.of(state.getFileName() + " has a root (" + root + ") that is no block of its " + nodes);
        }
        return shorter(generation.resolve(stem + "." + Names.extBptTree), nodes).or(() -> shorter(generation.resolve(stem + "." + Names.extBptRecords), records));
    }

    private static Optional<String> shorter(Path file, long blocks) {
        var length = file.toFile().length();
        return blocks >= 0 && length / SystemIndex.BlockSize >= blocks ? Optional.empty()
                : Optional.of(file.getFileName() + " has " + length / SystemIndex.BlockSize + " blocks of " + blocks);
    }

    private static Optional<String> terms(Path state, Path generation, String stem) throws IOException {
        if (Files.size(state) == 0) {
            return Optional.empty();
        }
        if (Files.size(state) != 2 * Long.BYTES) {
            return Optional.of(state.getFileName() + " has " + Files.size(state) + " bytes of " + 2 * Long.BYTES);
        }
        var length = ByteBuffer.wrap(Files.readAllBytes(state)).getLong();
        var file = generation.resolve(stem + "." + Names.extObjNodeData);
        return length >= 0 && file.toFile().length() >= length ? Optional.empty()
                : Optional.of(file.getFileName() + " has " + file.toFile().length() + " bytes of " + length);
    }
}
