package org.policygraph.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.policygraph.term.Language;

/// One method of one path, as `/openapi.json` tells it. A door writes
///
/// ```java
/// Operation.get("/search", "Things by name, in any script").needs("q", "what to look for", "huawei").may("limit", "how many at most", "20").forms(FORMS)
/// ```
///
/// Every example must be one that is answered as told: a test asks for each.
final class Operation {

    /// @param in      `path` or `query`
    /// @param example also what the test asks with
    /// @param choices empty for any
    record Parameter(String name, String in, String description, boolean required, String example, List<String> choices) {}

    private final String method;
    private final String path;
    private final String summary;
    private final List<Parameter> parameters = new ArrayList<>();
    private final SortedMap<Integer, String> statuses = new TreeMap<>();
    private List<String> mediaTypes = List.of();
    private Optional<Map<String, String>> posted = Optional.empty();

    private Operation(String method, String path, String summary) {
        this.method = method;
        this.path = path;
        this.summary = summary;
        statuses.put(200, "the answer");
    }

    /// @param path with `{name}` for what varies
    static Operation get(String path, String summary) {
        return new Operation("get", path, summary);
    }

    /// What editors alone can ask for.
    /// @param method in lower case
    static Operation writing(String method, String path, String summary) {
        return new Operation(method, path, summary)
                .maybe(401, "it needs the credentials of an editor (HTTP Basic, or a bearer token)")
                .maybe(403, "nobody may write here, or not this; says what to do")
                .maybe(412, "what If-Match or If-None-Match asks for is not so")
                .maybe(422, "the data would break rules that they kept before; says which")
                .maybe(429, "too many wrong credentials; says when to try again")
                .maybe(503, "other editors are writing; try again");
    }

    /// In lower case; of one that is [#orPosted] the first.
    String method() {
        return method;
    }

    /// One of the path's parts.
    Operation path(String name, String example) {
        parameters.add(new Parameter(name, "path", "its name", true, example, List.of()));
        return maybe(404, "there is no such thing; says what resembles it");
    }

    Operation needs(String name, String description, String example) {
        parameters.add(new Parameter(name, "query", description, true, example, List.of()));
        return maybe(400, "a parameter is wrong; says which and why");
    }

    /// @param choices none for any value
    Operation may(String name, String description, String example, String... choices) {
        parameters.add(new Parameter(name, "query", description, false, example, List.of(choices)));
        return maybe(400, "a parameter is wrong; says which and why");
    }

    Operation language() {
        return may(Page.LANGUAGE, "language of the page; else Accept-Language chooses", Language.ZH_HANT.tag(), Language.EN.tag(), Language.ZH_HANT.tag());
    }

    /// Answers in these forms, by `Accept` or `format=`.
    Operation forms(Offer<?> offer) {
        mediaTypes = offer.forms().stream().map(Offer.Form::mediaType).toList();
        may(Offer.PARAMETER, "the form; else Accept chooses", offer.forms().getFirst().word(), offer.forms().stream().map(Offer.Form::word).toArray(String[]::new));
        return maybe(406, "Accept allows none of the forms; says which there are");
    }

    /// Answers with this media type alone.
    Operation gives(String... types) {
        mediaTypes = List.of(types);
        return this;
    }

    /// Leads on to a document in one of these forms.
    Operation leadsOn(Offer<?> offer) {
        forms(offer);
        mediaTypes = List.of();
        statuses.remove(200);
        return maybe(303, "the document that describes it, in the form asked for");
    }

    /// Its path ends in the word of a form: `{form}`.
    Operation endings(Offer<?> offer) {
        mediaTypes = offer.forms().stream().map(Offer.Form::mediaType).toList();
        parameters.add(new Parameter("form", "path", "the form", true, offer.forms().getFirst().word(), offer.forms().stream().map(Offer.Form::word).toList()));
        return this;
    }

    /// Another status that it may answer with.
    Operation maybe(int status, String when) {
        statuses.put(status, when);
        return this;
    }

    /// The same by POST, its body of one of these media types, each with an example.
    Operation orPosted(Map<String, String> bodies) {
        posted = Optional.of(Map.copyOf(bodies));
        return this;
    }

    String path() {
        return path;
    }

    String summary() {
        return summary;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    SortedMap<Integer, String> statuses() {
        return statuses;
    }

    List<String> mediaTypes() {
        return mediaTypes;
    }

    Optional<Map<String, String>> posted() {
        return posted;
    }
}
