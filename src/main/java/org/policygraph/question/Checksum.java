package org.policygraph.question;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.jena.query.Query;
import org.policygraph.store.Store;

/// SHA-256 in hexadecimal: of a query's text, and of what an answer says in whatever form it is written.
final class Checksum {

    private Checksum() {}

    static String of(String text) {
        return DigestUtils.sha256Hex(text);
    }

    /// Of the rows as TSV, in their order where the query says one, sorted otherwise; of the triples as sorted N-Triples.
    static String of(Query query, Store store) {
        var hash = DigestUtils.getSha256Digest();
        if (query.hasOrderBy() || query.isAskType()) {
            Answer.write(query, store, AnswerFormat.TSV, new DigestOutputStream(OutputStream.nullOutputStream(), hash));
        } else {
            AnswerLines.of(query, store).stream().sorted().forEach(line -> hash.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        return HexFormat.of().formatHex(hash.digest());
    }
}
