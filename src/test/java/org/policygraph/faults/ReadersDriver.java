package org.policygraph.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.sparql.exec.QueryExec;
import org.policygraph.store.Backup;
import org.policygraph.store.Restoration;
import org.policygraph.store.Store;

/// Writers and readers beside one another: each reader sees one version, across graphs, and never an earlier one than before.
/// Compactions go on meanwhile, and backups are taken.
///
///     ReadersDriver SECONDS FOLDER
final class ReadersDriver {

    private static final int READERS = 4;

    /// @param reads how many versions were looked at
    record Outcome(long writes, long reads, long backups) {}

    private ReadersDriver() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        var folder = Path.of(arguments[1]);
        Files.createDirectories(folder);
        System.out.println(run(Integer.parseInt(arguments[0]), folder));
    }

    /// @throws ExecutionException when a reader saw what no version has
    static Outcome run(int seconds, Path folder) throws InterruptedException, ExecutionException {
        var writes = new AtomicLong();
        var reads = new AtomicLong();
        var backups = new AtomicLong();
        try (var store = Store.on(folder.resolve("store")); var threads = Executors.newCachedThreadPool()) {
            new Version(0).write(store);
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            var all = new ArrayList<Future<?>>();
            all.add(threads.submit(() -> {
                for (var version = new Version(0); System.nanoTime() < end;) {
                    version = version.next(store);
                    writes.incrementAndGet();
                }
            }));
            for (int reader = 0; reader < READERS; reader++) {
                all.add(threads.submit(() -> {
                    for (var before = 0; System.nanoTime() < end;) {
                        var seen = store.dataset().calculateRead(() -> seen(store));
                        if (seen < before) {
                            throw new IllegalStateException("version " + seen + " after " + before);
                        }
                        before = seen;
                        reads.incrementAndGet();
                    }
                    return null;
                }));
            }
            all.add(threads.submit(() -> {
                while (System.nanoTime() < end) {
                    Backup.write(store, folder.resolve("backup.nq.gz"));
                    Restoration.restore(folder.resolve("backup.nq.gz"), folder.resolve("restored"), _ -> { });
                    try (var restored = Store.on(folder.resolve("restored"))) {
                        restored.read(Version::of);
                    }
                    backups.incrementAndGet();
                }
                return null;
            }));
            for (var one : all) {
                one.get();
            }
        }
        return new Outcome(writes.get(), reads.get(), backups.get());
    }

    /// Looks three times in one transaction, in different ways.
    private static int seen(Store store) {
        var first = Version.of(store.dataset()).number();
        try (var query = QueryExec.dataset(store.dataset()).query("SELECT * { ?thing ?property ?value }").build()) {
            // The union of the graphs is without the default graph.
            var rows = Iter.count(query.select());
            if (rows != new Version(first).quads().size() - 1) {
                throw new IllegalStateException(rows + " rows of version " + first);
            }
        }
        var second = Version.of(store.dataset()).number();
        if (first != second) {
            throw new IllegalStateException("versions " + first + " and " + second + " in one transaction");
        }
        return first;
    }
}
