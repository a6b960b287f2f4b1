package org.policygraph.question;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.jena.query.Query;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;

/// Why a query finds nothing: names that nothing bears, the smallest part that already fails, and what the graph has instead.
///
/// As JSON (`/diagnose?format=json`) each record here is an object with its components as members; what is not there is `null`:
/// ```json
/// {"empty": true, "complete": true, "rows": 0, "orMore": false,
///  "unknown": [{"kind": "property", "term": "pol:develop", "close": ["pol:develops"], "text": "no property pol:develop; …"}],
///  "smallest": {"parts": [{"text": "id:huawei pol:develop ?what", "solutions": 0, "orMore": false, "within": []}]},
///  "reasons": [{"text": "…", "query": null}],
///  "text": "…"}
/// ```
/// @param empty    whether the answer has no row, no triple, or is no. An aggregate over nothing is empty, though it has a row
/// @param complete false when time ran out: what is said is so, but there may be more to say, and the part a smaller one
/// @param rows     of an answer that is not empty (for CONSTRUCT and ASK, the solutions of its pattern), up to a cap
/// @param orMore   whether the cap was reached
/// @param unknown  in the order of the text; also for a query that finds something, since an OPTIONAL hides them
/// @param smallest nothing when the pattern finds something, or when it could not be found in time
/// @param reasons  what the graph has that is near; the most telling first
/// @param text     all of it for a person, in lines
public record Diagnosis(boolean empty, boolean complete, long rows, boolean orMore, List<Unknown> unknown, Optional<Parts> smallest,
        List<Reason> reasons, String text) {

    /// @param kind  `property`, `class`, `thing`, `concept`, `term` (of the ontology), `graph`, `literal` or `language`
    /// @param term  as the query has it
    /// @param close what was probably meant, nearest first, as one would write it in the query
    /// @param text  a sentence
    public record Unknown(String kind, String term, List<String> close, String text) {
        public Unknown {
            close = List.copyOf(close);
        }
    }

    /// A set of conjuncts that find nothing together, of which none can be left out.
    /// @param parts in the order of the text
    public record Parts(List<Part> parts) {
        public Parts {
            parts = List.copyOf(parts);
        }
    }

    /// One conjunct.
    /// @param text      SPARQL, by the prefixes of the query
    /// @param solutions that it has alone; nothing for what only judges or completes others (FILTER, MINUS, BIND, OPTIONAL)
    /// @param orMore    whether the count was ended at the cap
    /// @param within    of a part that finds nothing by itself: what fails in each branch of a UNION, or inside a group
    public record Part(String text, OptionalLong solutions, boolean orMore, List<Parts> within) {
        public Part {
            within = List.copyOf(within);
        }
    }

    /// @param query to be asked instead, where there is one
    public record Reason(String text, Optional<String> query) {}

    /// @param time for all that is tried
    /// @param rows up to which solutions are counted
    public record Limits(Duration time, int rows) {
        public static final Limits USUAL = new Limits(Duration.ofSeconds(5), 1_000);
    }

    public Diagnosis {
        unknown = List.copyOf(unknown);
        reasons = List.copyOf(reasons);
    }

    /// @param query as [Sparql] read it
    public static Diagnosis of(Query query, Store store, Vocabulary words, Limits limits) {
        return store.read(data -> new Examination(query, data, words, limits).whole());
    }

    /// For those who have just asked the query: nothing when it finds something. Looks for a first row before all else.
    public static Optional<Diagnosis> ofEmpty(Query query, Store store, Vocabulary words) {
        return store.read(data -> {
            var examination = new Examination(query, data, words, Limits.USUAL);
            return examination.findsSomething() ? Optional.empty() : Optional.of(examination.whole()).filter(Diagnosis::empty);
        });
    }

    /// Whether the query finds nothing, without asking why.
    public static boolean isEmpty(Query query, Store store, Vocabulary words) {
        return store.read(data -> !new Examination(query, data, words, Limits.USUAL).findsSomething());
    }
}
