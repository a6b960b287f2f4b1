package org.policygraph.question;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.jena.riot.system.PrefixMap;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;

/// Writes rows, or yes or no, in one of the forms of SPARQL results, while they come. What it keeps is small and does not grow,
/// and the stream is left open. An answer that fails half-way is not made to look whole: nothing is written after the failure.
///
/// Blank nodes have the labels that they bear in the store.
interface Results {

    /// @throws UncheckedIOException when the stream refuses
    void rows(List<Var> columns, Iterator<Binding> rows);

    void yesOrNo(boolean yes);

    /// @param prefixes that a table shortens IRIs with
    static Results in(AnswerFormat format, PrefixMap prefixes, OutputStream out) {
        return switch (format) {
            case TABLE -> new TableResults(prefixes, out);
            case CSV -> new CsvResults(out);
            case TSV -> new TsvResults(out);
            case JSON -> new JsonResults(out);
            case XML -> new XmlResults(out);
            case TTL, NT, JSONLD, RDFXML, TRIG, NQ, RDFJSON -> throw new IllegalArgumentException(format + " is for graphs");
        };
    }

    interface Writing {
        void run() throws IOException;
    }

    /// What the stream refuses is told unchecked.
    static void writing(Writing writing) {
        try {
            writing.run();
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    /// With buffers that begin small.
    static Writer utf8(OutputStream out) {
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    /// Text as Unicode has it: half of a surrogate pair is no character, and becomes U+FFFD.
    static String wellFormed(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints().map(code -> code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE ? 0xFFFD : code)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
            }
        }
        return text;
    }
}
