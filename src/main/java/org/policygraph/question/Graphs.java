package org.policygraph.question;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.jena.atlas.RuntimeIOException;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.rdf.model.impl.Util;
import org.apache.jena.riot.RDFWriter;
import org.apache.jena.riot.SysRIOT;
import org.apache.jena.shared.JenaException;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// Writes a graph in one of the syntaxes of RDF. What a syntax has no words for is told before the first byte.
final class Graphs {

    private Graphs() {}

    /// @throws ProblemException `Unsayable`
    static void write(Graph graph, AnswerFormat format, OutputStream out) {
        graph.find().forEachRemaining(triple -> mustBeSayable(triple, format));
        var noticing = new Noticing(out);
        try {
            // An IRI of the store is written as it is, be it one that its scheme would not have.
            RDFWriter.source(graph).format(format.graph()).set(SysRIOT.sysRdfWriterProperties, Map.of("allowBadURIs", "true")).output(noticing);
        } catch (RuntimeIOException | JenaException unwritten) {
            throw refusal(unwritten).<RuntimeException>map(UncheckedIOException::new).orElse(unwritten);
        }
        noticing.refusal.ifPresent(refused -> {
            throw new UncheckedIOException(refused);
        });
    }

    /// Remembers that its stream refused: one of the writers says nothing of it.
    private static final class Noticing extends FilterOutputStream {
        private Optional<IOException> refusal = Optional.empty();

        private Noticing(OutputStream out) {
            super(out);
        }

        @Override public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException refused) {
                refusal = Optional.of(refused);
                throw refused;
            }
        }
    }

    /// Each writer tells in its own way that its stream refuses.
    private static Optional<IOException> refusal(Throwable thrown) {
        return thrown == null ? Optional.empty() : thrown instanceof IOException refused ? Optional.of(refused) : refusal(thrown.getCause());
    }

    private static void mustBeSayable(Triple triple, AnswerFormat format) {
        switch (format) {
            case RDFXML -> {
                var property = triple.getPredicate().getURI();
                if (Util.splitNamespaceXML(property) == property.length()) {
                    throw unsayable("<" + property + ">", "RDF/XML");
                }
                Stream.of(triple.getSubject(), triple.getPredicate(), triple.getObject()).map(Graphs::text).flatMap(text -> Xml.unsayable(text).stream()).findFirst()
                        .ifPresent(character -> {
                            throw character;
                        });
            }
            case JSONLD, RDFJSON -> {
                if (triple.getObject().isTripleTerm() || triple.getObject().isLiteral() && triple.getObject().getLiteralBaseDirection() != null) {
                    throw unsayable(triple.getObject().toString(), format == AnswerFormat.JSONLD ? "JSON-LD" : "RDF/JSON");
                }
            }
            case TABLE, CSV, TSV, JSON, XML, TTL, NT, TRIG, NQ -> { }
        }
    }

    private static String text(Node node) {
        return node.isLiteral() ? node.getLiteralLexicalForm() : node.isURI() ? node.getURI() : "";
    }

    private static ProblemException unsayable(String what, String form) {
        return new ProblemException(new Problem.Unsayable(new Where.Resource(what), form));
    }
}
