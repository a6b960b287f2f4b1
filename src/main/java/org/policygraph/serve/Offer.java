package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.jena.atlas.web.AcceptList;
import org.apache.jena.fuseki.system.ConNeg;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.source.Nearest;

/// The forms that an answer comes in, of which the asker chooses one: by `format=` or else by `Accept`.
/// @param forms the first is for those who don't mind
record Offer<F>(List<Form<F>> forms) {

    static final String PARAMETER = "format";

    /// @param word      for `format=`
    /// @param mediaType without parameters
    record Form<F>(String word, String mediaType, F as) {}

    Offer {
        forms = List.copyOf(forms);
    }

    /// The asker accepts none of the forms.
    static final class NotAcceptable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotAcceptable(String message) {
            super(message);
        }
    }

    /// Sets `Vary`, and the response's `Content-Type`.
    /// @throws NotAcceptable    when `Accept` allows none of them; says what there is
    /// @throws ProblemException `Unknown` when `format=` names none
    Form<F> choose(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Vary", "Accept");
        var asked = request.getParameter(PARAMETER);
        var chosen = asked == null ? accepted(request).orElseThrow(() -> new NotAcceptable("There is:\n" + listed())) : named(asked);
        response.setContentType(chosen.mediaType());
        response.setCharacterEncoding("UTF-8");
        return chosen;
    }

    private Optional<Form<F>> accepted(HttpServletRequest request) {
        if (request.getHeader("Accept") == null) {
            return Optional.of(forms.getFirst());
        }
        var offered = AcceptList.create(forms.stream().map(Form::mediaType).toArray(String[]::new));
        // Jena answers what matches nothing with the default it is given: none.
        var match = ConNeg.match(request.getHeader("Accept"), offered);
        return match == null ? Optional.empty()
                : forms.stream().filter(form -> form.mediaType().equals(match.getContentTypeStr())).findFirst();
    }

    private Form<F> named(String word) {
        return forms.stream().filter(form -> form.word().equals(word)).findFirst().orElseThrow(() -> new ProblemException(
                new Problem.Unknown(new Where.Argument(PARAMETER), "format", word, close(word))));
    }

    private List<String> close(String word) {
        var words = forms.stream().map(Form::word).toList();
        var near = Nearest.to(word, words);
        return near.isEmpty() ? words : near;
    }

    private String listed() {
        return forms.stream().map(form -> "  " + form.mediaType() + " (" + PARAMETER + "=" + form.word() + ")").collect(Collectors.joining("\n"));
    }
}
