package org.policygraph.question;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.Iterator;
import java.util.List;
import org.apache.jena.atlas.io.AWriter;
import org.apache.jena.atlas.io.IO;
import org.apache.jena.riot.out.NodeFormatter;
import org.apache.jena.riot.out.NodeFormatterTTL;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.policygraph.limit.Allowance;

/// SPARQL 1.1 Results in TSV: values as Turtle has them, in which neither tab nor end of line stands for itself.
final class TsvResults implements Results {

    private final Writer out;

    TsvResults(OutputStream out) {
        this.out = Results.utf8(out);
    }

    @Override public void rows(List<Var> columns, Iterator<Binding> rows) {
        Results.writing(() -> {
            for (var i = 0; i < columns.size(); i++) {
                out.write((i == 0 ? "?" : "\t?") + columns.get(i).getVarName());
            }
            out.write('\n');
            var turtle = new NodeFormatterTTL();
            var into = IO.wrap(out);
            while (rows.hasNext()) {
                Allowance.check();
                row(columns, rows.next(), turtle, into);
            }
            out.flush();
        });
    }

    private void row(List<Var> columns, Binding row, NodeFormatter turtle, AWriter into) throws IOException {
        for (var i = 0; i < columns.size(); i++) {
            if (i > 0) {
                out.write('\t');
            }
            var value = row.get(columns.get(i));
            if (value != null) {
                turtle.format(into, value);
            }
        }
        out.write('\n');
    }

    @Override public void yesOrNo(boolean yes) {
        Results.writing(() -> {
            out.write("?_askResult\n" + yes + "\n");
            out.flush();
        });
    }
}
