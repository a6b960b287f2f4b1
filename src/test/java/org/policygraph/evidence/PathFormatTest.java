package org.policygraph.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDFS;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.policygraph.store.Names;
import org.policygraph.term.Iris;
import org.policygraph.term.Language;
import org.policygraph.term.Literals;
import tools.jackson.databind.json.JsonMapper;

/// How ways are written.
class PathFormatTest {

    private static PathWorld world;

    @BeforeAll static void fill() {
        world = new PathWorld().claim("maker", "develops", "chip").claim("rival", "bans", "chip", "plan", "low", false);
        world.store.write(data -> {
            var registry = data.getGraph(Iris.REGISTRY_GRAPH);
            registry.add(Triple.create(Iris.id("maker"), RDFS.label.asNode(), Literals.text("Maker \"One\", <Ltd> #1", "en")));
            registry.add(Triple.create(Iris.id("chip"), RDFS.label.asNode(), Literals.text("Chip", "en")));
            registry.add(Triple.create(Iris.id("chip"), RDFS.label.asNode(), Literals.text("芯片", "zh-Hant")));
        });
    }

    @AfterAll static void close() {
        world.close();
    }

    @Test void textHasABlockForEachWayWithItsClaims() {
        assertEquals("""
                1. Maker "One", <Ltd> #1 —develops→ Chip ←bans (plan)— id:rival
                   2 steps, trust 0.27
                   Maker "One", <Ltd> #1 develops Chip
                     id:made-up.c1 ¶1: reported fact; id:authors; high (0.9)
                   id:rival bans Chip (−) – not held to be so
                     id:made-up.c2 ¶2: plan; id:authors; low (0.3)

                """, written(PathFormat.TEXT, planned(), Language.EN));
        assertTrue(written(PathFormat.TEXT, planned(), Language.ZH_HANT).startsWith("1. Maker \"One\", <Ltd> #1 —研發→ 芯片 ←禁止 (計劃)— id:rival\n"),
                written(PathFormat.TEXT, planned(), Language.ZH_HANT));
    }

    @Test void csvHasARowForEachEdge() {
        assertEquals("way,length,wayTrust,waySign,step,from,to,subject,predicate,object,subjectLabel,predicateLabel,objectLabel,forward,sign,holds,"
                + "inferred,trust,claims,paragraphs\r\n"
                + "1,2,0.27,,1,ID/maker,ID/chip,ID/maker,POL#develops,ID/chip,\"Maker \"\"One\"\", <Ltd> #1\",develops,Chip,true,,true,false,0.9,ID/made-up.c1,1\r\n"
                + "1,2,0.27,,2,ID/chip,ID/rival,ID/rival,POL#bans,ID/chip,id:rival,bans,Chip,false,-1,false,false,0.3,ID/made-up.c2,2\r\n",
                written(PathFormat.CSV, planned(), Language.EN).replace(Iris.ID, "ID/").replace(Iris.BASE + "ontology", "POL"));
    }

    @Test void mermaidDrawsEachEdgeOnceAndDashesWhatIsNotHeldToBeSo() {
        assertEquals("""
                flowchart LR
                    n0["Maker #quot;One#quot;, #lt;Ltd#gt; #35;1"]
                    n1["Chip"]
                    n2["id:rival"]
                    n0 -->|"develops"| n1
                    n2 -.->|"bans"| n1
                """, written(PathFormat.MERMAID, planned(), Language.EN));
    }

    @Test void jsonHasTheEdgesWithTheirClaims() {
        var json = JsonMapper.shared().readTree(written(PathFormat.JSON, planned(), Language.EN));

        assertEquals("Chip", json.at("/ways/0/nodes/1/label").asString());
        assertEquals("0.27", json.at("/ways/0/trust").decimalValue().toPlainString());
        assertEquals(false, json.at("/ways/0/steps/1/edges/0/forward").booleanValue());
        assertEquals(JsonMapper.shared().readTree("""
                {"iri": "https://w3id.org/policygraph/id/made-up.c2", "label": "id:made-up.c2", "paragraphs": [2],
                 "status": {"iri": "https://w3id.org/policygraph/concept/claim-status/plan", "label": "plan"},
                 "assertedBy": {"iri": "https://w3id.org/policygraph/id/authors", "label": "id:authors"},
                 "confidence": {"iri": "https://w3id.org/policygraph/concept/confidence/low", "label": "low"}, "weight": 0.3}"""),
                json.at("/ways/0/steps/1/edges/0/claims/0"));
    }

    @Test void noWaySaysSoAndWhatWouldFindOne() {
        var none = PathQuery.between(Iris.id("maker"), Iris.id("rival"));

        assertEquals("""
                No way of up to 4 steps between Maker "One", <Ltd> #1 and id:rival
                Over goals, plans and other claims that are not held to be so there is one: it has 2 steps
                """, written(PathFormat.TEXT, none, Language.EN));
        var json = JsonMapper.shared().readTree(written(PathFormat.JSON, none, Language.EN));
        assertEquals(List.of(0, 1), List.of(json.at("/ways").size(), json.at("/hints").size()));
        assertEquals("statuses", json.at("/hints/0/change").asString());
    }

    private static PathQuery planned() {
        return PathQuery.between(Iris.id("maker"), Iris.id("rival"))
                .over(new PathFilter(Set.of(), Set.of(), Set.of(Iris.concept("claim-status", "plan")), Set.of(), false, false));
    }

    private static String written(PathFormat format, PathQuery query, Language language) {
        return world.store.read(data -> format.written(PathSearch.in(data, PathWorld.RULES).find(query), new Names(PathWorld.WORDS), language, data.getUnionGraph()));
    }
}
