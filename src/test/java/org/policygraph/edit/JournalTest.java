package org.policygraph.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDFS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.Journal;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;

/// The history of edits holds what was committed and nothing else, whatever happened between.
class JournalTest {

    private static final Node NOTES = NodeFactory.createURI("https://example.org/notes");

    @TempDir
    private Path folder;

    private static Edits edits(Store store) {
        return new Edits(store, EditsTest.WORDS, EditsTest.RULES, EditsTest.SHAPES, EditLimits.usual());
    }

    private static void add(Edits edits, String text) {
        var triples = GraphFactory.createDefaultGraph();
        triples.add(Triple.create(Iris.id("huawei"), RDFS.comment.asNode(), Literals.plain(text)));
        edits.post(new Editors.Editor("alice"), NOTES, triples, "", Precondition.none());
    }

    private static String patch(Edits edits, long number) {
        return new String(edits.patch(number), StandardCharsets.UTF_8);
    }

    @Test void whatADyingProcessLeftBehindTheLastEditGivesWayToTheNext() throws IOException {
        try (var store = Store.on(folder)) {
            add(edits(store), "first");
        }
        // As a process leaves it that has written an edit down and died before it committed.
        Files.write(folder.resolve(Journal.FILE), new byte[1000], StandardOpenOption.APPEND);

        try (var store = Store.on(folder)) {
            var edits = edits(store);
            assertEquals(1, edits.list(Long.MAX_VALUE, 10).size());
            add(edits, "second");
            assertTrue(patch(edits, 1).contains("first"));
            assertTrue(patch(edits, 2).contains("second"));
        }
        try (var all = new GZIPInputStream(Files.newInputStream(folder.resolve(Journal.FILE)))) {
            var text = new String(all.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(2, text.lines().filter("TX ."::equals).count());
            assertTrue(text.indexOf("first") < text.indexOf("second"));
        }
    }

    @Test void anEditThatIsRefusedLeavesNothingInIt() throws IOException {
        try (var store = Store.on(folder)) {
            var edits = edits(store);
            add(edits, "first");
            var before = Files.readAllBytes(folder.resolve(Journal.FILE));

            assertThrows(ProblemException.class, () -> edits.delete(new Editors.Editor("alice"), Iris.ONTOLOGY_GRAPH, Precondition.none()));

            org.junit.jupiter.api.Assertions.assertArrayEquals(before, Files.readAllBytes(folder.resolve(Journal.FILE)));
        }
    }

    @Test void anEditThatIsDamagedOrGoneIsToldSo() throws IOException {
        try (var store = Store.on(folder)) {
            var edits = edits(store);
            add(edits, "first");
            var bytes = Files.readAllBytes(folder.resolve(Journal.FILE));
            // In gzip's head, which gzip itself does not check.
            bytes[4] ^= 1;
            Files.write(folder.resolve(Journal.FILE), bytes);
            assertInstanceOf(Problem.Unusable.class, assertThrows(ProblemException.class, () -> edits.patch(1)).problems().getFirst());

            Files.write(folder.resolve(Journal.FILE), List.of());
            assertInstanceOf(Problem.Unusable.class, assertThrows(ProblemException.class, () -> edits.patch(1)).problems().getFirst());
            assertInstanceOf(Problem.Unusable.class, assertThrows(ProblemException.class, () -> add(edits, "second")).problems().getFirst());
        }
    }
}
