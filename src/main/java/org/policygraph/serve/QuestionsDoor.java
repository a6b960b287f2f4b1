package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.query.Query;
import org.apache.jena.riot.ResultSetMgr;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.apache.jena.sparql.exec.RowSet;
import org.policygraph.evidence.Reasons;
import org.policygraph.problem.Where;
import org.policygraph.question.Answer;
import org.policygraph.question.AnswerFormat;
import org.policygraph.question.Citation;
import org.policygraph.question.Question;
import org.policygraph.source.Bilingual;
import org.policygraph.source.QuestionEntry;
import org.policygraph.source.QuestionEntry.Parameter;
import org.policygraph.term.Iris;
import org.policygraph.term.Language;
import tools.jackson.databind.json.JsonMapper;

/// `/questions`: the library; `/questions/NAME?parameter=value`: an answer; `/questions/NAME/parameters`: what can be chosen.
final class QuestionsDoor extends ReadingDoor implements Documented {

    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String EVIDENCE = "evidence";
    private static final String PARAMETERS = "/parameters";
    private static final int MOST_CHOICES = 1_000;

    private final transient Served served;

    QuestionsDoor(Served served) {
        this.served = served;
    }

    /// A question as JSON. What it is called in both languages, what may be chosen, which drawing suits.
    record About(String name, String iri, String tier, List<String> tags, Map<String, String> title, Map<String, String> description,
                 List<AboutParameter> parameters, Map<String, String> view, String returns, String answer) {

        static About of(QuestionEntry entry) {
            var view = new LinkedHashMap<String, String>(Map.of("type", entry.view().type()));
            view.putAll(entry.view().columns());
            return new About(entry.name(), Iris.question(entry.name()).getURI(), entry.tier().toString(), entry.tags(), inBoth(entry.title()),
                    inBoth(entry.description()), entry.parameters().stream().map(AboutParameter::of).toList(), view, entry.returns(),
                    "/questions/" + entry.name());
        }
    }

    /// @param standard the default, as it would be typed; `any` where it may be left open
    record AboutParameter(String name, String type, @com.fasterxml.jackson.annotation.JsonProperty("default") String standard,
                          List<String> choices, Map<String, String> title) {

        static AboutParameter of(Parameter parameter) {
            return new AboutParameter(parameter.name(), parameter.type().toString(), parameter.value().orElse(QuestionEntry.ANY),
                    parameter.choices(), inBoth(parameter.title()));
        }
    }

    record Choice(String value, String iri, Map<String, String> label) {}

    @Override public List<Operation> operations() {
        var example = served.library().questions().stream().findFirst();
        var operations = new ArrayList<>(List.of(Operation.get("/questions", "The questions of the library, what may be chosen in each and which drawing suits").forms(LIST).language()));
        example.ifPresent(question -> {
            operations.add(Operation.get("/questions/{name}", "An answer; each parameter of the question is a parameter here")
                    .path("name", question.entry().name())
                    .may(EVIDENCE, "whether each row tells the claims that it rests on", "true", "true", "false")
                    .forms(new Offer<>(ways(question.query()))).language());
            operations.add(Operation.get("/questions/{name}/parameters", "What may be chosen, by the question's parameters, with names")
                    .path("name", question.entry().name()).gives("application/json"));
        });
        return operations;
    }

    /// How an answer is sent: as data, as the query that gives it, or as a page for a browser.
    private sealed interface Way {
        record Data(AnswerFormat format) implements Way {}

        record Text() implements Way {}

        record ForBrowser() implements Way {}
    }

    private static final Offer<Boolean> LIST = new Offer<>(List.of(
            new Offer.Form<>("json", "application/json", false), new Offer.Form<>("html", "text/html", true)));

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = Optional.ofNullable(request.getPathInfo()).orElse("/");
        if (path.equals("/")) {
            list(request, response);
        } else if (path.endsWith(PARAMETERS)) {
            var question = named(path.substring(1, path.length() - PARAMETERS.length()));
            new Asked(request, List.of());
            send(response, "application/json", JSON.writeValueAsString(choices(question)) + "\n");
        } else {
            answer(named(path.substring(1)), request, response);
        }
    }

    private void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new Asked(request, List.of(Page.LANGUAGE));
        if (LIST.choose(request, response).as()) {
            var page = new Page(request, served).alternate("application/json", "/questions?format=json");
            page.send(response, 200, page.say("Questions", "問題"), new QuestionPage(page, served).list(served.library()));
        } else {
            send(response, "application/json", JSON.writeValueAsString(served.library().questions().stream().map(one -> About.of(one.entry())).toList()) + "\n");
        }
    }

    private Question named(String name) {
        return served.library().named(name, new Where.Argument("path"));
    }

    private void answer(Question question, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var known = new ArrayList<>(question.entry().parameters().stream().map(Parameter::name).toList());
        known.addAll(List.of(EVIDENCE, Page.LANGUAGE));
        var asked = new Asked(request, known);
        var values = new LinkedHashMap<String, String>();
        question.entry().parameters().forEach(parameter -> asked.text(parameter.name()).ifPresent(value -> values.put(parameter.name(), value)));
        var reasons = asked.flag(EVIDENCE) ? Optional.of(new Reasons(served.words(), served.rules())) : Optional.<Reasons>empty();
        var way = new Offer<>(ways(question.query())).choose(request, response);
        try {
            // In one transaction: what is cited is what is sent.
            served.store().read(data -> {
                try {
                    answer(question, values, question.with(values, data), reasons, way, request, response);
                    return null;
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            });
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    private void answer(Question question, Map<String, String> values, Query query, Optional<Reasons> reasons, Offer.Form<Way> way,
                        HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (way.as() instanceof Way.Text) {
            send(response, way.mediaType(), query.serialize());
            return;
        }
        var citation = Citation.of(question, query, served.store());
        response.setHeader("PolicyGraph-Dataset-Version", citation.dataset());
        response.setHeader("PolicyGraph-Query-SHA256", citation.querySha256());
        response.setHeader("PolicyGraph-Result-SHA256", citation.resultSha256());
        response.setHeader("Link", "<" + citation.question() + ">; rel=\"cite-as\"");
        if (way.as() instanceof Way.Data(var format)) {
            Answer.write(query, served.store(), format, reasons, response.getOutputStream());
            return;
        }
        var page = new Page(request, served);
        var pages = new QuestionPage(page, served);
        var out = new ByteArrayOutputStream();
        var here = request.getRequestURI() + parameters(values, reasons.isPresent());
        var title = question.entry().title().in(page.language());
        page.alternate("text/csv", here + (here.contains("?") ? "&" : "?") + "format=csv");
        if (query.isSelectType()) {
            Answer.write(query, served.store(), AnswerFormat.JSON, reasons, out);
            var rows = RowSet.adapt(ResultSetMgr.read(new ByteArrayInputStream(out.toByteArray()), ResultSetLang.RS_JSON));
            page.send(response, 200, title, pages.answer(question, values, query, rows, citation, reasons.isPresent(), here,
                    AnswerFormat.of(query).stream().map(AnswerFormat::toString).filter(form -> !form.equals("table")).toList()));
        } else {
            Answer.write(query, served.store(), AnswerFormat.usual(query, true), reasons, out);
            page.send(response, 200, title, pages.unshown(question, values, reasons.isPresent(), out.toString(StandardCharsets.UTF_8)));
        }
    }

    private static String parameters(Map<String, String> values, boolean evidence) {
        var given = new ArrayList<String>();
        values.forEach((name, value) -> given.add(name + "=" + Page.encoded(value)));
        if (evidence) {
            given.add(EVIDENCE + "=true");
        }
        return given.isEmpty() ? "" : "?" + String.join("&", given);
    }

    private static List<Offer.Form<Way>> ways(Query query) {
        var forms = new ArrayList<Offer.Form<Way>>();
        for (var format : AnswerFormat.of(query)) {
            forms.add(new Offer.Form<>(format.toString(), format.mediaType(), new Way.Data(format)));
        }
        // Who minds nothing gets JSON.
        forms.sort((one, other) -> Boolean.compare(!one.word().equals("json"), !other.word().equals("json")));
        forms.add(new Offer.Form<>("html", "text/html", new Way.ForBrowser()));
        // As browsers' scripts ask for it, and older clients.
        forms.stream().filter(form -> form.word().equals("json") || form.word().equals("xml")).toList()
                .forEach(form -> forms.add(new Offer.Form<>(form.word(), "application/" + form.word(), form.as())));
        forms.add(new Offer.Form<>("rq", "application/sparql-query", new Way.Text()));
        return forms;
    }

    private Map<String, List<Choice>> choices(Question question) {
        return served.store().read(data -> {
            var union = data.getUnionGraph();
            var choices = new LinkedHashMap<String, List<Choice>>();
            for (var parameter : question.entry().parameters()) {
                choices.put(parameter.name(), question.choices(parameter, MOST_CHOICES, data).stream()
                        .map(node -> new Choice(served.names().shortened(node), node.isURI() ? node.getURI() : "",
                                Map.of("en", served.names().label(node, Language.EN, union), "zh-Hant", served.names().label(node, Language.ZH_HANT, union))))
                        .toList());
            }
            return choices;
        });
    }

    private static Map<String, String> inBoth(Bilingual text) {
        var both = new LinkedHashMap<String, String>();
        for (var language : Language.values()) {
            both.put(language.tag(), text.in(language).strip());
        }
        return both;
    }
}
