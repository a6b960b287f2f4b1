package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.policygraph.edit.Edits;
import org.policygraph.edit.Editors;
import org.policygraph.edit.Precondition;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// Writing, for those who bring credentials.
/// @param editors who they are
/// @param edits   what they do
public record Editing(Editors editors, Edits edits) {

    private static final List<String> CHALLENGES = List.of("Basic realm=\"PolicyGraph\", charset=\"UTF-8\"", "Bearer realm=\"PolicyGraph\"");
    private static final String HOW = "policygraph serve --credentials FILE lets editors in";

    /// `"version-whatever"`, of which the part behind the hyphen tells the form.
    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

    /// @throws Refusal 403 when nobody may write here
    static Editing of(Optional<Editing> editing) {
        return editing.orElseThrow(() -> new Refusal(HttpServletResponse.SC_FORBIDDEN, "Nobody may write here; " + HOW));
    }

    /// What is said of a method that changes something, where nobody may.
    static String closed(String method, String allowed) {
        return method + " is not answered here; there is " + allowed + ". To write: " + HOW;
    }

    /// Who asks. Nothing of the body has been read.
    /// @throws Refusal 401 for a stranger, 403 for a page of somebody else's, 429 after too many mistakes
    Editors.Editor editor(HttpServletRequest request) {
        refuseForeignPages(request);
        return switch (editors.admit(Optional.ofNullable(request.getHeader("Authorization")), address(request))) {
            case Editors.Editor editor -> {
                Notes.of(request).comesFrom(editor.name());
                yield editor;
            }
            case Editors.Stranger(var mistaken) -> throw challenge(new Refusal(HttpServletResponse.SC_UNAUTHORIZED, mistaken
                    ? "These credentials are not those of an editor" : "To write, send the credentials of an editor (HTTP Basic, or a bearer token)"));
            case Editors.Later(var after) -> throw new Refusal(429, "Too many credentials that were not right; try again later")
                    .with("Retry-After", Long.toString(Math.max(1, after.toSeconds() + 1)));
        };
    }

    /// As the gate tells callers apart, behind proxies too.
    private static String address(HttpServletRequest request) {
        return Running.of(request).map(running -> running.caller().name()).orElseGet(request::getRemoteAddr);
    }

    private static Refusal challenge(Refusal refusal) {
        return refusal.with("WWW-Authenticate", String.join(", ", CHALLENGES));
    }

    /// A browser that knows an editor's password sends it along with a form that another site had it send.
    private static void refuseForeignPages(HttpServletRequest request) {
        var site = Optional.ofNullable(request.getHeader("Sec-Fetch-Site")).orElse("none");
        var origin = Optional.ofNullable(request.getHeader("Origin"));
        if (!Set.of("none", "same-origin").contains(site) || origin.isPresent() && !isOurs(origin.get(), request)) {
            throw new Refusal(HttpServletResponse.SC_FORBIDDEN, "A page of another site can't write here");
        }
    }

    private static boolean isOurs(String origin, HttpServletRequest request) {
        try {
            var theirs = URI.create(origin);
            var ours = URI.create(request.getRequestURL().toString());
            return ours.getAuthority() != null && ours.getAuthority().equalsIgnoreCase(theirs.getAuthority());
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /// Of `If-Match` and `If-None-Match`.
    /// @throws ProblemException `Invalid` when they can't be met or missed
    static Precondition condition(HttpServletRequest request) {
        var match = values(request, "If-Match");
        var noneMatch = values(request, "If-None-Match");
        if (noneMatch.isPresent() && !noneMatch.get().equals("*")) {
            throw new ProblemException(new Problem.Invalid(new Where.Argument("If-None-Match"), "'" + noneMatch.get() + "'", "* (write only what is not there yet), or If-Match"));
        }
        if (match.isPresent() && noneMatch.isPresent()) {
            throw new ProblemException(new Problem.Invalid(new Where.Argument("If-Match"), "If-None-Match beside it", "one of them"));
        }
        if (match.isPresent() && match.get().equals("*")) {
            return new Precondition(Optional.empty(), Optional.of(true));
        }
        return new Precondition(match.map(Editing::versions), noneMatch.map(_ -> false));
    }

    private static Optional<String> values(HttpServletRequest request, String header) {
        var lines = new ArrayList<String>();
        request.getHeaders(header).asIterator().forEachRemaining(lines::add);
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(",", lines).strip());
    }

    /// A weak tag is never the same as any.
    private static Set<String> versions(String tags) {
        var found = new HashSet<String>();
        var tag = TAG.matcher(tags);
        while (tag.find()) {
            if (tag.group(1) == null) {
                found.add(Arrays.stream(tag.group(2).split("-")).findFirst().orElse(""));
            }
        }
        return found;
    }
}
