package org.policygraph.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What README tells to type works, and prints what README shows. `serve`, which does not end, is [ServeCommandTest]'s.
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TempDir private static Path folder;

    @BeforeAll static void load() throws IOException {
        assertEquals("", run("load").err().lines().filter(line -> line.contains("problem")).collect(Collectors.joining()));
    }

    static Stream<String> commands() throws IOException {
        return blocks("sh").flatMap(String::lines).filter(line -> line.startsWith("./policygraph ") && !line.startsWith("./policygraph serve"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandDoesWhatItSays(String command) throws IOException {
        var run = run(words(command));

        assertEquals(0, run.status(), run::toString);
        assertTrue(!run.out().isBlank() || command.contains("--output"), run::toString);
    }

    @Test void theAnswerShownIsTheAnswerGiven() throws IOException {
        var shown = blocks("").findFirst().orElseThrow();
        var asked = commands().filter(command -> command.contains("id:bytedance")).findFirst().orElseThrow();

        assertEquals(shown, run(Stream.concat(Stream.of(words(asked)), Stream.of("--format", "table")).toArray(String[]::new)).out());
    }

    @Test void everyFileThatItNamesIsThere() throws IOException {
        var named = Pattern.compile("\\]\\(([^)#:]+)\\)|(queries/[\\w-]+\\.rq)").matcher(Files.readString(README)).results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1)).toList();

        assertEquals(List.of(), named.stream().filter(file -> !Files.exists(Path.of(file))).toList());
    }

    private static Stream<String> blocks(String language) throws IOException {
        return Pattern.compile("(?m)^```(\\w*)\n((?:(?!```).*\n)*)```$").matcher(Files.readString(README)).results()
                .filter(block -> block.group(1).equals(language)).map(block -> block.group(2));
    }

    private static String[] words(String command) {
        var words = WORD.matcher(command).results().map(word -> word.group(1) == null ? word.group(2) : word.group(1)).skip(1)
                .collect(Collectors.toCollection(ArrayList::new));
        var output = words.indexOf("--output") + 1;
        if (output > 0) {
            words.set(output, folder.resolve(words.get(output)).toString());
        }
        return words.toArray(String[]::new);
    }

    private record Run(int status, String out, String err) {}

    private static Run run(String... words) throws IOException {
        var all = words[0].equals("check") ? Stream.of(words) : Stream.concat(Stream.of(words), Stream.of("--store", folder.resolve("store").toString()));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var status = Main.run(new Terminal(InputStream.nullInputStream(), out, new PrintStream(err, true, StandardCharsets.UTF_8), false, false),
                new Home(Path.of("").toAbsolutePath()), all.toArray(String[]::new));
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
