package org.policygraph.question;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.jena.query.Query;
import org.policygraph.store.Store;

/// SHA-256 in hexadecimal: of a query's text, and of what an answer says in whatever form it is written.
final class Checksum {

    private Checksum() {}

    static String of(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Of the rows as TSV, in their order where the query says one, sorted otherwise; of the triples as sorted N-Triples.
    static String of(Query query, Store store) {
        var hash = sha256();
        if (query.hasOrderBy() || query.isAskType()) {
            Answer.write(query, store, AnswerFormat.TSV, new DigestOutputStream(OutputStream.nullOutputStream(), hash));
        } else {
            AnswerLines.of(query, store).stream().sorted().forEach(line -> hash.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
