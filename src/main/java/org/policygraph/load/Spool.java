package org.policygraph.load;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFBase;
import org.apache.jena.riot.system.StreamRDFWriter;

/// Triples put aside to be looked at later, as many as there are: beyond some they wait in a temporary file.
final class Spool implements Consumer<Triple>, AutoCloseable {

    private static final int IN_MEMORY = 200_000;

    private List<Triple> memory = new ArrayList<>();
    private long count;
    private Path file;
    private OutputStream out;
    private StreamRDF writer;

    @Override public void accept(Triple triple) {
        count++;
        if (writer == null && memory.size() < IN_MEMORY) {
            memory.add(triple);
            return;
        }
        if (writer == null) {
            spill();
        }
        writer.triple(triple);
    }

    long count() {
        return count;
    }

    /// In the order in which they came. Nothing can be put in afterwards.
    void forEach(Consumer<Triple> sink) {
        memory.forEach(sink);
        if (writer != null) {
            writer.finish();
            close(out);
            RDFParser.source(file).lang(Lang.RDFTHRIFT).parse(new StreamRDFBase() {
                @Override public void triple(Triple triple) {
                    sink.accept(triple);
                }
            });
        }
    }

    @Override public void close() {
        memory = List.of();
        if (file != null) {
            close(out);
            try {
                Files.deleteIfExists(file);
            } catch (IOException stays) {
                throw new UncheckedIOException(stays);
            }
        }
    }

    private void spill() {
        try {
            file = Files.createTempFile("policygraph", ".rt");
            out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        writer = StreamRDFWriter.getWriterStream(out, Lang.RDFTHRIFT);
        writer.start();
    }

    private static void close(OutputStream out) {
        try {
            out.close();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
