package org.policygraph.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.apache.jena.query.text.Entity;
import org.apache.jena.query.text.EntityDefinition;
import org.apache.jena.query.text.TextHit;
import org.apache.jena.query.text.TextIndexConfig;
import org.apache.jena.query.text.TextIndexException;
import org.apache.jena.query.text.TextIndexLucene;
import org.apache.jena.query.text.TextIndexParseException;
import org.apache.jena.query.text.TextQueryFuncs;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.term.Iris;

/// Labels, aliases and definitions in Lucene, one document for each quad; `text:query` of SPARQL asks it too.
///
/// What things are called (entities, sources, concepts, terms of the ontology) has more fields than the glosses of claims,
/// of which there may be millions: its whole text as [Spelling#folded] has it, and how it sounds.
public final class FullText extends TextIndexLucene {

    // As jena-text has them; these names may be used in text:query.
    public static final String IRI = "uri";
    public static final String GRAPH = "graph";
    public static final String LANGUAGE = "lang";
    public static final String LABEL = "label";
    public static final String ALIAS = "alias";
    public static final String DEFINITION = "definition";
    private static final String UID = "uid";

    /// Of things only: which of [#LABEL], [#ALIAS], [#DEFINITION] the document has.
    public static final String ROLE = "role";
    /// Of things only: the IRI, for each document to be told quickly.
    public static final String THING = "thing";
    /// Of labels and aliases: the text as [Spelling#folded] has it.
    public static final String WHOLE = "whole";
    /// Of Chinese labels and aliases: the pinyin of it all, without spaces.
    public static final String SOUND = "sound";
    /// The same from each syllable on.
    public static final String SOUNDS = "sounds";

    /// Longer names can't be found as a whole; Lucene refuses terms beyond 32 kB.
    public static final int LONGEST_WHOLE = 400;
    public static final int LONGEST_SOUND = 40;

    /// What a text asks for; a word that stands for many others costs some hundred times as much as one that stands for itself.
    private static final int MOST_CLAUSES = 128;
    private static final int MOST_VAGUE = 8;
    private static final int LONGEST_VAGUE = 100;
    private static final int LONGEST_ASKED = 4_000;
    private static final int LONGEST_SHOWN = 40;

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private static final String STAMP = "stamp";
    private static final Analyzer INDEXED = new FullTextAnalyzer(true);
    private static final Analyzer ASKED = new FullTextAnalyzer(false);

    private boolean touched;

    FullText(Directory directory) {
        super(directory, config());
    }

    private static TextIndexConfig config() {
        var fields = new EntityDefinition(IRI, LABEL, GRAPH, RDFS.label.asNode());
        fields.set(ALIAS, SKOS.altLabel.asNode());
        fields.set(DEFINITION, SKOS.definition.asNode());
        fields.setLangField(LANGUAGE);
        fields.setUidField(UID);
        var config = new TextIndexConfig(fields);
        config.setAnalyzer(INDEXED);
        var exactly = new KeywordAnalyzer();
        config.setQueryAnalyzer(new PerFieldAnalyzerWrapper(ASKED, Map.of(IRI, exactly, GRAPH, exactly, LANGUAGE, exactly, UID, exactly)));
        config.setValueStored(true);
        return config;
    }

    /// Whether quads with this property are in the index.
    boolean concerns(Node property) {
        return getDocDef().getField(property) != null;
    }

    /// The properties whose texts are in the index.
    List<Node> properties() {
        return List.of(RDFS.label.asNode(), SKOS.altLabel.asNode(), SKOS.definition.asNode());
    }

    void added(Quad quad) {
        entity(quad).ifPresent(entity -> {
            touched = true;
            addEntity(entity);
        });
    }

    void deleted(Quad quad) {
        entity(quad).ifPresent(entity -> {
            touched = true;
            deleteEntity(entity);
        });
    }

    void deletedGraph(Node graph) {
        touched = true;
        change(() -> getIndexWriter().deleteDocuments(new Term(GRAPH, TextQueryFuncs.graphNodeToString(graph))));
    }

    void deletedAll() {
        touched = true;
        change(() -> getIndexWriter().deleteAll());
    }

    /// The default graph is no part of what a query sees.
    private Optional<Entity> entity(Quad quad) {
        return quad.isDefaultGraph() || !quad.getObject().isLiteral() ? Optional.empty()
                : Optional.ofNullable(TextQueryFuncs.entityFromQuad(getDocDef(), quad));
    }

    /// What the document of a quad keeps; empty for a quad that has none.
    Optional<List<String>> kept(Quad quad) {
        return concerns(quad.getPredicate()) ? entity(quad).map(this::doc).map(FullText::kept) : Optional.empty();
    }

    static List<String> kept(Document document) {
        return document.getFields().stream().filter(field -> field.fieldType().stored()).map(field -> field.name() + "=" + field.stringValue()).sorted().toList();
    }

    boolean isTouched() {
        return touched;
    }

    @Override public void commit() {
        super.commit();
        touched = false;
    }

    @Override public void rollback() {
        super.rollback();
        touched = false;
    }

    /// What is not committed is gone: Lucene's own way to close commits it, also of a transaction that the quads have not
    /// committed and never will.
    @Override public void close() {
        var writer = getIndexWriter();
        if (writer != null) {
            change(writer::rollback);
        }
    }

    /// What [#stamp] was given last; empty when never.
    String stamped() {
        try (var reader = DirectoryReader.open(getDirectory())) {
            return reader.getIndexCommit().getUserData().getOrDefault(STAMP, "");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Says which state of the data the index belongs to. Commits.
    void stamp(String state) {
        getIndexWriter().setLiveCommitData(Map.of(STAMP, state).entrySet());
        commit();
    }

    @Override protected Document doc(Entity entity) {
        var document = super.doc(entity);
        // Lucene looks a text's length up by a walk through the documents that have the field, unless all have it.
        getDocDef().fields().stream().filter(field -> entity.get(field) == null)
                .forEach(field -> document.add(new TextField(field, "", Field.Store.NO)));
        if (isThing(entity)) {
            entity.getMap().forEach((role, text) -> describe(document, entity.getId(), role, (String) text));
        }
        return document;
    }

    /// An entity, a concept, a term of the ontology, or a source: of all that its graph names, that one alone is no part of it.
    private static boolean isThing(Entity entity) {
        var graph = entity.getGraph();
        var source = Iris.sourceGraph("").getURI();
        return graph.equals(Iris.REGISTRY_GRAPH.getURI()) || graph.equals(Iris.ONTOLOGY_GRAPH.getURI())
                || graph.startsWith(source) && entity.getId().equals(Iris.ID + graph.substring(source.length()));
    }

    private static void describe(Document document, String iri, String role, String text) {
        document.add(new StringField(ROLE, role, Field.Store.NO));
        document.add(new SortedDocValuesField(THING, new BytesRef(iri)));
        if (role.equals(DEFINITION)) {
            return;
        }
        document.add(new StringField(WHOLE, cut(Spelling.folded(text), LONGEST_WHOLE), Field.Store.NO));
        if (Spelling.isHan(text)) {
            for (var reading : Spelling.readings(text)) {
                var endings = Spelling.endings(reading);
                endings.stream().findFirst().ifPresent(sound -> document.add(new StringField(SOUND, cut(sound, LONGEST_WHOLE), Field.Store.NO)));
                endings.stream().limit(LONGEST_SOUND).forEach(sound -> document.add(new StringField(SOUNDS, cut(sound, LONGEST_SOUND), Field.Store.NO)));
            }
        }
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) : text;
    }

    /// The words that a text is looked for by, Chinese in pairs of characters.
    public static List<String> words(String text) {
        return words(ASKED, text);
    }

    /// The same, single characters of Chinese among them.
    public static List<String> singleWords(String text) {
        return words(INDEXED, text);
    }

    private static List<String> words(Analyzer analyzer, String text) {
        var words = new ArrayList<String>();
        try (var stream = analyzer.tokenStream(LABEL, text)) {
            var word = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(word.toString());
            }
            stream.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return words;
    }

    /// Work on the index as it was last committed.
    public interface Searching<T> {
        T in(IndexSearcher searcher) throws IOException;
    }

    public <T> T search(Searching<T> work) {
        try (var reader = DirectoryReader.open(getDirectory())) {
            return work.in(new IndexSearcher(reader));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// What `text:query` comes to.
    /// @throws ProblemException `Invalid` when the text is not in Lucene's syntax, or a regular expression
    @Override public List<TextHit> query(Node subject, List<Resource> properties, String text, String graph, String language, int limit, String highlight) {
        refuseCostly(text);
        try {
            return super.query(subject, properties.stream().distinct().toList(), text, graph, language, limit, highlight);
        } catch (TextIndexParseException wrong) {
            throw malformed(text);
        } catch (TextIndexException failed) {
            if (failed.getCause() instanceof IOException) {
                throw failed;
            }
            // Too many clauses, an expression too complex to be compiled: the text's fault as well.
            throw malformed(text);
        }
    }

    /// Lucene can't be stopped in what it does: a short regular expression may keep a processor busy for as long as it likes, and
    /// so may many words that stand for many others each.
    private static void refuseCostly(String text) {
        if (text.length() > LONGEST_ASKED) {
            throw malformed(text.substring(0, LONGEST_SHOWN) + "…");
        }
        try {
            new Weighing().parse(text);
        } catch (ParseException | StackOverflowError wrong) {
            throw malformed(text);
        }
    }

    /// Counts what the index would be asked for.
    private static final class Weighing extends QueryParser {
        private int clauses;
        private int vague;

        private Weighing() {
            super(LABEL, ASKED);
            setAllowLeadingWildcard(true);
        }

        private void clauses(int more) throws ParseException {
            clauses += more;
            if (clauses > MOST_CLAUSES) {
                throw new ParseException("too many words");
            }
        }

        private void vague(String term) throws ParseException {
            clauses(1);
            if (++vague > MOST_VAGUE || term.length() > LONGEST_VAGUE) {
                throw new ParseException("too many vague words");
            }
        }

        @Override protected Query getFieldQuery(String field, String words, boolean quoted) throws ParseException {
            // Words side by side come as one.
            clauses(BLANKS.split(words).length);
            return super.getFieldQuery(field, words, quoted);
        }

        @Override protected Query getFuzzyQuery(String field, String term, float similarity) throws ParseException {
            vague(term);
            return super.getFuzzyQuery(field, term, similarity);
        }

        @Override protected Query getWildcardQuery(String field, String term) throws ParseException {
            vague(term);
            return super.getWildcardQuery(field, term);
        }

        @Override protected Query getPrefixQuery(String field, String term) throws ParseException {
            vague(term);
            return super.getPrefixQuery(field, term);
        }

        @Override protected Query getRangeQuery(String field, String from, String to, boolean withFrom, boolean withTo) throws ParseException {
            vague(from == null ? "" : from);
            return super.getRangeQuery(field, from, to, withFrom, withTo);
        }

        @Override protected Query getRegexpQuery(String field, String expression) throws ParseException {
            throw new ParseException("a regular expression");
        }
    }

    private static ProblemException malformed(String text) {
        return new ProblemException(new Problem.Invalid(new Where.Argument("text:query"), "'" + text + "'",
                "Lucene's query syntax without regular expressions, at most " + MOST_CLAUSES + " words and of these " + MOST_VAGUE
                + " with ~ or *; \\ before a sign such as / * \" ( makes it a letter"));
    }

    private interface Change {
        void run() throws IOException;
    }

    private static void change(Change change) {
        try {
            change.run();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
