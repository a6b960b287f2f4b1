package org.policygraph.serve;

import static j2html.TagCreator.a;
import static j2html.TagCreator.button;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.code;
import static j2html.TagCreator.datalist;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.input;
import static j2html.TagCreator.join;
import static j2html.TagCreator.label;
import static j2html.TagCreator.li;
import static j2html.TagCreator.option;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.graph.GraphFactory;
import org.policygraph.question.Citation;
import org.policygraph.question.Library;
import org.policygraph.question.Question;
import org.policygraph.source.QuestionEntry;
import org.policygraph.source.QuestionEntry.Parameter;
import org.policygraph.source.QuestionEntry.Tier;
import org.policygraph.term.Language;
import org.policygraph.term.Literals;

/// The library for a browser: the list of questions, and one with its form, its answer and what it takes to quote it.
final class QuestionPage {

    private static final int MOST_CHOICES = 500;
    /// The column of IRIs that evidence adds.
    private static final String CLAIMS = "evidence_claims";

    private final Page page;
    private final Served served;
    private final Map<Node, String> labels = new HashMap<>();

    QuestionPage(Page page, Served served) {
        this.page = page;
        this.served = served;
    }

    // The list.

    DomContent list(Library library) {
        return each(
                p(page.say("Each question has an answer with its sources: in the page, as CSV for a spreadsheet, as JSON for a program.",
                        "每個問題都有附出處的答案：可在頁面上看，也可取 CSV 或 JSON。")),
                each(List.of(Tier.values()), tier -> section(
                        h2(title(tier)),
                        ul(each(library.questions().stream().filter(question -> question.entry().tier() == tier).toList(),
                                question -> li(a(question.entry().title().in(page.language())).withHref(page.href("/questions/" + question.entry().name()))))))));
    }

    private String title(Tier tier) {
        return switch (tier) {
            case ORIENTATION -> page.say("What is there", "有些什麼");
            case RELATIONSHIP -> page.say("Who does what", "誰做什麼");
            case CHAIN -> page.say("What leads to what", "何以致此");
            case COMPARISON -> page.say("How much, compared with what", "多少、與何相比");
            case GAP -> page.say("What is missing, denied or disputed", "缺少、否定與爭議");
        };
    }

    // An answer.

    /// @param rows     of the answer, with the columns of evidence where they were asked for
    /// @param here     the path and the parameters by which the same answer is had again
    /// @param evidence whether the rows carry it
    DomContent answer(Question question, Map<String, String> values, Query query, RowSet rows, Citation citation, boolean evidence, String here, List<String> forms) {
        var read = new ArrayList<Binding>();
        rows.forEachRemaining(read::add);
        var names = rows.getResultVars().stream().map(variable -> variable.getVarName()).toList();
        return each(
                p(question.entry().description().in(page.language()).strip()).withClass("definition"),
                asking(question, values, evidence),
                read.isEmpty() ? p(page.say("Nothing was found. With other values, or with a parameter left open, there may be more.",
                        "沒有結果。換一個值、或把參數留空，也許會有。")) : result(names, read),
                section(h2(page.say("Take it away", "取用")),
                        ul(each(forms, form -> li(a(form.toUpperCase(java.util.Locale.ROOT)).withHref(here + (here.contains("?") ? "&" : "?") + "format=" + form))))
                                .withClass("formats"),
                        p(page.say("Cite it as", "引用格式")),
                        pre(citation.text(page.language(), LocalDate.now())).withClass("citation")),
                details(summary(page.say("The query", "查詢")), pre(code(query.serialize()))));
    }

    private DomContent asking(Question question, Map<String, String> values, boolean evidence) {
        var entry = question.entry();
        return form(
                each(entry.parameters(), parameter -> div(
                        label(parameter.title().in(page.language())).withFor("p-" + parameter.name()),
                        input().withType("text").withId("p-" + parameter.name()).withName(parameter.name())
                                .withValue(values.getOrDefault(parameter.name(), parameter.value().orElse(QuestionEntry.ANY)))
                                .withList("choices-" + parameter.name()).attr("autocomplete", "off"),
                        datalist(each(choices(question, parameter).stream())).withId("choices-" + parameter.name()))),
                div(input().withType("checkbox").withId("evidence").withName("evidence").withValue("true").withCondChecked(evidence),
                        label(page.say("with the claims that each row rests on", "附每行所據的主張")).withFor("evidence")).withClass("check"),
                input().withType("hidden").withName(Page.LANGUAGE).withValue(page.language().tag()),
                button(page.say("Ask", "提問")).withType("submit"))
                .withMethod("get").withAction("/questions/" + entry.name()).withClass("asking");
    }

    private List<DomContent> choices(Question question, Parameter parameter) {
        return served.store().read(data -> {
            var union = data.getUnionGraph();
            return question.choices(parameter, MOST_CHOICES, data).stream().<DomContent>map(node -> option(served.names().label(node, page.language(), union))
                    .withValue(served.names().shortened(node))).toList();
        });
    }

    /// A column of the page: what is named in both languages is one column, linked where it is a thing.
    /// @param iri  the column of the thing
    /// @param name the column of its name in the page's language
    private record Column(String title, Optional<String> iri, Optional<String> name) {}

    private static List<Column> columns(List<String> names, Language language) {
        var columns = new ArrayList<Column>();
        for (var name : names) {
            var stem = name.replaceFirst("(En|Zh)$", "");
            var named = names.contains(stem + "En") && names.contains(stem + "Zh");
            if (named && name.endsWith("En")) {
                columns.add(new Column(stem, Optional.of(stem).filter(names::contains), Optional.of(stem + (language == Language.EN ? "En" : "Zh"))));
            } else if (!named) {
                columns.add(new Column(name, Optional.of(name), Optional.empty()));
            }
        }
        return columns;
    }

    private DomContent result(List<String> names, List<Binding> rows) {
        var columns = columns(names, page.language());
        return div(table(
                caption(page.say(rows.size() == 1 ? "1 row" : rows.size() + " rows", rows.size() + " 行")),
                thead(tr(each(columns, column -> th(spaced(column.title())).withScope("col")))),
                tbody(each(rows, row -> tr(each(columns, column -> td(cell(column, row)).attr("data-label", spaced(column.title()))))))))
                .withClass("wide answer").attr("tabindex", "0").attr("role", "region").attr("aria-label", page.say("Answer", "答案"));
    }

    private DomContent cell(Column column, Binding row) {
        var iri = column.iri().flatMap(name -> Optional.ofNullable(row.get(name)));
        var name = column.name().flatMap(one -> Optional.ofNullable(row.get(one)));
        var shown = new Shown(page, served.names(), GraphFactory.createDefaultGraph());
        if (iri.filter(Node::isURI).isPresent()) {
            return shown.linked(iri.get(), text(name.map(Node::getLiteralLexicalForm).orElseGet(() -> called(iri.get()))));
        }
        if (column.title().equals(CLAIMS)) {
            var claims = iri.map(node -> List.of(node.getLiteralLexicalForm().split(" "))).orElse(List.of());
            return join(claims.stream().filter(claim -> !claim.isEmpty()).map(NodeFactory::createURI)
                    .map(claim -> shown.linked(claim, code(served.names().shortened(claim)))).toArray());
        }
        return name.or(() -> iri).map(node -> node.isLiteral() ? literal(node) : text(served.names().shortened(node))).orElseGet(() -> text(""));
    }

    private String called(Node thing) {
        return labels.computeIfAbsent(thing, node -> served.store().read(data -> served.names().label(node, page.language(), data.getUnionGraph())));
    }

    private DomContent literal(Node literal) {
        if (literal.getLiteralDatatype().equals(XSDDatatype.XSDboolean)) {
            return text(Literals.TRUE.equals(literal) ? page.say("yes", "是") : page.say("no", "否"));
        }
        return number(literal);
    }

    private static DomContent number(Node literal) {
        var text = literal.getLiteralLexicalForm();
        return NodeValue.makeNode(literal).isNumber() ? span(text.replaceFirst("\\.0+$", "")).withClass("number") : text(text);
    }

    /// `alleviatedBy` as a heading: alleviated by.
    private static String spaced(String name) {
        return name.replace('_', ' ').replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
    }

    /// Nothing is shown of the answer where it is a graph, or yes or no.
    DomContent unshown(Question question, Map<String, String> values, boolean evidence, String text) {
        return each(p(question.entry().description().in(page.language()).strip()).withClass("definition"), asking(question, values, evidence),
                iff(!text.isEmpty(), pre(code(text))));
    }
}
