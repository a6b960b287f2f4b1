package org.policygraph.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `policygraph path`
class PathCommandTest {

    private static final Home HOME = new Home(Path.of("").toAbsolutePath());

    @TempDir
    private static Path folder;

    @BeforeAll static void load() {
        assertEquals(0, run("load", "--store", folder.resolve("store").toString()).status());
    }

    private record Run(int status, String out, String err) {}

    @Test void aPersonReadsTheWayAndWhatItRestsOn() {
        var run = path("huawei", "compute-shortage", "--k", "1");

        assertEquals(0, run.status(), run::toString);
        assertTrue(run.out().startsWith("""
                1. Huawei —develops→ Ascend —part of→ Domestic AI chips ←hinders— U.S.-led export controls on semiconductor equipment —causes→ \
                Compute shortage in China
                   4 steps, trust 0.6561
                   Huawei develops Ascend
                     id:full-stack.c16-05 ¶16: reported fact; Authors of the study; high (0.9)
                """), run::toString);
        assertEquals("", run.err());
    }

    @Test void itExplainsItselfWithExamplesOfEightyColumns() {
        var run = run("path", "--help");

        assertEquals(0, run.status());
        assertTrue(run.out().contains("\n  policygraph path huawei"), run::toString);
        run.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test void thingsAreNamedByLabelToo() {
        assertEquals(path("huawei", "compute-shortage").out(), path("華為", "id:compute-shortage").out());
    }

    @Test void noWayIsStatusOneAndTellsWhatWouldFindOne() {
        var run = path("huawei", "compute-shortage", "--length", "1", "--format", "csv");

        assertEquals(1, run.status(), run::toString);
        assertEquals(1, run.out().lines().count(), "the header alone");
        assertTrue(run.err().contains("Of up to 8 steps there is one: it has 4 steps"), run::toString);
        assertTrue(path("huawei", "compute-shortage", "--length", "1").out().startsWith("No way of up to 1 step between Huawei and "));
    }

    @Test void aWayOverGoalsIsMarkedAsSuch() {
        var run = path("chinese-government", "global-ai-leadership", "--k", "1", "--status", "goal");

        assertEquals(0, run.status(), run::toString);
        assertTrue(run.out().startsWith("1. Chinese government —aims at (goal)→ "), run::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "huawey nvidia, 4, did you mean huawei?",
        "huawei huawei, 3, another thing",
        "huawei nvidia --k 0, 2, from 1 to 50",
        "huawei nvidia --length 9, 2, from 1 to 8",
        "huawei nvidia --lang fr, 2, en or zh-Hant",
        "huawei nvidia --by fame, 2, --by",
        "huawei nvidia --status goals, 3, did you mean goal?",
        "huawei nvidia --only develop, 4, did you mean develops",
        "huawei, 2, TO",
    })
    void whatIsWrongHasAStatusAndSaysWhatWouldBeRight(String words, int status, String part) {
        var run = path(words.split(" "));

        assertEquals(status, run.status(), run::toString);
        assertEquals("", run.out());
        assertTrue(run.err().contains(part), run::toString);
    }

    @Test void aPathFunctionCalledWronglyIsBadInput() {
        var run = run("query", "--store", folder.resolve("store").toString(), "-e", "SELECT * { (id:huawei id:nvidia 51) "
                + "<https://w3id.org/policygraph/function/shortestWays> (?way ?step ?subject ?predicate ?object ?trust) }");

        assertEquals(3, run.status(), run::toString);
        assertTrue(run.err().contains("query: \"51\"^^xsd:integer is not a whole number from 1 to 50"), run::toString);
    }

    private static Run path(String... words) {
        return run(Stream.of(Stream.of("path"), Arrays.stream(words), Stream.of("--store", folder.resolve("store").toString()))
                .flatMap(one -> one).toArray(String[]::new));
    }

    private static Run run(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var status = Main.run(new Terminal(InputStream.nullInputStream(), out, new PrintStream(err, true, StandardCharsets.UTF_8), false, false), HOME, words);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
