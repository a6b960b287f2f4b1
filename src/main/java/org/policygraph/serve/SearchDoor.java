package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.search.Search;
import org.policygraph.search.SearchFormat;
import org.policygraph.search.Wanted;
import org.policygraph.store.Names;
import org.policygraph.term.Language;

/// `/search?q=`: things by what they are called; with `prefix=true` what a name that is being typed may become.
final class SearchDoor extends ReadingDoor {

    private static final long serialVersionUID = 1L;
    private static final String TEXT = "q";
    private static final String TYPE = "type";
    private static final String LANGUAGE = "lang";
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

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var asked = new Asked(request, List.of(TEXT, TYPE, LANGUAGE, PREFIX, LIMIT));
        var wanted = new Wanted(asked.needed(TEXT, "/search?q=huawei"), asked.text(TYPE).map(typed -> names.type(typed, Asked.where(TYPE))),
                asked.text(LANGUAGE).map(SearchDoor::language), asked.flag(PREFIX), asked.number(LIMIT, Wanted.USUAL_LIMIT, 1, Wanted.MOST));
        var form = FORMS.choose(request, response);
        form.as().write(Search.find(wanted, served.store(), names), response.getOutputStream());
    }

    private static Language language(String tag) {
        return Language.of(tag).orElseThrow(() -> new ProblemException(new Problem.Unknown(Asked.where(LANGUAGE), "language", tag,
                Arrays.stream(Language.values()).map(Language::toString).toList())));
    }
}
