package org.policygraph.question;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.jena.query.Query;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.riot.resultset.ResultSetLang;

/// How an answer is written. Rows (SELECT) and yes or no (ASK) have other forms than graphs (CONSTRUCT, DESCRIBE).
public enum AnswerFormat {
    TABLE,
    CSV(ResultSetLang.RS_CSV),
    TSV(ResultSetLang.RS_TSV),
    JSON(ResultSetLang.RS_JSON),
    XML(ResultSetLang.RS_XML),
    TTL(RDFFormat.TURTLE_PRETTY),
    NT(RDFFormat.NTRIPLES_UTF8),
    JSONLD(RDFFormat.JSONLD11_PRETTY),
    RDFXML(RDFFormat.RDFXML_PLAIN),
    TRIG(RDFFormat.TRIG_PRETTY),
    NQ(RDFFormat.NQUADS_UTF8),
    RDFJSON(RDFFormat.RDFJSON);

    private final Optional<Lang> rows;
    private final Optional<RDFFormat> graph;

    AnswerFormat() {
        this.rows = Optional.empty();
        this.graph = Optional.empty();
    }

    AnswerFormat(Lang rows) {
        this.rows = Optional.of(rows);
        this.graph = Optional.empty();
    }

    AnswerFormat(RDFFormat graph) {
        this.rows = Optional.empty();
        this.graph = Optional.of(graph);
    }

    /// As it is typed.
    @Override public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Those that an answer to this query can be written in.
    public static List<AnswerFormat> of(Query query) {
        return Arrays.stream(values()).filter(format -> format.graph.isPresent() == isGraph(query)).toList();
    }

    /// What a person reads at a terminal, and what a program reads otherwise.
    public static AnswerFormat usual(Query query, boolean terminal) {
        return isGraph(query) ? TTL : terminal ? TABLE : CSV;
    }

    /// Without parameters; of a table, that of plain text.
    public String mediaType() {
        return rows.map(lang -> lang.getContentType().getContentTypeStr())
                .or(() -> graph.map(form -> form.getLang().getContentType().getContentTypeStr())).orElse("text/plain");
    }

    private static boolean isGraph(Query query) {
        return query.isConstructType() || query.isDescribeType();
    }

    RDFFormat graph() {
        return graph.orElseThrow(() -> new IllegalArgumentException(this + " is not for graphs"));
    }
}
