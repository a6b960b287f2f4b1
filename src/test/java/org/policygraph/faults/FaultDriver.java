package org.policygraph.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.sparql.core.Quad;
import org.policygraph.graph.Rules;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.Backup;
import org.policygraph.store.Restoration;
import org.policygraph.store.Store;
import org.policygraph.store.StoreCheck;
import org.policygraph.term.Vocabulary;

/// Kills a process at random moments of what it does to a store, and looks at the store afterwards.
///
///     FaultDriver MOMENTS FOLDER [SMALL-DISK]
///
/// After each moment the store is opened, checked as `check --store` does, and compared with the last state that was
/// acknowledged, or with that and the one change under way. SMALL-DISK is a folder on a disk of some tens of megabytes, which
/// fills up in some of the moments.
public final class FaultDriver {

    private static final int MEGABYTE = 1 << 20;

    private static final Version BACKED_UP = new Version(5000);

    enum Operation {
        UPDATE, RESTORE, BACKUP, FULL_DISK, LOAD
    }

    /// A load takes longest.
    private static final List<Operation> ROUND = List.of(Operation.UPDATE, Operation.RESTORE, Operation.BACKUP, Operation.FULL_DISK, Operation.UPDATE,
            Operation.LOAD, Operation.RESTORE, Operation.UPDATE);

    /// @param acknowledged how many changes were, in all
    /// @param refused      how many changes were, for want of room
    record Tally(int moments, int losses, long acknowledged, long refused) {
        Tally plus(Tally other) {
            return new Tally(moments + other.moments, losses + other.losses, acknowledged + other.acknowledged, refused + other.refused);
        }
    }

    private final Path folder;
    private final Optional<Path> smallDisk;
    private final Random random;
    private final Vocabulary words = Vocabulary.read(Path.of("ontology"));
    private final Rules rules = Rules.read(Path.of("ontology/rules"), words.graph());
    private final List<String> losses = new ArrayList<>();

    private final Path loaded;
    private final Path other;
    private final Path backup;
    private final Path changed;
    private final Set<Quad> quadsBefore;
    private final Set<Quad> quadsAfter;

    FaultDriver(Path folder, Optional<Path> smallDisk, long seed) throws IOException {
        this.folder = folder;
        this.smallDisk = smallDisk;
        this.random = new Random(seed);
        this.loaded = folder.resolve("loaded");
        this.other = folder.resolve("data");
        this.backup = folder.resolve("backup.nq.gz");
        this.changed = folder.resolve("changed");

        // What is shipped is loaded first, and then the same in other words.
        copy(Path.of("data"), other);
        reword(other);
        try (var store = Store.on(folder.resolve("second"))) {
            Loader.load(content(Path.of("data")), store, false, Progress.silent());
            this.quadsBefore = quads(store);
        }
        copy(folder.resolve("second"), loaded);
        try (var store = Store.on(folder.resolve("second"))) {
            Loader.load(content(other), store, false, Progress.silent());
            this.quadsAfter = quads(store);
        }
        try (var store = Store.on(folder.resolve("third"))) {
            BACKED_UP.write(store);
            Backup.write(store, backup);
        }
        try (var store = Store.on(changed)) {
            new Version(0).write(store);
        }
    }

    private static Content content(Path data) {
        return new Content(Path.of("ontology"), List.of(data), Optional.empty());
    }

    /// Each claim says something else.
    private static void reword(Path data) throws IOException {
        try (var files = Files.walk(data)) {
            for (var file : files.filter(one -> one.getFileName().toString().equals("claims.json")).toList()) {
                Files.writeString(file, Files.readString(file).replace("\"confidence\": \"high\"", "\"confidence\": \"low\"").replace("\"en\": \"", "\"en\": \"Again: "));
            }
        }
    }

    static Set<Quad> quads(Store store) {
        return store.read(data -> Iter.toSet(data.find()));
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Path.of(arguments[1]);
        Files.createDirectories(folder);
        var seed = Long.getLong("seed", System.nanoTime());
        var driver = new FaultDriver(folder, arguments.length > 2 ? Optional.of(Path.of(arguments[2])) : Optional.empty(), seed);
        var tallies = driver.run(Integer.parseInt(arguments[0]));
        System.out.println("seed " + seed);
        System.out.println("| operation | moments | acknowledged | refused for want of room | losses |");
        System.out.println("|---|---:|---:|---:|---:|");
        var all = new Tally(0, 0, 0, 0);
        for (var tally : tallies.entrySet()) {
            print(tally.getKey().name().toLowerCase().replace('_', ' '), tally.getValue());
            all = all.plus(tally.getValue());
        }
        print("all", all);
        driver.losses.forEach(System.out::println);
        System.exit(all.losses == 0 ? 0 : 1);
    }

    private static void print(String name, Tally tally) {
        System.out.printf("| %s | %d | %,d | %,d | %d |%n", name, tally.moments, tally.acknowledged, tally.refused, tally.losses);
    }

    List<String> losses() {
        return losses;
    }

    Map<Operation, Tally> run(int moments) throws IOException, InterruptedException {
        var tallies = new TreeMap<Operation, Tally>();
        var operations = ROUND.stream().filter(one -> one != Operation.FULL_DISK || smallDisk.isPresent()).toList();
        for (int moment = 0; moment < moments; moment++) {
            var operation = operations.get(moment % operations.size());
            var before = losses.size();
            var tally = moment(operation);
            tallies.merge(operation, new Tally(1, losses.size() - before, tally.acknowledged, tally.refused), Tally::plus);
            if (moment % 10 == 9) {
                System.out.println(moment + 1 + " moments, " + losses.size() + " losses");
            }
        }
        return tallies;
    }

    private Tally moment(Operation operation) throws IOException, InterruptedException {
        var store = operation == Operation.FULL_DISK ? smallDisk.orElseThrow().resolve("store") : folder.resolve("store");
        delete(store);
        var told = switch (operation) {
            case UPDATE -> {
                copy(changed, store);
                yield killed(random.nextInt(4000), List.of("update", store.toString()));
            }
            case FULL_DISK -> {
                copy(changed, store);
                var ballast = smallDisk.orElseThrow().resolve("ballast");
                // Around the room that a change asks for, so that some find none before they begin, and some in the middle.
                fill(ballast, Files.getFileStore(ballast.getParent()).getUsableSpace() - (16L + random.nextInt(6)) * MEGABYTE);
                var heard = killed(1000 + random.nextInt(4000), List.of("update", store.toString()));
                Files.delete(ballast);
                yield heard;
            }
            case LOAD -> {
                copy(loaded, store);
                yield killed(random.nextInt(6000), List.of("load", store.toString(), other.toString()));
            }
            case BACKUP -> {
                copy(changed, store);
                Files.deleteIfExists(folder.resolve("made.nq.gz"));
                yield killed(random.nextInt(2500), List.of("backup", store.toString(), folder.resolve("made.nq.gz").toString()));
            }
            case RESTORE -> {
                copy(changed, store);
                yield killed(random.nextInt(3000), List.of("restore", store.toString(), backup.toString()));
            }
        };
        var acknowledged = told.stream().filter(line -> line.startsWith("acknowledged")).count();
        try {
            look(operation, store, told, acknowledged);
        } catch (RuntimeException | Error wrong) {
            losses.add(operation + " after " + (told.isEmpty() ? "nothing" : told.getLast()) + ": " + wrong);
        }
        return new Tally(1, 0, acknowledged, told.stream().filter(line -> line.startsWith("refused")).count());
    }

    private void look(Operation operation, Path folder, List<String> told, long acknowledged) throws IOException {
        var report = StoreCheck.of(folder, operation == Operation.LOAD ? Optional.of(rules) : Optional.empty(), words.graph(), _ -> { });
        if (!report.clean()) {
            throw new IllegalStateException(report.damages().toString());
        }
        try (var store = Store.on(folder)) {
            switch (operation) {
                case UPDATE, FULL_DISK -> {
                    var last = told.stream().filter(line -> line.startsWith("acknowledged ")).reduce((_, later) -> later).map(line -> Integer.parseInt(line.split(" ")[1])).orElse(0);
                    var found = store.read(Version::of).number();
                    if (found != last && found != last + 1) {
                        throw new IllegalStateException("version " + found + " after " + last + " was acknowledged");
                    }
                }
                case LOAD -> {
                    var found = quads(store);
                    if (!found.equals(quadsAfter) && (acknowledged > 0 || !found.equals(quadsBefore))) {
                        throw new IllegalStateException("neither the one nor the other: " + found.size() + " quads");
                    }
                }
                case RESTORE -> {
                    var found = store.read(Version::of);
                    if (!found.equals(BACKED_UP) && (acknowledged > 0 || found.number() != 0)) {
                        throw new IllegalStateException("version " + found.number());
                    }
                }
                case BACKUP -> {
                    requireFirst(store);
                    made(acknowledged);
                }
            }
        }
    }

    private static void requireFirst(Store store) {
        if (store.read(Version::of).number() != 0) {
            throw new IllegalStateException("it is another version");
        }
    }

    private void made(long acknowledged) {
        var file = folder.resolve("made.nq.gz");
        if (Files.exists(file) || acknowledged > 0) {
            var place = folder.resolve("made");
            try {
                delete(place);
                Restoration.restore(file, place, _ -> { });
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            try (var store = Store.on(place)) {
                requireFirst(store);
            }
        }
    }

    /// Runs the victim, and kills it so long after it is ready.
    /// @return what it said; a `Process` that is killed by itself takes with it what nobody has read yet
    private static List<String> killed(int millis, List<String> words) throws IOException, InterruptedException {
        var process = start(words);
        var lines = new ArrayList<String>();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = out.readLine(); line != null && !line.equals("ready"); line = out.readLine()) {
                lines.add(line);
            }
            var killer = Thread.ofVirtual().start(() -> {
                try {
                    if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
                        process.toHandle().destroyForcibly();
                    }
                } catch (InterruptedException stopped) {
                    process.toHandle().destroyForcibly();
                }
            });
            out.lines().forEach(lines::add);
            killer.join();
        }
        process.waitFor();
        // The last line may have been cut off.
        return lines.stream().filter(line -> !line.equals("acknowledged ")).toList();
    }

    static Process start(List<String> words) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), Victim.class.getName()));
        command.addAll(words);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static void fill(Path ballast, long bytes) throws IOException {
        var block = new byte[MEGABYTE];
        try (var out = Files.newOutputStream(ballast)) {
            for (long written = 0; written < bytes; written += MEGABYTE) {
                out.write(block, 0, (int) Math.min(MEGABYTE, bytes - written));
            }
        }
    }

    /// Holes stay holes: files of TDB2 are mostly those.
    private static void copy(Path from, Path to) throws IOException, UncheckedIOException {
        try {
            var copying = new ProcessBuilder("cp", "-r", "--sparse=always", from.toString(), to.toString()).inheritIO().start();
            if (copying.waitFor() != 0) {
                throw new IOException("cp failed");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (var files = Files.walk(path)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /// Of those who only want to see a refusal.
    static String refusal(Runnable work) {
        try {
            work.run();
            return "";
        } catch (ProblemException refused) {
            return refused.getMessage();
        }
    }
}
