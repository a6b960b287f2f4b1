package org.policygraph.question;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.jena.query.Query;
import org.policygraph.store.Store;

/// An answer as lines that can be compared: the head and the rows as TSV, or the triples as N-Triples.
final class AnswerLines {

    private AnswerLines() {}

    static List<String> of(Query query, Store store) {
        var out = new ByteArrayOutputStream();
        Answer.write(query, store, AnswerFormat.of(query).contains(AnswerFormat.TSV) ? AnswerFormat.TSV : AnswerFormat.NT, out);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
