package org.policygraph.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.rowset.RowSetReader;
import org.apache.jena.riot.system.PrefixMapFactory;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;

/// Whatever characters a value holds, each form is one that its reader reads.
class ResultsTest {

    private static final Var X = Var.alloc("x");
    private static final Var Y = Var.alloc("y");

    static List<String> texts() {
        var texts = new ArrayList<>(List.of("", " ", "a,b", "say \"so\"", "'", "a\tb", "a\nb", "a\rb", "a\r\nb", "]]>", "<b>&amp;</b>", "\\", "\\n", "華為", "😀", "\uFFFD",
                "\u0085", "\u2028", "\u2029", "\uFEFFa", "a\u0301", "-1", "true", "?x", "_:b", "\"\"\"", "=1+1", "\u007F", "{\"a\":1}", "--", "#", "x".repeat(40_000)));
        texts.add(new String(Character.toChars(0x10FFFF)));
        return texts;
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTextComesBackAsItWasInEveryForm(String text) {
        var values = List.of(NodeFactory.createLiteralString(text), NodeFactory.createLiteralLang(text, "zh-Hant"), NodeFactory.createLiteralDT(text, org.apache.jena.datatypes.TypeMapper.getInstance().getSafeTypeByName("urn:type")),
                NodeFactory.createTripleTerm(NodeFactory.createURI("http://x/s"), NodeFactory.createURI("http://x/p"), NodeFactory.createLiteralString(text)));

        for (var format : List.of(AnswerFormat.JSON, AnswerFormat.XML, AnswerFormat.TSV)) {
            assertEquals(values, values(written(format, values), format), format + " of " + text);
        }
        assertEquals(List.of(text), csv(written(AnswerFormat.CSV, values.subList(0, 1))).subList(1, 2));
    }

    /// An escape in a query may stand for any of these.
    static Stream<String> controls() {
        return IntStream.concat(IntStream.range(0, 0x20).filter(code -> code != '\t' && code != '\n' && code != '\r'), IntStream.of(0xFFFE, 0xFFFF)).mapToObj(code -> "a" + (char) code + "b");
    }

    @ParameterizedTest
    @MethodSource("controls")
    void aControlCharacterComesBackWhereTheFormHasItAndIsReplacedWhereNot(String text) {
        var values = List.of(NodeFactory.createLiteralString(text));

        for (var format : List.of(AnswerFormat.JSON, AnswerFormat.TSV)) {
            assertEquals(values, values(written(format, values), format));
        }
        assertEquals(List.of("x", text), csv(written(AnswerFormat.CSV, values)));
        assertEquals(List.of(NodeFactory.createLiteralString("a\uFFFDb")), values(written(AnswerFormat.XML, values), AnswerFormat.XML));
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML", "CSV", "TSV", "TABLE"})
    void halfOfACharacterIsNoneAndTheRestIsUtf8(AnswerFormat format) throws CharacterCodingException {
        for (var text : List.of("a\uD83Db", "a\uDE00b", "\uD83D", "\uDE00\uD83D")) {
            var bytes = written(format, List.of(NodeFactory.createLiteralString(text)));

            var read = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            assertTrue(read.contains("\uFFFD") || read.contains("\\uFFFD") || format == AnswerFormat.TABLE, read);
            assertFalse(read.contains("a?b"), read);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML", "TSV"})
    void whatHasNoValueHasNoneAndBlankNodesAreTheSameInEachRow(AnswerFormat format) {
        var blank = NodeFactory.createBlankNode("a:b c");
        var rows = List.of(BindingFactory.binding(X, blank), BindingFactory.binding(Y, blank), BindingFactory.binding());
        var out = new ByteArrayOutputStream();
        Results.in(format, PrefixMapFactory.emptyPrefixMap(), out).rows(List.of(X, Y), rows.iterator());

        var read = new ArrayList<Binding>();
        RowSetReader.createReader(RDFLanguages.contentTypeToLang(format.mediaType())).read(new ByteArrayInputStream(out.toByteArray()), null).forEach(read::add);

        assertEquals(3, read.size());
        assertTrue(read.get(0).get(X).isBlank());
        assertEquals(read.get(0).get(X), read.get(1).get(Y));
        assertFalse(read.get(0).contains(Y));
        assertTrue(read.get(2).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML", "CSV", "TSV", "TABLE"})
    void whatFailsHalfWayIsNotMadeToLookWhole(AnswerFormat format) {
        var out = new ByteArrayOutputStream();
        var failing = new Iterator<Binding>() {
            private int given;

            @Override public boolean hasNext() {
                return true;
            }

            @Override public Binding next() {
                if (given++ == 5_000) {
                    throw new IllegalStateException("half-way");
                }
                return BindingFactory.binding(X, NodeFactory.createURI("urn:x"));
            }
        };

        assertThrows(IllegalStateException.class, () -> Results.in(format, PrefixMapFactory.emptyPrefixMap(), out).rows(List.of(X), failing));

        var text = out.toString(StandardCharsets.UTF_8);
        assertFalse(text.stripTrailing().endsWith("]}}") || text.contains("</results>"), () -> text.substring(Math.max(0, text.length() - 100)));
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML", "CSV", "TSV", "TABLE", "TTL", "NT", "RDFXML", "JSONLD", "TRIG", "NQ", "RDFJSON"})
    void aStreamThatRefusesIsToldInOneWay(AnswerFormat format) {
        var refusing = new OutputStream() {
            @Override public void write(int one) throws IOException {
                throw new IOException("full");
            }
        };
        var graph = GraphFactory.createDefaultGraph();
        graph.add(Triple.create(NodeFactory.createURI("http://x/s"), RDF.Nodes.type, NodeFactory.createURI("urn:o")));

        var told = assertThrows(UncheckedIOException.class, () -> {
            if (format.compareTo(AnswerFormat.TTL) < 0) {
                Results.in(format, PrefixMapFactory.emptyPrefixMap(), refusing).yesOrNo(true);
            } else {
                Graphs.write(graph, format, refusing);
            }
        });

        assertEquals("full", told.getCause().getMessage());
    }

    /// Each graph is one that some syntax has no words for; what is written must be read as the same.
    static List<Triple> awkward() {
        var s = NodeFactory.createURI("http://x/s");
        var p = NodeFactory.createURI("http://x/p");
        return Stream.concat(Stream.of(
                Triple.create(s, NodeFactory.createURI("http://x/1"), s),
                Triple.create(NodeFactory.createURI("urn:x"), NodeFactory.createURI("urn:p"), NodeFactory.createURI("urn:x:")),
                Triple.create(s, NodeFactory.createURI("http://x/p#"), s),
                Triple.create(s, p, NodeFactory.createTripleTerm(s, p, s)),
                Triple.create(s, p, NodeFactory.createLiteralDirLang("a", "ar", "rtl")),
                Triple.create(s, p, NodeFactory.createLiteralString("a\u0000b")),
                Triple.create(s, p, NodeFactory.createLiteralString("a\uFFFEb")),
                Triple.create(s, p, NodeFactory.createBlankNode("x y"))),
                texts().stream().map(text -> Triple.create(s, p, NodeFactory.createLiteralString(text)))).toList();
    }

    @ParameterizedTest
    @MethodSource("awkward")
    void aGraphIsReadAsItWasOrToldToBeUnsayableBeforeTheFirstByte(Triple triple) {
        var graph = GraphFactory.createDefaultGraph();
        graph.add(triple);
        for (var format : List.of(AnswerFormat.TTL, AnswerFormat.NT, AnswerFormat.RDFXML, AnswerFormat.JSONLD, AnswerFormat.TRIG, AnswerFormat.NQ, AnswerFormat.RDFJSON)) {
            var out = new ByteArrayOutputStream();
            try {
                Graphs.write(graph, format, out);
            } catch (ProblemException told) {
                assertInstanceOf(Problem.Unsayable.class, told.problems().getFirst());
                assertEquals(0, out.size());
                assertTrue(format == AnswerFormat.RDFXML || format == AnswerFormat.JSONLD || format == AnswerFormat.RDFJSON, format::toString);
                continue;
            }
            var read = GraphFactory.createDefaultGraph();
            RDFParser.source(new ByteArrayInputStream(out.toByteArray())).lang(RDFLanguages.contentTypeToLang(format.mediaType())).parse(read);
            assertTrue(graph.isIsomorphicWith(read), () -> format + "\n" + out.toString(StandardCharsets.UTF_8));
        }
    }

    @Test void rowsAreInNoFormForGraphs() {
        assertThrows(IllegalArgumentException.class, () -> Results.in(AnswerFormat.TTL, PrefixMapFactory.emptyPrefixMap(), OutputStream.nullOutputStream()));
    }

    private static byte[] written(AnswerFormat format, List<Node> values) {
        var out = new ByteArrayOutputStream();
        Results.in(format, PrefixMapFactory.emptyPrefixMap(), out).rows(List.of(X), values.stream().map(value -> BindingFactory.binding(X, value)).iterator());
        return out.toByteArray();
    }

    private static List<Node> values(byte[] bytes, AnswerFormat format) {
        var values = new ArrayList<Node>();
        RowSetReader.createReader(RDFLanguages.contentTypeToLang(format.mediaType())).read(new ByteArrayInputStream(bytes), null).forEach(row -> values.add(row.get(X)));
        return values;
    }

    /// By RFC 4180, one column.
    private static List<String> csv(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var cells = new ArrayList<String>();
        for (var i = 0; i < text.length();) {
            var cell = new StringBuilder();
            if (text.charAt(i) == '"') {
                for (i++; text.charAt(i) != '"' || i + 1 < text.length() && text.charAt(i + 1) == '"'; i++) {
                    cell.append(text.charAt(i));
                    i += text.charAt(i) == '"' ? 1 : 0;
                }
                i++;
            } else {
                for (; text.charAt(i) != '\r'; i++) {
                    cell.append(text.charAt(i));
                }
            }
            assertEquals("\r\n", text.substring(i, i + 2));
            i += 2;
            cells.add(cell.toString());
        }
        return cells;
    }
}
