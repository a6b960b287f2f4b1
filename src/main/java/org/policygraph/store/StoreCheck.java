package org.policygraph.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.compose.Union;
import org.apache.jena.mem.GraphMemFast;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.tdb2.store.DatasetGraphTDB;
import org.apache.jena.tdb2.store.StoragePrefixesTDB;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.VOID;
import org.apache.lucene.index.DirectoryReader;
import org.policygraph.graph.Inference;
import org.policygraph.graph.Rules;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.term.Iris;

/// Finds what is damaged in a store: a disk that fails, a file that was written by something else.
public final class StoreCheck {

    /// What is wrong and what helps.
    /// @param remedy what to do, as a sentence
    public record Damage(String what, String remedy) {}

    /// @param quads   how many there are
    /// @param skipped what was not looked at and why, as sentences
    public record Report(long quads, List<Damage> damages, List<String> skipped) {
        public boolean clean() {
            return damages.isEmpty();
        }
    }

    private static final String RESTORE = "restore a backup (policygraph restore), or load it anew (policygraph load --fresh into a new folder)";
    private static final String REINDEX = "take the folder " + StoreFolder.TEXT_INDEX + " away: it is made anew when the store is opened";
    private static final String REINFER = "load what is shipped with --fresh, or restore a backup";

    /// Facts and what follows from them are held in memory to be compared, so many bytes for each.
    private static final long BYTES_OF_TRIPLE = 500;

    private static final Pattern ENTRY = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18}) sha256 ([0-9a-f]{64})");

    private final Path folder;
    private final Optional<Rules> rules;
    private final Graph ontology;
    private final Consumer<String> progress;
    private final List<Damage> damages = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    private StoreCheck(Path folder, Optional<Rules> rules, Graph ontology, Consumer<String> progress) {
        this.folder = folder;
        this.rules = rules;
        this.ontology = ontology;
        this.progress = progress;
    }

    /// Reads all of it. Nothing is changed, but for what opening the store mends by itself.
    /// @param rules    by which its graph was inferred; without, that is not looked at
    /// @param ontology that the rules belong to
    /// @throws ProblemException `Unusable` when a process has it open or a later version wrote it
    public static Report of(Path folder, Optional<Rules> rules, Graph ontology, Consumer<String> progress) {
        var check = new StoreCheck(folder, rules, ontology, progress);
        try {
            return check.run();
        } catch (IOException unreadable) {
            throw new ProblemException(new Problem.Unusable(new Where.Resource(folder.toString()), "the folder can't be read (" + unreadable.getMessage() + ")"));
        }
    }

    private Report run() throws IOException {
        var place = new StoreFolder(folder);
        var format = new ArrayList<String>();
        place.alone(() -> {
            try {
                StoreFormat.of(folder).ifPresent(found -> found.requireReadable(new Where.Resource(folder.toString()), "store"));
            } catch (ProblemException damaged) {
                if (!damaged.getMessage().contains("damaged")) {
                    throw damaged;
                }
                format.add(damaged.problems().getFirst().message());
            }
            for (var generation : place.generations()) {
                BlockFiles.damage(generation).ifPresent(format::add);
            }
        });
        if (!format.isEmpty()) {
            format.forEach(what -> damages.add(new Damage(what, RESTORE)));
            return new Report(0, damages, skipped);
        }
        var quads = new long[1];
        Damaged.examine("the store", what -> damages.add(new Damage(what, RESTORE)), () -> {
            try (var store = Store.on(folder, progress)) {
                quads[0] = run(store);
            }
        });
        return new Report(quads[0], damages, skipped);
    }

    private long run(Store store) {
        return store.read(data -> {
            var tables = tables((DatasetGraphTDB) data);
            if (damages.isEmpty()) {
                progress.accept("Comparing the text index");
                Damaged.examine("the text index", what -> damages.add(new Damage(what, REINDEX)), () -> texts(store, (DatasetGraphTDB) data));
                Damaged.examine("what the dataset says of itself", what -> damages.add(new Damage(what, RESTORE)), () -> description(data));
                Damaged.examine("the history of edits", what -> damages.add(new Damage(what, RESTORE)), () -> edits(store, data));
                progress.accept("Inferring anew");
                Damaged.examine("the inferred graph", what -> damages.add(new Damage(what, REINFER)), () -> inferred(data, tables));
            }
            return tables;
        });
    }

    private long tables(DatasetGraphTDB data) {
        Consumer<String> damage = what -> damages.add(new Damage(what, RESTORE));
        progress.accept("Reading the indexes of %s".formatted(folder));
        var triples = new TableCheck("triples", data.getTripleTable().getNodeTupleTable(), damage);
        var quads = new TableCheck("quads", data.getQuadTable().getNodeTupleTable(), damage);
        var prefixes = new TableCheck("prefixes", ((StoragePrefixesTDB) data.getStoragePrefixes()).getNodeTupleTable(), damage);
        quads.terms();
        prefixes.terms();
        prefixes.run();
        return triples.run() + quads.run();
    }

    /// By the number of documents and a sum over all that they keep; what they don't keep has checksums of Lucene's own.
    private void texts(Store store, DatasetGraphTDB data) {
        var sum = new long[2];
        store.texts().properties().forEach(property -> data.find(Node.ANY, Node.ANY, property, Node.ANY)
                .forEachRemaining(quad -> store.texts().kept(quad).ifPresent(kept -> {
                    sum[0]++;
                    sum[1] += hash(kept);
                })));
        var found = new long[2];
        try (var reader = DirectoryReader.open(store.texts().getDirectory())) {
            for (var leaf : reader.leaves()) {
                leaf.reader().checkIntegrity();
                var live = leaf.reader().getLiveDocs();
                var stored = leaf.reader().storedFields();
                for (int document = 0; document < leaf.reader().maxDoc(); document++) {
                    if (live == null || live.get(document)) {
                        found[0]++;
                        found[1] += hash(FullText.kept(stored.document(document)));
                    }
                }
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        if (sum[0] != found[0] || sum[1] != found[1]) {
            damages.add(new Damage("the text index has other texts (%,d) than the quads (%,d)".formatted(found[0], sum[0]), REINDEX));
        }
    }

    private static long hash(List<String> kept) {
        var hash = 1125899906842597L;
        for (var field : kept) {
            for (int at = 0; at < field.length(); at++) {
                hash = 31 * hash + field.charAt(at);
            }
            hash = hash * 0xff51afd7ed558ccdL ^ hash >>> 33;
        }
        return hash;
    }

    private void description(DatasetGraph data) {
        Map<Node, Long> sizes = new HashMap<>();
        for (var quads = data.find(Quad.ANY); quads.hasNext();) {
            sizes.merge(quads.next().getGraph(), 1L, Long::sum);
        }
        data.getGraph(Iris.DATASET_GRAPH).find(Node.ANY, VOID.triples.asNode(), Node.ANY).forEach(said -> {
            var told = ((Number) said.getObject().getLiteralValue()).longValue();
            var there = sizes.getOrDefault(said.getSubject(), 0L);
            if (told != there) {
                damages.add(new Damage("%s has %,d triples, and the dataset says %,d".formatted(said.getSubject(), there, told), RESTORE));
            }
        });
        var version = DatasetVersion.of(data);
        if (version.isPresent() && !version.get().equals(DatasetVersion.expected(data))) {
            damages.add(new Damage("the version of the dataset, " + version.get() + ", is not that of its files and edits, " + DatasetVersion.expected(data), RESTORE));
        }
    }

    private void edits(Store store, DatasetGraph data) {
        data.getGraph(Iris.EDITS_GRAPH).find(Node.ANY, DCTerms.identifier.asNode(), Node.ANY).forEach(said -> {
            var entry = ENTRY.matcher(said.getObject().getLiteralLexicalForm());
            if (entry.matches()) {
                store.journal().read(new Journal.Entry(Long.parseLong(entry.group(1)), Long.parseLong(entry.group(2)), entry.group(3)));
            }
        });
    }

    private void inferred(DatasetGraph data, long quads) {
        if (rules.isEmpty() || !isOf(data)) {
            skipped.add("what rules inferred: the store was loaded with another ontology than this program's");
            return;
        }
        if (quads * BYTES_OF_TRIPLE > Runtime.getRuntime().maxMemory() / 2) {
            skipped.add("what rules inferred: %,d quads need a heap of about %,d MB to be inferred anew; set POLICYGRAPH_OPTS=-Xmx…".formatted(quads, quads * BYTES_OF_TRIPLE * 2 >> 20));
            return;
        }
        Graph facts = new GraphMemFast();
        Graph again = new GraphMemFast();
        for (var found = data.find(); found.hasNext();) {
            var quad = found.next();
            if (!quad.isDefaultGraph() && !quad.getGraph().equals(Iris.INFERRED_GRAPH)) {
                facts.add(quad.asTriple());
            }
        }
        var inference = new Inference(rules.get(), new Union(facts, again), again);
        facts.find().toList().stream().filter(rules.get()::concern).forEach(inference::added);
        var there = data.getGraph(Iris.INFERRED_GRAPH);
        var missing = again.find().filterDrop(there::contains).toList().size();
        var without = there.find().filterDrop(again::contains).toList().size();
        if (missing + without > 0) {
            damages.add(new Damage("the inferred graph lacks %,d triples that follow, and has %,d that do not".formatted(missing, without), REINFER));
        }
    }

    private boolean isOf(DatasetGraph data) {
        var stated = data.getGraph(Iris.ONTOLOGY_GRAPH);
        List<Triple> words = ontology.find().toList();
        return stated.size() == words.size() && words.stream().allMatch(stated::contains);
    }

    /// Whether there is anything to check.
    public static boolean isStore(Path folder) {
        try {
            return Files.isDirectory(folder) && (Files.exists(folder.resolve(StoreFormat.FILE)) || !new StoreFolder(folder).generations().isEmpty());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
