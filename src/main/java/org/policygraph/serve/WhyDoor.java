package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.policygraph.evidence.Reasons;
import org.policygraph.evidence.Why;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.Store;
import org.policygraph.term.Language;

/// `/why?s=&p=&o=`: on what an edge rests; 404 where there is no such edge, with what there is instead.
final class WhyDoor extends ReadingDoor {

    private static final long serialVersionUID = 1L;
    private static final String EXAMPLE = "/why?s=huawei&p=develops&o=ascend";
    private static final Offer<Why.Form> FORMS = new Offer<>(List.of(
            new Offer.Form<>("json", "application/json", Why.Form.JSON),
            new Offer.Form<>("text", "text/plain", Why.Form.TEXT),
            new Offer.Form<>("ttl", "text/turtle", Why.Form.TTL),
            new Offer.Form<>("mermaid", "text/vnd.mermaid", Why.Form.MERMAID)));

    private final transient Store store;
    private final transient Reasons reasons;

    WhyDoor(Served served) {
        this.store = served.store();
        this.reasons = new Reasons(served.words(), served.rules());
    }

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var asked = new Asked(request, List.of("s", "p", "o", "lang"));
        var form = FORMS.choose(request, response);
        var language = asked.text("lang").map(tag -> Language.of(tag).orElseThrow(() ->
                new ProblemException(new Problem.Invalid(Asked.where("lang"), "'" + tag + "'", "en or zh-Hant")))).orElse(Language.EN);
        var why = Why.of(new Why.Asked(asked.needed("s", EXAMPLE), Asked.where("s"), asked.needed("p", EXAMPLE), Asked.where("p"),
                asked.needed("o", EXAMPLE), Asked.where("o")), form.as(), language, store, reasons);
        response.setStatus(why.holds() ? 200 : 404);
        send(response, form.mediaType(), why.text());
    }
}
