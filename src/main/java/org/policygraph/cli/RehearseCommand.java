package org.policygraph.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.policygraph.export.Export;
import org.policygraph.export.ExportFormat;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.question.Answer;
import org.policygraph.question.AnswerFormat;
import org.policygraph.question.Sparql;
import org.policygraph.serve.Server;
import org.policygraph.store.Store;
import picocli.CommandLine.Command;

/// `policygraph rehearse`: does once what the others do, in a store of its own, and ends. The launcher lets the JVM
/// watch, and keeps what it learns as an AOT cache.
@Command(name = "rehearse", hidden = true, description = "Do everything once, for the AOT cache.")
final class RehearseCommand implements Callable<Integer> {

    private static final String QUERY = "SELECT ?actor ?label { ?actor pol:develops ?technology ; rdfs:label ?label } ORDER BY ?label LIMIT 50";

    private final Terminal terminal;
    private final Home home;

    RehearseCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override public Integer call() throws IOException {
        var folder = Files.createTempDirectory("policygraph-rehearsal");
        try {
            try (var store = Store.on(folder)) {
                rehearse(store);
            }
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return ProblemExit.DONE;
    }

    private void rehearse(Store store) throws IOException {
        var content = home.content(List.of());
        try {
            Loader.load(content, store, false, Progress.silent());
            Loader.load(content, store, false, Progress.silent());
        } catch (ProblemException wrongData) {
            // Whoever loads it is told. The rest can be rehearsed without.
            terminal.err().println(wrongData.getMessage());
        }
        var prefixes = home.prefixes();
        var query = Sparql.read(QUERY, new Where.Argument("rehearsal"), prefixes);
        for (var format : AnswerFormat.of(query)) {
            Answer.write(query, store, format, OutputStream.nullOutputStream());
        }
        store.read(data -> {
            Export.write(data, Optional.empty(), ExportFormat.TTL, prefixes, OutputStream.nullOutputStream());
            return null;
        });
        try (var server = Server.start(home.served(store), "127.0.0.1", 0)) {
            for (var path : List.of("", "sparql", "sparql?query=" + URLEncoder.encode(QUERY, StandardCharsets.UTF_8))) {
                try (var answer = server.uri().resolve(path).toURL().openStream()) {
                    answer.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
        terminal.print("Rehearsed\n");
    }
}
