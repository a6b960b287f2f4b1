package org.policygraph.question;

import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import org.apache.jena.riot.system.PrefixMap;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.RowSetStream;

/// For a person to read.
final class TableResults implements Results {

    private final PrefixMap prefixes;
    private final OutputStream out;

    TableResults(PrefixMap prefixes, OutputStream out) {
        this.prefixes = prefixes;
        this.out = out;
    }

    @Override public void rows(List<Var> columns, Iterator<Binding> rows) {
        Table.write(RowSetStream.create(columns, rows), prefixes, Results.utf8(out));
    }

    @Override public void yesOrNo(boolean yes) {
        Answer.line(out, yes ? "yes" : "no");
    }
}
