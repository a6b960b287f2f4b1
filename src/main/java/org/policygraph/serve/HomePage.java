package org.policygraph.serve;

import static j2html.TagCreator.a;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.apache.jena.graph.Node;
import org.policygraph.store.Names;
import org.policygraph.store.Statistics;
import org.policygraph.term.Iris;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;

/// `/`: what this is, how much of it there is, and where to go.
final class HomePage {

    private static final String EXAMPLE = example();
    private static final int LARGEST = 12;

    private HomePage() {}

    static DomContent contents(Statistics statistics, Vocabulary words, Page page) {
        var shown = new Shown(page, new Names(words), words.graph());
        var classes = statistics.union().classes();
        return each(
                p(page.say("The evidence-backed knowledge graph of an industrial policy. Every edge can say who claims it, where, and how sure.",
                        "有據可查的產業政策知識圖譜：每一條關係都能說出是誰主張的、出自何處、有多確定。")).withClass("definition"),
                ul(
                        count(members(Pol.CLAIM, classes), page.say("claims", "項主張")),
                        count(members(Pol.ENTITY, classes), page.say("entities", "個實體")),
                        count(members(Pol.PASSAGE_CLASS, classes), page.say("passages", "個段落")),
                        count(members(Pol.SOURCE, classes), page.say("sources", "個來源")),
                        count(statistics.union().triples(), page.say("triples", "條三元組")),
                        count(statistics.graphs().size(), page.say("graphs", "個具名圖"))).withClass("counts"),
                section(h2(page.say("What is in it", "內容")),
                        ul(each(classes.stream().filter(one -> words.types().containsValue(one.type())).limit(LARGEST).toList(),
                                one -> li(shown.linked(one.type(), shown.shown(shown.label(one.type()))), text(" " + number(one.entities()))))).withClass("many")),
                section(h2(page.say("Where to go", "從這裏開始")), dl(
                        entry("/questions", page.href("/questions"), page.say("The question library: answers with their evidence, no SPARQL needed.", "問題庫：不需SPARQL即可得到附證據的答案。")),
                        entry("/sparql", "/sparql", page.say("SPARQL 1.1 Query and Protocol; without a query, the service description. For example, ", "SPARQL 1.1 查詢與協定；不帶查詢時是服務說明。例如"),
                                a(page.say("which actors develop which technology", "哪些行動者研發哪些技術")).withHref("/sparql?output=csv&query=" + Page.encoded(EXAMPLE))),
                        entry("/data?default", "/data?default", page.say("The whole graph by the Graph Store Protocol; ", "以圖存儲協定取得整個圖；"),
                                a("/data").withHref("/data"), text(page.say(" has the graphs by their names.", "按名稱列出各圖。"))),
                        entry("/ontology", page.href("/ontology"), page.say("The words of the graph. Each thing has a page of its own, such as ", "圖所用的詞彙。每個事物都有自己的頁面，例如"),
                                each(words.schemes().stream().limit(1).toList(), scheme -> shown.name(Iris.scheme(scheme)))),
                        entry("/.well-known/void", "/.well-known/void", page.say("Statistics: classes and properties, in all and for each graph.", "統計：類別與屬性的總數及各圖的數目。")),
                        entry("/openapi.json", "/openapi.json", page.say("This interface, for programs.", "供程式閱讀的介面說明。")),
                        entry("/health", "/health", page.say("Whether the store can be read.", "資料庫是否可讀。")))));
    }

    private static DomContent count(long count, String what) {
        return li(strong(number(count)), text(" " + what));
    }

    private static long members(Node type, List<Statistics.OfClass> classes) {
        return classes.stream().filter(one -> one.type().equals(type)).mapToLong(Statistics.OfClass::entities).sum();
    }

    private static DomContent entry(String path, String href, String about, DomContent... more) {
        return each(dt(a(path).withHref(href)), dd(text(about), each(more)));
    }

    private static String number(long number) {
        return NumberFormat.getIntegerInstance(Locale.ENGLISH).format(number);
    }

    private static String example() {
        try (var text = HomePage.class.getResourceAsStream("example.rq")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
