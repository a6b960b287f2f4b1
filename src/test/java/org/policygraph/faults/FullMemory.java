package org.policygraph.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.RDFS;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;

/// Fills the heap in the middle of a change, reads the store, and changes it again.
///
///     FullMemory FOLDER
public final class FullMemory {

    private FullMemory() {}

    public static void main(String[] arguments) {
        var folder = Path.of(arguments[0]);
        var version = new Version(0);
        try (var store = Store.on(folder)) {
            version.write(store);
            for (int round = 0; round < 2; round++) {
                try {
                    store.write(data -> {
                        var kept = new ArrayList<byte[]>();
                        IntStream.range(0, Integer.MAX_VALUE).forEach(number -> {
                            var quad = Quad.create(Iris.sourceGraph("big"), Iris.id("big" + number), RDFS.label.asNode(), Literals.text("Something " + number, "en"));
                            data.add(quad);
                            kept.add(new byte[20_000]);
                        });
                    });
                } catch (OutOfMemoryError full) {
                    System.out.println("out of memory");
                }
            }
            System.out.println("read " + store.read(Version::of).equals(version));
            System.out.println("broken " + store.problem().isPresent());
            version = version.next(store);
            System.out.println("written " + store.read(Version::of).equals(version));
        }
        try (var store = Store.on(folder, System.out::println)) {
            System.out.println("opened " + store.read(Version::of).equals(version));
        }
    }
}
