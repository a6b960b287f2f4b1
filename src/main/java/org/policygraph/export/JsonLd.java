package org.policygraph.export;

import java.io.OutputStream;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.riot.system.PrefixMap;
import org.apache.jena.riot.system.PrefixMapFactory;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.RDF;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// JSON-LD 1.1 while the quads come, sorted by graph, subject and predicate. Jena's own writer holds all of them.
/// Every value is written with its type, so that none changes on the way: `3.70` does not become 3.7.
final class JsonLd implements StreamRDF {

    private final JsonGenerator json;
    private final SortedMap<String, String> namespaces = new TreeMap<>();
    private final PrefixMap prefixes = PrefixMapFactory.create();
    private boolean begun;
    private Node graph;
    private Node subject;
    private Node predicate;

    JsonLd(OutputStream out) {
        var lines = new DefaultIndenter("  ", "\n");
        var printer = new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        // The stream is its owner's to close.
        json = JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build()
                .createGenerator(new ObjectWriteContext.Base() {
                    @Override public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
                        return printer.createInstance();
                    }

                    @Override public boolean hasPrettyPrinter() {
                        return true;
                    }
                }, out);
    }

    @Override public void start() { }

    @Override public void prefix(String prefix, String namespace) {
        namespaces.put(prefix, namespace);
        prefixes.add(prefix, namespace);
    }

    @Override public void triple(Triple triple) {
        write(null, triple);
    }

    @Override public void quad(Quad quad) {
        write(quad.getGraph(), quad.asTriple());
    }

    @Override public void base(String base) { }

    @Override public void version(String version) { }

    @Override public void finish() {
        begin();
        endGraph();
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        json.writeStartObject();
        json.writeName("@context").writeStartObject();
        namespaces.forEach((prefix, namespace) -> json.writeName(prefix).writeString(namespace));
        json.writeEndObject();
        json.writeName("@graph").writeStartArray();
    }

    private void write(Node inGraph, Triple triple) {
        begin();
        if (inGraph != null && !inGraph.equals(graph)) {
            endGraph();
            graph = inGraph;
            json.writeStartObject();
            json.writeName("@id").writeString(resource(inGraph));
            json.writeName("@graph").writeStartArray();
        }
        if (!triple.getSubject().equals(subject)) {
            endSubject();
            subject = triple.getSubject();
            json.writeStartObject();
            json.writeName("@id").writeString(resource(subject));
        }
        if (!triple.getPredicate().equals(predicate)) {
            endPredicate();
            predicate = triple.getPredicate();
            json.writeName(isType() ? "@type" : shortened(predicate.getURI())).writeStartArray();
        }
        value(triple.getObject());
    }

    private boolean isType() {
        return predicate.equals(RDF.Nodes.type);
    }

    private void value(Node object) {
        if (object.isLiteral()) {
            literal(object);
        } else if (isType()) {
            json.writeString(resource(object));
        } else {
            json.writeStartObject().writeName("@id").writeString(resource(object)).writeEndObject();
        }
    }

    private void literal(Node literal) {
        if (literal.getLiteralBaseDirection() != null) {
            throw Unwritable.in("JSON-LD", literal);
        }
        if (XSDDatatype.XSDstring.equals(literal.getLiteralDatatype())) {
            json.writeString(literal.getLiteralLexicalForm());
            return;
        }
        json.writeStartObject().writeName("@value").writeString(literal.getLiteralLexicalForm());
        if (literal.getLiteralLanguage().isEmpty()) {
            json.writeName("@type").writeString(shortened(literal.getLiteralDatatypeURI()));
        } else {
            json.writeName("@language").writeString(literal.getLiteralLanguage());
        }
        json.writeEndObject();
    }

    private String resource(Node node) {
        if (node.isBlank()) {
            return NodeFmtLib.strNT(node);
        }
        if (!node.isURI()) {
            throw Unwritable.in("JSON-LD", node);
        }
        return shortened(node.getURI());
    }

    private String shortened(String iri) {
        var scheme = iri.substring(0, Math.max(0, iri.indexOf(':')));
        if (namespaces.containsKey(scheme) && !iri.startsWith("//", scheme.length() + 1)) {
            // It would be read as a shortened one.
            throw Unwritable.in("JSON-LD", iri);
        }
        var pair = prefixes.abbrev(iri);
        // What begins with // after the prefix would be read as an IRI as it stands.
        return pair == null || pair.getRight().startsWith("//") ? iri : pair.getLeft() + ":" + pair.getRight();
    }

    private void endPredicate() {
        if (predicate != null) {
            json.writeEndArray();
            predicate = null;
        }
    }

    private void endSubject() {
        endPredicate();
        if (subject != null) {
            json.writeEndObject();
            subject = null;
        }
    }

    private void endGraph() {
        endSubject();
        if (graph != null) {
            json.writeEndArray();
            json.writeEndObject();
            graph = null;
        }
    }
}
