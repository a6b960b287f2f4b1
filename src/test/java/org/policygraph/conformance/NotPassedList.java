package org.policygraph.conformance;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;

/// The cases that are known not to pass, each with its reason.
final class NotPassedList {

    private NotPassedList() {}

    /// Reason by the IRI of the case.
    static Map<String, String> read() {
        var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
        try (var list = format.parse(new InputStreamReader(NotPassedList.class.getResourceAsStream("not-passed.csv"), StandardCharsets.UTF_8))) {
            var reasons = new LinkedHashMap<String, String>();
            list.forEach(row -> reasons.put(row.get("case"), row.get("reason")));
            return reasons;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
