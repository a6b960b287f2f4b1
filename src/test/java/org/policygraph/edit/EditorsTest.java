package org.policygraph.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.edit.Editors.Editor;
import org.policygraph.edit.Editors.Later;
import org.policygraph.edit.Editors.Stranger;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;

/// Who is an editor, and how guessing is made slow.
class EditorsTest {

    private static final String PASSWORD = "a long password";
    private static final String HOME = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.7";

    @TempDir
    private Path folder;
    private Credentials file;
    private Editors editors;
    private String token;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));

    @BeforeEach void make() {
        file = new Credentials(folder.resolve("editors"));
        file.addPassword("alice", PASSWORD);
        token = file.addToken("robot");
        editors = new Editors(file, now::get, Duration.ofMinutes(2));
    }

    private Editors.Admission basic(String name, String password, String address) {
        return editors.admit(Optional.of("Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8))), address);
    }

    private void later(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    @Test void theRightPasswordAndTheRightTokenLetIn() {
        assertEquals(new Editor("alice"), basic("alice", PASSWORD, HOME));
        assertEquals(new Editor("robot"), editors.admit(Optional.of("bearer " + token), HOME));
        assertEquals(new Editor("robot"), basic("robot", token, HOME));
    }

    @Test void anythingElseIsAStranger() {
        assertEquals(new Stranger(false), editors.admit(Optional.empty(), HOME));
        assertEquals(new Stranger(true), basic("alice", PASSWORD + "!", HOME));
        assertEquals(new Stranger(true), basic("alice", token, HOME));
        assertEquals(new Stranger(true), basic("bob", PASSWORD, HOME));
        assertEquals(new Stranger(true), basic("", "", ELSEWHERE));
        assertEquals(new Stranger(true), editors.admit(Optional.of("Bearer " + PASSWORD), ELSEWHERE));
        assertEquals(new Stranger(true), editors.admit(Optional.of("Basic %%%"), ELSEWHERE));
        assertEquals(new Stranger(true), editors.admit(Optional.of("Negotiate abc"), ELSEWHERE));
    }

    @Test void theFileHoldsNoSecretAndIsItsOwnersAlone() throws IOException {
        var text = Files.readString(folder.resolve("editors"));

        assertFalse(text.contains(PASSWORD) || text.contains(token));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("editors"))));
        assertFalse(file.isOpenToOthers());
        Files.setPosixFilePermissions(folder.resolve("editors"), PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(file.isOpenToOthers());
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test void theSamePasswordIsHashedToSomethingElseEachTime() throws IOException {
        file.addPassword("carol", PASSWORD);

        var lines = Files.readAllLines(folder.resolve("editors")).stream().filter(line -> line.contains("pbkdf2")).map(line -> line.split(" ")[4]).toList();
        assertEquals(2, lines.stream().distinct().count());
        assertTrue(Files.readString(folder.resolve("editors")).contains("pbkdf2-sha256 600000"));
    }

    @Test void mistakesAreSlowedMoreAndMore() {
        for (var i = 0; i < 3; i++) {
            assertEquals(new Stranger(true), basic("alice", "guess number " + i, HOME));
        }

        assertInstanceOf(Later.class, basic("alice", "guess again 1", HOME));
        later(Duration.ofMillis(1100));
        assertEquals(new Stranger(true), basic("alice", "guess again 2", HOME));
        later(Duration.ofMillis(1100));
        assertInstanceOf(Later.class, basic("alice", "guess again 3", HOME));
        later(Duration.ofSeconds(1));
        assertEquals(new Stranger(true), basic("alice", "guess again 4", HOME));
        assertTrue(assertInstanceOf(Later.class, basic("alice", PASSWORD, HOME)).after().toSeconds() >= 3);
    }

    @Test void whoGuessesLocksNobodyElseOut() {
        for (var i = 0; i < 6; i++) {
            basic("alice", "guess number " + i, ELSEWHERE);
        }
        assertInstanceOf(Later.class, basic("alice", PASSWORD, ELSEWHERE));

        assertEquals(new Editor("alice"), basic("alice", PASSWORD, HOME));
    }

    @Test void aPasswordThatWasRightIsRememberedThroughTheMistakesOfOthersAtItsAddress() {
        assertEquals(new Editor("alice"), basic("alice", PASSWORD, HOME));
        for (var i = 0; i < 6; i++) {
            basic("alice", "guess number " + i, HOME);
        }

        assertEquals(new Editor("alice"), basic("alice", PASSWORD, HOME));
        later(Duration.ofMinutes(11));
        assertEquals(new Editor("alice"), basic("alice", PASSWORD, ELSEWHERE));
    }

    @Test void guessingManyNamesFromOneAddressIsSlowedToo() {
        for (var i = 0; i < 20; i++) {
            editors.admit(Optional.of("Bearer guess" + i), "2001:db8::" + i);
        }

        assertInstanceOf(Later.class, editors.admit(Optional.of("Bearer again"), "2001:db8::ffff"));
        assertEquals(new Stranger(true), editors.admit(Optional.of("Bearer again"), "2001:db8:1::1"));
        assertEquals(new Editor("robot"), editors.admit(Optional.of("Bearer " + token), "2001:db8::ffff"));
    }

    @Test void manyGuessesAtATimeAreNoWayRoundTheDelay() throws Exception {
        try (var pool = Executors.newFixedThreadPool(12)) {
            var looked = pool.invokeAll(IntStream.range(0, 12).<java.util.concurrent.Callable<Editors.Admission>>mapToObj(i -> () -> basic("alice", "guess number " + i, HOME)).toList())
                    .stream().filter(one -> one.resultNow() instanceof Stranger).count();

            assertTrue(looked <= 3, looked + " were looked at");
        }
    }

    @Test void whoIsTakenOutOfTheFileIsAStrangerAtOnce() {
        assertEquals(new Editor("alice"), basic("alice", PASSWORD, HOME));

        file.remove("alice");

        assertEquals(new Stranger(true), basic("alice", PASSWORD, HOME));
    }

    @Test void aFileThatIsBrokenMeanwhileLetsNobodyIn() throws IOException {
        Files.writeString(folder.resolve("editors"), "alice password\n");

        var problem = assertThrows(ProblemException.class, () -> editors.admit(Optional.of("Bearer " + token), HOME)).problems().getFirst();

        assertInstanceOf(Problem.Unreadable.class, problem);
        assertThrows(ProblemException.class, () -> editors.admit(Optional.of("Bearer " + token), HOME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice pbkdf2-sha256 1000 AAAAAAAAAAAAAAAAAAAAAA== AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "alice sha256 abc", "alice", "al/ice sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "alice pbkdf2-sha256 2000000000 AAAAAAAAAAAAAAAAAAAAAA== AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void aLineThatIsNoCredentialIsRefusedWithoutBeingTold(String line) throws IOException {
        Files.writeString(folder.resolve("editors"), line + "\n");

        var problem = assertThrows(ProblemException.class, () -> new Editors(file)).problems().getFirst();

        assertTrue(problem.line().endsWith("editors:1: this is no credential; lines are made by policygraph editor add"), problem.line());
    }

    @Test void aPasswordThatIsShortOrATakenNameIsRefused() {
        assertThrows(ProblemException.class, () -> file.addPassword("carol", "short"));
        assertThrows(ProblemException.class, () -> file.addPassword("alice", PASSWORD));
        assertThrows(ProblemException.class, () -> file.addPassword("../x", PASSWORD));
        assertThrows(ProblemException.class, () -> file.remove("carol"));
        assertEquals(List.of(new Credentials.Known("alice", "password"), new Credentials.Known("robot", "token")), file.known());
    }
}
