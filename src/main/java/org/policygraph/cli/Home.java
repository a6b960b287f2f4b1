package org.policygraph.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.policygraph.evidence.Reasons;
import org.policygraph.graph.Rules;
import org.policygraph.load.Content;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.question.Library;
import org.policygraph.serve.Served;
import org.policygraph.store.Names;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;

/// The folder of the project, with what it ships.
record Home(Path folder) {

    private static final String PROPERTY = "policygraph.home";

    /// As the launcher tells it; the current folder when nobody does.
    static Home ofProcess() {
        return new Home(Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath().normalize());
    }

    /// @throws ProblemException `Unusable` when this is another folder
    Path ontology() {
        var ontology = folder.resolve("ontology");
        if (!Files.isRegularFile(ontology.resolve("policygraph.ttl"))) {
            throw new ProblemException(new Problem.Unusable(new Where.Resource(folder.toString()),
                    "PolicyGraph does not lie here (there is no ontology/policygraph.ttl); start it with its own ./policygraph"));
        }
        return ontology;
    }

    Path queries() {
        return folder.resolve("queries");
    }

    Path store() {
        return folder.resolve("store");
    }

    /// What the project ships, with its questions; or other data by its ontology.
    /// @param data folders; the shipped one when there is none
    Content content(List<Path> data) {
        return data.isEmpty() ? new Content(ontology(), List.of(folder.resolve("data")), Optional.of(queries()))
                : new Content(ontology(), data);
    }

    SortedMap<String, String> prefixes() {
        return words().prefixes();
    }

    Vocabulary words() {
        return Vocabulary.read(ontology());
    }

    /// @param words as [#words] read them
    Rules rules(Vocabulary words) {
        return Rules.read(ontology().resolve("rules"), words.graph());
    }

    Reasons reasons() {
        var words = words();
        return new Reasons(words, rules(words));
    }

    Served served(Store opened) {
        var words = words();
        return new Served(opened, words, rules(words), Library.read(queries(), new Names(words)), Main.Version.number());
    }
}
