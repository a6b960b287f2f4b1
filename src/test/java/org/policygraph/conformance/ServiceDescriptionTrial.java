package org.policygraph.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.vocabulary.RDF;

/// Asks the endpoint what it is.
record ServiceDescriptionTrial(Case tried) implements Trial {

    private static final String SD = "http://www.w3.org/ns/sparql-service-description#";

    @Override public Passed against(Subject subject) throws IOException, InterruptedException {
        var answer = Http.send(HttpRequest.newBuilder(subject.query()).header("Accept", "text/turtle"));
        var language = RDFLanguages.contentTypeToLang(answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", ""));
        if (answer.statusCode() != 200 || language == null || !RDFLanguages.isTriples(language)) {
            throw new NotPassed("expected RDF: " + Http.shown(answer));
        }
        var description = ModelFactory.createDefaultModel();
        RDFParser.source(new ByteArrayInputStream(answer.body())).lang(language).base(subject.query().toString()).parse(description);
        var asExpected = switch (tried.entry().getLocalName()) {
            case "returns-rdf" -> true;
            case "has-endpoint-triple" -> description.contains(null, description.createProperty(SD + "endpoint"), description.createResource(subject.query().toString()));
            case "conforms-to-schema" -> conforms(description);
            default -> false;
        };
        if (!asExpected) {
            throw new NotPassed("not in the description: " + Http.shown(answer));
        }
        return Passed.BY_TERM;
    }

    /// What the vocabulary says of its terms: a service has one endpoint; datasets, graphs and functions are what the
    /// properties that lead to them say, typed or not as something else.
    private static boolean conforms(Model description) {
        var services = description.listSubjectsWithProperty(description.createProperty(SD + "endpoint")).toList();
        return !services.isEmpty()
                && services.stream().allMatch(service -> service.listProperties(description.createProperty(SD + "endpoint")).toList().size() == 1
                        && service.hasProperty(RDF.type, description.createResource(SD + "Service")))
                && description.listSubjectsWithProperty(description.createProperty(SD + "name")).toList().stream()
                        .allMatch(graph -> graph.hasProperty(RDF.type, description.createResource(SD + "NamedGraph"))
                                && graph.listProperties(description.createProperty(SD + "name")).toList().size() == 1);
    }
}
