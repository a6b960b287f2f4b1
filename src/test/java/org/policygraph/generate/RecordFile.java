package org.policygraph.generate;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A file of records that is written as they come, a record a line.
final class RecordFile implements AutoCloseable {

    /// How records stand in a file.
    enum Layout { ARRAY, NDJSON }

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Layout layout;
    private final OutputStream out;
    private boolean first = true;

    /// @param name without ending: `claims`
    RecordFile(Path folder, String name, Layout layout, boolean gzipped) {
        this.layout = layout;
        var path = folder.resolve(name + (layout == Layout.NDJSON ? ".ndjson" : ".json") + (gzipped ? ".gz" : ""));
        try {
            Files.createDirectories(folder);
            var file = Files.newOutputStream(path);
            this.out = new BufferedOutputStream(gzipped ? new GZIPOutputStream(file, 1 << 16) : file, 1 << 16);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    void add(ObjectNode record) {
        if (layout == Layout.ARRAY) {
            write(first ? "[\n" : ",\n");
        } else if (!first) {
            write("\n");
        }
        first = false;
        write(JSON.writeValueAsBytes(record));
    }

    private void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override public void close() {
        if (layout == Layout.ARRAY) {
            write(first ? "[]\n" : "\n]\n");
        } else if (!first) {
            write("\n");
        }
        try {
            out.close();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
