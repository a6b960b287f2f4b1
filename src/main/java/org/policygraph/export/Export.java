package org.policygraph.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.jena.atlas.RuntimeIOException;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.lang.LabelToNode;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFBase;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import tools.jackson.core.exc.JacksonIOException;

/// Writes graphs as files that are equal when the graphs are: sorted by the text of subject, predicate, object.
/// Memory does not grow with the number of triples (`docs/decisions/0010-export-sorted.md`).
public final class Export {

    private static final long MEMORY = 96L << 20;

    private final DatasetGraph data;
    private final Optional<Node> graph;
    private final OutputStream out;
    private final long memory;

    private Export(DatasetGraph data, Optional<Node> graph, OutputStream out, long memory) {
        this.data = data;
        this.graph = graph;
        this.out = out;
        this.memory = memory;
    }

    /// Turtle, N-Triples and RDF/XML get the union of the graphs, each triple once; the others tell the graphs apart.
    /// @param data     in a read transaction
    /// @param graph    the one graph to write; all of them when empty
    /// @param prefixes to shorten IRIs with where the syntax can: prefix without colon, namespace
    /// @throws org.policygraph.problem.ProblemException `Unsayable` when the syntax has no words for something
    /// @throws UncheckedIOException when `out` refuses
    public static void write(DatasetGraph data, Optional<Node> graph, ExportFormat format, Map<String, String> prefixes,
            OutputStream out) {
        write(data, graph, format, prefixes, out, MEMORY);
    }

    static void write(DatasetGraph data, Optional<Node> graph, ExportFormat format, Map<String, String> prefixes,
            OutputStream out, long memory) {
        var export = new Export(data, graph, out, memory);
        writing(out, () -> {
            switch (format) {
                case NT -> export.lines(new Lines()::triple);
                case NQ -> export.lines(new Lines()::quad);
                case TTL, RDFXML -> export.union(writer(format, out), prefixes);
                case TRIG, JSONLD -> export.graphs(writer(format, out), prefixes);
            }
        });
    }

    /// As [#write] does, but as one graph without a name in every syntax.
    public static void writeUnnamed(DatasetGraph data, Optional<Node> graph, ExportFormat format,
            Map<String, String> prefixes, OutputStream out) {
        var export = new Export(data, graph, out, MEMORY);
        writing(out, () -> {
            switch (format) {
                case NT, NQ -> export.lines(new Lines()::triple);
                case TTL, TRIG, RDFXML, JSONLD -> export.union(writer(format, out), prefixes);
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    /// Writers tell in three ways that their stream refuses; the caller hears of it in one.
    private static void writing(OutputStream out, Work work) {
        try {
            work.run();
            out.flush();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        } catch (JacksonIOException refused) {
            throw new UncheckedIOException(refused.getCause());
        } catch (RuntimeIOException refused) {
            throw refused.getCause() instanceof IOException cause ? new UncheckedIOException(cause) : refused;
        }
    }

    private static StreamRDF writer(ExportFormat format, OutputStream out) {
        return switch (format) {
            case TTL -> StreamRDFWriter.getWriterStream(out, RDFFormat.TURTLE_BLOCKS);
            case TRIG -> StreamRDFWriter.getWriterStream(out, RDFFormat.TRIG_BLOCKS);
            case NT -> StreamRDFWriter.getWriterStream(out, RDFFormat.NTRIPLES);
            case NQ -> StreamRDFWriter.getWriterStream(out, RDFFormat.NQUADS);
            case RDFXML -> new RdfXml(out);
            case JSONLD -> new JsonLd(out);
        };
    }

    private void lines(Function<Quad, byte[]> line) throws IOException {
        try (var sorted = sorted(find(graph.orElse(Node.ANY)), line); var in = sorted.read()) {
            in.transferTo(out);
        }
    }

    private void union(StreamRDF writer, Map<String, String> prefixes) throws IOException {
        start(writer, prefixes);
        try (var sorted = sorted(find(graph.orElse(Node.ANY)), new Lines()::triple); var in = sorted.read()) {
            parse(in, writer);
        }
        writer.finish();
    }

    private void graphs(StreamRDF writer, Map<String, String> prefixes) throws IOException {
        start(writer, prefixes);
        for (var name : names()) {
            try (var sorted = sorted(find(name), new Lines()::triple); var in = sorted.read()) {
                parse(in, Quad.isDefaultGraph(name) ? writer : new StreamRDFBase() {
                    @Override public void triple(Triple triple) {
                        writer.quad(Quad.create(name, triple));
                    }
                });
            }
        }
        writer.finish();
    }

    private List<Node> names() {
        return graph.map(List::of).orElseGet(() -> Iter.asStream(data.listGraphNodes())
                .sorted(Comparator.comparing(Node::toString)).toList());
    }

    private Iterator<Quad> find(Node name) {
        return data.find(name, Node.ANY, Node.ANY, Node.ANY);
    }

    private SortedLines sorted(Iterator<Quad> quads, Function<Quad, byte[]> line) {
        var sorted = new SortedLines(memory);
        try {
            quads.forEachRemaining(quad -> sorted.add(line.apply(quad)));
        } catch (RuntimeException | Error failed) {
            sorted.close();
            throw failed;
        } finally {
            Iter.close(quads);
        }
        return sorted;
    }

    private static void start(StreamRDF writer, Map<String, String> prefixes) {
        writer.start();
        new TreeMap<>(prefixes).forEach(writer::prefix);
    }

    private static void parse(InputStream lines, StreamRDF writer) {
        RDFParser.source(lines).lang(Lang.NTRIPLES).checking(false)
                .labelToNode(LabelToNode.createUseLabelEncoded())
                .parse(new StreamRDFBase() {
                    @Override public void triple(Triple triple) {
                        writer.triple(triple);
                    }
                });
    }
}
