package org.policygraph.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.system.PrefixMapFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.policygraph.export.Export;
import org.policygraph.export.ExportFormat;
import org.policygraph.load.Progress;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.source.Nearest;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `policygraph export`
@Command(name = "export", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Write the graph as RDF, sorted: the same content is the same file.",
        footer = {"",
            "nq, trig and jsonld tell the graphs apart; ttl, nt and rdfxml are their union,",
            "each triple once.",
            "",
            "  policygraph export --output policygraph.ttl",
            "  policygraph export --format nq | gzip > policygraph.nq.gz",
            "  policygraph export --source full-stack --format jsonld",
            "  policygraph export --graph graph:ontology"})
final class ExportCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}. Default: as --output ends, else ttl.")
    private Optional<ExportFormat> format = Optional.empty();

    /// Everything, when neither is given.
    private static final class Part {
        @Option(names = "--source", paramLabel = "ID", description = "One source alone.")
        private String source;

        @Option(names = "--graph", paramLabel = "IRI", description = "One graph alone; graph:NAME will do.")
        private String graph;
    }

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private Part part;

    @Option(names = "--output", paramLabel = "FILE", description = "The file to write, which is there when it is whole. Default: standard output.")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private StoreOption store;

    ExportCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override public Integer call() throws IOException {
        var prefixes = home.prefixes();
        try (var opened = store.openFilled(home, Progress.silent())) {
            if (output.isPresent()) {
                write(opened, prefixes, output.get());
            } else {
                write(opened, prefixes, terminal.out());
            }
        }
        return ProblemExit.DONE;
    }

    private void write(Store opened, Map<String, String> prefixes, Path file) throws IOException {
        var target = file.toAbsolutePath();
        var unfinished = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (var out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16)) {
                write(opened, prefixes, out);
            }
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void write(Store opened, Map<String, String> prefixes, OutputStream out) throws IOException {
        var chosen = format.or(() -> output.flatMap(ExportFormat::ofFile)).orElse(ExportFormat.TTL);
        opened.read(data -> {
            Export.write(data, graph(data, prefixes), chosen, prefixes, out);
            return null;
        });
        out.flush();
    }

    private Optional<Node> graph(DatasetGraph data, Map<String, String> prefixes) {
        if (part == null) {
            return Optional.empty();
        }
        if (part.source != null) {
            var start = Iris.sourceGraph("").getURI();
            return Optional.of(existing(data, Iris.sourceGraph(part.source), "--source", "source", part.source,
                    names(data).stream().filter(name -> name.startsWith(start)).map(name -> name.substring(start.length())).toList()));
        }
        var expanded = Optional.ofNullable(PrefixMapFactory.create(prefixes).expand(part.graph)).orElse(part.graph);
        return Optional.of(existing(data, NodeFactory.createURI(expanded), "--graph", "graph", part.graph, names(data)));
    }

    private static Node existing(DatasetGraph data, Node graph, String option, String kind, String typed, List<String> known) {
        if (!data.containsGraph(graph)) {
            throw new ProblemException(new Problem.Absent(new Where.Argument(option), kind, typed, Nearest.to(typed, known)));
        }
        return graph;
    }

    private static List<String> names(DatasetGraph data) {
        return Iter.asStream(data.listGraphNodes()).map(Node::getURI).sorted().toList();
    }
}
