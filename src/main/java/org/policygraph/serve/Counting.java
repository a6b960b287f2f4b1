package org.policygraph.serve;

import java.util.Optional;
import org.policygraph.store.DatasetVersion;
import org.policygraph.store.Statistics;
import org.policygraph.store.Store;

/// The statistics of the store, counted when somebody asks and kept until the dataset's version is another.
final class Counting {

    private final Store store;
    private Optional<Counted> last = Optional.empty();

    private record Counted(Optional<String> version, Statistics statistics) {}

    Counting(Store store) {
        this.store = store;
    }

    /// One asker counts, others wait for the same.
    synchronized Statistics now() {
        return store.read(data -> {
            var version = DatasetVersion.of(data);
            // Without a version, nothing tells that the store is still the same.
            var known = last.filter(counted -> version.isPresent() && counted.version().equals(version));
            if (known.isEmpty()) {
                known = Optional.of(new Counted(version, Statistics.of(data)));
                last = known;
            }
            return known.get().statistics();
        });
    }
}
