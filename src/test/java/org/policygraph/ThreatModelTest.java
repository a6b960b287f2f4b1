package org.policygraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each line of the threat model names a test, and the test is there.
class ThreatModelTest {

    private static final Pattern LINE = Pattern.compile("\\| ([A-Z]\\d+) \\|.*\\| ([^|]*) \\|");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:\\.\\w+)*)#(\\w+)`");

    @Test void everyLineNamesATest() throws IOException {
        var lines = lines();

        assertTrue(lines.size() > 30, () -> "only " + lines.size() + " lines were found");
        assertEquals(List.of(), lines.stream().filter(line -> !NAMED.matcher(line).find()).toList());
    }

    @Test void everyTestThatIsNamedIsThere() throws IOException {
        var missing = lines().stream().flatMap(line -> NAMED.matcher(line).results()).filter(named -> !exists(named.group(1), named.group(2)))
                .map(named -> named.group()).distinct().toList();

        assertEquals(List.of(), missing);
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(Path.of("docs/threat-model.md")).stream().filter(line -> LINE.matcher(line).matches()).toList();
    }

    /// @param type its simple name, behind its package's where it has one: `serve.ServerTest`
    private static boolean exists(String type, String method) {
        try {
            var found = Class.forName("org.policygraph." + type);
            return Stream.of(found.getDeclaredMethods()).filter(one -> one.getName().equals(method))
                    .anyMatch(one -> Arrays.stream(one.getAnnotations()).anyMatch(mark -> mark.annotationType().getName().startsWith("org.junit.jupiter.")
                            || mark.annotationType().getName().startsWith("net.jqwik.")));
        } catch (ClassNotFoundException none) {
            return false;
        }
    }
}
