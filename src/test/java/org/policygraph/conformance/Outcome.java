package org.policygraph.conformance;

import java.io.IOException;
import java.util.Optional;
import org.apache.jena.shared.JenaException;

/// @param passed nothing when it has not
/// @param why    it has not
record Outcome(Case tried, Optional<Trial.Passed> passed, String why) {

    static Outcome of(Case tried, SuiteFolder suites, Subject subject) throws InterruptedException {
        return of(tried, Trial.of(tried, suites), subject);
    }

    static Outcome of(Case tried, Trial trial, Subject subject) throws InterruptedException {
        try {
            return new Outcome(tried, Optional.of(trial.against(subject)), "");
        } catch (Trial.NotPassed otherwise) {
            return new Outcome(tried, Optional.empty(), otherwise.getMessage());
        } catch (IOException | JenaException unreadable) {
            // No answer, or none that can be read.
            return new Outcome(tried, Optional.empty(), unreadable.toString());
        }
    }
}
