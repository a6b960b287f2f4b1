package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.source.Nearest;

/// The forms that an answer comes in, of which the asker chooses one: by `format=` or else by `Accept`.
/// @param forms the first is for those who don't mind
record Offer<F>(List<Form<F>> forms) {

    static final String PARAMETER = "format";

    /// @param word      for `format=`
    /// @param mediaType without parameters, in lower case
    record Form<F>(String word, String mediaType, F as) {}

    Offer {
        forms = List.copyOf(forms);
    }

    /// Sets `Vary`, and the response's `Content-Type`.
    /// @throws Refusal          406 when `Accept` allows none of them; says what there is
    /// @throws ProblemException `Unknown` when `format=` names none
    Form<F> choose(HttpServletRequest request, HttpServletResponse response) {
        return choose(Optional.ofNullable(request.getParameter(PARAMETER)), PARAMETER, request, response);
    }

    /// @param word      a form's word or media type; goes before `Accept`
    /// @param parameter where the word stood
    Form<F> choose(Optional<String> word, String parameter, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Vary", "Accept");
        if (word.isPresent() && word.get().contains("json")) {
            request.setAttribute(ProblemResponse.JSON_ASKED, true);
        }
        var chosen = word.map(named -> named(named, parameter)).orElseGet(() -> accepted(request));
        response.setContentType(chosen.mediaType());
        response.setCharacterEncoding("UTF-8");
        return chosen;
    }

    private Form<F> accepted(HttpServletRequest request) {
        var accepted = Accepted.of(Collections.list(request.getHeaders("Accept")));
        if (accepted.isEmpty()) {
            return forms.getFirst();
        }
        var best = Optional.<Form<F>>empty();
        var most = Optional.<Accepted.Liking>empty();
        for (var form : forms) {
            var liking = accepted.get().liking(form.mediaType());
            if (liking.isPresent() && (most.isEmpty() || liking.get().compareTo(most.get()) > 0)) {
                best = Optional.of(form);
                most = liking;
            }
        }
        return best.orElseThrow(() -> new Refusal(HttpServletResponse.SC_NOT_ACCEPTABLE, "Accept allows none of the forms. There is:\n" + listed()));
    }

    private Form<F> named(String word, String parameter) {
        var lower = word.toLowerCase(Locale.ROOT);
        return forms.stream().filter(form -> form.word().equals(lower) || form.mediaType().equals(lower)).findFirst().orElseThrow(() -> new ProblemException(
                new Problem.Unknown(new Where.Argument(parameter), "format", word, close(lower))));
    }

    private List<String> close(String word) {
        var words = new LinkedHashSet<>(forms.stream().map(Form::word).toList());
        var near = Nearest.to(word, words);
        return near.isEmpty() ? List.copyOf(words) : near;
    }

    private String listed() {
        return forms.stream().map(form -> "  " + form.mediaType() + " (" + PARAMETER + "=" + form.word() + ")").collect(Collectors.joining("\n"));
    }
}
