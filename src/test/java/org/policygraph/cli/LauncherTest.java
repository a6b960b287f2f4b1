package org.policygraph.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `./policygraph` does before the program begins. JDK and Maven are stand-ins that write down how they are called.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final List<String> TOOLS = List.of("sh", "sed", "dirname", "readlink", "find", "head", "mkdir", "mv", "rm", "cat", "sleep", "touch", "flock");

    @TempDir
    private Path folder;
    private Path home;
    private Path jdk;
    private Path bin;
    private Path calls;

    @BeforeEach void install() throws IOException {
        home = Files.createDirectories(folder.resolve("a home"));
        bin = Files.createDirectories(folder.resolve("bin"));
        jdk = folder.resolve("some jdk");
        calls = folder.resolve("calls");
        Files.writeString(calls, "");
        Files.copy(Path.of("policygraph"), home.resolve("policygraph"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.createDirectories(home.resolve("src/main"));
        Files.writeString(home.resolve("src/main/A.java"), "class A {}");
        past(home.resolve("pom.xml"), home.resolve("src/main"), home.resolve("src/main/A.java"));
        for (var tool : TOOLS) {
            link(tool);
        }
        jdk(jdk, "25.0.3");
        // Takes a while, so that two at once would be seen.
        script(bin.resolve("mvn"), "echo \"mvn $JAVA_HOME: $*\" >>'" + calls + "'; mkdir -p target; sleep 0.3; touch target/policygraph.jar");
    }

    @Test void theFirstStartBuildsAndRehearsesAndBecomesTheProgram() throws Exception {
        var run = launch(home.resolve("policygraph"), "serve");

        assertEquals(0, run.status(), run::toString);
        var called = called();
        assertEquals(3, called.size(), called::toString);
        assertEquals("mvn " + jdk + ": -q -B -ntp -Dstyle.color=never -Dmaven.test.skip=true package", called.get(0));
        assertTrue(called.get(1).startsWith("java -XX:AOTCacheOutput=") && called.get(1).endsWith("policygraph.jar rehearse"), called::toString);
        assertTrue(called.get(2).contains("-XX:AOTCache=" + home.toRealPath() + "/target/policygraph-25.0.3.aot"), called::toString);
        assertTrue(called.get(2).contains("-Dpolicygraph.home=" + home.toRealPath()), called::toString);
        assertTrue(called.get(2).endsWith("policygraph.jar serve"), called::toString);
        assertEquals("", run.out());
    }

    @Test void theProgramIsTheProcessThatWasStarted() throws Exception {
        launch(home.resolve("policygraph"), "first");
        script(jdk.resolve("bin/java"), "echo $$");

        var process = start(home.resolve("policygraph"), "second");
        var told = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();

        assertEquals(process.pid(), Long.parseLong(told));
    }

    @Test void theNextStartDoesNothingButStart() throws Exception {
        launch(home.resolve("policygraph"), "first");
        Files.writeString(calls, "");

        launch(home.resolve("policygraph"), "second");

        assertEquals(1, called().size(), called()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "src/main/A.java", "src/main"})
    void aChangeOfTheSourcesBuildsAnew(String changed) throws Exception {
        launch(home.resolve("policygraph"), "first");
        Files.writeString(calls, "");
        Files.setLastModifiedTime(home.resolve(changed), FileTime.from(Instant.now().plusSeconds(1)));
        Thread.sleep(1_100);

        launch(home.resolve("policygraph"), "second");

        assertEquals(3, called().size(), called()::toString);
        assertTrue(Files.exists(home.resolve("target/policygraph.jar.old")), "the jar that another may run from is kept");
    }

    @Test void twoAtOnceBuildOnce() throws Exception {
        twoAtOnce();
    }

    @Test void twoAtOnceBuildOnceAlsoWithoutFlock() throws Exception {
        Files.deleteIfExists(bin.resolve("flock"));
        twoAtOnce();
        assertFalse(Files.exists(home.resolve("target/.lock.d")));
    }

    private void twoAtOnce() throws Exception {
        var started = new ArrayList<Process>();
        for (var i = 0; i < 4; i++) {
            started.add(start(home.resolve("policygraph"), "one"));
        }
        for (var process : started) {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        }

        assertEquals(1, called().stream().filter(call -> call.startsWith("mvn")).count(), called()::toString);
        assertEquals(1, called().stream().filter(call -> call.endsWith("rehearse")).count(), called()::toString);
        assertEquals(4, called().stream().filter(call -> call.endsWith(" one")).count(), called()::toString);
    }

    @Test void aLockThatItsOwnerLeftBehindIsTakenAway() throws Exception {
        Files.deleteIfExists(bin.resolve("flock"));
        Files.createDirectories(home.resolve("target/.lock.d"));
        Files.writeString(home.resolve("target/.lock.d/owner"), "999999999\n");

        assertEquals(0, launch(home.resolve("policygraph"), "one").status());
    }

    @Test void itWorksThroughLinksFromAnyFolder() throws Exception {
        var first = Files.createSymbolicLink(Files.createDirectories(folder.resolve("x y")).resolve("pg"), home.resolve("policygraph"));
        var second = Files.createSymbolicLink(folder.resolve("second"), Path.of("x y/pg"));

        assertEquals(0, launch(first, "one").status());
        assertEquals(0, launch(second, "two").status());

        assertTrue(called().getLast().contains("-Dpolicygraph.home=" + home.toRealPath()), called()::toString);
        assertEquals(1, called().stream().filter(call -> call.startsWith("mvn")).count());
    }

    @Test void argumentsArriveAsTheyWereTyped() throws Exception {
        launch(home.resolve("policygraph"), "first");
        script(jdk.resolve("bin/java"), "while [ \"$1\" != -jar ]; do shift; done; shift 2; printf '[%s]\\n' \"$@\"");

        var run = launch(home.resolve("policygraph"), "query", "-e", "SELECT * { ?s ?p \"華為  $HOME\\n\" }", "", "*");

        assertEquals("[query]\n[-e]\n[SELECT * { ?s ?p \"華為  $HOME\\n\" }]\n[]\n[*]\n", run.out());
    }

    @Test void optionsForTheJvmAreHandedOn() throws Exception {
        launch(home.resolve("policygraph"), "first");
        var process = builder(home.resolve("policygraph"), "one");
        process.environment().put("POLICYGRAPH_OPTS", "-Xmx4g -Dx=y");

        finish(process.start());

        assertTrue(called().getLast().contains(" -Xmx4g -Dx=y "), called()::toString);
    }

    @Test void aLocaleThatKnowsNoChineseIsReplaced() throws Exception {
        launch(home.resolve("policygraph"), "first");
        script(jdk.resolve("bin/java"), "echo \"$LC_ALL\"");

        assertEquals("C.UTF-8\n", launch(home.resolve("policygraph"), "one").out());
        var german = builder(home.resolve("policygraph"), "one");
        german.environment().put("LANG", "de_DE.UTF-8");
        assertEquals("\n", finish(german.start()).out());
    }

    @Test void aRehearsalThatFailsHurtsNothingAndIsNotTriedAgain() throws Exception {
        script(jdk.resolve("bin/java"), "echo \"java $*\" >>'" + calls + "'; case \"$*\" in *rehearse) exit 1;; esac");

        assertEquals(0, launch(home.resolve("policygraph"), "one").status());
        assertEquals(0, launch(home.resolve("policygraph"), "two").status());

        assertEquals(1, called().stream().filter(call -> call.endsWith("rehearse")).count(), called()::toString);
        assertFalse(called().getLast().contains("AOTCache"), called()::toString);
    }

    @Test void anotherJdkRehearsesForItself() throws Exception {
        launch(home.resolve("policygraph"), "one");
        jdk(jdk, "26.0.1");
        launch(home.resolve("policygraph"), "two");

        assertTrue(called().getLast().contains("policygraph-26.0.1.aot"), called()::toString);
        assertEquals(2, called().stream().filter(call -> call.endsWith("rehearse")).count());
    }

    @Test void aBuildThatFailsEndsWithFiveAndLeavesNothingThatLooksBuilt() throws Exception {
        script(bin.resolve("mvn"), "mkdir -p target; touch target/policygraph.jar; echo broken; rm target/policygraph.jar; exit 1");

        var run = launch(home.resolve("policygraph"), "one");

        assertEquals(5, run.status());
        assertEquals("", run.out());
        assertTrue(run.err().endsWith("broken\npolicygraph: the build failed\n"), run::toString);
        assertEquals(List.of(), called());
    }

    @Test void withoutMavenOneLineSaysWhatToInstall() throws Exception {
        Files.delete(bin.resolve("mvn"));

        var run = launch(home.resolve("policygraph"), "one");

        assertEquals(5, run.status());
        assertTrue(run.err().lines().count() == 1 && run.err().contains("Maven"), run::toString);
    }

    @Test void withoutAJdkThatIsNewEnoughOneLineSaysWhatToInstall() throws Exception {
        // This machine has one at a usual place: newer than any is asked for.
        Files.writeString(home.resolve("policygraph"), Files.readString(home.resolve("policygraph")).replace("jdk_wanted=25", "jdk_wanted=99"));

        var run = launch(home.resolve("policygraph"), "one");

        assertEquals(5, run.status());
        assertTrue(run.err().lines().count() == 1 && run.err().contains("JDK 99"), run::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {".sdkman/candidates/java/99-tem", ".jdks/openjdk-99", "Library/Java/JavaVirtualMachines/x.jdk/Contents/Home"})
    void aJdkIsFoundWhereItsInstallersPutIt(String place) throws Exception {
        Files.writeString(home.resolve("policygraph"), Files.readString(home.resolve("policygraph")).replace("jdk_wanted=25", "jdk_wanted=99"));
        jdk(folder.resolve("person").resolve(place), "99");

        assertEquals(0, launch(home.resolve("policygraph"), "one").status());
    }

    @Test void aJdkOnThePathIsFoundThroughItsLinks() throws Exception {
        Files.writeString(home.resolve("policygraph"), Files.readString(home.resolve("policygraph")).replace("jdk_wanted=25", "jdk_wanted=99"));
        var found = folder.resolve("elsewhere/jdk");
        jdk(found, "99.1");
        Files.createSymbolicLink(bin.resolve("java"), Files.createSymbolicLink(folder.resolve("alternative"), found.resolve("bin/java")));

        assertEquals(0, launch(home.resolve("policygraph"), "one").status());
        assertTrue(called().getFirst().startsWith("mvn " + found), called()::toString);
    }

    private record Run(int status, String out, String err) {}

    private Run launch(Path file, String... arguments) throws Exception {
        return finish(start(file, arguments));
    }

    private Process start(Path file, String... arguments) throws IOException {
        return builder(file, arguments).start();
    }

    private ProcessBuilder builder(Path file, String... arguments) {
        var command = new ArrayList<>(List.of(bin.resolve("sh").toString(), file.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).directory(folder.toFile());
        process.environment().clear();
        process.environment().put("PATH", bin.toString());
        process.environment().put("HOME", folder.resolve("person").toString());
        process.environment().put("JAVA_HOME", jdk.toString());
        return process;
    }

    private static Run finish(Process process) throws Exception {
        var out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Run(process.exitValue(), out, err);
    }

    private List<String> called() throws IOException {
        return Files.readAllLines(calls);
    }

    private void jdk(Path place, String version) throws IOException {
        Files.createDirectories(place.resolve("bin"));
        Files.writeString(place.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nJAVA_VERSION_DATE=\"2026-01-01\"\n");
        script(place.resolve("bin/javac"), "");
        script(place.resolve("bin/java"), "echo \"java $*\" >>'" + calls + "'; for a in \"$@\"; do case $a in -XX:AOTCacheOutput=*) echo x >\"${a#*=}\";; esac; done");
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void link(String tool) throws IOException {
        for (var place : List.of("/usr/bin", "/bin")) {
            var real = Path.of(place, tool);
            if (Files.exists(real)) {
                Files.createSymbolicLink(bin.resolve(tool), real);
                return;
            }
        }
    }

    private static void past(Path... files) throws IOException {
        for (var file : files) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        }
    }
}
