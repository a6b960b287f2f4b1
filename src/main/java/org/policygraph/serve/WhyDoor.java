package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.policygraph.evidence.Reasons;
import org.policygraph.evidence.Why;
import org.policygraph.store.Store;
import org.policygraph.term.Language;

/// `/why?s=&p=&o=`: on what an edge rests; 404 where there is no such edge, with what there is instead.
final class WhyDoor extends ReadingDoor implements Documented {

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

    @Override public List<Operation> operations() {
        return List.of(Operation.get("/why", "On what an edge rests: claims, paragraphs, rules")
                .needs("s", "the subject", "huawei").needs("p", "the property", "develops").needs("o", "the object", "ascend")
                .may(Page.LANGUAGE, "language of names", Language.EN.tag(), Language.EN.tag(), Language.ZH_HANT.tag()).forms(FORMS)
                .maybe(404, "there is no such edge; says what there is instead"));
    }

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var asked = new Asked(request, List.of("s", "p", "o", "lang"));
        var form = FORMS.choose(request, response);
        var language = asked.language().orElse(Language.EN);
        var why = Why.of(new Why.Asked(asked.needed("s", EXAMPLE), Asked.where("s"), asked.needed("p", EXAMPLE), Asked.where("p"),
                asked.needed("o", EXAMPLE), Asked.where("o")), form.as(), language, store, reasons);
        response.setStatus(why.holds() ? 200 : 404);
        send(response, form.mediaType(), why.text());
    }
}
