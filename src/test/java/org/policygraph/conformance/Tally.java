package org.policygraph.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;

/// What came of all cases, for a reader.
record Tally(String subject, List<Outcome> outcomes) {

    private static final Path FOLDER = Path.of("target/conformance");

    /// Writes every case with what came of it, and prints how many passed, by suite.
    void report() throws IOException {
        Files.createDirectories(FOLDER);
        var file = FOLDER.resolve(subject + ".csv");
        try (var out = CSVFormat.RFC4180.print(Files.newBufferedWriter(file))) {
            out.printRecord("case", "suite", "passed", "why not");
            for (var outcome : outcomes) {
                out.printRecord(outcome.tried().iri(), outcome.tried().suite(),
                        outcome.passed().map(passed -> passed == Trial.Passed.BY_TERM ? "yes" : "by value").orElse("no"), outcome.why());
            }
        }
        System.out.print(table());
        System.out.println("Every case with what came of it: " + file);
    }

    private String table() {
        var bySuite = outcomes.stream().collect(Collectors.groupingBy(outcome -> outcome.tried().suite(), TreeMap::new, Collectors.toList()));
        var lines = new StringBuilder(String.format("%s%n%-42s %6s %6s %9s%n", subject, "suite", "cases", "passed", "by value"));
        bySuite.forEach((suite, of) -> lines.append(line(suite, of)));
        return lines.append(line("all", outcomes)).toString();
    }

    private static String line(String suite, List<Outcome> of) {
        return String.format("%-42s %6d %6d %9d%n", suite, of.size(), of.stream().filter(outcome -> outcome.passed().isPresent()).count(),
                of.stream().filter(outcome -> outcome.passed().filter(passed -> passed == Trial.Passed.BY_VALUE).isPresent()).count());
    }
}
