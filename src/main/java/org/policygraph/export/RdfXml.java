package org.policygraph.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.rdf.model.impl.Util;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.RDF;

/// RDF/XML while the triples come, sorted by subject. Jena's own writers hold all of them.
final class RdfXml implements StreamRDF {

    private final Writer out;
    private final SortedMap<String, String> prefixes = new TreeMap<>();
    private final Map<String, String> prefixOf = new HashMap<>();
    private boolean begun;
    private Node subject;

    RdfXml(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    }

    @Override public void start() { }

    @Override public void prefix(String prefix, String namespace) {
        prefixes.put(prefix, namespace);
        prefixOf.put(namespace, prefix);
    }

    @Override public void triple(Triple triple) {
        begin();
        if (!triple.getSubject().equals(subject)) {
            endSubject();
            subject = triple.getSubject();
            print("\n  <rdf:Description " + resource(subject, "rdf:about") + ">\n");
        }
        var property = property(triple.getPredicate().getURI());
        var object = triple.getObject();
        print("    <" + property.start());
        if (object.isLiteral()) {
            print(type(object) + ">" + escaped(object.getLiteralLexicalForm()) + "</" + property.name() + ">\n");
        } else {
            print(" " + resource(object, "rdf:resource") + "/>\n");
        }
    }

    @Override public void quad(Quad quad) {
        throw new IllegalArgumentException("RDF/XML knows no graphs: " + quad);
    }

    @Override public void base(String base) { }

    @Override public void version(String version) { }

    @Override public void finish() {
        begin();
        endSubject();
        print("</rdf:RDF>\n");
        try {
            out.flush();
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        // The syntax itself needs this one; a prefix of that name that stands for something else gives way.
        prefix("rdf", RDF.getURI());
        print("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF");
        prefixes.forEach((prefix, namespace) -> print("\n    xmlns:" + prefix + "=\"" + escaped(namespace) + "\""));
        print(">\n");
    }

    private void endSubject() {
        if (subject != null) {
            print("  </rdf:Description>\n");
        }
    }

    /// An element's name, and how its start tag begins: with a namespace of its own where none is declared.
    private record Property(String name, String start) {}

    private Property property(String iri) {
        var split = Util.splitNamespaceXML(iri);
        if (split == iri.length()) {
            throw Unwritable.in("RDF/XML", iri);
        }
        var namespace = iri.substring(0, split);
        var local = iri.substring(split);
        var prefix = prefixOf.get(namespace);
        if (prefix != null && prefixes.get(prefix).equals(namespace)) {
            return new Property(prefix + ":" + local, prefix + ":" + local);
        }
        return new Property("ns:" + local, "ns:" + local + " xmlns:ns=\"" + escaped(namespace) + "\"");
    }

    private String resource(Node node, String attribute) {
        if (node.isBlank()) {
            return "rdf:nodeID=\"" + NodeFmtLib.encodeBNodeLabel(node.getBlankNodeLabel()) + "\"";
        }
        if (!node.isURI()) {
            throw Unwritable.in("RDF/XML", node);
        }
        return attribute + "=\"" + escaped(node.getURI()) + "\"";
    }

    private static String type(Node literal) {
        if (literal.getLiteralBaseDirection() != null) {
            throw Unwritable.in("RDF/XML", literal);
        }
        if (!literal.getLiteralLanguage().isEmpty()) {
            return " xml:lang=\"" + literal.getLiteralLanguage() + "\"";
        }
        return XSDDatatype.XSDstring.equals(literal.getLiteralDatatype()) ? ""
                : " rdf:datatype=\"" + escaped(literal.getLiteralDatatypeURI()) + "\"";
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                // Read back, these would be blanks or line feeds if they stood as they are.
                case '\t', '\n', '\r' -> escaped.append("&#").append(character).append(';');
                default -> {
                    if (character < ' ' || character == 0xFFFE || character == 0xFFFF) {
                        throw Unwritable.in("RDF/XML", text);
                    }
                    escaped.appendCodePoint(character);
                }
            }
        });
        return escaped.toString();
    }

    private void print(String text) {
        try {
            out.write(text);
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }
}
