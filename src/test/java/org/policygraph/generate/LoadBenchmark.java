package org.policygraph.generate;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.policygraph.generate.Generator.World;
import org.policygraph.generate.RecordFile.Layout;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Loads made-up data into a store on disk, then has Jena's own bulk loader load the same quads: how long either takes and
/// how much memory it needs, each in a Java of its own. No test; docs/benchmarks.md tells how to run it and what came out.
@Command(name = "load-benchmark", mixinStandardHelpOptions = true,
        description = "Times a load of made-up data beside tdb2.tdbloader on the same quads. Linux only: memory is read from /proc.",
        subcommands = { LoadBenchmark.Load.class, LoadBenchmark.Write.class })
public final class LoadBenchmark implements Callable<Integer> {

    @Option(names = "--claims", defaultValue = "10000", description = "how many claims to load (default: ${DEFAULT-VALUE})")
    private long claims;

    @Option(names = "--seed", defaultValue = "1", description = "of the generator (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--heap", defaultValue = "1g", description = "what each Java gets as -Xmx (default: ${DEFAULT-VALUE})")
    private String heap;

    @Option(names = "--ontology", defaultValue = "ontology", description = "folder of the ontology (default: ${DEFAULT-VALUE})")
    private Path ontology;

    @Option(names = "--work", defaultValue = "target/load-benchmark", description = "folder for data and stores; emptied first (default: ${DEFAULT-VALUE})")
    private Path work;

    @Option(names = "--profile", description = "record the load with the Flight Recorder, into load.jfr of the work folder")
    private boolean profiled;

    @Option(names = "--alone", description = "leave tdb2.tdbloader out")
    private boolean alone;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LoadBenchmark()).execute(arguments));
    }

    @Override public Integer call() throws IOException, InterruptedException {
        empty(work);
        var data = work.resolve("data");
        var started = System.nanoTime();
        Generator.write(Vocabulary.read(ontology), new World(claims, seed, 1), Layout.ARRAY, false, data);
        System.out.printf(Locale.ROOT, "generated   %,d claims, %.0f MB of JSON, in %.1f s%n", claims, megabytes(data), since(started));

        var options = profiled ? List.of("-XX:FlightRecorderOptions=stackdepth=256", "-XX:StartFlightRecording=settings=profile,filename=" + work.resolve("load.jfr")) : List.<String>of();
        run(options, LoadBenchmark.class.getName(), "load", "--ontology", ontology.toString(), "--data", data.toString(),
                "--store", work.resolve("store").toString(), "--claims", Long.toString(claims));
        System.out.printf(Locale.ROOT, "            %.0f MB on disk%n", megabytes(work.resolve("store")));
        if (!alone) {
            var quads = work.resolve("quads.nq");
            run(List.of(), LoadBenchmark.class.getName(), "write", "--store", work.resolve("store").toString(), "--out", quads.toString());
            var before = System.nanoTime();
            run(List.of(), "tdb2.tdbloader", "--loc", work.resolve("tdb2").toString(), quads.toString());
            System.out.printf(Locale.ROOT, "tdbloader   %.1f s with its start; %.0f MB on disk%n", since(before), megabytes(work.resolve("tdb2")));
        }
        return 0;
    }

    /// A main class in a Java of its own, timed from outside.
    private void run(List<String> options, String main, String... arguments) throws IOException, InterruptedException {
        // Peak memory is the kernel's word: GNU time asks it when the process has ended.
        var command = new ArrayList<>(List.of("/usr/bin/time", "-f", "            peak RSS %M kB, %e s, %U s user, %S s system",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap, "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main);
        command.addAll(List.of(arguments));
        var status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(main + " ended with status " + status);
        }
    }

    @Command(name = "load", description = "Loads a folder of data and tells the time of each step.", hidden = true)
    static final class Load implements Callable<Integer> {

        @Option(names = "--ontology", required = true)
        private Path ontology;

        @Option(names = "--data", required = true)
        private Path data;

        @Option(names = "--store", required = true)
        private Path store;

        @Option(names = "--claims", required = true)
        private long claims;

        @Override public Integer call() {
            var kept = mostKept();
            try (var open = Store.on(store)) {
                var started = System.nanoTime();
                var report = Loader.load(new Content(ontology, List.of(data)), open, false, new Steps());
                var seconds = since(started);
                var triples = report.changes().stream().mapToLong(change -> change.added()).sum();
                report.changes().forEach(change -> System.out.printf(Locale.ROOT, "            %,12d triples in %s%n", change.added(), change.graph()));
                System.out.printf(Locale.ROOT, "load        %.1f s: %,.0f claims/s, %,.0f triples/s (%,d triples); heap after a collection at most %.0f MB%n",
                        seconds, claims / seconds, triples / seconds, triples, kept.get() / 1e6);
                System.out.println("            of its memory now: " + memory());
            }
            return 0;
        }

        /// What is the process's own, and what are pages of files that the kernel may take back.
        private static String memory() {
            try (var status = Files.lines(Path.of("/proc/self/status"))) {
                return status.filter(line -> line.startsWith("RssAnon") || line.startsWith("RssFile")).map(line -> line.replaceAll("\\s+", " "))
                        .collect(Collectors.joining(", "));
            } catch (IOException noLinux) {
                throw new UncheckedIOException(noLinux);
            }
        }

        /// How much heap was in use after a collection, at the most.
        private static AtomicLong mostKept() {
            var most = new AtomicLong();
            for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
                ((NotificationEmitter) collector).addNotificationListener((note, _) -> {
                    var after = GarbageCollectionNotificationInfo.from((CompositeData) note.getUserData()).getGcInfo().getMemoryUsageAfterGc();
                    var used = after.entrySet().stream().filter(pool -> pool.getKey().startsWith("G1")).mapToLong(pool -> pool.getValue().getUsed()).sum();
                    most.accumulateAndGet(used, Math::max);
                }, note -> note.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION), null);
            }
            return most;
        }
    }

    /// Tells how long each step of a load took.
    private static final class Steps implements Progress {
        @Override public Task begin(String what, long total) {
            var started = System.nanoTime();
            return new Task() {
                @Override public void at(long done) { }

                @Override public void close() {
                    System.out.printf(Locale.ROOT, "            %8.1f s  %s%n", since(started), what);
                }
            };
        }
    }

    @Command(name = "write", description = "Writes every quad of a store as N-Quads.", hidden = true)
    static final class Write implements Callable<Integer> {

        @Option(names = "--store", required = true)
        private Path store;

        @Option(names = "--out", required = true)
        private Path out;

        @Override public Integer call() throws IOException {
            try (var open = Store.on(store); var stream = new BufferedOutputStream(Files.newOutputStream(out), 1 << 16)) {
                var writer = StreamRDFWriter.getWriterStream(stream, Lang.NQUADS);
                writer.start();
                open.read(quads -> {
                    quads.find().forEachRemaining(writer::quad);
                    return null;
                });
                writer.finish();
            }
            return 0;
        }
    }

    private static double since(long started) {
        return (System.nanoTime() - started) / 1e9;
    }

    private static double megabytes(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum() / 1e6;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
        Files.createDirectories(folder);
    }
}
