package org.policygraph.load;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.policygraph.problem.Problem;
import org.policygraph.source.DataFolder;
import org.policygraph.source.DataFolder.Listener;
import org.policygraph.source.DataFolder.SourceFiles;
import org.policygraph.source.QuestionEntry;
import org.policygraph.source.QuestionFile;
import org.policygraph.term.Iris;
import org.policygraph.term.Vocabulary;

/// Files that become one graph.
sealed interface Unit {

    Node graph();

    List<Path> files();

    /// A word for progress and errors.
    String name();

    /// The ontology and its taxonomies.
    record OfOntology(Ontology ontology) implements Unit {
        @Override public Node graph() {
            return Iris.ONTOLOGY_GRAPH;
        }

        @Override public List<Path> files() {
            var files = new ArrayList<>(Vocabulary.files(ontology.folder()));
            // What rules infer is as much the ontology's as what it states.
            try (var rules = Files.list(ontology.folder().resolve("rules"))) {
                rules.sorted().forEach(files::add);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            return files;
        }

        @Override public String name() {
            return "ontology";
        }
    }

    /// The entities of all folders.
    record OfRegistry(List<DataFolder> folders) implements Unit {
        @Override public Node graph() {
            return Iris.REGISTRY_GRAPH;
        }

        @Override public List<Path> files() {
            return folders.stream().flatMap(folder -> folder.entities().stream()).toList();
        }

        @Override public String name() {
            return "entities";
        }
    }

    record OfSource(DataFolder folder, SourceFiles source) implements Unit {
        @Override public Node graph() {
            return Iris.sourceGraph(source.name());
        }

        @Override public List<Path> files() {
            var files = new ArrayList<>(List.of(source.source()));
            files.addAll(source.claims());
            files.addAll(source.figures());
            return files;
        }

        @Override public String name() {
            return "source " + source.name();
        }
    }

    /// The question library, as examples that other clients can find.
    record OfQuestions(Path folder) implements Unit {
        @Override public Node graph() {
            return Iris.QUESTIONS_GRAPH;
        }

        @Override public List<Path> files() {
            try {
                return QuestionFile.in(folder);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        @Override public String name() {
            return "questions";
        }

        void read(Consumer<QuestionEntry> questions, Consumer<Problem> problems) {
            files().forEach(file -> new QuestionFile(file).read(problems).ifPresent(questions));
        }
    }

    /// Every triple of the files, which are known to be right.
    default void triples(Ontology ontology, Consumer<Triple> sink, Consumer<Problem> problems, Progress.Task task) {
        var triples = ontology.triples();
        switch (this) {
            case OfOntology(var itself) -> itself.words().graph().find().forEach(sink);
            case OfRegistry(var folders) -> {
                for (var folder : folders) {
                    folder.entities().forEach(file -> folder.entities(file,
                            new Listener<>(entity -> triples.of(entity, sink), problems, _ -> { })));
                }
            }
            case OfQuestions questions -> {
                triples.prefixes(sink);
                questions.read(question -> triples.of(question, sink), problems);
            }
            case OfSource(var folder, var source) -> {
                folder.source(source.source(), new Listener<>(entry -> triples.of(entry, sink), problems, _ -> { }));
                var before = new long[1];
                for (var file : source.claims()) {
                    folder.claims(file, new Listener<>(claim -> triples.of(source.name(), claim, sink), problems, bytes -> task.at(before[0] + bytes)));
                    before[0] += size(file);
                }
                for (var file : source.figures()) {
                    folder.figures(file, new Listener<>(figure -> triples.of(source.name(), figure, sink), problems, bytes -> task.at(before[0] + bytes)));
                    before[0] += size(file);
                }
            }
        }
    }

    /// How many bytes the files have, as they lie on disk.
    default long bytes() {
        return files().stream().mapToLong(Unit::size).sum();
    }

    /// SHA-256 over the names and the bytes of the files, in hexadecimal.
    default String fingerprint() {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            for (var file : files()) {
                hash.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                hash.update((byte) 0);
                try (var in = new DigestInputStream(Files.newInputStream(file), hash)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
                hash.update((byte) 0);
            }
            return HexFormat.of().formatHex(hash.digest());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
