package org.policygraph.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.vocabulary.TestManifestUpdate_11;
import org.apache.jena.vocabulary.RDFS;

/// Sends an update to a store with a case's data, and compares what is in the store then with what the case has.
record UpdateTrial(Case tried, SuiteFolder suites) implements Trial {

    @Override public Passed against(Subject subject) throws IOException, InterruptedException {
        var file = tried.action().getPropertyResourceValue(TestManifestUpdate_11.request).getURI();
        var text = ("BASE <" + file + ">\n" + new String(suites.bytes(file), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        subject.hold(data(tried.action()));

        var request = Math.floorMod(tried.iri().hashCode(), 2) == 0
                ? Http.form(subject.update(), "update", text) : Http.post(subject.update(), Http.UPDATE, text);
        var answer = Http.send(subject.asEditor(request));
        if (answer.statusCode() / 100 != 2) {
            throw new NotPassed(Http.shown(answer));
        }
        var expected = data(tried.result().orElseThrow(() -> new NotPassed("the case has no result")));
        var got = subject.held();
        for (var how : Passed.values()) {
            if (Terms.same(Terms.of(expected), Terms.of(got), how)) {
                return how;
            }
        }
        throw new NotPassed("expected " + Terms.of(expected) + ", got " + Terms.of(got));
    }

    private DatasetGraph data(Resource described) {
        var data = DatasetGraphFactory.create();
        Case.values(described, TestManifestUpdate_11.data).forEach(file -> suites.parser(file.asResource().getURI()).parse(data));
        Case.values(described, TestManifestUpdate_11.graphData).map(graph -> graph.asResource()).forEach(graph -> {
            var triples = GraphFactory.createDefaultGraph();
            suites.parser(graph.getPropertyResourceValue(TestManifestUpdate_11.graph).getURI()).parse(triples);
            data.addGraph(NodeFactory.createURI(graph.getProperty(RDFS.label).getString()), triples);
        });
        return data;
    }
}
