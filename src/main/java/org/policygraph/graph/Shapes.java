package org.policygraph.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.riot.RiotException;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.parser.ShaclParseException;
import org.apache.jena.shacl.ValidationReport;
import org.apache.jena.shacl.engine.Target;
import org.apache.jena.shacl.engine.TargetType;
import org.apache.jena.shacl.engine.ValidationContext;
import org.apache.jena.shacl.parser.Shape;
import org.apache.jena.shacl.validation.ReportEntry;
import org.apache.jena.shacl.validation.VLib;
import org.apache.jena.shacl.vocabulary.SHACL;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.path.P_Link;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// SHACL shapes of a folder, `ontology/shapes/records` or `ontology/shapes/links`.
public final class Shapes {

    /// So many nodes are judged one by one; beyond, the shape is asked of all.
    private static final int MOST_TOUCHED = 2_000;

    private final org.apache.jena.shacl.Shapes shapes;
    private final Map<Shape, Sight> sights = new HashMap<>();
    private final Map<Target, Query> searches = new HashMap<>();

    private Shapes(org.apache.jena.shacl.Shapes shapes) {
        this.shapes = shapes;
        shapes.getTargetShapes().forEach(shape -> {
            sights.put(shape, Sight.of(shapes.getGraph(), shape.getShapeNode()));
            shape.getTargets().stream().filter(target -> target.getTargetType() == TargetType.targetExtension)
                    .forEach(target -> search(target).ifPresent(query -> searches.put(target, query)));
        });
    }

    private Optional<Query> search(Target target) {
        return shapes.getGraph().find(target.getObject(), SHACL.select, Node.ANY)
                .mapWith(select -> QueryFactory.create(Sight.prefixes(shapes.getGraph()) + select.getObject().getLiteralLexicalForm())).nextOptional();
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
        return faults(ShaclValidator.get().validate(shapes, data));
    }

    /// Every fault that was not there before some triples came or went, and perhaps some that were; the work is that of what
    /// they touch.
    /// @param changed triples that have come or gone, those that follow among them
    /// @param data    as it is now
    public List<Fault> faultsIn(Graph data, Collection<Triple> changed) {
        var judging = ValidationContext.create(shapes, data);
        sights.forEach((shape, sight) -> sight.touched(changed, data, MOST_TOUCHED)
                .map(touched -> (Collection<Node>) touched.stream().filter(node -> isTarget(shape, node, data)).toList())
                .orElseGet(() -> VLib.focusNodes(data, shape))
                .forEach(node -> VLib.validateShape(judging, data, shape, node)));
        return faults(judging.generateReport());
    }

    private boolean isTarget(Shape shape, Node node, Graph data) {
        return shape.getTargets().stream().anyMatch(target -> searches.containsKey(target)
                ? found(searches.get(target), node, data) : VLib.isFocusNode(target, node, data));
    }

    private static boolean found(Query search, Node node, Graph data) {
        try (var asked = QueryExec.graph(data).query(search).substitution("this", node).build()) {
            return asked.select().hasNext();
        }
    }

    private static List<Fault> faults(ValidationReport report) {
        var faults = new ArrayList<Fault>();
        for (var entry : report.getEntries()) {
            faults.add(new Fault(entry.focusNode(), path(entry), entry.message()));
        }
        faults.sort(Comparator.comparing((Fault fault) -> fault.node().toString()).thenComparing(Fault::rule));
        return faults.stream().distinct().toList();
    }

    private static Optional<Node> path(ReportEntry entry) {
        return entry.resultPath() instanceof P_Link link ? Optional.of(link.getNode()) : Optional.empty();
    }
}
