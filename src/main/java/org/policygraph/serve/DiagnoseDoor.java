package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.policygraph.question.Diagnosis;
import org.policygraph.question.Sparql;
import tools.jackson.databind.json.JsonMapper;

/// `/diagnose?query=…`: why a query finds nothing, as JSON (its shape is [Diagnosis]) or as text. A query may be too long for
/// an address, so that the same is asked by a form that is posted; nothing changes by it.
final class DiagnoseDoor extends ReadingDoor implements Documented {

    private static final long serialVersionUID = 1L;
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String EXAMPLE = "SELECT * { ?actor pol:develop ?what }";
    private static final int MOST_SECONDS = 30;
    private static final JsonMapper JSON = JsonMapper.shared();

    private enum As { JSON, TEXT }

    private static final Offer<As> OFFER = new Offer<>(List.of(
            new Offer.Form<>("json", "application/json", As.JSON),
            new Offer.Form<>("text", "text/plain", As.TEXT)));

    private final transient Served served;

    DiagnoseDoor(Served served) {
        this.served = served;
    }

    @Override public List<Operation> operations() {
        return List.of(Operation.get("/diagnose", "Why a query finds nothing: names that there are not, the smallest part that fails")
                .needs("query", "the query", EXAMPLE).may("seconds", "how long to look at most", "5").forms(OFFER)
                .orPosted(Map.of(FORM, "query=" + Page.encoded(EXAMPLE))).maybe(415, "what is posted is not a form"));
    }

    @Override List<String> methods(HttpServletRequest request) {
        return METHODS;
    }

    @Override void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getMethod().equals("POST") && !isForm(request)) {
            throw new Refusal(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "Post a form: " + FORM + " with query=…");
        }
        super.answer(request, response);
    }

    private static boolean isForm(HttpServletRequest request) {
        return Optional.ofNullable(request.getContentType()).map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(FORM::equals).isPresent();
    }

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var asked = new Asked(request, List.of("query", "seconds"));
        var text = asked.needed("query", "/diagnose?query=" + EXAMPLE);
        var seconds = asked.number("seconds", (int) Diagnosis.Limits.USUAL.time().toSeconds(), 1, MOST_SECONDS);
        var form = OFFER.choose(request, response);
        var query = Sparql.read(text, Asked.where("query"), served.words().prefixes());
        var diagnosis = Diagnosis.of(query, served.store(), served.words(),
                new Diagnosis.Limits(Duration.ofSeconds(seconds), Diagnosis.Limits.USUAL.rows()));
        send(response, form.mediaType(), switch (form.as()) {
            case JSON -> JSON.writeValueAsString(diagnosis) + "\n";
            case TEXT -> diagnosis.text();
        });
    }
}
