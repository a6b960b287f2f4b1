package org.policygraph.question;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.riot.system.PrefixMap;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.exec.RowSet;

/// Rows for a person at a terminal: columns aligned, IRIs shortened, literals as plain text.
final class Table {

    /// Columns are as wide as the cells of this many rows ask for; later rows are written as they come.
    private static final int ROWS_MEASURED = 2_000;
    private static final String GAP = "  ";

    private final List<Var> columns;
    private final PrefixMap prefixes;
    private final Writer out;

    private Table(List<Var> columns, PrefixMap prefixes, Writer out) {
        this.columns = columns;
        this.prefixes = prefixes;
        this.out = out;
    }

    static void write(RowSet rows, PrefixMap prefixes, Writer out) {
        try {
            new Table(rows.getResultVars(), prefixes, out).write(rows);
            out.flush();
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    private void write(RowSet rows) throws IOException {
        var names = columns.stream().map(Var::getVarName).toList();
        var measured = new ArrayList<List<String>>();
        var numbers = new boolean[columns.size()];
        Arrays.fill(numbers, true);
        while (measured.size() < ROWS_MEASURED && rows.hasNext()) {
            var row = rows.next();
            for (var column = 0; column < numbers.length; column++) {
                var value = row.get(columns.get(column));
                numbers[column] &= value == null || isNumber(value);
            }
            measured.add(cells(row::get));
        }
        var widths = IntStream.range(0, names.size())
                .map(column -> Math.max(DisplayWidth.of(names.get(column)),
                        measured.stream().mapToInt(row -> DisplayWidth.of(row.get(column))).max().orElse(0)))
                .toArray();

        line(names, widths, numbers);
        line(Arrays.stream(widths).mapToObj("─"::repeat).toList(), widths, numbers);
        for (var row : measured) {
            line(row, widths, numbers);
        }
        while (rows.hasNext()) {
            line(cells(rows.next()::get), widths, numbers);
        }
    }

    private List<String> cells(Function<Var, Node> row) {
        return columns.stream().map(row).map(value -> value == null ? "" : text(value)).toList();
    }

    private void line(List<String> cells, int[] widths, boolean[] numbers) throws IOException {
        var line = IntStream.range(0, cells.size())
                .mapToObj(column -> padded(cells.get(column), widths[column], numbers[column]))
                .collect(Collectors.joining(GAP));
        out.write(line.stripTrailing());
        out.write('\n');
    }

    private static String padded(String cell, int width, boolean right) {
        var space = " ".repeat(Math.max(0, width - DisplayWidth.of(cell)));
        return right ? space + cell : cell + space;
    }

    private String text(Node value) {
        if (value.isURI()) {
            var shortened = prefixes.abbreviate(value.getURI());
            return printable(shortened == null ? "<" + value.getURI() + ">" : shortened);
        }
        return printable(value.isLiteral() ? value.getLiteralLexicalForm() : NodeFmtLib.strTTL(value));
    }

    // A cell is one line, and what stands in the data can't steer the terminal.
    private static String printable(String text) {
        return Results.wellFormed(text).codePoints().map(character -> Character.isISOControl(character) ? ' ' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static boolean isNumber(Node value) {
        return value.isLiteral() && value.getLiteralDatatype() instanceof XSDDatatype type
                && (XSDDatatype.XSDinteger.equals(type) || XSDDatatype.XSDdecimal.equals(type)
                        || XSDDatatype.XSDdouble.equals(type) || XSDDatatype.XSDfloat.equals(type));
    }
}
