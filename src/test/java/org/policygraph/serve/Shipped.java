package org.policygraph.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.policygraph.graph.Rules;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.question.Library;
import org.policygraph.store.Names;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;

/// What the project ships, for servers of tests.
final class Shipped {

    static final Path ONTOLOGY = Path.of("ontology");
    static final Path QUERIES = Path.of("queries");
    static final String VERSION = "0.1.0-test";

    private Shipped() {}

    /// With the ontology and the library that are shipped, whatever is in the store.
    static Served from(Store store) {
        var words = Vocabulary.read(ONTOLOGY);
        return new Served(store, words, Rules.read(ONTOLOGY.resolve("rules"), words.graph()), Library.read(QUERIES, new Names(words)), VERSION);
    }

    static void loadInto(Store store) {
        Loader.load(new Content(ONTOLOGY, List.of(Path.of("data")), Optional.of(QUERIES)), store, false, Progress.silent());
    }
}
