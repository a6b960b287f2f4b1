package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.source.Nearest;
import org.policygraph.term.Language;

/// The parameters of a request: each is one that the door knows, and is there once.
final class Asked {

    static final Where ADDRESS = new Where.Argument("query string");

    private final Map<String, String[]> given;

    /// @throws ProblemException `Unknown` for a name that is not among the known, `Invalid` for one that is there twice
    Asked(HttpServletRequest request, Collection<String> known) {
        this.given = request.getParameterMap();
        var problems = new ArrayList<Problem>();
        given.forEach((name, values) -> {
            if (!known.contains(name) && !name.equals(Offer.PARAMETER)) {
                problems.add(new Problem.Unknown(ADDRESS, "parameter", name, close(name, known)));
            } else if (values.length > 1) {
                problems.add(new Problem.Invalid(where(name), values.length + " values", "one"));
            }
        });
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private static List<String> close(String name, Collection<String> known) {
        var near = Nearest.to(name, known);
        return near.isEmpty() ? List.copyOf(known) : near;
    }

    static Where where(String name) {
        return new Where.Argument(name);
    }

    /// Nothing when it is not there, or empty.
    Optional<String> text(String name) {
        return Optional.ofNullable(given.get(name)).map(values -> values[0].strip()).filter(value -> !value.isEmpty());
    }

    /// @param example of the request as it should be: `/search?q=huawei`
    /// @throws ProblemException `Invalid` when it is not there
    String needed(String name, String example) {
        return text(name).orElseThrow(() -> new ProblemException(new Problem.Invalid(where(name), "nothing", "a value, as in " + example)));
    }

    /// @throws ProblemException `Invalid` when it is no whole number of this range
    int number(String name, int usual, int least, int most) {
        return text(name).map(text -> {
            if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
                return Integer.parseInt(text);
            }
            throw new ProblemException(new Problem.Invalid(where(name), "'" + text + "'", "a whole number from " + least + " to " + most));
        }).orElse(usual);
    }

    /// Of `lang=`; nothing when it is not there.
    /// @throws ProblemException `Unknown` when there is nothing in it
    Optional<Language> language() {
        return text(Page.LANGUAGE).map(tag -> Language.of(tag).orElseThrow(() -> new ProblemException(new Problem.Unknown(where(Page.LANGUAGE),
                "language", tag, Stream.of(Language.values()).map(Language::tag).toList()))));
    }

    /// @throws ProblemException `Invalid` when it is neither `true` nor `false`
    boolean flag(String name) {
        return text(name).map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ProblemException(new Problem.Invalid(where(name), "'" + text + "'", "true or false"));
        }).orElse(false);
    }
}
