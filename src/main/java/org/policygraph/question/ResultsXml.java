package org.policygraph.question;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.riot.rowset.RowSetWriter;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.util.Context;
import org.apache.jena.vocabulary.XSD;

/// SPARQL Query Results in XML. Jena's own writer leaves datatypes as they are, so that `&` in one breaks the answer.
final class ResultsXml implements RowSetWriter {

    private static final String RESULTS = "http://www.w3.org/2005/sparql-results#";
    private static final String TAGS = "http://www.w3.org/2005/11/its";
    private static final String ENCODING = StandardCharsets.UTF_8.name();
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();

    @Override public void write(OutputStream out, RowSet rows, Context context) {
        try {
            write(FACTORY.createXMLStreamWriter(out, ENCODING), rows);
        } catch (XMLStreamException unwritten) {
            throw unwritten(unwritten);
        }
    }

    @Override public void write(Writer out, RowSet rows, Context context) {
        try {
            write(FACTORY.createXMLStreamWriter(out), rows);
        } catch (XMLStreamException unwritten) {
            throw unwritten(unwritten);
        }
    }

    @Override public void write(OutputStream out, boolean yes, Context context) {
        try {
            var xml = FACTORY.createXMLStreamWriter(out, ENCODING);
            start(xml);
            line(xml, 1);
            xml.writeEmptyElement("head");
            line(xml, 1);
            xml.writeStartElement("boolean");
            xml.writeCharacters(String.valueOf(yes));
            xml.writeEndElement();
            end(xml);
        } catch (XMLStreamException unwritten) {
            throw unwritten(unwritten);
        }
    }

    private static void write(XMLStreamWriter xml, RowSet rows) throws XMLStreamException {
        start(xml);
        line(xml, 1);
        xml.writeStartElement("head");
        for (var name : rows.getResultVars()) {
            line(xml, 2);
            xml.writeEmptyElement("variable");
            xml.writeAttribute("name", name.getVarName());
        }
        line(xml, 1);
        xml.writeEndElement();
        line(xml, 1);
        xml.writeStartElement("results");
        while (rows.hasNext()) {
            var row = rows.next();
            line(xml, 2);
            xml.writeStartElement("result");
            for (var name : rows.getResultVars()) {
                if (row.contains(name)) {
                    line(xml, 3);
                    xml.writeStartElement("binding");
                    xml.writeAttribute("name", name.getVarName());
                    term(xml, row.get(name));
                    xml.writeEndElement();
                }
            }
            line(xml, 2);
            xml.writeEndElement();
        }
        line(xml, 1);
        xml.writeEndElement();
        end(xml);
    }

    private static void start(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartDocument(ENCODING, "1.0");
        line(xml, 0);
        xml.writeStartElement("sparql");
        xml.writeDefaultNamespace(RESULTS);
    }

    private static void end(XMLStreamWriter xml) throws XMLStreamException {
        line(xml, 0);
        xml.writeEndElement();
        line(xml, 0);
        xml.writeEndDocument();
        xml.flush();
    }

    private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private static void term(XMLStreamWriter xml, Node term) throws XMLStreamException {
        if (term.isTripleTerm()) {
            var triple = term.getTriple();
            xml.writeStartElement("triple");
            part(xml, "subject", triple.getSubject());
            part(xml, "predicate", triple.getPredicate());
            part(xml, "object", triple.getObject());
            xml.writeEndElement();
        } else if (term.isLiteral()) {
            literal(xml, term);
        } else {
            xml.writeStartElement(term.isBlank() ? "bnode" : "uri");
            xml.writeCharacters(term.isBlank() ? NodeFmtLib.encodeBNodeLabel(term.getBlankNodeLabel()) : term.getURI());
            xml.writeEndElement();
        }
    }

    private static void part(XMLStreamWriter xml, String name, Node term) throws XMLStreamException {
        xml.writeStartElement(name);
        term(xml, term);
        xml.writeEndElement();
    }

    private static void literal(XMLStreamWriter xml, Node literal) throws XMLStreamException {
        xml.writeStartElement("literal");
        if (!literal.getLiteralLanguage().isEmpty()) {
            if (literal.getLiteralBaseDirection() != null) {
                xml.writeNamespace("its", TAGS);
                xml.writeAttribute("its", TAGS, "version", "2.0");
                xml.writeAttribute("its", TAGS, "dir", literal.getLiteralBaseDirection().direction());
            }
            xml.writeAttribute("xml", XMLConstants.XML_NS_URI, "lang", literal.getLiteralLanguage());
        } else if (!XSD.xstring.getURI().equals(literal.getLiteralDatatypeURI())) {
            xml.writeAttribute("datatype", literal.getLiteralDatatypeURI());
        }
        // A reader takes the line ends of other systems for one of its own.
        var text = literal.getLiteralLexicalForm();
        var from = 0;
        for (var end = text.indexOf('\r'); end >= 0; end = text.indexOf('\r', from)) {
            xml.writeCharacters(text.substring(from, end));
            xml.writeEntityRef("#13");
            from = end + 1;
        }
        xml.writeCharacters(text.substring(from));
        xml.writeEndElement();
    }

    private static RuntimeException unwritten(XMLStreamException failed) {
        return failed.getNestedException() instanceof IOException gone ? new UncheckedIOException(gone) : new IllegalStateException(failed);
    }
}
