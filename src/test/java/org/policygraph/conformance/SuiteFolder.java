package org.policygraph.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.rdf.model.RDFList;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RDFParserBuilder;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.vocabulary.TestManifest;

/// A copy of W3C's `rdf-tests`. Its files are read as if from where W3C publishes them, so that the IRIs in answers are the
/// same wherever the copy is.
record SuiteFolder(Path root) {

    private static final String PUBLISHED = "https://w3c.github.io/rdf-tests/";

    /// Every case of the SPARQL suites, in the order of the manifests.
    List<Case> cases() {
        var cases = new ArrayList<Case>();
        try (var files = Files.walk(root.resolve("sparql"))) {
            files.filter(file -> file.getFileName().toString().matches("manifest.*\\.ttl")).sorted().forEach(manifest -> {
                var read = read(manifest);
                var suite = root.resolve("sparql").relativize(manifest.getParent()).toString();
                read.listObjectsOfProperty(TestManifest.entries).toList().forEach(entries ->
                        entries.as(RDFList.class).asJavaList().forEach(entry -> cases.add(new Case(suite, entry.asResource()))));
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return cases;
    }

    private Model read(Path manifest) {
        var model = ModelFactory.createDefaultModel();
        parser(iri(manifest)).parse(model);
        return model;
    }

    private String iri(Path file) {
        return PUBLISHED + root.relativize(file).toString().replace('\\', '/');
    }

    boolean holds(String iri) {
        return iri.startsWith(PUBLISHED) && Files.isRegularFile(file(iri));
    }

    Path file(String iri) {
        return root.resolve(iri.substring(PUBLISHED.length()));
    }

    byte[] bytes(String iri) {
        try {
            return Files.readAllBytes(file(iri));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The data have literals that are wrong on purpose: warnings about them are not told.
    RDFParserBuilder parser(String iri) {
        return RDFParser.source(file(iri)).base(iri).errorHandler(ErrorHandlerFactory.errorHandlerExceptionOnError());
    }
}
