package org.policygraph.edit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.jena.graph.Node;
import org.apache.jena.rdfpatch.RDFPatchOps;
import org.apache.jena.rdfpatch.changes.RDFChangesBase;
import org.apache.jena.sparql.core.Quad;

/// The quads that came and went, in RDF Patch.
/// @param removed before the others
record Patch(List<Quad> removed, List<Quad> added) {

    static final String MEDIA_TYPE = "application/rdf-patch";

    /// @param headers that it begins with
    byte[] gzipped(Map<String, Node> headers) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            var writer = RDFPatchOps.textWriter(out);
            headers.forEach(writer::header);
            writer.txnBegin();
            removed.forEach(quad -> writer.delete(quad.getGraph(), quad.getSubject(), quad.getPredicate(), quad.getObject()));
            added.forEach(quad -> writer.add(quad.getGraph(), quad.getSubject(), quad.getPredicate(), quad.getObject()));
            writer.txnCommit();
            writer.finish();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static Patch read(byte[] text) {
        var removed = new ArrayList<Quad>();
        var added = new ArrayList<Quad>();
        RDFPatchOps.read(new ByteArrayInputStream(text)).apply(new RDFChangesBase() {
            @Override public void add(Node graph, Node subject, Node predicate, Node object) {
                added.add(Quad.create(graph, subject, predicate, object));
            }

            @Override public void delete(Node graph, Node subject, Node predicate, Node object) {
                removed.add(Quad.create(graph, subject, predicate, object));
            }
        });
        return new Patch(removed, added);
    }
}
