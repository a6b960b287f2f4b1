package org.policygraph.conformance;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.jena.rdf.model.Property;
import org.apache.jena.rdf.model.RDFNode;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.TestManifest;

/// One entry of a manifest.
/// @param suite the folder of its manifest, below `sparql`
record Case(String suite, Resource entry) {

    String iri() {
        return entry.getURI();
    }

    String name() {
        return entry.getProperty(TestManifest.name).getString().strip().replaceAll("\\s+", " ");
    }

    /// Local name of the entry's class, such as `QueryEvaluationTest`.
    String kind() {
        return entry.getPropertyResourceValue(RDF.type).getLocalName();
    }

    Resource action() {
        return entry.getPropertyResourceValue(TestManifest.action);
    }

    Optional<Resource> result() {
        return Optional.ofNullable(entry.getPropertyResourceValue(TestManifest.result));
    }

    static Stream<RDFNode> values(Resource of, Property property) {
        return of.listProperties(property).toList().stream().map(statement -> statement.getObject());
    }
}
