package org.policygraph.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.problem.Where;
import org.policygraph.store.Names;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Language;
import org.policygraph.term.Literals;
import org.policygraph.term.Vocabulary;

/// What is found for a name, in the shipped graph.
class SearchTest {

    private static final Path ONTOLOGY = Path.of("ontology");
    private static final Names NAMES = new Names(Vocabulary.read(ONTOLOGY));
    private static Store store;

    @BeforeAll static void load() {
        store = Store.inMemory();
        Loader.load(new Content(ONTOLOGY, List.of(Path.of("data"))), store, false, Progress.silent());
    }

    @AfterAll static void close() {
        store.close();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "names.csv")
    void aNameFindsTheThingThatBearsIt(String query, String first, String why) {
        var found = find(query);

        assertFalse(found.results().isEmpty(), () -> why + ": nothing is found, but " + found.suggestions() + " suggested");
        assertEquals(first, found.results().getFirst().name(), () -> why + ": " + found.results());
    }

    @Test void aHitTellsWhatAReaderNeeds() {
        var hit = find("华为").results().getFirst();

        assertEquals(List.of("id:huawei", "label", "華為", "zh-Hant", List.of("pol:PrivateFirm")), List.of(hit.name(), hit.match(), hit.matched(), hit.language(), hit.types()));
        assertEquals("Huawei", hit.label().get("en"));
        assertEquals("華為", hit.label().get("zh-Hant"));
        assertEquals(2, hit.definition().size());
        long claims = store.read(data -> data.stream(Node.ANY, Node.ANY, Node.ANY, Iris.id("huawei"))
                .filter(quad -> quad.getPredicate().equals(RDF.subject.asNode()) || quad.getPredicate().equals(RDF.object.asNode())).count());
        assertEquals(claims, hit.claims());
    }

    @Test void aSurerMatchComesFirst() {
        var ranks = wide("chip").results().stream().map(hit -> Match.valueOf(hit.match().toUpperCase(java.util.Locale.ROOT).replace(' ', '_'))).toList();

        assertEquals(ranks.stream().sorted().toList(), ranks);
        assertTrue(ranks.stream().distinct().count() > 3, ranks::toString);
    }

    @Test void ofThingsThatMatchAlikeTheOneThatMoreClaimsAreAboutComesFirst() {
        var alike = wide("china").results().stream().filter(hit -> hit.match().equals("label prefix") && !hit.bySound()).toList();

        assertTrue(alike.size() > 5, alike::toString);
        assertEquals(alike.stream().sorted(java.util.Comparator.comparingInt(Hit::claims).reversed().thenComparing(Hit::iri)).toList(), alike);
    }

    @Test void nothingIsFoundTwice() {
        var names = wide("ai").results().stream().map(Hit::name).toList();

        assertEquals(names.size(), new HashSet<>(names).size());
    }

    @Test void everyEntityIsFoundFirstOrAmongItsNamesakesByEachOfItsLabels() {
        var missed = store.read(data -> data.getGraph(Iris.REGISTRY_GRAPH).find(null, RDFS.label.asNode(), null).toList()).stream()
                .filter(labelled -> Search.find(new Wanted(text(labelled), Optional.empty(), Optional.empty(), true, 1_000), store, NAMES).results().stream().takeWhile(hit -> hit.match().equals("label") && !hit.bySound())
                        .noneMatch(hit -> hit.iri().equals(labelled.getSubject().getURI())))
                .map(Triple::toString).toList();

        assertEquals(List.of(), missed);
    }

    @Test void claimsPassagesAndFiguresAreNotAmongTheThings() {
        var graphs = wide("Ascend").results().stream().map(Hit::iri).filter(iri -> iri.startsWith(Iris.ID + "full-stack.")).toList();

        assertEquals(List.of(), graphs);
    }

    @Test void onlyWhatIsOfTheClassIsFoundItsSubclassesToo() {
        var actors = NAMES.type("pol:Organization", new Where.Argument("--type"));

        var found = Search.find(new Wanted("huawei", Optional.of(actors), Optional.empty(), false, 50), store, NAMES);

        assertEquals(List.of("id:huawei"), found.results().stream().map(Hit::name).limit(1).toList());
        assertTrue(found.results().stream().noneMatch(hit -> hit.types().contains("pol:Chip")), found::toString);
    }

    @Test void onlyNamesInTheLanguageAreLookedAt() {
        var english = Search.find(new Wanted("huawei", Optional.empty(), Optional.of(Language.EN), false, 1_000), store, NAMES);
        var chinese = Search.find(new Wanted("huawei", Optional.empty(), Optional.of(Language.ZH_HANT), false, 1_000), store, NAMES);

        assertEquals(List.of("en"), english.results().stream().map(Hit::language).distinct().toList());
        assertEquals(List.of("zh-Hant"), chinese.results().stream().map(Hit::language).distinct().toList());
        assertTrue(chinese.results().getFirst().bySound());
    }

    @Test void aNameThatIsBeingTypedIsCompletedAndNotMended() {
        var typed = new Wanted("shenz", Optional.empty(), Optional.empty(), true, 1_000);
        var mistyped = new Wanted("shenzen", Optional.empty(), Optional.empty(), true, 1_000);

        assertTrue(Search.find(typed, store, NAMES).results().stream().map(Hit::name).toList().containsAll(List.of("id:shenzhen", "id:shenzhen-municipal-government")));
        assertEquals(List.of(), Search.find(mistyped, store, NAMES).results());
    }

    @Test void theLimitTakesTheBest() {
        var all = wide("AI").results();

        var few = Search.find(new Wanted("AI", Optional.empty(), Optional.empty(), false, 7), store, NAMES).results();

        assertEquals(all.subList(0, 7), few);
    }

    @Test void whereNothingIsFoundNearNamesAreSuggested() {
        var found = find("Huawei chip factory");

        assertEquals(List.of(), found.results());
        assertTrue(found.suggestions().contains("Huawei chips"), found::toString);
        assertEquals("Nothing is called 'Huawei chip factory'; did you mean " + String.join(" or ", found.suggestions()) + "?", SearchFormat.none(found));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AND", "OR NOT", "*", "?", "\"", "\"huawei", "/", "/[/", "\\", "label:huawei", "(", "[a TO", "a~2", "^", "+-!{}", " ", "。", "𠮷", "x", "華"})
    void noSignIsSyntax(String query) {
        find(query);
    }

    @Test void aSignBesideANameDoesNotHideIt() {
        for (var query : List.of("huawei*", "\"huawei\"", "/huawei/", "huawei &&", "(huawei", "華為！")) {
            var found = find(query);
            assertTrue(found.results().isEmpty() ? found.suggestions().contains("Huawei") : found.results().getFirst().name().equals("id:huawei"), () -> query + ": " + found);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "華", "ab ", "華為 ", "huawei chips ", "a*/\"", "𠮷野家"})
    void aThousandCharactersAreNoError(String part) {
        find(part.repeat(1_000).substring(0, 1_000));
        find(part.repeat(5_000));
    }

    @Test void anythingMayBeAskedAndTheAnswerIsAlwaysTheSame() {
        var random = new Random(7);
        for (var round = 0; round < 100; round++) {
            var text = random.ints(1 + random.nextInt(12), 0, 4).mapToObj(kind -> Character.toString(switch (kind) {
                case 0 -> ' ' + random.nextInt(95);
                case 1 -> '一' + random.nextInt(0x5000);
                case 2 -> 'a' + random.nextInt(26);
                default -> random.nextInt(0xd800);
            })).collect(Collectors.joining());

            assertEquals(find(text), find(text));
        }
    }

    @Test void aNewNameIsFoundAndAnOldOneNoLonger() {
        try (var small = Store.inMemory()) {
            var thing = Iris.id("thing");
            var graph = Iris.REGISTRY_GRAPH;
            small.write(data -> data.add(graph, thing, RDFS.label.asNode(), Literals.text("Quondam", "en")));
            assertEquals(1, Search.find(wanted("quondam"), small, NAMES).results().size());

            small.write(data -> {
                data.delete(graph, thing, RDFS.label.asNode(), Literals.text("Quondam", "en"));
                data.add(graph, thing, RDFS.label.asNode(), Literals.text("Hereafter", "en"));
            });

            assertEquals(List.of(), Search.find(wanted("quondam"), small, NAMES).results());
            assertEquals("Hereafter", Search.find(wanted("hereaft"), small, NAMES).results().getFirst().matched());
        }
    }

    @Test void itIsWrittenAsJsonAsCsvAndAsText() throws IOException {
        var found = Search.find(new Wanted("tsmc", Optional.empty(), Optional.empty(), true, 1), store, NAMES);

        assertTrue(written(found, SearchFormat.JSON).contains("\"name\" : \"id:tsmc\""), () -> found.toString());
        assertTrue(written(found, SearchFormat.CSV).startsWith("thing,match,bySound,matched,language,types,labelEn,labelZh,definitionEn,definitionZh,claims\r\n" + Iris.ID + "tsmc,label,false,TSMC,en,pol:Firm,TSMC,台積電,"));
        assertTrue(written(found, SearchFormat.TEXT).startsWith("TSMC · 台積電  id:tsmc  pol:Firm  "));
    }

    private static String written(Found found, SearchFormat format) throws IOException {
        var out = new ByteArrayOutputStream();
        format.write(found, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String text(Triple labelled) {
        return labelled.getObject().getLiteralLexicalForm();
    }

    private static Wanted wanted(String text) {
        return new Wanted(text, Optional.empty(), Optional.empty(), false, 10);
    }

    private static Found find(String text) {
        return Search.find(wanted(text), store, NAMES);
    }

    private static Found wide(String text) {
        return Search.find(new Wanted(text, Optional.empty(), Optional.empty(), false, 1_000), store, NAMES);
    }
}
