package org.policygraph.question;

import java.time.LocalDate;
import org.apache.jena.query.Query;
import org.policygraph.store.DatasetVersion;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Language;

/// By what an answer can be quoted, and found to be the same again.
/// @param question     its IRI
/// @param title        in English
/// @param titleZh      in Traditional Chinese
/// @param dataset      the version of the dataset
/// @param querySha256  of the query as it was asked, with the values in their places
/// @param resultSha256 of the rows as TSV, or of the triples as sorted N-Triples; the same in whatever form they are written
public record Citation(String question, String title, String titleZh, String dataset, String querySha256, String resultSha256) {

    /// For a store that was not filled by loading files.
    private static final String UNKNOWN = "unknown";

    /// Asks the query once, to have the checksum before anything is written.
    /// @param filled the question's query with the asker's values
    public static Citation of(Question question, Query filled, Store store) {
        return store.read(data -> new Citation(Iris.question(question.entry().name()).getURI(), question.entry().title().en(),
                question.entry().title().zhHant(), DatasetVersion.of(data).orElse(UNKNOWN), Checksum.of(filled.serialize()), Checksum.of(filled, store)));
    }

    /// Ready to be pasted below a text.
    public String text(Language language, LocalDate accessed) {
        return switch (language) {
            case EN -> "PolicyGraph, “" + title + "” <" + question + ">, dataset version " + dataset + ", query sha256 " + querySha256
                    + ", result sha256 " + resultSha256 + ", accessed " + accessed + ".";
            case ZH_HANT -> "PolicyGraph，〈" + titleZh + "〉<" + question + ">，資料集版本 " + dataset + "，查詢 sha256 " + querySha256
                    + "，結果 sha256 " + resultSha256 + "，取用於 " + accessed + "。";
        };
    }
}
