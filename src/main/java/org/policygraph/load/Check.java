package org.policygraph.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.source.ClaimEntry;
import org.policygraph.source.ClaimEntry.Said;
import org.policygraph.source.DataFolder;
import org.policygraph.source.DataFolder.Listener;
import org.policygraph.source.DataFolder.SourceFiles;
import org.policygraph.source.EntityEntry;
import org.policygraph.source.FigureEntry;
import org.policygraph.source.Nearest;
import org.policygraph.source.SourceEntry;

/// Tells what is wrong with data before anyone loads it: whether it would load, and what of its sources it leaves out.
public final class Check {

    /// Files of more bytes are tried out in a store in a temporary folder, others in memory.
    private static final long MOST_IN_MEMORY = 32L << 20;
    /// How much larger JSON is than gzip makes it, roughly.
    private static final int GZIP = 12;

    private final Ontology ontology;
    private final List<DataFolder> folders;
    private final Map<String, SourceText> texts = new TreeMap<>();
    private final Names names = new Names();
    private final Map<String, Where> unused = new LinkedHashMap<>();
    private final Set<String> sources = new HashSet<>();
    private final Problems problems = new Problems();
    private final List<Coverage> coverage = new ArrayList<>();
    private long entities;
    private long claims;
    private long figures;

    private Check(Ontology ontology, Content content) {
        this.ontology = ontology;
        this.folders = content.data().stream().map(folder -> new DataFolder(folder, ontology.words())).toList();
    }

    /// What a source leaves out is looked for once everything would load: a claim that can't be read covers nothing.
    /// @param texts the file with its text, by id of the source, for as many sources as there is one at hand
    /// @throws ProblemException when there is nothing to check: no ontology, no data, a text that can't be read
    public static CheckReport of(Content content, Map<String, Path> texts, Progress progress) {
        var check = new Check(Ontology.read(content.ontology()), content);
        var covered = check.coverage(texts, progress);
        var faults = check.faults(content, progress);
        return faults.isEmpty() ? covered : new CheckReport(faults, List.of(), covered.entities(), covered.claims(), covered.figures());
    }

    /// What sources leave out, of records that would load.
    static CheckReport coverage(Ontology ontology, Content content, Map<String, Path> texts, Progress progress) {
        return new Check(ontology, content).coverage(texts, progress);
    }

    private CheckReport coverage(Map<String, Path> files, Progress progress) {
        files.forEach((source, file) -> texts.put(source, SourceText.read(file)));
        tellCoverage(progress);
        return new CheckReport(problems.all(), coverage, entities, claims, figures);
    }

    /// What loading finds, in a store that is gone afterwards.
    private List<Problem> faults(Content content, Progress progress) {
        try {
            TrialStore.with(bytes() > MOST_IN_MEMORY, Path.of(System.getProperty("java.io.tmpdir")), store -> Loader.load(content, store, true, progress));
            return List.of();
        } catch (ProblemException found) {
            return found.problems();
        }
    }

    private long bytes() {
        return folders.stream().flatMap(folder -> Stream.concat(folder.entities().stream(), folder.sources(_ -> { }).stream()
                .flatMap(source -> Stream.concat(source.claims().stream(), source.figures().stream()))))
                .mapToLong(file -> size(file) * (file.toString().endsWith(".gz") ? GZIP : 1)).sum();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void tellCoverage(Progress progress) {
        for (var folder : folders) {
            folder.entities().forEach(file -> folder.entities(file, listener(this::entity, _ -> { })));
        }
        for (var folder : folders) {
            folder.sources(_ -> { }).forEach(files -> source(folder, files, progress));
        }
        texts.keySet().stream().filter(source -> !sources.contains(source)).forEach(source -> problems.accept(new Problem.Unknown(
                new Where.Argument("--text"), "source", source, Nearest.to(source, sources))));
        unused.forEach((id, where) -> problems.accept(new Problem.Violated(where,
                "no claim and no figure is about '" + id + "'; write what a source says of it, or take it out")));
    }

    private void entity(EntityEntry entity) {
        entities++;
        names.add(entity);
        unused.put(entity.id(), entity.where());
    }

    private void source(DataFolder folder, SourceFiles files, Progress progress) {
        folder.source(files.source(), listener(source -> {
            sources.add(source.id());
            source.publishedBy().ifPresent(unused::remove);
            var gaps = new Gaps(source, Optional.ofNullable(texts.get(source.id())), names, ontology.words());
            read(folder, files, gaps, progress);
            if (!source.external() || texts.containsKey(source.id())) {
                gaps.problems().forEach(problems);
                coverage.add(gaps.coverage());
            }
        }, _ -> { }));
    }

    private void read(DataFolder folder, SourceFiles files, Gaps gaps, Progress progress) {
        var total = Stream.concat(files.claims().stream(), files.figures().stream()).mapToLong(Check::size).sum();
        try (var task = progress.begin("Reading source " + files.name(), total)) {
            var before = 0L;
            for (var file : files.claims()) {
                var start = before;
                folder.claims(file, listener(claim -> {
                    use(claim);
                    gaps.claim(claim);
                }, bytes -> task.at(start + bytes)));
                before += size(file);
            }
            for (var file : files.figures()) {
                var start = before;
                folder.figures(file, listener(figure -> {
                    use(figure);
                    gaps.figure(figure);
                }, bytes -> task.at(start + bytes)));
                before += size(file);
            }
        }
    }

    private void use(ClaimEntry claim) {
        claims++;
        unused.remove(claim.subject());
        unused.remove(claim.evidence().assertedBy());
        if (claim.object() instanceof Said.OfEntity(var id)) {
            unused.remove(id);
        }
    }

    private void use(FigureEntry figure) {
        figures++;
        unused.remove(figure.about());
        unused.remove(figure.evidence().assertedBy());
        figure.place().ifPresent(unused::remove);
        figure.comparedWith().ifPresent(unused::remove);
    }

    /// Records that can't be read are told by [#faults].
    private static <T> Listener<T> listener(Consumer<T> entries, Consumer<Long> bytes) {
        return new Listener<>(entries, _ -> { }, bytes::accept);
    }
}
