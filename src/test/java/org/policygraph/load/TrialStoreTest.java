package org.policygraph.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;

class TrialStoreTest {

    @TempDir Path folder;

    @Test void muchDataIsTriedOutOnDiskAndNothingIsLeftBehind() {
        var during = new ArrayList<Path>();
        var data = new SmallData(folder.resolve("data"));
        var parent = folder.resolve("tmp");
        parent.toFile().mkdir();

        TrialStore.with(true, parent, store -> {
            during.addAll(list(parent));
            assertFalse(data.load(store).unchanged());
        });

        assertEquals(1, during.size());
        assertEquals(List.of(), list(parent));
    }

    @Test void nothingIsLeftBehindWhenTheDataDoesNotLoad() {
        assertThrows(IllegalStateException.class, () -> TrialStore.with(true, folder, store -> {
            throw new IllegalStateException(store.name());
        }));

        assertEquals(List.of(), list(folder));
    }

    @Test void littleDataNeedsNoDisk() {
        TrialStore.with(false, folder, store -> assertTrue(store.name().equals("mem") && list(folder).isEmpty()));
    }

    @Test void aFolderThatIsNotThereIsAProblemOfTheMachine() {
        var gone = folder.resolve("gone");

        var thrown = assertThrows(ProblemException.class, () -> TrialStore.with(true, gone, _ -> { }));

        assertEquals(Problem.Unusable.class, thrown.problems().getFirst().getClass());
    }

    private static List<Path> list(Path folder) {
        try (var files = Files.list(folder)) {
            return files.toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
