package org.policygraph.question;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.atlas.io.IndentedLineBuffer;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Query;
import org.apache.jena.shared.PrefixMapping;
import org.apache.jena.sparql.core.Prologue;
import org.apache.jena.sparql.core.TriplePath;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.path.PathWriter;
import org.apache.jena.sparql.serializer.FmtExprSPARQL;
import org.apache.jena.sparql.serializer.FormatterElement;
import org.apache.jena.sparql.serializer.SerializationContext;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.ElementGroup;
import org.apache.jena.sparql.syntax.ElementNamedGraph;
import org.apache.jena.sparql.syntax.ElementPathBlock;
import org.apache.jena.sparql.util.FmtUtils;
import org.apache.jena.vocabulary.RDF;

/// Parts of a query as SPARQL text of one line, by the prefixes of the query.
final class Written {

    private static final Pattern LAYOUT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\s+");

    private final PrefixMapping prefixes;

    Written(Query query) {
        this.prefixes = query.getPrefixMapping();
    }

    String text(Element element) {
        return switch (element) {
            case ElementPathBlock block when block.getPattern().size() == 1 -> text(block.getPattern().get(0));
            case ElementNamedGraph named when !(named.getElement() instanceof ElementGroup) ->
                    "GRAPH " + text(named.getGraphNameNode()) + " { " + text(named.getElement()) + " }";
            default -> {
                var out = new IndentedLineBuffer();
                FormatterElement.format(out, new SerializationContext(prefixes), element);
                yield line(out);
            }
        };
    }

    String text(TriplePath path) {
        var way = path.getPredicate() == null ? PathWriter.asString(path.getPath(), new Prologue(prefixes))
                : RDF.type.asNode().equals(path.getPredicate()) ? "a" : text(path.getPredicate());
        return text(path.getSubject()) + " " + way + " " + text(path.getObject());
    }

    String text(Expr expression) {
        var out = new IndentedLineBuffer();
        FmtExprSPARQL.format(out, expression, new SerializationContext(prefixes));
        return line(out);
    }

    String text(Node node) {
        return FmtUtils.stringForNode(node, prefixes);
    }

    // Within a literal a line break is written as \n and spaces are kept; those outside are layout.
    private static String line(IndentedLineBuffer out) {
        return LAYOUT.matcher(out.asString().strip()).replaceAll(found ->
                Matcher.quoteReplacement(found.group().startsWith("\"") ? found.group() : " "));
    }
}
