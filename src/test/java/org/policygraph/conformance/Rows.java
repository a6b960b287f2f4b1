package org.policygraph.conformance;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.ResultSet;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.riot.Lang;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingFactory;
import org.apache.jena.sparql.resultset.RDFInput;
import org.apache.jena.sparql.resultset.ResultsReader;

/// The solutions of a SELECT, in their order.
record Rows(List<Var> names, List<Binding> solutions) {

    private static final Node UNBOUND = NodeFactory.createURI("urn:x-unbound");

    enum Order { KEPT, FREE }

    static Rows of(ResultSet results) {
        var names = results.getResultVars().stream().map(Var::alloc).toList();
        var solutions = new ArrayList<Binding>();
        while (results.hasNext()) {
            solutions.add(results.nextBinding());
        }
        return new Rows(names, solutions);
    }

    static Rows read(byte[] text, Lang language) {
        return of(ResultsReader.create().forceLang(language).read(new ByteArrayInputStream(text)));
    }

    /// From the vocabulary in which the oldest suites write results.
    static Rows of(Model described) {
        return of(new RDFInput(described));
    }

    /// Without columns that have other names.
    Rows only(Collection<Var> wanted) {
        var kept = names.stream().filter(wanted::contains).toList();
        return new Rows(kept, solutions.stream().map(row -> {
            var part = BindingFactory.builder();
            kept.stream().filter(row::contains).forEach(name -> part.add(name, row.get(name)));
            return part.build();
        }).toList());
    }

    Rows distinct() {
        return new Rows(names, List.copyOf(new LinkedHashSet<>(solutions)));
    }

    boolean sameAs(Rows other, Order order, Trial.Passed how) {
        return new TreeSet<>(words(names)).equals(new TreeSet<>(words(other.names)))
                && Terms.same(tuples(order), other.tuples(order), how);
    }

    private List<List<Node>> tuples(Order order) {
        var sorted = words(names).stream().distinct().sorted().map(Var::alloc).toList();
        return IntStream.range(0, solutions.size()).mapToObj(row -> {
            var place = order == Order.KEPT ? row : 0;
            return Stream.concat(Stream.of(NodeFactory.createLiteralDT(String.valueOf(place), XSDDatatype.XSDint)),
                    sorted.stream().map(name -> solutions.get(row).contains(name) ? solutions.get(row).get(name) : UNBOUND)).toList();
        }).toList();
    }

    private static List<String> words(List<Var> names) {
        return names.stream().map(Var::getVarName).toList();
    }

    @Override public String toString() {
        return words(names) + " " + solutions;
    }
}
