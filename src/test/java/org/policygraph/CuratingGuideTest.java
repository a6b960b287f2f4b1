package org.policygraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.policygraph.problem.Problem;
import org.policygraph.source.DataFolder;
import org.policygraph.source.DataFolder.Listener;
import org.policygraph.source.Entry;
import org.policygraph.term.Vocabulary;

/// What `docs/curating.md` teaches, the loader takes.
class CuratingGuideTest {

    private static final Pattern EXAMPLE = Pattern.compile("```json (\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("^\\|(.+)\\|$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("`([A-Za-z-]+)`");
    private static final Vocabulary WORDS = Vocabulary.read(Path.of("ontology"));

    @TempDir Path folder;

    @Test void itsExamplesAreRecordsThatTheLoaderTakes() throws IOException {
        var data = new DataFolder(folder, WORDS);
        var problems = new ArrayList<Problem>();
        var read = new ArrayList<String>();

        for (var example : EXAMPLE.matcher(guide()).results().toList()) {
            var file = Files.writeString(folder.resolve(example.group(1) + ".json"), example.group(2));
            switch (example.group(1)) {
                case "entities" -> data.entities(file, listener(read, problems));
                case "claims" -> data.claims(file, listener(read, problems));
                case "figures" -> data.figures(file, listener(read, problems));
                default -> throw new AssertionError("no kind of record: " + example.group(1));
            }
        }

        assertEquals(List.of(), problems);
        assertEquals(List.of("fjord-fund", "c05-01", "f05-1", "f05-2"), read);
    }

    @Test void theRelationsAndStatusesOfItsTablesAreThoseOfTheOntology() throws IOException {
        var rows = ROW.matcher(guide()).results().map(row -> List.of(row.group(1).split("\\|"))).toList();

        var relations = rows.stream().filter(row -> row.size() == 5).flatMap(row -> words(row.get(2))).toList();
        var statuses = Stream.concat(rows.stream().filter(row -> row.size() == 5).flatMap(row -> words(row.get(4))),
                rows.stream().filter(row -> row.size() == 3).flatMap(row -> words(row.get(1)))).toList();

        assertEquals(4, relations.size());
        assertTrue(WORDS.relations().keySet().containsAll(relations), relations.toString());
        assertEquals(WORDS.concepts("claim-status").keySet(), new TreeSet<>(statuses));
    }

    @Test void theCausalRelationsThatItListsHaveTheSignThatItGivesThem() throws IOException {
        var guide = guide();
        var lists = guide.substring(guide.indexOf("Causal relations carry a sign"));
        var more = words(lists.substring(0, lists.indexOf("make more"))).toList();
        var less = words(lists.substring(lists.indexOf("make more"), lists.indexOf("make less"))).toList();

        assertEquals(List.of(7, 6), List.of(more.size(), less.size()));
        more.forEach(relation -> assertEquals("1", sign(relation), relation));
        less.forEach(relation -> assertEquals("-1", sign(relation), relation));
    }

    private static String sign(String relation) {
        return WORDS.graph().find(WORDS.relations().get(relation), Node.ANY, Node.ANY)
                .filterKeep(triple -> triple.getPredicate().getLocalName().equals("sign"))
                .mapWith(triple -> triple.getObject().getLiteralLexicalForm()).nextOptional().orElse("none");
    }

    private static Stream<String> words(String text) {
        return WORD.matcher(text).results().map(word -> word.group(1));
    }

    private static <T extends Entry> Listener<T> listener(List<String> read, List<Problem> problems) {
        return new Listener<>(entry -> read.add(entry.id()), problems::add, _ -> { });
    }

    private static String guide() throws IOException {
        return Files.readString(Path.of("docs/curating.md"));
    }
}
