package org.policygraph.question;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.Iterator;
import java.util.List;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.vocabulary.XSD;
import org.policygraph.limit.Allowance;

/// SPARQL 1.1 Results in XML, of RDF 1.2 as well.
final class XmlResults implements Results {

    private static final String BEGIN = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n<head>";

    private final Writer out;

    XmlResults(OutputStream out) {
        this.out = Results.utf8(out);
    }

    @Override public void rows(List<Var> columns, Iterator<Binding> rows) {
        Results.writing(() -> {
            out.write(BEGIN);
            for (var column : columns) {
                out.write("<variable name=\"" + Xml.escaped(column.getVarName()) + "\"/>");
            }
            out.write("</head>\n<results>\n");
            while (rows.hasNext()) {
                Allowance.check();
                row(columns, rows.next());
            }
            out.write("</results>\n</sparql>\n");
            out.flush();
        });
    }

    @Override public void yesOrNo(boolean yes) {
        Results.writing(() -> {
            out.write(BEGIN + "</head>\n<boolean>" + yes + "</boolean>\n</sparql>\n");
            out.flush();
        });
    }

    private void row(List<Var> columns, Binding row) throws IOException {
        out.write("<result>");
        for (var column : columns) {
            var value = row.get(column);
            if (value != null) {
                out.write("<binding name=\"");
                out.write(Xml.escaped(column.getVarName()));
                out.write("\">");
                term(value);
                out.write("</binding>");
            }
        }
        out.write("</result>\n");
    }

    private void term(Node value) throws IOException {
        if (value.isURI()) {
            element("uri", value.getURI());
        } else if (value.isLiteral()) {
            literal(value);
        } else if (value.isTripleTerm()) {
            out.write("<triple><subject>");
            term(value.getTriple().getSubject());
            out.write("</subject><predicate>");
            term(value.getTriple().getPredicate());
            out.write("</predicate><object>");
            term(value.getTriple().getObject());
            out.write("</object></triple>");
        } else {
            element("bnode", NodeFmtLib.encodeBNodeLabel(value.getBlankNodeLabel()));
        }
    }

    private void literal(Node value) throws IOException {
        var language = value.getLiteralLanguage();
        if (language.isEmpty()) {
            var datatype = value.getLiteralDatatypeURI();
            out.write(datatype.equals(XSD.xstring.getURI()) ? "<literal>" : "<literal datatype=\"" + Xml.escaped(datatype) + "\">");
        } else {
            out.write("<literal xml:lang=\"" + Xml.escaped(language) + "\"");
            if (value.getLiteralBaseDirection() != null) {
                out.write(" xmlns:its=\"http://www.w3.org/2005/11/its\" its:version=\"2.0\" its:dir=\"" + value.getLiteralBaseDirection().direction() + "\"");
            }
            out.write(">");
        }
        out.write(Xml.escaped(value.getLiteralLexicalForm()));
        out.write("</literal>");
    }

    private void element(String name, String text) throws IOException {
        out.write("<" + name + ">");
        out.write(Xml.escaped(text));
        out.write("</" + name + ">");
    }
}
