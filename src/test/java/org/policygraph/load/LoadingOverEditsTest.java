package org.policygraph.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDFS;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.policygraph.edit.EditLimits;
import org.policygraph.edit.Editors;
import org.policygraph.edit.Edits;
import org.policygraph.edit.Precondition;
import org.policygraph.graph.Rules;
import org.policygraph.graph.Shapes;
import org.policygraph.load.Loader.Replacing;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.DatasetVersion;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Vocabulary;

/// What editors have written is not lost by loading files.
class LoadingOverEditsTest {

    private static final Quad EDITED = Quad.create(Iris.sourceGraph("paper"), Iris.id("maker"), RDFS.comment.asNode(), Literals.text("edited", "en"));

    @TempDir
    private Path folder;
    private Store store;
    private SmallData files;
    private Edits edits;

    @BeforeEach void load() {
        store = Store.inMemory();
        files = new SmallData(folder);
        files.load(store);
        var words = Vocabulary.read(SmallData.ONTOLOGY);
        edits = new Edits(store, words, Rules.read(SmallData.ONTOLOGY.resolve("rules"), words.graph()),
                List.of(Shapes.read(SmallData.ONTOLOGY.resolve("shapes/records")), Shapes.read(SmallData.ONTOLOGY.resolve("shapes/links"))),
                new EditLimits(1000, 1000, 1000, Duration.ofSeconds(1)));
        var triples = GraphFactory.createDefaultGraph();
        triples.add(Triple.create(EDITED.getSubject(), EDITED.getPredicate(), EDITED.getObject()));
        edits.post(new Editors.Editor("alice"), EDITED.getGraph(), triples, "", Precondition.none());
    }

    @AfterEach void close() {
        store.close();
    }

    private boolean isThere() {
        return store.read(data -> data.contains(EDITED));
    }

    @Test void unchangedFilesLeaveEditsAlone() {
        assertTrue(files.load(store).unchanged());
        assertTrue(isThere());
    }

    @Test void changedFilesOfAnEditedGraphAreRefusedAndNothingIsLost() {
        files.change("sources/paper/claims.json", "So it is.", "So it was.");
        var before = SmallData.quads(store);

        var problem = assertThrows(ProblemException.class, () -> files.load(store)).problems().getFirst();

        assertEquals(EDITED.getGraph().getURI(), assertInstanceOf(Problem.Conflicting.class, problem).where().toString());
        assertTrue(problem.message().contains("--over-edits") && problem.message().contains("edits/1"), problem.message());
        assertEquals(before, SmallData.quads(store));
    }

    @Test void changedFilesOfAnotherGraphAreLoaded() {
        files.change("entities/all.json", "A firm.", "Some firm.");

        assertTrue(!files.load(store).unchanged());
        assertTrue(isThere());
    }

    @Test void whoSaysSoReplacesAnEditedGraphAndKeepsTheHistory() {
        files.change("sources/paper/claims.json", "So it is.", "So it was.");

        Loader.load(files.content(), store, Replacing.EDITED, Progress.silent());

        assertTrue(!isThere());
        assertEquals(1, edits.list(Long.MAX_VALUE, 10).size());
        assertEquals(Optional.empty(), store.read(data -> DatasetVersion.lastEdit(data, EDITED.getGraph())));
        files.change("sources/paper/claims.json", "So it was.", "So it is.");
        files.load(store);
    }

    @Test void aStoreThatIsEmptiedFirstBeginsItsHistoryAgain() {
        Loader.load(files.content(), store, Replacing.EVERYTHING, Progress.silent());

        assertEquals(List.of(), edits.list(Long.MAX_VALUE, 10));
        var triples = GraphFactory.createDefaultGraph();
        triples.add(Triple.create(EDITED.getSubject(), EDITED.getPredicate(), EDITED.getObject()));
        var edit = edits.post(new Editors.Editor("bob"), EDITED.getGraph(), triples, "", Precondition.none()).edit().orElseThrow();
        assertEquals(1, edit.number());
        assertTrue(new String(edits.patch(1), java.nio.charset.StandardCharsets.UTF_8).contains("bob"));
    }
}
