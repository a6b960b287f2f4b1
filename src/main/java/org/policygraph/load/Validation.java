package org.policygraph.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.compose.Union;
import org.apache.jena.sparql.graph.GraphFactory;
import org.policygraph.graph.Shapes;
import org.policygraph.graph.Triples;
import org.policygraph.problem.Problem;
import org.policygraph.problem.Where;
import org.policygraph.source.ClaimEntry;
import org.policygraph.source.DataFolder;
import org.policygraph.source.DataFolder.Listener;
import org.policygraph.source.DataFolder.SourceFiles;
import org.policygraph.source.EntityEntry;
import org.policygraph.source.Entry;
import org.policygraph.source.Evidence;
import org.policygraph.source.FigureEntry;
import org.policygraph.source.Origin;
import org.policygraph.source.SourceEntry;
import org.policygraph.term.Iris;

/// Reads files without writing anything, and finds all that is wrong with them: first each record by itself and its
/// references, then, some thousand records at a time, by the shapes for records.
final class Validation {

    private static final int AT_ONCE = 5_000;

    private final Ontology ontology;
    private final Registry registry;
    private final Problems problems;
    private final Fingerprints statements = new Fingerprints();

    /// References to claims that had not been read when they were met.
    private final Set<String> awaited = new HashSet<>();

    private long entities;
    private long claims;
    private long figures;

    Validation(Ontology ontology, Registry registry, Problems problems) {
        this.ontology = ontology;
        this.registry = registry;
        this.problems = problems;
    }

    long entities() {
        return entities;
    }

    long claims() {
        return claims;
    }

    long figures() {
        return figures;
    }

    /// Entities come first: sources refer to them.
    void entities(DataFolder folder) {
        for (var file : folder.entities()) {
            try (var batch = new Batch()) {
                folder.entities(file, new Listener<>(entity -> {
                    entities++;
                    registry.add(entity.id(), entity.where(), problems);
                    batch.add(entity, sink -> ontology.triples().of(entity, sink));
                }, problems, _ -> { }));
            }
        }
    }

    void source(DataFolder folder, SourceFiles files, Progress.Task task) {
        var heads = new ArrayList<SourceEntry>();
        folder.source(files.source(), new Listener<>(heads::add, problems, _ -> { }));
        var paragraphs = new TreeSet<Integer>();
        for (var head : heads) {
            head(files, head, paragraphs);
        }
        if (heads.size() > 1) {
            problems.accept(new Problem.Invalid(heads.get(1).where(), "a second source", "one source in a file"));
        }
        var twice = new HashSet<String>();
        try (var batch = new Batch()) {
            for (var file : files.claims()) {
                folder.claims(file, new Listener<>(claim -> {
                    claims++;
                    once(files.name(), claim, twice);
                    claim(files.name(), claim, paragraphs);
                    batch.add(claim, sink -> ontology.triples().of(files.name(), claim, sink));
                }, problems, task::at));
            }
            for (var file : files.figures()) {
                folder.figures(file, new Listener<>(figure -> {
                    figures++;
                    once(files.name(), figure, twice);
                    figure(figure, paragraphs);
                    batch.add(figure, sink -> ontology.triples().of(files.name(), figure, sink));
                }, problems, task::at));
            }
        }
        if (!twice.isEmpty()) {
            tellTwice(folder, files, twice);
        }
    }

    /// Once all sources are read: references to claims that never came.
    /// @param stored whether the store has a claim of this IRI
    void awaited(DataFolder folder, List<SourceFiles> sources, Predicate<Node> stored) {
        awaited.removeIf(name -> statements.contains(name) || stored.test(Iris.id(name)));
        if (awaited.isEmpty()) {
            return;
        }
        for (var files : sources) {
            for (var file : files.claims()) {
                folder.claims(file, new Listener<>(claim -> {
                    missing(files.name(), claim, "supports", claim.supports());
                    missing(files.name(), claim, "disputes", claim.disputes());
                }, _ -> { }, _ -> { }));
            }
        }
    }

    private void missing(String source, ClaimEntry claim, String field, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            var name = qualified(source, names.get(i));
            if (awaited.contains(name)) {
                problems.accept(new Problem.Unknown(claim.origin().of(field, i), "claim", names.get(i), List.of()));
            }
        }
    }

    private void head(SourceFiles files, SourceEntry head, Set<Integer> paragraphs) {
        registry.add(head.id(), head.where(), problems);
        if (!head.id().equals(files.name())) {
            problems.accept(new Problem.Invalid(in(head, "id"), "'" + head.id() + "'", "the name of its folder, '" + files.name() + "'"));
        }
        head.publishedBy().ifPresent(publisher -> registry.check(publisher, in(head, "publishedBy"), problems));
        for (var passage : head.passages()) {
            if (!paragraphs.add(passage.number())) {
                problems.accept(new Problem.Invalid(passage.where(), "paragraph " + passage.number() + " again", "each paragraph once"));
            }
        }
        for (var waived : head.notFigures()) {
            paragraph(waived.paragraph(), waived.where(), paragraphs);
        }
        try (var batch = new Batch()) {
            batch.add(head, sink -> ontology.triples().of(head, sink));
        }
    }

    private void once(String source, Entry entry, Set<String> twice) {
        if (!statements.add(source + "." + entry.id())) {
            twice.add(entry.id());
        }
    }

    /// Reads the files once more, to tell where the ids that seem to be there twice really stand.
    private void tellTwice(DataFolder folder, SourceFiles files, Set<String> twice) {
        var first = new HashMap<String, Where.InFile>();
        Consumer<Entry> look = entry -> {
            if (twice.contains(entry.id())) {
                var before = first.putIfAbsent(entry.id(), entry.where());
                if (before != null) {
                    problems.accept(new Problem.Invalid(in(entry, "id"), "the id '" + entry.id() + "' again",
                            "an id that is used once in its source (the first is at " + before + ")"));
                }
            }
        };
        files.claims().forEach(file -> folder.claims(file, new Listener<>(look::accept, _ -> { }, _ -> { })));
        files.figures().forEach(file -> folder.figures(file, new Listener<>(look::accept, _ -> { }, _ -> { })));
    }

    private void claim(String source, ClaimEntry claim, Set<Integer> paragraphs) {
        registry.check(claim.subject(), in(claim, "subject"), problems);
        if (claim.object() instanceof ClaimEntry.Said.OfEntity(var id)) {
            registry.check(id, in(claim, "object"), problems);
        }
        evidence(claim, claim.evidence(), paragraphs);
        for (var names : List.of(claim.supports(), claim.disputes())) {
            names.stream().map(name -> qualified(source, name)).filter(name -> !statements.contains(name)).forEach(awaited::add);
        }
    }

    private void figure(FigureEntry figure, Set<Integer> paragraphs) {
        registry.check(figure.about(), in(figure, "about"), problems);
        figure.place().ifPresent(place -> registry.check(place, in(figure, "place"), problems));
        figure.comparedWith().ifPresent(other -> registry.check(other, in(figure, "comparedWith"), problems));
        evidence(figure, figure.evidence(), paragraphs);
    }

    private void evidence(Entry entry, Evidence evidence, Set<Integer> paragraphs) {
        registry.check(evidence.assertedBy(), in(entry, "assertedBy"), problems);
        evidence.paragraphs().forEach(number -> paragraph(number, in(entry, "paragraphs"), paragraphs));
    }

    private void paragraph(int number, Where where, Set<Integer> paragraphs) {
        if (!paragraphs.contains(number)) {
            problems.accept(new Problem.Invalid(where, "paragraph " + number, paragraphs.isEmpty() ? "none: the source has no passages"
                    : "a paragraph of the source, of which there are " + paragraphs.size()));
        }
    }

    private static String qualified(String source, String name) {
        return Triples.claimIri(source, name).getURI().substring(Iris.ID.length());
    }

    private static Where.InFile in(Entry entry, String field) {
        return entry.origin().of(field);
    }

    /// Some records as triples, judged by the shapes for records when there are enough of them or no more.
    private final class Batch implements AutoCloseable {

        private Graph graph = GraphFactory.createDefaultGraph();
        private final Map<Node, Origin> origins = new HashMap<>();
        private int size;

        void add(Entry entry, Consumer<Consumer<Triple>> triples) {
            triples.accept(triple -> {
                graph.add(triple);
                origins.putIfAbsent(triple.getSubject(), entry.origin());
            });
            if (++size == AT_ONCE) {
                judge();
            }
        }

        private void judge() {
            ontology.records().faultsIn(new Union(graph, ontology.words().graph())).forEach(fault -> problems.accept(violated(fault, origins)));
            graph = GraphFactory.createDefaultGraph();
            origins.clear();
            size = 0;
        }

        @Override public void close() {
            if (size > 0) {
                judge();
            }
        }
    }

    /// The fault, told of the JSON that caused it.
    static Problem violated(Shapes.Fault fault, Map<Node, Origin> origins) {
        var record = origins.get(fault.node());
        if (record == null) {
            return new Problem.Violated(new Where.Resource(fault.node().toString()), fault.rule());
        }
        return new Problem.Violated(fault.path().flatMap(Triples::field).map(record::of).orElse(record.where()), fault.rule());
    }
}
