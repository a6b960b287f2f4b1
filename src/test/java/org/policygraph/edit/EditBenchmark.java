package org.policygraph.edit;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.jena.query.Syntax;
import org.apache.jena.update.UpdateFactory;
import org.policygraph.graph.Rules;
import org.policygraph.graph.Shapes;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;

/// What an edit costs on a store of any size: `EditBenchmark STORE DATA…`, where DATA are folders to be loaded.
public final class EditBenchmark {

    private EditBenchmark() {}

    public static void main(String[] arguments) {
        var ontology = Path.of("ontology");
        var words = Vocabulary.read(ontology);
        var rules = Rules.read(ontology.resolve("rules"), words.graph());
        var shapes = List.of(Shapes.read(ontology.resolve("shapes/records")), Shapes.read(ontology.resolve("shapes/links")));
        try (var store = Store.on(Path.of(arguments[0]))) {
            Loader.load(new Content(ontology, Arrays.stream(arguments).skip(1).map(Path::of).toList()), store, Loader.Replacing.EDITED, Progress.silent());
            System.out.println("quads " + store.read(data -> data.stream().count()));
            System.out.println("judging all: " + millis(() -> store.read(data -> shapes.stream().map(one -> one.faultsIn(data.getUnionGraph()).size()).toList())) + " ms");
            var edits = new Edits(store, words, rules, shapes, EditLimits.usual());
            for (var kind : List.of(
                    "INSERT DATA { GRAPH <https://example.org/notes> { id:huawei rdfs:comment 'note %d' } }",
                    "INSERT DATA { GRAPH graph:registry { id:bench-%1$d a pol:PrivateFirm ; rdfs:label 'b'@en , 'b'@zh-Hant ; skos:prefLabel 'b'@en , 'b'@zh-Hant ; skos:definition 'b'@en , 'b'@zh-Hant } }",
                    "INSERT { GRAPH <https://example.org/notes> { id:bench-c%1$d ?p ?o . ?s ?r ?q } } WHERE { { SELECT ?claim { ?claim a pol:Claim } LIMIT 1 } ?claim ?p ?o ; rdf:subject ?s ; rdf:predicate ?r ; rdf:object ?q }")) {
                var times = new long[20];
                for (var i = 0; i < times.length; i++) {
                    var text = kind.formatted(System.nanoTime());
                    var update = UpdateFactory.create();
                    words.prefixes().forEach(update::setPrefix);
                    UpdateFactory.parse(update, text, null, Syntax.syntaxSPARQL_11);
                    times[i] = millis(() -> Optional.of(edits.update(new Editors.Editor("bench"), update, text, Precondition.none())));
                }
                Arrays.sort(times);
                System.out.println("median " + times[times.length / 2] + " ms, worst " + times[times.length - 1] + " ms: " + kind);
            }
        }
    }

    private static long millis(java.util.function.Supplier<?> work) {
        var start = System.nanoTime();
        work.get();
        return (System.nanoTime() - start) / 1_000_000;
    }
}
