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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.source.QuestionFile;
import org.policygraph.store.Store;

/// Questions from a shell.
class AskCommandTest {

    private static final Home HOME = new Home(Path.of("").toAbsolutePath());

    @TempDir private static Path folder;

    @BeforeAll static void load() {
        try (var store = Store.on(folder.resolve("store"))) {
            Loader.load(HOME.content(List.of()), store, false, Progress.silent());
        }
    }

    static List<String> names() throws IOException {
        return QuestionFile.in(Path.of("queries")).stream().map(QuestionFile::name).toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyQuestionIsAnsweredAndTellsHowToCiteIt(String name) throws IOException {
        var run = run("ask", name, "--format", "tsv");

        assertEquals(Files.readString(Path.of("queries", name + ".tsv")), run.out());
        assertEquals(0, run.status(), run::toString);
        assertTrue(run.err().matches("(?s)PolicyGraph, “.+” <https://w3id.org/policygraph/question/" + name
                + ">, dataset version [0-9a-f]{12}, query sha256 [0-9a-f]{64}, result sha256 [0-9a-f]{64}, accessed \\d{4}-\\d\\d-\\d\\d\\.\n"), run.err());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyAnswerCarriesItsEvidenceWhereAsked(String name) throws IOException {
        var lines = run("ask", name, "--format", "tsv", "--evidence").out().lines().toList();
        var golden = Files.readAllLines(Path.of("queries", name + ".tsv"));

        assertEquals(golden.size(), lines.size());
        for (int i = 0; i < golden.size(); i++) {
            assertTrue(lines.get(i).startsWith(golden.get(i) + "\t"), lines.get(i));
        }
        assertTrue(lines.getFirst().endsWith("\t?evidence_note"), lines.getFirst());
    }

    @Test void theCitationIsTheSameInEveryForm() throws IOException {
        var cited = Stream.of("csv", "json", "table").map(form -> unchecked("ask", "who-runs-what", "--format", form).err()).distinct().toList();

        assertEquals(1, cited.size(), cited::toString);
    }

    @Test void withoutANameTheQuestionsAreListedByTierInEitherLanguage() throws IOException {
        var english = run("ask").out();
        var chinese = run("ask", "--lang", "zh-Hant").out();

        assertTrue(english.startsWith("orientation\n"), english);
        for (var name : names()) {
            assertTrue(english.contains("  " + name + " "), name);
            assertTrue(chinese.contains("  " + name + " "), name);
        }
        assertTrue(chinese.codePoints().anyMatch(Character::isIdeographic));
    }

    @Test void aValueIsGivenByAnyOfItsNames() throws IOException {
        var byId = run("ask", "about-a-thing", "thing=huawei", "--format", "csv");

        assertEquals(0, byId.status(), byId::toString);
        assertEquals(byId.out(), run("ask", "about-a-thing", "thing=華為", "--format", "csv").out());
        assertTrue(!byId.out().equals(run("ask", "about-a-thing", "--format", "csv").out()));
    }

    @Test void whatCanBeChosenIsDescribed() throws IOException {
        var described = run("ask", "about-a-thing", "--describe").out();

        assertTrue(described.contains("thing (iri): the thing; default id:deepseek"), described);
        assertTrue(described.contains("… and others that are pol:Entity"), described);
    }

    @Test void mistakesAreTold() throws IOException {
        assertEquals("ask: no question 'who-runs-wat'; did you mean who-runs-what?\n", run("ask", "who-runs-wat").err());
        assertEquals(4, run("ask", "who-runs-wat").status());
        assertEquals(4, run("ask", "about-a-thing", "thing=huawai").status());
        assertEquals(3, run("ask", "about-a-thing", "thingy=huawei").status());
        var nothing = run("ask", "what-holds-an-actor-back", "actor=huawei");
        assertTrue(nothing.err().startsWith("Nothing is stated about this with these values; --describe tells which there are\n"), nothing.err());
        assertEquals(2, run("ask", "about-a-thing", "--format", "ttl").status());
        assertEquals(2, run("ask", "about-a-thing", "--lang", "fr").status());
    }

    @Test void answersThatDifferInAnotherStoreAreShown() throws IOException {
        var data = folder.resolve("data");
        copy(Path.of("data"), data);
        var claims = data.resolve("sources/full-stack/claims.json");
        // One actor less runs an instrument: the claim becomes one that is denied.
        Files.writeString(claims, denied(Files.readString(claims), "implements"));
        try (var other = Store.on(folder.resolve("other"))) {
            Loader.load(new Content(HOME.ontology(), List.of(data), Optional.of(HOME.queries())), other, false, Progress.silent());
        }

        var same = run("ask", "--diff", folder.resolve("store-copy").toString());
        var changed = run("ask", "--diff", folder.resolve("other").toString());

        assertEquals(4, same.status(), same::toString);
        assertEquals(1, changed.status(), changed::toString);
        assertTrue(changed.out().contains("denied: 0 gone, "), changed.out());
        assertTrue(changed.err().matches("\\d+ of " + names().size() + " answers differ\n"), changed.err());
    }

    private static String denied(String claims, String predicate) {
        var at = claims.indexOf("\"predicate\": \"" + predicate + "\"");
        var negated = claims.indexOf("\"negated\": false", at);
        return claims.substring(0, negated) + "\"negated\": true" + claims.substring(negated + "\"negated\": false".length());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    private record Run(int status, String out, String err) {}

    private static Run unchecked(String... words) {
        try {
            return run(words);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private static Run run(String... words) throws IOException {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var status = Main.run(new Terminal(InputStream.nullInputStream(), out, new PrintStream(err, true, StandardCharsets.UTF_8), false, false), HOME,
                Stream.concat(Stream.of(words), Stream.of("--store", folder.resolve("store").toString())).toArray(String[]::new));
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
