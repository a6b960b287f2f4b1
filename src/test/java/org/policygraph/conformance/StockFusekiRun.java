package org.policygraph.conformance;

import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// The same cases, asked of Fuseki as it comes: what there is to compare with. Run by name and alone, since our server changes
/// what Jena allows in its process: `mvn test -Dtest=StockFusekiRun -Dw3c.tests=FOLDER`
class StockFusekiRun {

    @Test void overTdb2ItIsAskedTheSame() throws IOException, InterruptedException {
        ask(StockFuseki.overTdb2());
    }

    @Test void inMemoryItIsAskedTheSame() throws IOException, InterruptedException {
        ask(StockFuseki.inMemory());
    }

    private static void ask(StockFuseki started) throws IOException, InterruptedException {
        var suites = W3cTest.given();
        var outcomes = new ArrayList<Outcome>();
        try (var fuseki = started) {
            for (var tried : suites.cases()) {
                outcomes.add(Outcome.of(tried, suites, fuseki));
            }
            new Tally(fuseki.name(), outcomes).report();
        }
    }
}
