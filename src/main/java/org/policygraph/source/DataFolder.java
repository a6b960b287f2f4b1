package org.policygraph.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.policygraph.problem.Problem;
import org.policygraph.problem.Where;
import org.policygraph.term.Vocabulary;

/// A folder of data: `entities/*` and `sources/<id>/{source,claims,figures}`, as JSON arrays or NDJSON, each also gzipped.
public final class DataFolder {

    private static final Pattern RECORDS = Pattern.compile("(.+?)\\.(json|ndjson)(\\.gz)?");

    private final Path folder;
    private final Forms forms;

    public DataFolder(Path folder, Vocabulary words) {
        this.folder = folder;
        this.forms = new Forms(words);
    }

    /// The files of one source.
    public record SourceFiles(Path folder, Path source, List<Path> claims, List<Path> figures) {

        public SourceFiles {
            claims = List.copyOf(claims);
            figures = List.copyOf(figures);
        }

        /// As the folder is called; the source's id must be the same.
        public String name() {
            return folder.getFileName().toString();
        }
    }

    /// What hears the records of a file as they are read.
    /// @param bytesRead is told now and then how much of the file, as it lies on disk, has been read
    public record Listener<T>(Consumer<T> entries, Consumer<Problem> problems, LongConsumer bytesRead) {}

    /// Files of entities, in a fixed order.
    public List<Path> entities() {
        return records(folder.resolve("entities"));
    }

    /// Sources in the order of their names. A folder without `source.json`, or a file that no one reads, is a problem.
    public List<SourceFiles> sources(Consumer<Problem> problems) {
        var found = new ArrayList<SourceFiles>();
        for (var source : list(folder.resolve("sources")).stream().filter(Files::isDirectory).toList()) {
            var claims = new ArrayList<Path>();
            var figures = new ArrayList<Path>();
            for (var file : records(source)) {
                var matcher = RECORDS.matcher(file.getFileName().toString());
                switch (matcher.matches() ? matcher.group(1) : "") {
                    case "source" -> { }
                    case "claims" -> claims.add(file);
                    case "figures" -> figures.add(file);
                    default -> problems.accept(new Problem.Unknown(Where.InFile.whole(file), "file of a source", file.getFileName().toString(),
                            List.of("source.json", "claims.json", "figures.json")));
                }
            }
            var head = source.resolve("source.json");
            if (Files.exists(head)) {
                found.add(new SourceFiles(source, head, claims, figures));
            } else {
                problems.accept(new Problem.Unreadable(Where.InFile.whole(source), "the folder has no source.json; write one, or move the folder away"));
            }
        }
        return found;
    }

    /// Whether there is anything to read at all.
    public boolean isEmpty() {
        return entities().isEmpty() && list(folder.resolve("sources")).isEmpty();
    }

    public void entities(Path file, Listener<EntityEntry> listener) {
        read(file, forms.entity(), listener, EntityEntry::of);
    }

    public void source(Path file, Listener<SourceEntry> listener) {
        read(file, forms.source(), listener, SourceEntry::of);
    }

    public void claims(Path file, Listener<ClaimEntry> listener) {
        read(file, forms.claim(), listener, read -> ClaimEntry.of(read, forms.words()));
    }

    public void figures(Path file, Listener<FigureEntry> listener) {
        read(file, forms.figure(), listener, FigureEntry::of);
    }

    private static <T> void read(Path file, Form form, Listener<T> listener, Function<Form.Read, T> entry) {
        new JsonFile(file).forEach(item -> form.read(item, listener.problems()).map(entry).ifPresent(listener.entries()),
                listener.problems(), bytes -> listener.bytesRead().accept(bytes));
    }

    private static List<Path> records(Path folder) {
        return list(folder).stream().filter(file -> RECORDS.matcher(file.getFileName().toString()).matches()).toList();
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
