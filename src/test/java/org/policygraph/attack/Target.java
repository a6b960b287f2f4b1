package org.policygraph.attack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A server of our own in a process of its own, `serve` as everyone starts it, to be attacked.
final class Target implements AutoCloseable {

    private static final int TICKS_A_SECOND = 100;
    private static final int USER_TIME = 11;

    private final Process process;
    private final Path told;
    final URI uri;

    private Target(Process process, Path told, URI uri) {
        this.process = process;
        this.told = told;
        this.uri = uri;
    }

    /// @param heap    as `-Xmx` takes it
    /// @param options of `serve`
    static Target start(String heap, String... options) throws IOException {
        var told = Files.createTempFile("target", ".log");
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), "-Dpolicygraph.home=" + Path.of("").toAbsolutePath(),
                "org.policygraph.cli.Main", "serve", "--port", "0", "--store", "mem"));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command).redirectError(Redirect.to(told.toFile())).start();
        // What it goes on to say there is read by nobody; it is no more than the system keeps.
        var ready = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (ready == null || !ready.startsWith("Ready ")) {
            throw new IOException("the target did not start: " + ready + "\n" + Files.readString(told));
        }
        return new Target(process, told, URI.create(ready.split(" ")[1]));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /// What it wrote to standard error so far.
    String told() throws IOException {
        return Files.readString(told);
    }

    String toldOrNot() {
        try {
            return told();
        } catch (IOException gone) {
            return gone.toString();
        }
    }

    /// Of a processor, since it began.
    Duration processorTime() throws IOException {
        var fields = Files.readString(Path.of("/proc", Long.toString(pid()), "stat")).replaceFirst(".*\\) ", "").split(" ");
        return Duration.ofMillis((Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) * 1000 / TICKS_A_SECOND);
    }

    int descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
            return (int) open.count();
        }
    }

    int threads() throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid()), "status")).lines().filter(line -> line.startsWith("Threads:"))
                .map(line -> Integer.parseInt(line.substring(8).strip())).findFirst().orElseThrow();
    }

    /// Megabytes of heap that are alive: after a full collection.
    long heap() throws IOException, InterruptedException {
        jcmd("GC.run");
        var used = jcmd("GC.heap_info").lines().filter(line -> line.contains(" used ")).toList();
        return used.stream().filter(line -> !line.contains("etaspace") && !line.contains("class space"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".* used (\\d+)K.*", "$1"))).sum() >> 10;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid()), command));
        var asked = new ProcessBuilder(words).redirectErrorStream(true).start();
        var answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        asked.waitFor();
        return answer;
    }

    @Override public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        Files.deleteIfExists(told);
    }
}
