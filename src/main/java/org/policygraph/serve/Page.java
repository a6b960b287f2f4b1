package org.policygraph.serve;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.code;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.li;
import static j2html.TagCreator.link;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;
import static j2html.TagCreator.title;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import java.util.stream.Stream;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.DatasetVersion;
import org.policygraph.term.Language;

/// One page for a browser, in the language that its reader asked for: the frame that all pages share, and what a door puts
/// into it. Nothing in a page is a script or a style of its own, so that the policy sent with it can forbid both.
///
/// ```java
/// var page = new Page(request, served);
/// page.send(response, 200, page.say("Questions", "問題"), p(a("…").withHref(page.href("/questions/chains"))));
/// ```
final class Page {

    /// The request parameter that chooses the language; `Accept-Language` does when it is not there.
    static final String LANGUAGE = "lang";

    private static final String NAME = "PolicyGraph";
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final HttpServletRequest request;
    private final Served served;
    private final Optional<String> dataset;
    private final Optional<Language> chosen;
    private final Language language;
    private final List<Alternate> alternates = new ArrayList<>();

    private record Alternate(String mediaType, String path) {}

    /// @throws ProblemException `Invalid` when `lang=` asks for a language that there is not
    Page(HttpServletRequest request, Served served) {
        this.request = request;
        this.served = served;
        this.dataset = served.store().read(DatasetVersion::of);
        this.chosen = Optional.ofNullable(request.getParameter(LANGUAGE)).map(Page::language);
        this.language = chosen.orElseGet(() -> accepted(request.getHeader("Accept-Language")));
    }

    private static Language language(String typed) {
        return Language.of(typed).orElseThrow(() -> new ProblemException(
                new Problem.Invalid(Asked.where(LANGUAGE), "'" + typed + "'", Language.EN.tag() + " or " + Language.ZH_HANT.tag())));
    }

    private static Language accepted(String header) {
        if (header == null) {
            return Language.EN;
        }
        try {
            return LanguageRange.parse(header).stream().filter(range -> range.getWeight() > 0)
                    .sorted(Comparator.comparingDouble(LanguageRange::getWeight).reversed())
                    .flatMap(range -> Language.of(range.getRange()).stream()).findFirst().orElse(Language.EN);
        } catch (IllegalArgumentException unreadable) {
            // A wish that can't be read is no wish.
            return Language.EN;
        }
    }

    /// Whether the asker would rather have a page than text or JSON.
    static boolean isWanted(HttpServletRequest request) {
        var accepted = Accepted.of(Collections.list(request.getHeaders("Accept")));
        var page = accepted.flatMap(one -> one.liking("text/html"));
        return page.isPresent() && Stream.of("text/plain", "application/json").flatMap(other -> accepted.get().liking(other).stream())
                .allMatch(other -> page.get().compareTo(other) > 0);
    }

    Language language() {
        return language;
    }

    /// Of the dataset; empty when the store has none.
    Optional<String> dataset() {
        return dataset;
    }

    /// The text in the page's language.
    String say(String en, String zhHant) {
        return language == Language.EN ? en : zhHant;
    }

    /// A link within the server, which keeps the language if the reader chose one.
    /// @param path as it stands in a link: what needs escaping is escaped
    String href(String path) {
        return chosen.map(kept -> {
            var hash = path.indexOf('#');
            var fragment = hash < 0 ? "" : path.substring(hash);
            var rest = hash < 0 ? path : path.substring(0, hash);
            return rest + (rest.contains("?") ? "&" : "?") + LANGUAGE + "=" + kept.tag() + fragment;
        }).orElse(path);
    }

    /// The text as the value of a parameter.
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /// Tells that what the page says is to be had in another form; programs look for that in its head.
    Page alternate(String mediaType, String path) {
        alternates.add(new Alternate(mediaType, path));
        return this;
    }

    /// Sets the headers that depend on who reads, among them `ETag`; answers 304 when the reader has the page.
    /// @param contents below the heading, which is the title
    void send(HttpServletResponse response, int status, String title, DomContent... contents) throws IOException {
        sendAs(response, status, title, each(h1(title), each(contents)));
    }

    /// As [#send] does, for contents that bring their heading along.
    void sendAs(HttpServletResponse response, int status, String title, DomContent contents) throws IOException {
        response.addHeader("Vary", "Accept-Language");
        response.setHeader("Content-Language", language.tag());
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setContentType("text/html");
        response.setCharacterEncoding("UTF-8");
        if (status == HttpServletResponse.SC_OK && Fresh.isKnown(request, response, served, dataset, "html", language, Style.PATH)) {
            return;
        }
        response.setStatus(status);
        ReadingDoor.send(response, "text/html", rendered(title, contents));
    }

    private String rendered(String title, DomContent contents) {
        return document(html(
                head(
                        meta().withCharset("utf-8"),
                        meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                        meta().withName("color-scheme").withContent("light dark"),
                        title(title.equals(NAME) ? NAME : title + " · " + NAME),
                        link().withRel("stylesheet").withHref(Style.PATH),
                        each(alternates, one -> link().withRel("alternate").withType(one.mediaType()).withHref(one.path())),
                        link().withRel("alternate").attr("hreflang", language.other().tag()).withHref(switched())),
                body(
                        a(say("Skip to the content", "跳到內容")).withClass("skip").withHref("#content"),
                        header(nav(
                                a(NAME).withClass("home").withHref(href("/")),
                                ul(
                                        li(a(say("Questions", "問題")).withHref(href("/questions"))),
                                        li(a("SPARQL").withHref("/sparql")),
                                        li(a(say("Data", "資料")).withHref("/data?default")),
                                        li(a(language.other() == Language.EN ? "English" : "中文").withLang(language.other().tag())
                                                .attr("hreflang", language.other().tag()).withRel("alternate").withHref(switched()))))
                                .attr("aria-label", say("Main", "主選單"))),
                        main(contents).withId("content"),
                        footer(p(
                                text(say("Dataset ", "資料集 ")),
                                dataset.<DomContent>map(version -> a(code(version)).withHref(href("/dataset"))).orElseGet(() -> text(say("without a version", "沒有版本"))),
                                text(" · PolicyGraph " + served.version() + " · "),
                                a(say("statistics", "統計")).withHref("/.well-known/void"),
                                text(" · "),
                                a(say("interface", "介面")).withHref("/openapi.json")))))
                .withLang(language.tag()));
    }

    /// This page in the other language.
    private String switched() {
        var other = new StringBuilder(request.getRequestURI()).append('?');
        request.getParameterMap().forEach((name, values) -> {
            if (!name.equals(LANGUAGE)) {
                for (var value : values) {
                    other.append(encoded(name)).append('=').append(encoded(value)).append('&');
                }
            }
        });
        return other.append(LANGUAGE).append('=').append(language.other().tag()).toString();
    }
}
