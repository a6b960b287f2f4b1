package org.policygraph.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RiotException;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.parser.ShaclParseException;
import org.apache.jena.shacl.validation.ReportEntry;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.path.P_Link;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// SHACL shapes of a folder, `ontology/shapes/records` or `ontology/shapes/links`.
public final class Shapes {

    private final org.apache.jena.shacl.Shapes shapes;

    private Shapes(org.apache.jena.shacl.Shapes shapes) {
        this.shapes = shapes;
    }

    /// What a shape finds fault with.
    /// @param node the thing that does not have the shape
    /// @param path the property that is at fault, where it is one
    /// @param rule the shape's message
    public record Fault(Node node, Optional<Node> path, String rule) {}

    /// @throws ProblemException when a file is not Turtle, or not SHACL
    public static Shapes read(Path folder) {
        var graph = GraphFactory.createDefaultGraph();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(one -> one.toString().endsWith(".ttl")).sorted().toList()) {
                try {
                    RDFDataMgr.read(graph, file.toUri().toString());
                } catch (RiotException broken) {
                    throw new ProblemException(new Problem.Unreadable(Where.InFile.whole(file), broken.getMessage()));
                }
            }
            return new Shapes(org.apache.jena.shacl.Shapes.parse(graph));
        } catch (ShaclParseException broken) {
            throw new ProblemException(new Problem.Unreadable(Where.InFile.whole(folder), broken.getMessage()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Every fault in the graph, ordered by node and message.
    public List<Fault> faultsIn(Graph data) {
        var faults = new ArrayList<Fault>();
        for (var entry : ShaclValidator.get().validate(shapes, data).getEntries()) {
            faults.add(new Fault(entry.focusNode(), path(entry), entry.message()));
        }
        faults.sort(Comparator.comparing((Fault fault) -> fault.node().toString()).thenComparing(Fault::rule));
        return faults.stream().distinct().toList();
    }

    private static Optional<Node> path(ReportEntry entry) {
        return entry.resultPath() instanceof P_Link link ? Optional.of(link.getNode()) : Optional.empty();
    }
}
