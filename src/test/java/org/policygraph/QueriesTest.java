package org.policygraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.Syntax;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.XSD;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;

/// The questions in `queries/`, asked of what is shipped: each answer has what the article says, at the paragraph where it says so.
class QueriesTest {

    private static final Path FOLDER = Path.of("queries");
    private static final Path ONTOLOGY = Path.of("ontology");

    private static final Node LABEL = RDFS.label.asNode();

    /// What no ontology needs to declare.
    private static final List<String> BUILT_IN = List.of(RDF.getURI(), RDFS.getURI(), OWL2.getURI(), XSD.getURI());
    private static final String PREFIXES = Vocabulary.read(ONTOLOGY).prefixes().entrySet().stream()
            .map(prefix -> "PREFIX " + prefix.getKey() + ": <" + prefix.getValue() + ">\n").collect(Collectors.joining());

    private static Store store;

    @BeforeAll static void load() {
        store = shipped();
    }

    @AfterAll static void close() {
        store.close();
    }

    static List<Path> files() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".rq")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isStandardSparqlThatCanBePastedAnywhere(Path file) {
        var query = QueryFactory.create(text(file), Syntax.syntaxSPARQL_11);

        assertTrue(query.hasOrderBy(), "an answer in no order can't be compared with another");
    }

    @ParameterizedTest
    @MethodSource("files")
    void saysInBothLanguagesWhatItAsksAndWhatItReturns(Path file) {
        var header = text(file).lines().takeWhile(line -> line.startsWith("#")).toList();

        for (var field : List.of("#+ title: ", "#+ title-zh: ", "#+ returns: ")) {
            assertTrue(header.stream().anyMatch(line -> line.startsWith(field)), field);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void declaresThePrefixesThatItUsesInAlphabeticalOrderAndNoOthers(Path file) {
        var declared = text(file).lines().filter(line -> line.startsWith("PREFIX ")).map(line -> line.split("[ :]")[1]).toList();
        var code = text(file).lines().filter(line -> !line.startsWith("#") && !line.startsWith("PREFIX ")).collect(Collectors.joining("\n"));

        assertEquals(declared.stream().sorted().toList(), declared);
        assertEquals(List.of(), declared.stream().filter(prefix -> !code.contains(prefix + ":")).toList());
    }

    @ParameterizedTest
    @MethodSource("files")
    void usesOnlyTermsThatTheOntologyHasOrDeclares(Path file) {
        var query = QueryFactory.create(text(file), Syntax.syntaxSPARQL_11);
        query.getPrefixMapping().clearNsPrefixMap();
        var ontology = Vocabulary.read(ONTOLOGY).graph();

        // Without prefixes, every IRI stands in pointed brackets, and comments are gone.
        var used = Pattern.compile("<([^<>\\s]+)>").matcher(query.toString()).results().map(found -> found.group(1))
                .filter(iri -> BUILT_IN.stream().noneMatch(iri::startsWith)).collect(Collectors.toCollection(TreeSet::new));

        assertTrue(used.stream().anyMatch(iri -> iri.startsWith(Pol.NAMESPACE)));
        used.removeIf(iri -> ontology.contains(NodeFactory.createURI(iri), Node.ANY, Node.ANY));
        // What a query knows of the data is the default of a parameter.
        used.removeIf(iri -> text(file).contains("#+     default: id:" + iri.replaceFirst("^" + Iris.ID, "") + "\n"));
        assertEquals(Set.of(), used);
    }

    @ParameterizedTest
    @MethodSource("files")
    void hasEveryNameInBothLanguages(Path file) {
        var columns = QueryFactory.create(text(file), Syntax.syntaxSPARQL_11).getResultVars();

        for (var column : columns) {
            if (column.endsWith("En")) {
                assertTrue(columns.contains(column.replaceFirst("En$", "Zh")), column);
            }
        }
        assertTrue(columns.stream().anyMatch(column -> column.endsWith("Zh")));
    }

    @ParameterizedTest
    @MethodSource("files")
    void isAnsweredByTheShippedGraphEachRowOnceAndEachNameInBothLanguages(Path file) {
        var answer = ask(name(file));

        assertFalse(answer.rows().isEmpty());
        assertEquals(answer.rows().stream().distinct().count(), answer.rows().size(), "rows that are there twice");
        for (var column : answer.names().stream().filter(name -> name.endsWith("En")).toList()) {
            var half = answer.columns(column, column.replaceFirst("En$", "Zh")).stream()
                    .filter(pair -> pair.startsWith("- ") != pair.endsWith(" -")).distinct().toList();
            assertEquals(List.of(), half, column);
        }
    }

    @Test void actorsDevelopTechnologyInBothLanguages() {
        var answer = ask("actors-develop-technology");

        answer.has("huawei Huawei 華為 ascend Ascend chip 芯片 reported-fact full-stack study high 16, 35", "actor", "actorEn", "actorZh",
                "technology", "technologyEn", "kindEn", "kindZh", "status", "source", "speakers", "confidence", "paragraphs");
        answer.has("huawei mindspore software framework 18", "actor", "technology", "kindEn", "paragraphs");
        answer.has("huawei cloudmatrix-384 compute cluster 31", "actor", "technology", "kindEn", "paragraphs");
        answer.has("baidu 百度 paddlepaddle 18", "actor", "actorZh", "technology", "paragraphs");
        answer.has("dengling-technology 燈靈科技 cuda-alternatives CUDA替代軟件 18",
                "actor", "actorZh", "technology", "technologyZh", "paragraphs");
        answer.has("moore-threads 摩爾線程 cuda-alternatives 18", "actor", "actorZh", "technology", "paragraphs");
        answer.has("private-tech-firms advanced-chinese-models model medium 45",
                "actor", "technology", "kindEn", "confidence", "paragraphs");
        // A data centre project is no technology.
        answer.hasNot("openai", "actor");
    }

    @Test void aNameThatOneLanguageLacksIsShownInTheOther() {
        try (var changed = shipped()) {
            changed.write(data -> {
                data.deleteAny(Node.ANY, Iris.id("huawei"), LABEL, Literals.text("華為", "zh-Hant"));
                data.deleteAny(Node.ANY, Iris.id("paddlepaddle"), LABEL, Literals.text("PaddlePaddle", "en"));
                data.deleteAny(Node.ANY, Iris.id("moore-threads"), LABEL, Node.ANY);
            });

            var answer = ask("actors-develop-technology", changed);

            answer.has("huawei Huawei Huawei ascend", "actor", "actorEn", "actorZh", "technology");
            answer.has("baidu 百度 paddlepaddle PaddlePaddle PaddlePaddle", "actor", "actorZh", "technology", "technologyEn", "technologyZh");
            answer.has("moore-threads " + Iris.ID + "moore-threads " + Iris.ID + "moore-threads", "actor", "actorEn", "actorZh");
        }
    }

    @Test void whoRunsWhatOnWhichEvidence() {
        var answer = ask("who-runs-what");

        answer.has("local-governments 中國地方政府 ai-pilot-zones AI pilot zones reported-fact study high 11, 50",
                "actor", "actorZh", "instrument", "instrumentEn", "status", "speakers", "confidence", "paragraphs");
        answer.has("local-governments compute-vouchers 算力券 50", "actor", "instrument", "instrumentZh", "paragraphs");
        answer.has("bank-of-china bank-of-china-ai-financing reported-fact 48", "actor", "instrument", "status", "paragraphs");
        answer.has("us-government us-chip-equipment-export-controls reported-fact 6", "actor", "instrument", "status", "paragraphs");
        answer.has("us-government-agencies us-deepseek-ban 23", "actor", "instrument", "paragraphs");
        answer.hasNot("chinese-government us-export-controls", "actor", "instrument");
        // What is only planned, or only possible, says so.
        answer.has("national-data-administration public-data-resource-platform plan high 55",
                "actor", "instrument", "status", "confidence", "paragraphs");
        answer.has("chinese-government power-subsidies possibility low 33", "actor", "instrument", "status", "confidence", "paragraphs");
    }

    @Test void instrumentsHaveStageKindFunderAndTheirAmountInDollarsLargestFirst() {
        var answer = ask("instruments");
        var columns = new String[] {"instrument", "stage", "kind", "code", "funderEn", "amountUsd", "amountIs", "paragraphs"};

        answer.has("big-fund in-force industry-investment-fund PI013 Chinese government 47000000000 Figure 36", columns);
        answer.has("national-ai-industry-fund in-force industry-investment-fund PI013 Chinese government 8200000000 Figure 11, 47",
                columns);
        answer.has("state-venture-guidance-fund in-force guidance-fund PI013 Chinese government 138000000000 Figure 47", columns);
        answer.has("bank-of-china-ai-financing in-force bank-loan-programme PI012 Bank of China 138000000000 Target 48", columns);
        answer.has("big-fund 大基金 生效中 中國政府 中國政府 = 47000000000 USD",
                "instrument", "instrumentZh", "stageZh", "runByZh", "funderZh", "amountSaid");
        answer.has("power-subsidies possible electricity-price-subsidy GTA-5 Chinese government - - 33", columns);
        answer.has("public-data-resource-platform planned public-data-platform PI023 - - - 55", columns);
        assertEquals(List.of("bank-of-china-ai-financing", "state-venture-guidance-fund", "big-fund", "national-ai-industry-fund"),
                answer.columns("instrument").subList(0, 4));
    }

    @Test void pilotZonesAreRunByLocalGovernmentsInTwentyCities() {
        ask("instruments").has("ai-pilot-zones in-force pilot-zone number of cities with pilot zones = 20 # 設試點區的城市數目 = 20 # 11, 50",
                "instrument", "stage", "kind", "figuresEn", "figuresZh", "paragraphs");
    }

    @Test void whoeverFundsAnInstrumentIsItsFunderElseWhoRunsItIfItIsOfMoneyElseWhoRunsTheNearestWhole() {
        var answer = ask("instruments");

        // Run by nobody that is named, but part of what the government runs.
        answer.has("nsfc-funding - Chinese government", "instrument", "runByEn", "funderEn");
        answer.has("compute-vouchers Chinese local governments Chinese local governments", "instrument", "runByEn", "funderEn");
        answer.has("us-export-controls U.S. government -", "instrument", "runByEn", "funderEn");
        askWith("instruments", claim("x-1", "alibaba", "funds", "nsfc-funding", "study")).has("nsfc-funding Alibaba", "instrument", "funderEn");
    }

    @Test void bottlenecksHaveWhatCausesThemWhatHelpsAndWhomTheyHoldBack() {
        var answer = ask("bottlenecks");
        var columns = new String[] {"bottleneck", "role", "relation", "other", "negated", "status", "speakers", "paragraphs"};

        answer.has("compute-shortage causes causes us-ai-chip-export-controls false assessment study 6", columns);
        answer.has("compute-shortage constrains constrains bytedance false reported-fact quoted-party 14", columns);
        answer.has("compute-shortage 中國算力不足 造成 us-chip-equipment-export-controls 美國半導體設備出口管制",
                "bottleneck", "bottleneckZh", "relationZh", "other", "otherZh");
        answer.has("ai-chip-shortage worsens worsens compute-demand-surge", "bottleneck", "role", "relation", "other");
        answer.has("talent-shortage alleviates alleviates state-support-for-ai false assessment study 22", columns);
        answer.has("talent-shortage constrains constrains china-ai-industry false assessment quoted-party 22", columns);
        answer.has("chipmaking-lag fallsShortIn fallsShortIn chinese-chip-industry false",
                "bottleneck", "role", "relation", "other", "negated");
        // To overcome is to alleviate; here it is denied that subsidies do, and that what the state does has overcome the shortage.
        answer.has("ai-investment-gap alleviates overcomes state-subsidies true assessment study 26", columns);
        answer.has("compute-shortage alleviates overcomes state-support-for-ai true assessment study 6", columns);
        // What is only aimed at.
        answer.has("chipmaking-lag alleviates alleviates chipmaking-rd-support false goal study 36", columns);
    }

    @Test void theRolesOfABottleneckComeInTheOrderOfCauseReliefAndEffect() {
        var roles = ask("bottlenecks").columns("bottleneck", "role").stream()
                .filter(row -> row.startsWith("compute-shortage ")).distinct().toList();

        assertEquals(List.of("compute-shortage causes", "compute-shortage alleviates", "compute-shortage constrains"), roles);
    }

    @Test void chainsMultiplyTheSignsOfTheirSteps() {
        var answer = ask("chains");
        var columns = new String[] {"instrument", "toBottleneck", "bottleneck", "toActor", "actor", "signOnActor", "netSign"};

        answer.has("us-ai-chip-export-controls causes compute-shortage constrains chinese-ai-developers -1 -1", columns);
        answer.has("us-ai-chip-export-controls causes compute-shortage constrains bytedance -1 -1", columns);
        // Less of what holds back is more of what was held back.
        answer.has("state-support-for-ai alleviates talent-shortage constrains china-ai-industry 1 1", columns);
        answer.has("us-ai-chip-export-controls compute-shortage - leadsTo limited-training-and-deployment - 1",
                "instrument", "bottleneck", "actor", "toOutcome", "outcome", "signOnActor", "netSign");
    }

    @Test void chainsGoOnThroughTheResponseOfWhoIsHeldBackToItsOutcome() {
        var answer = ask("chains");
        var columns = new String[] {"instrument", "bottleneck", "actor", "responder", "response", "toOutcome", "outcome", "signOnActor",
                "netSign", "holds"};

        for (var response : List.of("chip-stockpiling", "chip-smuggling", "overseas-data-centres")) {
            answer.has("us-ai-chip-export-controls compute-shortage chinese-ai-firms chinese-ai-firms " + response
                    + " circumvents us-export-controls -1 -1 true", columns);
        }
        answer.has("us-ai-chip-export-controls compute-shortage chinese-ai-firms chinese-ai-firms compute-saving - - -1 1 true", columns);
        answer.has("us-ai-chip-export-controls chinese-ai-firms chip-stockpiling 囤積芯片 6 > 14 > 17 > 17 > 17",
                "instrument", "actor", "response", "responseZh", "paragraphs");
        // The group responds; that a member of it does, nobody says.
        answer.hasNot("baidu chip-smuggling", "actor", "response");
        answer.hasNot("bytedance chip-smuggling", "actor", "response");
    }

    @Test void chainsAlsoGoStraightFromAnInstrumentToWhoRespondsToIt() {
        var answer = ask("chains");

        answer.has("domestic-platform-mandate - - iflytek switch-to-huawei-chips leadsTo iflytek-development-delay 1 true 23 > 23 > 23",
                "instrument", "bottleneck", "actor", "responder", "response", "toOutcome", "outcome", "netSign", "holds", "paragraphs");
        answer.has("us-export-controls - chinese-government china-ai-industrial-policy leadsTo chinese-ai-industry-competitiveness 1 true",
                "instrument", "bottleneck", "responder", "response", "toOutcome", "outcome", "netSign", "holds");
        // Expected, and so no step that holds.
        answer.has("us-export-controls chinese-government china-ai-industrial-policy leadsTo faster-ai-development 1 false 0.6",
                "instrument", "responder", "response", "toOutcome", "outcome", "netSign", "holds", "weakest");
    }

    @Test void aChainIsAsFirmAsItsLeastFirmStep() {
        ask("chains").has("state-support-for-ai foreign-scrutiny state-supported-ai-firms -1 false 0.3",
                "instrument", "bottleneck", "actor", "netSign", "holds", "weakest");
    }

    @Test void nobodyRespondsToARelief() {
        var answer = askWith("chains", claim("x-1", "overseas-data-centres", "respondsTo", "talent-shortage", "study"),
                claim("x-2", "talent-shortage", "constrains", "chinese-ai-firms", "study"));

        answer.has("state-support-for-ai talent-shortage chinese-ai-firms 1 -", "instrument", "bottleneck", "actor", "netSign", "response");
        answer.hasNot("state-support-for-ai overseas-data-centres", "instrument", "response");
    }

    @Test void othersRespondToABottleneckToo() {
        var answer = askWith("chains", claim("x-1", "compute-vouchers", "respondsTo", "compute-shortage", "study"),
                claim("x-2", "compute-vouchers", "leadsTo", "startup-ecosystem-growth", "study"));

        answer.has("us-ai-chip-export-controls causes compute-shortage - local-governments compute-vouchers leadsTo startup-ecosystem-growth 1",
                "instrument", "toBottleneck", "bottleneck", "actor", "responder", "response", "toOutcome", "outcome", "netSign");
    }

    @Test void aDeniedStepBreaksAChain() {
        var answer = askWith("chains", claim("x-1", "us-ai-chip-export-controls", "causes", "talent-shortage", "study", "status:assessment", true));

        answer.hasNot("us-ai-chip-export-controls talent-shortage", "instrument", "bottleneck");
    }

    @Test void theTargetOfComputeStandsBesideTheLatestFigureOfTheSameMetric() {
        var answer = ask("targets-against-figures");

        answer.has("china-compute-capacity 2025 full-stack.f39-2 = 300 EFLOPS full-stack.f39-1 2024-06 = 246 EFLOPS true 39 39",
                "thing", "due", "target", "targetSaid", "figure", "figureDate", "figureSaid", "stillTime",
                "targetParagraphs", "figureParagraphs");
        assertEquals(List.of(new BigDecimal("54e18"), new BigDecimal("0.82")), Stream.of("gap", "share")
                .map(column -> new BigDecimal(answer.columns("target", column).getFirst().split(" ")[1]).stripTrailingZeros()).toList());
        answer.has("total-compute FLOPS 中國總算力 總算力", "metric", "unit", "thingZh", "metricZh");
        // Nobody says how large the industry is, so there is no gap.
        answer.has("china-ai-industry industry-size 2030 = 100000000000 $ - - -",
                "thing", "metric", "due", "targetSaid", "figure", "gap", "share");
        answer.has("value-added-in-other-industries 2030 ≥ 1000000000000 $ -", "thing", "due", "targetSaid", "figure");
        answer.has("shenzhen-intelligent-computing-centre computing-centre-capacity - = 4000 PFLOPS -",
                "thing", "metric", "due", "targetSaid", "figure");
        assertEquals(List.of("2025", "2030", "2030", "-", "-"), answer.columns("due"));
    }

    @Test void theLatestFigureIsThatWhosePeriodEndsLastHoweverPreciseItsDate() {
        assertEquals("x-other", latest("2024", "xsd:gYear"));
        assertEquals("x-other", latest("2024-07", "xsd:gYearMonth"));
        assertEquals("x-other", latest("2024-07-01", "xsd:date"));
        assertEquals("f39-1", latest("2024-05", "xsd:gYearMonth"));
        assertEquals("f39-1", latest("2024-06-29", "xsd:date"));
        assertEquals("f39-1", latest("2023", "xsd:gYear"));
    }

    @Test void aPeriodCountsWithItsEndAndAFigureWithoutADateWithThatWhenItWasMade() {
        assertEquals("x-other", latest("2023", "xsd:gYear", "id:full-stack.x-other pol:forDateEnd \"2024\"^^xsd:gYear ."));
        assertEquals("x-other", latest(figure("pol:madeDate \"2024\"^^xsd:gYear")));
        assertEquals("f39-1", latest(figure("pol:madeDate \"2021\"^^xsd:gYear")));
        assertEquals("f39-1", latest(figure("a pol:Figure")));
    }

    @Test void anotherPlaceOrComparisonAndWhatIsOnlyExpectedAreNoLatestFigure() {
        assertEquals("f39-1", latest("2025", "xsd:gYear", "id:full-stack.x-other pol:inPlace id:united-states ."));
        assertEquals("f39-1", latest("2025", "xsd:gYear",
                "id:full-stack.x-other pol:comparedWith id:global-ai-compute . id:full-stack.f39-2 pol:comparedWith id:united-states ."));
        askWith("targets-against-figures", figure("pol:forDate \"2025\"^^xsd:gYear"),
                claim("x-claim", "china-compute-capacity", "hasFigure", "full-stack.x-other", "study", "status:projection", false))
                .has("full-stack.f39-2 full-stack.f39-1", "target", "figure");
    }

    @Test void aFigureFromAfterTheDueDateLeavesNoTime() {
        askWith("targets-against-figures", held(figure("pol:forDate \"2026\"^^xsd:gYear")))
                .has("full-stack.f39-2 full-stack.x-other = 280000 PFLOPS false", "target", "figure", "figureSaid", "stillTime");
    }

    @Test void theNearestEndsOfRangesMakeTheGap() {
        var range = """
                id:full-stack.x-other a pol:Figure ; pol:metric metric:total-compute ; pol:comparator comparator:between ;
                    qudt:hasUnit unit:PetaFLOPS ; pol:minimum 250000.0 ; pol:maximum 290000.0 ; pol:normalizedUnit unit:FLOPS ;
                    pol:normalizedMinimum 250000000000000000000.0 ; pol:normalizedMaximum 290000000000000000000.0 ;
                    pol:forDate "2025-01"^^xsd:gYearMonth .
                """;

        var gap = askWith("targets-against-figures", held(range)).columns("figureSaid", "gap").getFirst();

        assertEquals("250000–290000 PFLOPS 10000000000000000000", gap.replaceFirst("\\.0+$", ""));
    }

    /// The latest figure of China's compute, when there is another one of this date.
    private static String latest(String date, String type, String... more) {
        return latest(figure("pol:forDate \"" + date + "\"^^" + type) + String.join("\n", more));
    }

    private static String latest(String figure) {
        return askWith("targets-against-figures", held(figure)).columns("target", "figure").stream()
                .filter(row -> row.startsWith("full-stack.f39-2 ")).map(row -> row.replaceFirst(".*\\.", "")).collect(Collectors.joining(" "));
    }

    private static String held(String figure) {
        return figure + "id:china-compute-capacity pol:hasFigure id:full-stack.x-other ."
                + claim("x-claim", "china-compute-capacity", "hasFigure", "full-stack.x-other", "study");
    }

    private static String figure(String more) {
        return """
                id:full-stack.x-other a pol:Figure ; pol:metric metric:total-compute ; pol:comparator comparator:exactly ;
                    qudt:hasUnit unit:PetaFLOPS ; pol:value 280000.0 ; pol:normalizedUnit unit:FLOPS ;
                    pol:normalizedValue 280000000000000000000.0 ; %s .
                """.formatted(more);
    }

    @Test void foreignTechnologiesHaveDomesticSubstitutesWithTheirShortcomings() {
        var answer = ask("substitutes");
        var columns = new String[] {"foreign", "substitute", "developersEn", "negated", "status", "paragraphs", "shortcoming",
                "shortcomingParagraphs"};

        answer.has("nvidia-gpus ascend Huawei false reported-fact 16 domestic-chip-performance-gap 16", columns);
        answer.has("nvidia-gpus ascend Huawei false reported-fact 16 domestic-chip-output-gap 16", columns);
        // Of the domestic chips, of which Ascend is one.
        answer.has("nvidia-gpus ascend Huawei false reported-fact 16 limited-use-of-domestic-chips 35", columns);
        answer.has("pytorch mindspore Huawei false reported-fact 18 low-framework-attention 18", columns);
        answer.has("tensorflow paddlepaddle Baidu false reported-fact 18 low-framework-attention 18", columns);
        answer.has("cuda cuda-alternatives Dengling Technology; Moore Threads 燈靈科技; 摩爾線程 study",
                "foreign", "substitute", "developersEn", "developersZh", "speakers");
        answer.has("github gitee - false reported-fact 53 low-foreign-appeal 53", columns);
        answer.has("github gitee 對外用戶吸引力低 assessment", "foreign", "substitute", "shortcomingZh", "shortcomingStatus");
        // Not yet, and perhaps one day.
        answer.has("western-ai-stack domestic-ai-software true assessment 19", "foreign", "substitute", "negated", "status", "paragraphs");
        answer.has("western-ai-stack domestic-ai-stack false possibility 19", "foreign", "substitute", "negated", "status", "paragraphs");
    }

    @Test void theEditorialAloneLinksTheFreeMarketToTheStrengthOfTheAmericanIndustry() {
        var answer = ask("editorial-only");

        answer.has("free-market-and-openness 自由市場與開放生態 enables us-ai-industry false assessment high 61 new",
                "subject", "subjectZh", "relation", "object", "negated", "status", "confidence", "paragraphs", "difference");
        answer.has("whole-nation-system leadsTo lasting-ai-lead true possibility low 59",
                "subject", "relation", "object", "negated", "status", "confidence", "paragraphs");
        answer.has("whole-nation-system overcomes infrastructure-shortcomings 59", "subject", "relation", "object", "paragraphs");
        answer.has("hong-kong adopts free-capital-flow 61", "subject", "relation", "object", "paragraphs");
        answer.has("us-china-ai-competition dependsOn state-subsidies true 62", "subject", "relation", "object", "negated", "paragraphs");
        // The study says of open source that the state may not support it; the editorial, that the state wants it.
        answer.has("chinese-government aimsAt open-source-development otherwise tied not supports 53",
                "subject", "relation", "object", "difference", "otherSays", "otherParagraphs");
        // Both say so.
        answer.hasNot("private-tech-firms drives china-ai-industry", "subject", "relation", "object");
        answer.hasNot("china-ai-industrial-policy supports china-ai-industry", "subject", "relation", "object");
        assertEquals(Set.of("59", "60", "61", "62"), Set.copyOf(answer.columns("paragraphs")));
    }

    @Test void theEditorialIsAgainstTheStudyWhereItDeniesThisOrTiesTheTwoWithTheOppositeSign() {
        var answer = askWith("editorial-only", claim("x-1", "state-support-for-ai", "hinders", "compute-infrastructure", "editorial"),
                claim("x-2", "huawei", "develops", "ascend", "editorial", "status:assessment", true),
                claim("x-3", "tsmc", "aheadOf", "chinese-chip-industry", "editorial"),
                claim("x-4", "tsinghua-university", "worksWith", "deepseek", "editorial"),
                claim("x-5", "state-ai-labs", "enables", "basic-research", "editorial"));

        answer.has("full-stack.x-1 opposite supports 24", "claim", "difference", "otherSays", "otherParagraphs");
        answer.has("full-stack.x-2 true opposite develops 16, 35", "claim", "negated", "difference", "otherSays", "otherParagraphs");
        answer.has("full-stack.x-5 otherwise tied supports", "claim", "difference", "otherSays");
        // Behind is ahead from the other end, and works with is the same from both.
        answer.hasNot("full-stack.x-3", "claim");
        answer.hasNot("full-stack.x-4", "claim");
    }

    @Test void goalsComeByDateAndThoseWithoutOneLast() {
        var answer = ask("goals-by-due-date");
        var dates = answer.columns("due");

        answer.has("2025 full-stack.f39-2-claim Target 目標值 china-compute-capacity = 300 EFLOPS study-authors study high 39",
                "due", "claim", "kind", "kindZh", "subject", "amount", "assertedBy", "speaker", "confidence", "paragraphs");
        answer.has("2030 goal chinese-government aimsAt global-ai-leadership 中國成為全球AI領導者 3",
                "due", "kind", "subject", "relation", "object", "objectZh", "paragraphs");
        answer.has("2030 Target china-ai-industry = 100000000000 $ 10", "due", "kind", "subject", "amount", "paragraphs");
        answer.has("- plan beijing-municipal-government builds beijing-shared-computing-platform - 51",
                "due", "kind", "subject", "relation", "object", "amount", "paragraphs");
        answer.has("- plan bank-of-china-ai-financing hasFigure ≤ 5 a 48", "due", "kind", "subject", "relation", "amount", "paragraphs");
        answer.has("- goal quoted-party xi-jinping self-controlled-ai-ecosystem 15",
                "due", "kind", "speaker", "assertedBy", "object", "paragraphs");
        // That the drive was made for AI is denied, so it is no goal.
        answer.hasNot("semiconductor-self-reliance-drive aimsAt artificial-intelligence", "subject", "relation", "object");
        var undatedLast = Comparator.comparing((String date) -> date.equals("-")).thenComparing(Comparator.naturalOrder());
        assertEquals(dates.stream().sorted(undatedLast).toList(), dates);
    }

    @Test void aGoalForAMonthComesBeforeThatForItsYear() {
        var answer = askWith("goals-by-due-date", claim("a-year", "chinese-government", "aimsAt", "data-advantage", "study", "status:goal", false),
                claim("z-month", "chinese-government", "aimsAt", "economic-growth", "study", "status:plan", false),
                "id:full-stack.a-year pol:due \"2026\"^^xsd:gYear . id:full-stack.z-month pol:due \"2026-11\"^^xsd:gYearMonth .");

        assertEquals(List.of("2026-11 full-stack.z-month plan", "2026 full-stack.a-year goal"),
                answer.columns("due", "claim", "kind").stream().filter(row -> row.startsWith("2026")).toList());
    }

    @Test void whatIsDeniedSaysWhoDeniesItAndInOtherWords() {
        var answer = ask("denied");
        var columns = new String[] {"subject", "relation", "object", "deniedBy", "speaker", "status", "paragraphs"};

        answer.has("us-government funds us-ai-industry study-authors study reported-fact 25", columns);
        answer.has("state-owned-enterprises drives china-ai-industry study-authors study assessment 25", columns);
        answer.has("us-export-controls prevents china-ai-progress study-authors study assessment 17", columns);
        answer.has("state-support-for-ai overcomes compute-shortage study-authors study assessment 6", columns);
        answer.has("domestic-ai-software substitutesFor western-ai-stack study-authors study assessment 19", columns);
        answer.has("ai-competitiveness dependsOn industrial-policy study-authors study assessment 25", columns);
        answer.has("semiconductor-self-reliance-drive aimsAt artificial-intelligence study-authors study goal 35", columns);
        answer.has("whole-nation-system leadsTo lasting-ai-lead article-editors editorial possibility 59", columns);
        answer.has("us-china-ai-competition dependsOn state-subsidies article-editors editorial possibility 62", columns);
        answer.has("state-owned-enterprises 中國國有企業 驅動 中國AI產業 研究作者", "subject", "subjectZh", "relationZh", "objectZh", "deniedByZh");
        assertEquals(List.of(), answer.columns("claim", "saysEn", "saysZh").stream().filter(row -> row.contains(" -")).toList());
    }

    @Test void aDenialIsContestedByWhoAffirmsItOrDisputesIt() {
        var answer = askWith("denied", claim("x-1", "us-export-controls", "prevents", "china-ai-progress", "editorial"),
                claim("x-2", "huawei", "competesWith", "nvidia", "editorial"), "id:full-stack.x-2 cito:disputes id:full-stack.c25-08 .");

        answer.has("us-export-controls prevents full-stack.x-1", "subject", "relation", "contested");
        answer.has("state-owned-enterprises drives full-stack.x-2", "subject", "relation", "contested");
    }

    private static Store shipped() {
        var store = Store.inMemory();
        Loader.load(new Content(ONTOLOGY, List.of(Path.of("data"))), store, false, Progress.silent());
        return store;
    }

    private static String claim(String id, String subject, String relation, String object, String speaker) {
        return claim(id, subject, relation, object, speaker, "status:assessment", false);
    }

    private static String claim(String id, String subject, String relation, String object, String speaker, String status, boolean negated) {
        return """
                id:full-stack.%s a pol:Claim ; rdf:subject id:%s ; rdf:predicate pol:%s ; rdf:object id:%s ; pol:speakerKind speaker:%s ;
                    pol:claimStatus %s ; pol:negated %s ; pol:confidence confidence:high ; pol:inSource id:full-stack ;
                    pol:passage id:full-stack.p1 ; pol:assertedBy id:study-authors .
                """.formatted(id, subject, relation, object, speaker, status, negated);
    }

    /// The answer of the shipped graph and what is said in Turtle beside it.
    private static Answered askWith(String name, String... turtle) {
        var more = Iris.sourceGraph("more");
        store.write(data -> RDFParser.fromString(PREFIXES + "GRAPH <" + more.getURI() + "> {\n" + String.join("\n", turtle) + "}", Lang.TRIG)
                .parse(data));
        try {
            return ask(name);
        } finally {
            store.write(data -> data.removeGraph(more));
        }
    }

    /// @param rows values in the order of `names`: the last part of an IRI, a literal as it is, "-" for none
    private record Answered(List<String> names, List<List<String>> rows) {

        void has(String row, String... columns) {
            assertTrue(columns(columns).contains(row), () -> "no row " + row + " in\n" + String.join("\n", columns(columns)));
        }

        void hasNot(String row, String... columns) {
            assertFalse(columns(columns).contains(row), () -> "the row " + row);
        }

        List<String> columns(String... columns) {
            var at = Stream.of(columns).map(names::indexOf).toList();
            assertFalse(at.contains(-1), () -> "columns " + List.of(columns) + " of " + names);
            return rows.stream().map(row -> at.stream().map(row::get).collect(Collectors.joining(" "))).toList();
        }
    }

    private static Answered ask(String name) {
        return ask(name, store);
    }

    private static Answered ask(String name, Store store) {
        var query = QueryFactory.create(text(FOLDER.resolve(name + ".rq")), Syntax.syntaxSPARQL_11);
        return store.read(data -> {
            try (var asked = QueryExec.dataset(data).query(query).build()) {
                var found = asked.select();
                var names = found.getResultVars().stream().map(Var::getVarName).toList();
                var rows = new ArrayList<List<String>>();
                found.forEachRemaining(row -> rows.add(names.stream().map(column -> shown(row.get(column))).toList()));
                return new Answered(names, rows);
            }
        });
    }

    private static String shown(Node value) {
        if (value == null) {
            return "-";
        }
        return value.isURI() ? value.getURI().replaceFirst(".*[/#]", "") : value.getLiteralLexicalForm();
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".rq", "");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
