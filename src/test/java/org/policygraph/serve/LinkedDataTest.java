package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.VOID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.store.DatasetVersion;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;
import tools.jackson.databind.json.JsonMapper;

/// The shipped graph by the paths of its IRIs: what leads where, what a document says, and what the server says of itself.
class LinkedDataTest {

    private static final Path ONTOLOGY = Path.of("ontology");
    private static final Store STORE = Store.inMemory();
    private static final HttpClient CLIENT = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private static final Map<String, String> TYPES = new TreeMap<>(Map.of("ttl", "text/turtle", "html", "text/html", "jsonld", "application/ld+json",
            "rdf", "application/rdf+xml", "nt", "application/n-triples", "trig", "application/trig", "nq", "application/n-quads"));
    private static final List<String> THINGS = List.of("id/huawei", "id/full-stack.c16-05", "id/full-stack.p16", "id/full-stack", "concept/layer",
            "concept/layer/chips", "graph/registry", "graph/source/full-stack", "dataset");

    private static Server server;

    @BeforeAll static void start() {
        Shipped.loadInto(STORE);
        STORE.write(data -> {
            // A hub, names that need escaping, and a thing that is named in one language alone.
            var graph = Iris.sourceGraph("extra");
            for (var i = 0; i < 250; i++) {
                data.add(graph, Iris.id("fan-" + i), Pol.LAYER, Iris.id("hub"));
            }
            // What two graphs state is one triple of their union.
            data.stream(Iris.REGISTRY_GRAPH, Iris.id("huawei"), Node.ANY, Node.ANY).toList().forEach(quad -> data.add(Quad.create(graph, quad.asTriple())));
            data.add(Iris.sourceGraph("other"), Iris.id("fan-7"), Pol.LAYER, Iris.id("hub"));
            data.add(graph, Iris.id("hub"), RDFS.Nodes.label, Literals.text("<b>Hub</b> & \"co\"", "en"));
            data.add(graph, Iris.id("華為"), RDFS.Nodes.label, Literals.text("只有中文", "zh-Hant"));
        });
        server = Server.start(Shipped.from(STORE), "127.0.0.1", 0);
    }

    @AfterAll static void stop() {
        server.close();
        STORE.close();
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> thingsInForms() {
        return THINGS.stream().flatMap(thing -> TYPES.keySet().stream().map(form -> org.junit.jupiter.params.provider.Arguments.of(thing, form)));
    }

    @ParameterizedTest
    @MethodSource("thingsInForms")
    void aThingLeadsOnToTheDocumentInTheFormAskedForAndTheDocumentAnswers(String thing, String form) throws Exception {
        for (var asked : List.of(get("/" + thing, "Accept", TYPES.get(form)), get("/" + thing + "?format=" + form, "Accept", "image/png"),
                send(request("/" + thing).HEAD().header("Accept", TYPES.get(form))))) {
            assertEquals(303, asked.statusCode());
            assertEquals("/" + thing + "." + form, header(asked, "Location"));
            assertEquals(Set.of("Accept"), varying(asked));
        }

        var document = get("/" + thing + "." + form, "Accept", "image/png");

        assertEquals(200, document.statusCode());
        assertEquals(TYPES.get(form), type(document));
        assertEquals(form.equals("html") ? Set.of("Accept-Language") : Set.of(), varying(document));
        var links = document.headers().allValues("Link");
        assertEquals("<" + Iris.BASE + thing + ">; rel=\"describes\"", links.getFirst());
        assertTrue(links.contains("</" + thing + ".ttl>; rel=\"alternate\"; type=\"text/turtle\""), links::toString);
        var head = send(request("/" + thing + "." + form).HEAD());
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertEquals(document.body().getBytes(StandardCharsets.UTF_8).length, Integer.parseInt(header(head, "Content-Length")));
    }

    @ParameterizedTest
    @MethodSource("thingsInForms")
    void aDocumentSaysOfTheThingWhatTheStoreSaysAndNothingElse(String thing, String form) throws Exception {
        if (form.equals("html")) {
            return;
        }
        var node = NodeFactory.createURI(Iris.BASE + thing);

        var read = dataset(get("/" + thing + "." + form));

        var told = triples(read);
        var stored = STORE.read(data -> triples(data.find(Node.ANY, node, Node.ANY, Node.ANY)));
        assertEquals(stored, told.stream().filter(triple -> triple.getSubject().equals(node)).collect(Collectors.toSet()));
        STORE.read(data -> {
            told.forEach(triple -> assertTrue(data.contains(Node.ANY, triple.getSubject(), triple.getPredicate(), triple.getObject())
                    || triple.getSubject().getURI().startsWith(server.uri().toString()), triple::toString));
            if (form.equals("trig") || form.equals("nq")) {
                read.find().forEachRemaining(quad -> assertTrue(data.contains(quad) || quad.getGraph().getURI().startsWith(server.uri().toString()), quad::toString));
                assertEquals(data.stream(Node.ANY, node, Node.ANY, Node.ANY).map(Quad::getGraph).collect(Collectors.toSet()),
                        read.stream(Node.ANY, node, Node.ANY, Node.ANY).map(Quad::getGraph).collect(Collectors.toSet()));
            }
            return null;
        });
    }

    @Test void aThingIsToldWithTheEdgesIntoItTheClaimsAboutItTheirPassagesAndTheLabelsOfAllThatIsMentioned() throws Exception {
        var huawei = Iris.id("huawei");

        var told = dataset(get("/id/huawei.nq"));

        STORE.read(data -> {
            assertEquals(triples(data.find(Node.ANY, Node.ANY, Node.ANY, huawei)), triples(told.find(Node.ANY, Node.ANY, Node.ANY, huawei)));
            var claims = triples(data.find(Node.ANY, Node.ANY, RDF.Nodes.subject, huawei));
            claims.addAll(triples(data.find(Node.ANY, Node.ANY, RDF.Nodes.object, huawei)));
            assertTrue(claims.size() > 5);
            for (var claim : claims) {
                assertEquals(triples(data.find(Node.ANY, claim.getSubject(), Node.ANY, Node.ANY)), triples(told.find(Node.ANY, claim.getSubject(), Node.ANY, Node.ANY)));
                told.find(Node.ANY, claim.getSubject(), Pol.PASSAGE, Node.ANY).forEachRemaining(in ->
                        assertTrue(told.contains(Node.ANY, in.getObject(), Pol.PARAGRAPH, Node.ANY), in::toString));
            }
            told.find().forEachRemaining(quad -> Stream.of(quad.getSubject(), quad.getPredicate(), quad.getObject()).filter(Node::isURI).forEach(node ->
                    assertEquals(triples(data.find(Node.ANY, node, RDFS.Nodes.label, Node.ANY)), triples(told.find(Node.ANY, node, RDFS.Nodes.label, Node.ANY)))));
            return null;
        });
    }

    @Test void aHubIsToldInPartAndSaysHowMuchIsMissingAndHowToHaveItAll() throws Exception {
        var read = triples(dataset(get("/id/hub.ttl")));
        var page = page("/id/hub.html");

        assertEquals(100, read.stream().filter(triple -> triple.getPredicate().equals(Pol.LAYER)).count());
        var comment = read.stream().filter(triple -> triple.getPredicate().equals(RDFS.Nodes.comment)).findFirst().orElseThrow();
        assertEquals(server.uri() + "id/hub.ttl", comment.getSubject().getURI());
        assertTrue(comment.getObject().getLiteralLexicalForm().startsWith("150 further edges"), comment::toString);
        assertTrue(page.selectFirst(".left-out").text().contains("150 further edges"), page::text);
        var query = page.selectFirst(".left-out a[href^=/sparql]").attr("href");
        assertEquals(250, get(query, "Accept", "text/csv").body().lines().filter(line -> line.contains("/id/fan-")).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ttl", "html", "jsonld", "rdf", "nt", "trig", "nq"})
    void theOntologyIsADocumentThatSaysWhichOfItsFormsItGave(String form) throws Exception {
        var negotiated = get("/ontology", "Accept", TYPES.get(form));
        var named = get("/ontology." + form);

        assertEquals(200, negotiated.statusCode());
        assertEquals("/ontology." + form, header(negotiated, "Content-Location"));
        assertEquals(form.equals("html") ? Set.of("Accept", "Accept-Language") : Set.of("Accept"), varying(negotiated));
        assertEquals(TYPES.get(form), type(negotiated));
        assertEquals(TYPES.get(form), type(named));
        assertEquals("", header(named, "Content-Location"));
        if (!form.equals("html")) {
            var stored = STORE.read(data -> triples(data.find(Iris.ONTOLOGY_GRAPH, Node.ANY, Node.ANY, Node.ANY)));
            assertEquals(stored, triples(dataset(negotiated)));
            assertEquals(stored, triples(dataset(named)));
        }
    }

    @Test void everyTermOfTheOntologyHasItsPlaceInThePage() throws Exception {
        var page = page("/ontology.html");

        var terms = Vocabulary.read(ONTOLOGY).relations().keySet();
        assertTrue(terms.size() > 50);
        terms.forEach(term -> assertEquals("dt", page.getElementById(term).tagName()));
    }

    @Test void onlyAKnownEndingIsAnEnding() throws Exception {
        assertEquals("/id/full-stack.c16-05.ttl", header(get("/id/full-stack.c16-05", "Accept", "*/*"), "Location"));
        assertEquals(404, get("/id/huawei.json").statusCode());
        assertEquals(404, get("/id/huawei.ttl.ttl").statusCode());
    }

    @Test void aNameBeyondAsciiIsEscapedInHeadersAndLinks() throws Exception {
        var answer = get("/id/" + encoded("華為"), "Accept", "text/html");

        assertEquals("/id/%E8%8F%AF%E7%82%BA.html", header(answer, "Location"));
        assertEquals(200, get(header(answer, "Location")).statusCode());
    }

    @Test void whoAcceptsNoneOfTheFormsIsToldWhichThereAre() throws Exception {
        var answer = get("/id/huawei", "Accept", "image/png");

        assertEquals(406, answer.statusCode());
        TYPES.values().forEach(type -> assertTrue(answer.body().contains(type), answer::body));
    }

    @ParameterizedTest
    @CsvSource({
        "/id/huawey, /id/huawei",
        "/id/huawey.ttl, /id/huawei",
        "/id/full-stack.c99-99, /id/full-stack",
        "/concept/layr, /concept/layer",
        "/concept/layer/chip, /concept/layer/chips",
        "/graph/registri, /graph/registry",
        "/graph/source/full-stak, /graph/source/full-stack",
    })
    void whatIsNotThereIsToldWithWhatResemblesItInTheFormAskedFor(String path, String close) throws Exception {
        var text = get(path, "Accept", "*/*");
        var json = get(path, "Accept", "application/json");
        var html = get(path, "Accept", "text/html,*/*;q=0.8");

        assertEquals(List.of(404, 404, 404), List.of(text.statusCode(), json.statusCode(), html.statusCode()));
        assertEquals(List.of("text/plain", "application/problem+json", "text/html"), List.of(type(text), type(json), type(html)));
        assertTrue(text.body().contains("did you mean " + close), text::body);
        assertTrue(JsonMapper.shared().readTree(json.body()).get("detail").asString().contains(close), json::body);
        assertEquals(close, Jsoup.parse(html.body()).selectFirst("main li a").attr("href"));
        for (var answer : List.of(text, json, html)) {
            assertTrue(varying(answer).contains("Accept"), () -> varying(answer).toString());
        }
        assertEquals(404, send(request(path).HEAD()).statusCode());
    }

    @Test void otherMethodsAreToldWhichThereAre() throws Exception {
        var options = send(request("/id/huawei").method("OPTIONS", BodyPublishers.noBody()));
        var post = send(request("/id/huawei.ttl").POST(BodyPublishers.ofString("x")));

        assertEquals(204, options.statusCode());
        assertEquals(405, post.statusCode());
        assertEquals("GET, HEAD, OPTIONS", header(options, "Allow"));
        assertEquals("GET, HEAD, OPTIONS", header(post, "Allow"));
    }

    @ParameterizedTest
    @CsvSource(value = {
        "'' | en | Huawei", "en | en | Huawei", "zh-Hant | zh-Hant | 華為", "zh-TW,en;q=0.5 | zh-Hant | 華為", "en;q=0.3, zh;q=0.9 | zh-Hant | 華為",
        "de, zh-HK;q=0.7 | zh-Hant | 華為", "de | en | Huawei", "zh;q=0, en | en | Huawei", "!!! | en | Huawei",
    }, delimiter = '|')
    void aPageIsInTheLanguageThatTheReaderPrefers(String accepted, String language, String name) throws Exception {
        var answer = get("/id/huawei.html", "Accept-Language", accepted);
        var page = Jsoup.parse(answer.body());

        assertEquals(language, header(answer, "Content-Language"));
        assertEquals(language, page.selectFirst("html").attr("lang"));
        assertEquals(name, page.selectFirst("h1").text());
    }

    @Test void aLanguageChosenIsKeptByLinksAndLeadsOnAndCanBeSwitched() throws Exception {
        assertEquals("/id/huawei.html?lang=zh-Hant", header(get("/id/huawei?lang=zh-Hant", "Accept", "text/html"), "Location"));
        var page = page("/id/huawei.html?lang=zh-Hant");

        assertEquals("華為", page.selectFirst("h1").text());
        assertEquals("/id/ascend?lang=zh-Hant", page.selectFirst("a[href^=/id/ascend]").attr("href"));
        assertTrue(page.selectFirst("header a[hreflang=en]").attr("href").endsWith("/id/huawei.html?lang=en"));
        assertEquals("Huawei", Jsoup.parse(get("/id/huawei.html?lang=en", "Accept-Language", "zh").body()).selectFirst("h1").text());
        assertEquals(400, get("/id/huawei.html?lang=de").statusCode());
        assertEquals(400, get("/id/huawei?lnag=en").statusCode());
    }

    @Test void aNameThatThePagesLanguageLacksIsShownInTheOtherAndMarked() throws Exception {
        var heading = page("/id/" + encoded("華為") + ".html").selectFirst("h1");

        assertEquals("只有中文", heading.selectFirst("span[lang=zh-Hant]").text());
        assertEquals("中文", heading.selectFirst("small.language").text());
    }

    @Test void aPageNamesTheThingAndGroupsWhatIsClaimedOfItWithParagraphsAndSpeakers() throws Exception {
        var page = page("/id/huawei.html");

        assertEquals("Huawei", page.selectFirst("h1").text());
        assertEquals("華為", page.selectFirst(".names .other[lang=zh-Hant]").text());
        assertEquals("id:huawei", page.selectFirst(".names code").text());
        assertEquals("private firm", page.selectFirst(".kinds").text());
        assertTrue(page.selectFirst(".definition").text().startsWith("A Chinese private tech firm"));
        var row = page.selectFirst("tbody:has(th:contains(develops)) tr:has(a[href=/id/full-stack.c16-05])");
        assertEquals("Ascend Ascend is Huawei's chip.", row.select("td").get(0).text());
        assertEquals("reported fact · high", row.select("td").get(1).text());
        assertEquals("¶16 Authors of the study", row.select("td").get(2).text());
        assertEquals("/id/full-stack.p16", row.selectFirst("a[aria-label=paragraph 16]").attr("href"));
        assertEquals("/why?s=" + encoded("id:huawei") + "&p=" + encoded("pol:develops") + "&o=" + encoded("id:ascend"), row.selectFirst("a:contains(why)").attr("href"));
        assertTrue(page.select("section:has(#to) td:contains(developed by)").isEmpty(), "what an edge says already is not said again the other way round");
    }

    @Test void aDenialAndAFigureAreMarkedAsSuch() throws Exception {
        var denied = STORE.read(data -> data.find(Node.ANY, Node.ANY, Pol.NEGATED, Literals.TRUE).next().getSubject());
        var figure = STORE.read(data -> data.stream(Node.ANY, Node.ANY, Pol.HAS_FIGURE, Node.ANY).map(Quad::getSubject)
                .filter(one -> one.getURI().startsWith(Iris.ID)).sorted(java.util.Comparator.comparing(Node::getURI)).findFirst().orElseThrow());

        assertEquals("denied", page(path(denied) + ".html").selectFirst(".claimed .denied").text());
        assertFalse(page(path(figure) + ".html").select("section:has(#figures) .number").isEmpty());
    }

    @Test void whatALabelSaysIsTextAndNotMarkup() throws Exception {
        var page = page("/id/hub.html");

        assertEquals("<b>Hub</b> & \"co\"", page.selectFirst("h1").text());
        assertTrue(page.select("b").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/id/huawei.html", "/id/chinese-government.html", "/concept/layer.html", "/ontology.html", "/id/full-stack.c16-05.html",
        "/dataset.html", "/graph/registry.html", "/id/huawei.html?lang=zh-Hant", "/?lang=zh-Hant"})
    void aPageHasNothingInlineAndWhatAScreenReaderNeeds(String path) throws Exception {
        var answer = get(path);
        var page = Jsoup.parse(answer.body());

        assertEquals(200, answer.statusCode());
        assertTrue(header(answer, "Content-Security-Policy").startsWith("default-src 'none'; style-src 'self'"));
        assertEquals(0, page.select("script, style, [style], iframe, img, [onclick], [onload]").size());
        assertEquals(List.of(1, 1, 1, 1), Stream.of("header nav[aria-label]", "main#content", "footer", "h1").map(one -> page.select(one).size()).toList());
        assertEquals("#content", page.selectFirst("body > a").attr("href"));
        page.select("table").forEach(table -> {
            assertEquals(4, table.select("thead th[scope=col]").size());
            assertEquals(1, table.select("caption").size());
        });
        page.select("a").forEach(link -> assertFalse(link.attr("href").isBlank() || link.text().isBlank(), link::outerHtml));
        var ids = page.select("[id]").eachAttr("id");
        assertEquals(new HashSet<>(ids).size(), ids.size());
        assertEquals(200, get(page.selectFirst("link[rel=stylesheet]").attr("href")).statusCode());
        assertTrue(page.selectFirst("footer").text().contains(version()));
    }

    @Test void theLinksOfAPageLeadSomewhere() throws Exception {
        var broken = new ArrayList<String>();
        for (var path : List.of("/", "/id/huawei.html", "/id/full-stack.p16.html", "/concept/layer/chips.html", "/ontology.html", "/questions", "/questions/about-a-thing")) {
            for (var link : new TreeSet<>(page(path).select("a[href^=/]").eachAttr("href"))) {
                if (get(link).statusCode() >= 400) {
                    broken.add(path + " -> " + link);
                }
            }
        }

        assertEquals(List.of(), broken);
    }

    @Test void theStyleSheetIsKeptForeverUnderAPathThatNamesItsContent() throws Exception {
        var answer = get(Style.PATH);

        assertEquals("text/css", type(answer));
        assertEquals("public, max-age=31536000, immutable", header(answer, "Cache-Control"));
        assertEquals(404, get("/style/000000000000.css").statusCode());
    }

    @Test void theDatasetsVersionIsTheSameWhereverTheSameFilesAreLoadedAndAnotherWithOthers(@TempDir Path folder) throws Exception {
        try (var files = Files.walk(Path.of("data")); var other = Store.inMemory()) {
            for (var file : files.toList()) {
                Files.copy(file, folder.resolve(Path.of("data").relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
            Loader.load(new Content(ONTOLOGY, List.of(folder), Optional.of(Shipped.QUERIES)), other, false, Progress.silent());
            assertEquals(version(), other.read(data -> DatasetVersion.of(data).orElseThrow()));

            Files.writeString(folder.resolve("entities/places.json"), "\n", StandardOpenOption.APPEND);
            Loader.load(new Content(ONTOLOGY, List.of(folder), Optional.of(Shipped.QUERIES)), other, false, Progress.silent());
            assertNotEquals(version(), other.read(data -> DatasetVersion.of(data).orElseThrow()));
        }
        assertTrue(version().matches("[0-9a-f]{12}"), LinkedDataTest::version);
        assertEquals(version(), JsonMapper.shared().readTree(get("/health").body()).get("dataset").asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/id/huawei.ttl", "/id/huawei.html", "/ontology", "/data?default", "/.well-known/void", "/sparql", "/"})
    void whoHasTheAnswerAlreadyIsToldSo(String path) throws Exception {
        var first = get(path);
        var tag = header(first, "ETag");

        var again = get(path, "If-None-Match", tag);

        assertTrue(tag.matches("\"[0-9a-f]+(-[0-9a-f]+)?\""), tag);
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        assertEquals(tag, header(again, "ETag"));
        assertEquals(varying(first), varying(again));
        assertEquals(304, get(path, "If-None-Match", "\"x\", W/" + tag).statusCode());
        assertEquals(200, get(path, "If-None-Match", "\"x\"").statusCode());
    }

    @Test void anotherFormOrLanguageOrVersionHasAnotherTag() throws Exception {
        var tags = new ArrayList<>(List.of(header(get("/ontology", "Accept", "text/turtle"), "ETag"), header(get("/ontology", "Accept", "application/n-triples"), "ETag"),
                header(get("/ontology", "Accept", "text/html"), "ETag"), header(send(request("/ontology").header("Accept", "text/html").header("Accept-Language", "zh")), "ETag")));
        var graph = Iris.sourceGraph("changed");
        STORE.write(data -> data.add(Iris.DATASET_GRAPH, graph, org.apache.jena.vocabulary.DCTerms.identifier.asNode(), Literals.plain("mapping 1 sha256 0")));
        try {
            STORE.write(DatasetVersion::renew);
            tags.add(header(get("/ontology", "Accept", "text/turtle"), "ETag"));
        } finally {
            STORE.write(data -> {
                data.deleteAny(Iris.DATASET_GRAPH, graph, Node.ANY, Node.ANY);
                DatasetVersion.renew(data);
            });
        }

        assertEquals(5, new HashSet<>(tags).size(), tags::toString);
        assertEquals(tags.getFirst(), header(get("/ontology", "Accept", "text/turtle"), "ETag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"})
    void theStatisticsAreThoseThatCountingGives(String type) throws Exception {
        var answer = get("/.well-known/void", "Accept", type);
        var told = graph(answer);

        assertEquals(200, answer.statusCode());
        assertEquals(type, type(answer));
        assertEquals(counted(STORE.read(data -> data.getUnionGraph().find().toSet())), told(told, Iris.DATASET));
        var names = STORE.read(data -> data.stream().map(Quad::getGraph).collect(Collectors.toSet()));
        assertEquals(names, told.find(Iris.DATASET, VOID.subset.asNode(), Node.ANY).mapWith(Triple::getObject).toSet());
        for (var name : names) {
            assertEquals(counted(STORE.read(data -> data.getGraph(name).find().toSet())), told(told, name), name.getURI());
        }
        assertTrue(told.find().filterKeep(triple -> triple.getSubject().isBlank() || triple.getObject().isBlank()).toList().isEmpty());
    }

    @Test void theDescriptionOfTheDatasetNamesItsDoorsItsLicenceAndThingsToLookAt() throws Exception {
        var told = graph(get("/.well-known/void", "Accept", "text/turtle"));

        assertEquals(Set.of(NodeFactory.createURI(server.uri() + "sparql")), told.find(Iris.DATASET, VOID.sparqlEndpoint.asNode(), Node.ANY).mapWith(Triple::getObject).toSet());
        for (var dump : told.find(Iris.DATASET, VOID.dataDump.asNode(), Node.ANY).mapWith(Triple::getObject).toList()) {
            assertEquals(200, send(HttpRequest.newBuilder(URI.create(dump.getURI())).HEAD()).statusCode(), dump::getURI);
        }
        for (var property : List.of(org.apache.jena.vocabulary.DCTerms.title, org.apache.jena.vocabulary.DCTerms.description)) {
            assertEquals(Set.of("en", "zh-Hant"), told.find(Iris.DATASET, property.asNode(), Node.ANY).mapWith(one -> one.getObject().getLiteralLanguage()).toSet());
        }
        assertTrue(told.contains(Iris.DATASET, org.apache.jena.vocabulary.DCTerms.license.asNode(), Node.ANY));
        var examples = told.find(Iris.DATASET, VOID.exampleResource.asNode(), Node.ANY).mapWith(Triple::getObject).toList();
        assertFalse(examples.isEmpty());
        for (var example : examples) {
            assertEquals(303, get(path(example), "Accept", "text/turtle").statusCode(), example::getURI);
        }
    }

    @Test void theServiceDescriptionLeadsToTheStatistics() throws Exception {
        var told = graph(get("/sparql", "Accept", "text/turtle"));

        assertTrue(told.contains(Node.ANY, RDFS.Nodes.seeAlso, NodeFactory.createURI(server.uri() + ".well-known/void")));
        var union = NodeFactory.createURI(server.uri() + "sparql#union");
        long counted = STORE.read(data -> (long) data.getUnionGraph().find().toSet().size());
        assertEquals(counted, number(told, union, VOID.triples.asNode()));
    }

    @Test void theInterfaceIsDescribedAsAJudgeOfSuchDescriptionsAccepts() throws Exception {
        var read = new OpenAPIV3Parser().readContents(get("/openapi.json").body());

        assertEquals(List.of(), read.getMessages());
        assertTrue(read.getOpenAPI().getPaths().size() > 10);
    }

    @Test void everyPathOfTheDescriptionAnswersAsItSays() throws Exception {
        var description = new OpenAPIV3Parser().readContents(get("/openapi.json").body()).getOpenAPI();
        var asked = 0;
        for (var path : description.getPaths().entrySet()) {
            if (path.getValue().getGet() == null || path.getValue().getGet().getResponses().containsKey("401")) {
                // For editors.
                continue;
            }
            asked += examples(path.getKey(), path.getValue());
        }
        assertTrue(asked > 60, "only " + asked + " examples");
    }

    /// Asks by the examples: with what is required, then with each choice of each parameter; and for each media type that is told.
    private static int examples(String path, PathItem item) throws Exception {
        var statuses = item.getGet().getResponses();
        var parameters = item.getGet().getParameters() == null ? List.<io.swagger.v3.oas.models.parameters.Parameter>of() : item.getGet().getParameters();
        var filled = new HashSet<>(Set.of(path));
        var required = new ArrayList<String>();
        var queries = new ArrayList<>(List.of(""));
        for (var parameter : parameters) {
            var choices = parameter.getSchema().getEnum() == null ? List.of(parameter.getExample()) : parameter.getSchema().getEnum();
            if (parameter.getIn().equals("path")) {
                filled = filled.stream().flatMap(one -> choices.stream().map(choice -> one.replace("{" + parameter.getName() + "}", choice.toString())))
                        .collect(Collectors.toCollection(HashSet::new));
            } else if (parameter.getRequired()) {
                required.add(parameter.getName() + "=" + encoded(parameter.getExample().toString()));
            } else {
                choices.forEach(choice -> queries.add(parameter.getName() + "=" + encoded(choice.toString())));
            }
        }
        var asked = 0;
        for (var one : filled) {
            for (var query : queries) {
                // What belongs to a query is not asked without one.
                var beside = path.equals("/sparql") && !query.isEmpty() && !query.startsWith("query=") ? "query=" + encoded("ASK {}") : "";
                var parts = Stream.concat(required.stream(), Stream.of(query, beside)).filter(part -> !part.isEmpty()).collect(Collectors.joining("&"));
                var answer = get(one + (parts.isEmpty() ? "" : "?" + parts), "Accept", "*/*");
                asked++;
                assertTrue(answer.statusCode() < 400 && statuses.containsKey(String.valueOf(answer.statusCode())), one + "?" + parts + " gave " + answer.statusCode());
                if (answer.statusCode() == 200) {
                    assertTrue(statuses.get("200").getContent().containsKey(type(answer)), one + "?" + parts + " gave " + type(answer));
                }
            }
        }
        if (item.getPost() != null) {
            for (var body : item.getPost().getRequestBody().getContent().entrySet()) {
                var answer = send(request(path).POST(BodyPublishers.ofString(body.getValue().getExample().toString())).header("Content-Type", body.getKey()));
                // Who writes needs credentials, which there are none of here.
                assertTrue(answer.statusCode() == 200 || Set.of("/update", "/data").contains(path) && answer.statusCode() == 405, path + " gave " + answer.statusCode());
            }
        }
        return asked;
    }

    @Test void everyDoorIsInTheDescription() throws Exception {
        var described = new OpenAPIV3Parser().readContents(get("/openapi.json").body()).getOpenAPI().getPaths().keySet();
        var doors = Server.doors(Shipped.from(STORE), new Counting(STORE), ServerOptions.usual(), Optional.empty()).keySet();

        var missing = new TreeSet<>(doors);
        missing.removeIf(door -> described.stream().anyMatch(path -> path.replaceAll("\\{form}", "ttl").equals(door)
                || door.endsWith(".*") || door.endsWith("/*") && path.startsWith(door.substring(0, door.length() - 1))
                || path.endsWith(".{form}") && TYPES.keySet().stream().anyMatch(form -> path.replace("{form}", form).equals(door))));

        assertEquals(Set.of(), missing);
    }

    /// What the graph as a set of triples amounts to, counted the plain way.
    private static Map<String, Long> counted(Set<Triple> triples) {
        var counts = new TreeMap<String, Long>();
        var typed = triples.stream().filter(triple -> triple.getPredicate().equals(RDF.Nodes.type)).toList();
        counts.put("triples", (long) triples.size());
        counts.put("entities", typed.stream().map(Triple::getSubject).distinct().count());
        counts.put("distinctSubjects", triples.stream().map(Triple::getSubject).distinct().count());
        counts.put("distinctObjects", triples.stream().map(Triple::getObject).distinct().count());
        counts.put("classes", typed.stream().map(Triple::getObject).distinct().count());
        counts.put("properties", triples.stream().map(Triple::getPredicate).distinct().count());
        triples.forEach(triple -> counts.merge("property " + triple.getPredicate(), 1L, Long::sum));
        var types = new HashMap<Node, List<Node>>();
        typed.forEach(triple -> types.computeIfAbsent(triple.getSubject(), _ -> new ArrayList<>()).add(triple.getObject()));
        typed.forEach(triple -> counts.merge("class " + triple.getObject(), 1L, Long::sum));
        triples.forEach(triple -> types.getOrDefault(triple.getSubject(), List.of()).forEach(type ->
                counts.merge("class " + type + " property " + triple.getPredicate(), 1L, Long::sum)));
        return counts;
    }

    private static Map<String, Long> told(Graph graph, Node part) {
        var counts = new TreeMap<String, Long>();
        for (var property : List.of(VOID.triples, VOID.entities, VOID.distinctSubjects, VOID.distinctObjects, VOID.classes, VOID.properties)) {
            counts.put(property.getLocalName(), number(graph, part, property.asNode()));
        }
        properties(graph, part, "", counts);
        graph.find(part, VOID.classPartition.asNode(), Node.ANY).mapWith(Triple::getObject).forEach(partition -> {
            var name = "class " + graph.find(partition, VOID._class.asNode(), Node.ANY).next().getObject();
            counts.put(name, number(graph, partition, VOID.entities.asNode()));
            properties(graph, partition, name + " ", counts);
        });
        return counts;
    }

    private static void properties(Graph graph, Node part, String name, Map<String, Long> counts) {
        graph.find(part, VOID.propertyPartition.asNode(), Node.ANY).mapWith(Triple::getObject).forEach(partition ->
                counts.put(name + "property " + graph.find(partition, VOID.property.asNode(), Node.ANY).next().getObject(), number(graph, partition, VOID.triples.asNode())));
    }

    private static long number(Graph graph, Node subject, Node property) {
        var found = graph.find(subject, property, Node.ANY).toList();
        assertEquals(1, found.size(), () -> subject + " " + property);
        return ((Number) found.getFirst().getObject().getLiteralValue()).longValue();
    }

    private static String version() {
        return STORE.read(data -> DatasetVersion.of(data).orElseThrow());
    }

    private static String path(Node thing) {
        return thing.getURI().substring(Iris.BASE.length() - 1);
    }

    private static Document page(String path) throws Exception {
        var answer = get(path);
        assertEquals(200, answer.statusCode(), answer::body);
        return Jsoup.parse(answer.body());
    }

    private static Graph graph(HttpResponse<String> answer) {
        return dataset(answer).getDefaultGraph();
    }

    private static DatasetGraph dataset(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer::body);
        var read = DatasetGraphFactory.create();
        RDFParser.fromString(answer.body(), RDFLanguages.contentTypeToLang(type(answer))).base(answer.uri().toString()).parse(read);
        return read;
    }

    private static Set<Triple> triples(DatasetGraph read) {
        return triples(read.find());
    }

    private static Set<Triple> triples(java.util.Iterator<Quad> quads) {
        var found = new HashSet<Triple>();
        quads.forEachRemaining(quad -> found.add(quad.asTriple()));
        return found;
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = request(path);
        for (var i = 0; i < headers.length; i += 2) {
            if (!headers[i + 1].isEmpty()) {
                request.header(headers[i], headers[i + 1]);
            }
        }
        return send(request);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.uri().toString().replaceAll("/$", "") + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /// Without `Accept-Encoding`, which is there where an answer is long enough to be compressed.
    private static Set<String> varying(HttpResponse<?> answer) {
        var headers = new TreeSet<>(answer.headers().allValues("Vary"));
        headers.remove("Accept-Encoding");
        return headers;
    }

    private static String type(HttpResponse<?> answer) {
        return header(answer, "Content-Type").replaceAll(";.*", "").strip();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
