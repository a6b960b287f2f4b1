package org.policygraph.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.jena.graph.Graph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.policygraph.store.Backup;
import org.policygraph.store.BackupSocket;
import org.policygraph.store.Restoration;
import org.policygraph.store.Store;
import org.policygraph.store.StoreCheck;

/// What processes that die, that are two, or that have no room leave of a store. `FaultDriver` does the same at length.
class FaultsTest {

    @TempDir
    private Path folder;

    @Test void aStoreIsWholeWhereverItsProcessIsKilled() throws IOException, InterruptedException {
        var driver = new FaultDriver(folder, Optional.empty(), 4);

        driver.run(8);

        assertEquals(List.of(), driver.losses());
    }

    @Test void eachReaderSeesOneVersionWhileOthersWriteCompactAndBackUp() throws InterruptedException, ExecutionException {
        var outcome = ReadersDriver.run(8, folder);

        assertTrue(outcome.writes() > 0 && outcome.reads() > 0 && outcome.backups() > 0, outcome::toString);
    }

    @Test void aSecondProcessIsRefusedWithAClearWordAndMayTakeABackup() throws IOException {
        var store = folder.resolve("store");
        var file = folder.resolve("backup.nq.gz");
        try (var opened = Store.on(store)) {
            new Version(3).write(opened);
            Backup.write(opened, file);
        }
        var holder = FaultDriver.start(List.of("hold", store.toString()));
        try (var out = new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("ready", out.readLine());

            for (var refusal : List.of(FaultDriver.refusal(() -> Store.on(store).close()),
                    FaultDriver.refusal(() -> Restoration.restore(file, store, _ -> { })),
                    FaultDriver.refusal(() -> StoreCheck.of(store, Optional.empty(), Graph.emptyGraph, _ -> { })))) {
                assertTrue(refusal.startsWith(store + ": the store can't be opened (") && refusal.contains("held by process " + holder.pid())
                        && refusal.contains("ask the process that has it"), refusal);
            }
            assertEquals(new Version(3).quads().size(), BackupSocket.take(store, folder.resolve("other.nq.gz")).orElseThrow().quads());
        } finally {
            holder.toHandle().destroyForcibly();
        }
        holder.onExit().join();
        // A socket that a process left is nobody's.
        assertEquals(Optional.empty(), BackupSocket.take(store, folder.resolve("other.nq.gz")));
        try (var opened = Store.on(store)) {
            assertEquals(new Version(3), opened.read(Version::of));
        }
    }

    @Test void aDiskThatFillsUpInMidChangeLeavesTheStoreAsItWas() throws IOException, InterruptedException {
        var disk = folder.resolve("disk");
        Files.createDirectories(disk);
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString()).status == 0, "a small disk can't be mounted by this user");
        try {
            var run = run(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                    "-cp", System.getProperty("java.class.path"), FullDisk.class.getName(), disk.toString(), "22");

            assertEquals(0, run.status, run::toString);
            assertTrue(run.lines.contains("broken false"), run::toString);
            assertTrue(run.lines.containsAll(List.of("written true", "opened true")), run::toString);
            assertEquals(4, run.lines.stream().filter("read true"::equals).count(), run::toString);
            assertTrue(run.lines.stream().anyMatch(line -> line.contains("the change could not be written") && line.contains("nothing of it is in the store")), run::toString);
            assertTrue(run.lines.stream().anyMatch(line -> line.contains("MB left, and nothing is written with less than 16 MB")), run::toString);
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test void aChangeThatTakesAllMemoryIsNoneAndTheNextOneIs() throws IOException, InterruptedException {
        var run = run(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx96m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), FullMemory.class.getName(), folder.resolve("store").toString());

        assertEquals(0, run.status, run::toString);
        assertTrue(run.lines.containsAll(List.of("out of memory", "read true", "broken false", "written true", "opened true")), run::toString);
    }

    private record Run(int status, List<String> lines) {}

    private static Run run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var lines = new ArrayList<String>();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(lines::add);
        }
        return new Run(process.waitFor(), lines);
    }
}
