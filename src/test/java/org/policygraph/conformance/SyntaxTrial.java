package org.policygraph.conformance;

import java.io.IOException;
import org.apache.jena.sparql.core.DatasetGraphFactory;

/// Sends a text to an empty store, which takes it or says that it is no text of the language.
record SyntaxTrial(Case tried, SuiteFolder suites, Language language, Expected expected) implements Trial {

    enum Language { QUERY, UPDATE }

    enum Expected { TAKEN, REFUSED }

    @Override public Passed against(Subject subject) throws IOException, InterruptedException {
        subject.hold(DatasetGraphFactory.create());
        var text = suites.bytes(tried.action().getURI());
        var request = switch (language) {
            case QUERY -> Http.post(subject.query(), Http.QUERY, text);
            case UPDATE -> subject.asEditor(Http.post(subject.update(), Http.UPDATE, text));
        };
        var answer = Http.send(request);
        var asExpected = switch (expected) {
            case TAKEN -> answer.statusCode() / 100 == 2;
            case REFUSED -> answer.statusCode() == 400;
        };
        if (!asExpected) {
            throw new NotPassed("expected to be " + expected.name().toLowerCase() + ": " + Http.shown(answer));
        }
        return Passed.BY_TERM;
    }
}
