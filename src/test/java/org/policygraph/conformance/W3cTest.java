package org.policygraph.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// W3C's own cases for SPARQL, over HTTP. What does not pass stands in `not-passed.csv` with its reason; a case that fails and
/// is not there fails the build, and so does one that is there and passes.
class W3cTest {

    private static final Map<String, String> LISTED = NotPassedList.read();
    private static final List<Outcome> OUTCOMES = new ArrayList<>();
    private static SuiteFolder suites;
    private static Subject ours;

    @BeforeAll static void start() throws IOException {
        suites = given();
        ours = new OurServer();
    }

    static SuiteFolder given() {
        return Optional.ofNullable(System.getProperty("w3c.tests")).map(Path::of).map(SuiteFolder::new).orElseGet(() -> {
            var why = "W3C's cases are not run: -Dw3c.tests=FOLDER tells where a copy of github.com/w3c/rdf-tests is";
            System.out.println(why);
            return abort(why);
        });
    }

    @AfterAll static void report() throws IOException {
        if (ours != null) {
            ours.close();
        }
        if (!OUTCOMES.isEmpty()) {
            new Tally(ours.name(), OUTCOMES).report();
        }
    }

    @TestFactory Stream<DynamicNode> ourServerPassesWhatIsNotListed() {
        var bySuite = suites.cases().stream().collect(Collectors.groupingBy(Case::suite, LinkedHashMap::new, Collectors.toList()));
        return bySuite.entrySet().stream().map(suite -> DynamicContainer.dynamicContainer(suite.getKey(),
                suite.getValue().stream().map(tried -> DynamicTest.dynamicTest(tried.name(), () -> tryOut(tried)))));
    }

    private static void tryOut(Case tried) throws InterruptedException {
        var outcome = Outcome.of(tried, suites, ours);
        OUTCOMES.add(outcome);
        var listed = Optional.ofNullable(LISTED.get(tried.iri()));
        if (outcome.passed().isPresent()) {
            listed.ifPresent(_ -> fail(tried.iri() + " passes: take it out of not-passed.csv"));
        } else {
            abort(listed.orElseGet(() -> fail(tried.iri() + ": " + outcome.why())));
        }
    }

    @TestFactory Stream<DynamicNode> withEvidenceTheRowsAreTheSame() {
        return suites.cases().stream().filter(tried -> tried.kind().equals("QueryEvaluationTest") && !LISTED.containsKey(tried.iri()))
                .map(tried -> DynamicTest.dynamicTest(tried.name(), () -> {
                    var outcome = Outcome.of(tried, new QueryTrial(tried, suites, true), ours);
                    assertTrue(outcome.passed().isPresent(), () -> tried.iri() + ": " + outcome.why());
                }));
    }

    @Test void whatIsListedIsThere() {
        var there = suites.cases().stream().map(Case::iri).collect(Collectors.toSet());

        var gone = new TreeSet<>(LISTED.keySet());
        gone.removeAll(there);

        assertEquals(Set.of(), gone);
    }
}
