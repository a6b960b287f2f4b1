package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.policygraph.search.Search;
import org.policygraph.search.SearchFormat;
import org.policygraph.search.Wanted;
import org.policygraph.store.Names;
import org.policygraph.term.Language;

/// `/search?q=`: things by what they are called; with `prefix=true` what a name that is being typed may become.
final class SearchDoor extends ReadingDoor implements Documented {

    private static final long serialVersionUID = 1L;
    private static final String TEXT = "q";
    private static final String TYPE = "type";
    private static final String PREFIX = "prefix";
    private static final String LIMIT = "limit";

    private static final Offer<SearchFormat> FORMS = new Offer<>(List.of(
            new Offer.Form<>("json", "application/json", SearchFormat.JSON),
            new Offer.Form<>("csv", "text/csv", SearchFormat.CSV),
            new Offer.Form<>("text", "text/plain", SearchFormat.TEXT)));

    private final transient Served served;
    private final transient Names names;

    SearchDoor(Served served) {
        this.served = served;
        this.names = new Names(served.words());
    }

    @Override public List<Operation> operations() {
        return List.of(Operation.get("/search", "Things by label, alias and description, in any script, with typos")
                .needs(TEXT, "what to look for", "huawei")
                .may(TYPE, "a class that they must be of", "pol:Actor")
                .may(Page.LANGUAGE, "look at names in this language alone", Language.EN.tag(), Language.EN.tag(), Language.ZH_HANT.tag())
                .may(PREFIX, "whether the text is the beginning of a name, as while one types", "true", "true", "false")
                .may(LIMIT, "how many at most", "5").forms(FORMS));
    }

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var asked = new Asked(request, List.of(TEXT, TYPE, Page.LANGUAGE, PREFIX, LIMIT));
        var wanted = new Wanted(asked.needed(TEXT, "/search?q=huawei"), asked.text(TYPE).map(typed -> names.type(typed, Asked.where(TYPE))),
                asked.language(), asked.flag(PREFIX), asked.number(LIMIT, Wanted.USUAL_LIMIT, 1, Wanted.MOST));
        var form = FORMS.choose(request, response);
        form.as().write(Search.find(wanted, served.store(), names), response.getOutputStream());
    }
}
