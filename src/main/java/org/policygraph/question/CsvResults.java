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
import org.policygraph.limit.Allowance;

/// SPARQL 1.1 Results in CSV: values without their kind. An empty text is `""`, and no value at all is nothing.
final class CsvResults implements Results {

    private static final String END = "\r\n";

    private final Writer out;

    CsvResults(OutputStream out) {
        this.out = Results.utf8(out);
    }

    @Override public void rows(List<Var> columns, Iterator<Binding> rows) {
        Results.writing(() -> {
            for (var i = 0; i < columns.size(); i++) {
                out.write((i == 0 ? "" : ",") + quoted(columns.get(i).getVarName()));
            }
            out.write(END);
            while (rows.hasNext()) {
                Allowance.check();
                row(columns, rows.next());
            }
            out.flush();
        });
    }

    private void row(List<Var> columns, Binding row) throws IOException {
        for (var i = 0; i < columns.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            var value = row.get(columns.get(i));
            if (value != null) {
                out.write(quoted(text(value)));
            }
        }
        out.write(END);
    }

    /// As others write it: a column that is named as no variable can be.
    @Override public void yesOrNo(boolean yes) {
        Results.writing(() -> {
            out.write("_askResult" + END + yes + END);
            out.flush();
        });
    }

    private static String text(Node value) {
        if (value.isLiteral()) {
            return Results.wellFormed(value.getLiteralLexicalForm());
        }
        return value.isURI() ? Results.wellFormed(value.getURI()) : NodeFmtLib.strNT(value);
    }

    private static String quoted(String text) {
        if (text.isEmpty()) {
            return "\"\"";
        }
        return text.chars().noneMatch(character -> character == '"' || character == ',' || character == '\r' || character == '\n') ? text
                : '"' + text.replace("\"", "\"\"") + '"';
    }
}
