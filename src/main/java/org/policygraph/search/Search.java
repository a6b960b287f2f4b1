package org.policygraph.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.policygraph.store.FullText;
import org.policygraph.store.Names;
import org.policygraph.store.Spelling;
import org.policygraph.store.Store;
import org.policygraph.term.Language;

/// Finds things by what they are called, in any script.
///
/// The surest kind of match comes first ([Match]); of one kind, what is written so before what only sounds so; then what
/// more claims are about; then by IRI.
public final class Search {

    /// Claims about one thing are counted up to here.
    public static final int MOST_COUNTED = 10_000;

    /// Of things that are matched alike, so many are compared by their claims; were there more, those first by IRI.
    private static final int MOST_ALIKE = 1_000;
    private static final int MOST_RESEMBLING = 200;
    private static final int MOST_SUGGESTIONS = 3;

    private static final Map<String, Node> PROPERTIES = Map.of(
            FullText.LABEL, RDFS.label.asNode(), FullText.ALIAS, SKOS.altLabel.asNode(), FullText.DEFINITION, SKOS.definition.asNode());

    private final Wanted wanted;
    private final Names names;
    private final DatasetGraph data;
    private final IndexSearcher searcher;

    private Search(Wanted wanted, Names names, DatasetGraph data, IndexSearcher searcher) {
        this.wanted = wanted;
        this.names = names;
        this.data = data;
        this.searcher = searcher;
    }

    public static Found find(Wanted wanted, Store store, Names names) {
        return store.read(data -> store.texts().search(searcher -> new Search(wanted, names, data, searcher).found()));
    }

    /// A text that fits.
    private record Text(Node graph, Node thing, String role, String text, String language) {}

    private record Candidate(Text text, int claims) {}

    private Found found() throws IOException {
        var hits = new ArrayList<Hit>();
        var seen = new HashSet<String>();
        for (var step : Steps.of(wanted.text(), wanted.prefix())) {
            if (hits.size() >= wanted.limit()) {
                break;
            }
            for (var candidate : ranked(step.query(), seen)) {
                if (hits.size() < wanted.limit()) {
                    hits.add(hit(step, candidate));
                }
            }
        }
        return new Found(wanted.text(), hits, hits.isEmpty() ? suggestions() : List.of());
    }

    private List<Candidate> ranked(Query query, Set<String> seen) throws IOException {
        var things = Things.of(inLanguage(query), searcher);
        things.keySet().removeIf(thing -> !seen.add(thing) || !isWanted(NodeFactory.createURI(thing)));
        var candidates = new ArrayList<Candidate>();
        for (var documents : things.values().stream().limit(MOST_ALIKE).toList()) {
            best(documents).ifPresent(text -> candidates.add(new Candidate(text, claims(text.thing()))));
        }
        candidates.sort(Comparator.comparingInt(Candidate::claims).reversed().thenComparing(candidate -> candidate.text().thing().getURI()));
        return candidates;
    }

    /// The shortest of the texts that made the thing be found, and that the data has: the index may know of a later state.
    private Optional<Text> best(List<Integer> documents) throws IOException {
        var texts = new ArrayList<Text>();
        for (var number : documents) {
            var text = text(searcher.storedFields().document(number));
            var literal = text.language().isEmpty() ? NodeFactory.createLiteralString(text.text()) : NodeFactory.createLiteralLang(text.text(), text.language());
            if (data.contains(text.graph(), text.thing(), PROPERTIES.get(text.role()), literal)) {
                texts.add(text);
            }
        }
        return texts.stream().min(Comparator.comparingInt((Text text) -> text.text().length()).thenComparing(Text::text).thenComparing(Text::language));
    }

    private static Text text(Document document) {
        var role = PROPERTIES.keySet().stream().filter(field -> document.get(field) != null).findFirst().orElseThrow();
        return new Text(NodeFactory.createURI(document.get(FullText.GRAPH)), NodeFactory.createURI(document.get(FullText.IRI)), role, document.get(role),
                Optional.ofNullable(document.get(FullText.LANGUAGE)).orElse(""));
    }

    private Query inLanguage(Query query) {
        return wanted.language().<Query>map(language -> new BooleanQuery.Builder().add(query, Occur.FILTER)
                .add(new TermQuery(new Term(FullText.LANGUAGE, language.tag())), Occur.FILTER).build()).orElse(query);
    }

    private boolean isWanted(Node thing) {
        return wanted.type().isEmpty() || data.getUnionGraph().contains(thing, RDF.type.asNode(), wanted.type().get());
    }

    private int claims(Node thing) {
        return count(data.getUnionGraph(), Node.ANY, RDF.subject.asNode(), thing) + count(data.getUnionGraph(), Node.ANY, RDF.object.asNode(), thing);
    }

    private static int count(Graph union, Node subject, Node predicate, Node object) {
        var found = union.find(subject, predicate, object);
        try {
            var count = 0;
            while (count < MOST_COUNTED && found.hasNext()) {
                found.next();
                count++;
            }
            return count;
        } finally {
            found.close();
        }
    }

    private Hit hit(Steps.Step step, Candidate candidate) {
        var text = candidate.text();
        var graph = data.getGraph(text.graph());
        var types = graph.find(text.thing(), RDF.type.asNode(), Node.ANY).mapWith(Triple::getObject).filterKeep(Node::isURI)
                .mapWith(names::shortened).toList().stream().sorted().toList();
        return new Hit(text.thing().getURI(), names.shortened(text.thing()), step.match().toString(), step.bySound(), text.text(), text.language(),
                types, texts(graph, text.thing(), RDFS.label.asNode()), texts(graph, text.thing(), SKOS.definition.asNode()), candidate.claims());
    }

    private static Map<String, String> texts(Graph graph, Node thing, Node property) {
        var texts = new TreeMap<String, String>();
        graph.find(thing, property, Node.ANY).mapWith(Triple::getObject).filterKeep(Node::isLiteral)
                .forEach(text -> texts.merge(text.getLiteralLanguage(), text.getLiteralLexicalForm(), (one, other) -> one.compareTo(other) < 0 ? one : other));
        return texts;
    }

    /// Labels and aliases that resemble the text, the nearest first.
    private List<String> suggestions() throws IOException {
        record Near(String text, double apart) {}
        var asked = Spelling.folded(wanted.text());
        var near = new ArrayList<Near>();
        var resembling = new BooleanQuery.Builder().add(Steps.resembling(wanted.text()), Occur.MUST)
                .add(new FieldExistsQuery(FullText.THING), Occur.FILTER).build();
        for (var document : searcher.search(resembling, MOST_RESEMBLING).scoreDocs) {
            var fields = searcher.storedFields().document(document.doc);
            if (fields.get(FullText.DEFINITION) == null) {
                var text = text(fields).text();
                near.add(new Near(text, apart(asked, Spelling.folded(text))));
            }
        }
        return near.stream().sorted(Comparator.comparingDouble(Near::apart).thenComparing(Near::text)).map(Near::text).distinct().limit(MOST_SUGGESTIONS).toList();
    }

    private static double apart(String one, String other) {
        return LevenshteinDistance.getDefaultInstance().apply(one, other) / (double) Math.max(1, Math.max(one.length(), other.length()));
    }
}
