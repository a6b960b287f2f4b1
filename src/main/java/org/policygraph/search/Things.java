package org.policygraph.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.policygraph.store.FullText;

/// Gathers every document that fits, by the thing that it is of.
final class Things extends SimpleCollector {

    private final SortedMap<String, List<Integer>> documents = new TreeMap<>();
    private SortedDocValues things;
    private int first;

    private Things() {}

    /// The numbers of the documents, by IRI.
    static SortedMap<String, List<Integer>> of(Query query, IndexSearcher searcher) throws IOException {
        return searcher.search(query, new CollectorManager<Things, SortedMap<String, List<Integer>>>() {
            @Override public Things newCollector() {
                return new Things();
            }

            @Override public SortedMap<String, List<Integer>> reduce(Collection<Things> parts) {
                var all = new TreeMap<String, List<Integer>>();
                parts.forEach(part -> part.documents.forEach((thing, numbers) -> all.computeIfAbsent(thing, _ -> new ArrayList<>()).addAll(numbers)));
                return all;
            }
        });
    }

    @Override protected void doSetNextReader(LeafReaderContext part) throws IOException {
        things = DocValues.getSorted(part.reader(), FullText.THING);
        first = part.docBase;
    }

    @Override public void collect(int document) throws IOException {
        if (things.advanceExact(document)) {
            documents.computeIfAbsent(things.lookupOrd(things.ordValue()).utf8ToString(), _ -> new ArrayList<>()).add(first + document);
        }
    }

    @Override public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }
}
