package org.policygraph.question;

import java.io.OutputStream;
import java.io.Writer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.apache.jena.riot.rowset.RowSetWrapper;
import org.apache.jena.riot.rowset.RowSetWriter;
import org.apache.jena.riot.rowset.RowSetWriterRegistry;
import org.apache.jena.riot.rowset.rw.RowSetWriterCSV;
import org.apache.jena.riot.rowset.rw.RowSetWriterJSON;
import org.apache.jena.riot.rowset.rw.RowSetWriterTSV;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingFactory;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.util.Context;

/// Answers as the syntaxes can hold them, whatever terms a query has made. Jena's writers write what they are given: a language
/// that STRLANG was given would end the string, the tag and the answer. XML has no way to say some characters, which are
/// replaced by U+FFFD there, and there alone.
final class WellFormed {

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");
    private static final Pattern NOT_IRI = Pattern.compile("[\\x00-\\x20<>\"{}|^`\\\\]");
    private static final Pattern NOT_XML = Pattern.compile("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");
    private static final String REPLACED = "\ufffd";

    private WellFormed() {}

    /// From now on Jena writes rows so in this process.
    static void register() {
        register(ResultSetLang.RS_JSON, RowSetWriterJSON.factory.create(ResultSetLang.RS_JSON), node -> node);
        register(ResultSetLang.RS_CSV, RowSetWriterCSV.factory.create(ResultSetLang.RS_CSV), node -> node);
        register(ResultSetLang.RS_TSV, RowSetWriterTSV.factory.create(ResultSetLang.RS_TSV), node -> node);
        register(ResultSetLang.RS_XML, new ResultsXml(), WellFormed::inXml);
    }

    private static void register(Lang language, RowSetWriter writer, Function<Node, Node> mended) {
        RowSetWriterRegistry.register(language, _ -> new RowSetWriter() {
            @Override public void write(OutputStream out, RowSet rows, Context context) {
                writer.write(out, rows(rows, mended), context);
            }

            @Override public void write(Writer out, RowSet rows, Context context) {
                writer.write(out, rows(rows, mended), context);
            }

            @Override public void write(OutputStream out, boolean yes, Context context) {
                writer.write(out, yes, context);
            }
        });
    }

    /// A term that is none stands unbound, as after an error.
    private static RowSet rows(RowSet rows, Function<Node, Node> mended) {
        return new RowSetWrapper(rows) {
            @Override public Binding next() {
                return row(super.next(), mended);
            }
        };
    }

    private static Binding row(Binding row, Function<Node, Node> mended) {
        for (var names = row.vars(); names.hasNext();) {
            var term = row.get(names.next());
            if (!isTerm(term) || mended.apply(term) != term) {
                return other(row, mended);
            }
        }
        return row;
    }

    private static Binding other(Binding row, Function<Node, Node> mended) {
        var other = BindingFactory.builder();
        row.forEach((name, term) -> {
            if (isTerm(term)) {
                other.add(name, mended.apply(term));
            }
        });
        return other.build();
    }

    /// Without the triples that hold a term that is none.
    static Graph triples(Graph graph) {
        graph.find().filterDrop(WellFormed::isTriple).toList().forEach(graph::delete);
        return graph;
    }

    private static boolean isTriple(Triple triple) {
        return isTerm(triple.getSubject()) && isTerm(triple.getPredicate()) && isTerm(triple.getObject());
    }

    private static boolean isTerm(Node node) {
        if (node.isTripleTerm()) {
            return isTriple(node.getTriple());
        }
        if (node.isURI()) {
            return !NOT_IRI.matcher(node.getURI()).find();
        }
        return !node.isLiteral() || (node.getLiteralLanguage().isEmpty() ? !NOT_IRI.matcher(node.getLiteralDatatypeURI()).find()
                : LANGUAGE.matcher(node.getLiteralLanguage()).matches());
    }

    private static Node inXml(Node node) {
        if (node.isTripleTerm()) {
            var inner = node.getTriple();
            var object = inXml(inner.getObject());
            return object == inner.getObject() ? node : NodeFactory.createTripleTerm(inner.getSubject(), inner.getPredicate(), object);
        }
        if (!node.isLiteral() || !NOT_XML.matcher(node.getLiteralLexicalForm()).find()) {
            return node;
        }
        var text = NOT_XML.matcher(node.getLiteralLexicalForm()).replaceAll(REPLACED);
        return node.getLiteralLanguage().isEmpty() ? NodeFactory.createLiteralDT(text, node.getLiteralDatatype())
                : node.getLiteralBaseDirection() == null ? NodeFactory.createLiteralLang(text, node.getLiteralLanguage())
                : NodeFactory.createLiteralDirLang(text, node.getLiteralLanguage(), node.getLiteralBaseDirection());
    }
}
