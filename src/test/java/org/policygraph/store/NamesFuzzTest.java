package org.policygraph.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.policygraph.attack.Fuzz;
import org.policygraph.attack.Mutation;
import org.policygraph.attack.Owed;
import org.policygraph.problem.Where;
import org.policygraph.term.Iris;
import org.policygraph.term.Vocabulary;

/// Whatever is typed as a name or looked for as a text, something is found, or nothing, or the asker is told why not.
class NamesFuzzTest {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Where TYPED = new Where.Argument("name");
    private static final Names NAMES = new Names(Vocabulary.read(Path.of("ontology")));
    private static Store store;

    @BeforeContainer static void fill() {
        store = Store.inMemory();
        store.write(data -> List.of("huawei", "ascend", "compute-shortage").forEach(id -> {
            data.add(Iris.REGISTRY_GRAPH, Iris.id(id), RDF.type.asNode(), NodeFactory.createURI("https://w3id.org/policygraph/ontology#Firm"));
            data.add(Iris.REGISTRY_GRAPH, Iris.id(id), RDFS.label.asNode(), NodeFactory.createLiteralLang(id, "en"));
            data.add(Iris.REGISTRY_GRAPH, Iris.id(id), SKOS.prefLabel.asNode(), NodeFactory.createLiteralLang("華為" + id, "zh-Hant"));
        }));
    }

    @AfterContainer static void close() {
        store.close();
    }

    @Provide Arbitrary<String> names() {
        return Mutation.of(List.of("huawei", "id:huawei", "pol:develops", "a", "<https://w3id.org/policygraph/id/huawei>", "https://w3id.org/policygraph/id/huawei", "華為", "layer:chips", "Compute Shortage", "id:", ":", "<>", "<", "id:a b", "http://a/ b"),
                "://", "id:", "pol:", "_:b0", "\"x\"@en", "<<(", "urn:x", "^^");
    }

    @Provide Arbitrary<String> searched() {
        return Mutation.of(List.of("huawei", "label:huawei AND alias:x", "\"export controls\"~3", "huaw*", "hu?wei~2", "[a TO z]", "{a TO *}", "+chip -export^2.5", "華為", "(a OR b) AND NOT c", "definition:(chips memory)", "lang:en", "/hua.*/", "*:*", "_exists_:label"),
                "*", "?", "~", "^", "^1e99", "~1000000000", "[", "TO", "]", "{", "}", "AND", "OR", "NOT", "&&", "||", "!", "\\", "/", "(.*a){25}/", "uri:", "graph:", "*a*b*c*", "?".repeat(300), "a b c d ".repeat(400));
    }

    @Fuzz void whatIsTypedNamesAThingOrIsToldWhyNot(@ForAll("names") String typed) {
        Owed.aValueOrAProblem(typed, SOON, () -> store.read(data -> NAMES.thing(typed, TYPED, data)));
        Owed.aValueOrAProblem(typed, SOON, () -> NAMES.property(typed, TYPED));
        Owed.aValueOrAProblem(typed, SOON, () -> NAMES.type(typed, TYPED));
        Owed.aValueOrAProblem(typed, SOON, () -> NAMES.node(typed).map(NAMES::shortened));
    }

    @Fuzz void aTextQueryFindsSomethingOrIsToldWhyNot(@ForAll("searched") String text) {
        Owed.aValueOrAProblem(text, SOON, () -> store.texts().query((Node) null, List.of(), text, null, null, 10, null));
    }

    @Fuzz void aTextHasASpellingASoundAndReadings(@ForAll("searched") String text) {
        Owed.aValueOrAProblem(text, SOON, () -> List.of(Spelling.folded(text), Spelling.sound(text), Spelling.readings(text), FullText.words(text), FullText.singleWords(text)));
    }
}
