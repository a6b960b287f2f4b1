package org.policygraph.export;

import java.nio.charset.StandardCharsets;
import org.apache.jena.atlas.io.StringWriterI;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.out.NodeFormatterNT;
import org.apache.jena.sparql.core.Quad;

/// Quads as lines of N-Quads, and triples as lines of N-Triples.
final class Lines {

    private final NodeFormatterNT terms = new NodeFormatterNT();

    byte[] triple(Quad quad) {
        return line(quad.getSubject(), quad.getPredicate(), quad.getObject());
    }

    byte[] quad(Quad quad) {
        return quad.isDefaultGraph() ? triple(quad)
                : line(quad.getSubject(), quad.getPredicate(), quad.getObject(), quad.getGraph());
    }

    private byte[] line(Node... nodes) {
        var line = new StringWriterI();
        for (var node : nodes) {
            terms.format(line, node);
            line.print(' ');
        }
        line.print(".\n");
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }
}
