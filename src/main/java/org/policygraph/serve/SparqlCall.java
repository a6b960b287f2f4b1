package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.MimeTypes;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// A query or an update as the SPARQL Protocol carries it: in the address, in a form, or as the body itself. Parameters that the
/// protocol doesn't know are passed over, as clients of other endpoints send them.
/// @param text       nothing when there is none
/// @param parameters of the address, and of the form
record SparqlCall(Optional<String> text, Parameters parameters) {

    static final String FORM = "application/x-www-form-urlencoded";

    private static final String TIMEOUT = "timeout";
    private static final String EVIDENCE = "evidence";
    /// Percent-encoding makes three bytes of one; other parameters need some too.
    private static final int FORM_FACTOR = 3;
    private static final int FORM_REST = 1 << 16;

    /// What is carried.
    enum Kind {
        QUERY("query", "application/sparql-query", "--query-length"),
        UPDATE("update", "application/sparql-update", "--update-length");

        private final String parameter;
        private final String mediaType;
        private final String option;

        Kind(String parameter, String mediaType, String option) {
            this.parameter = parameter;
            this.mediaType = mediaType;
            this.option = option;
        }

        String parameter() {
            return parameter;
        }

        String mediaType() {
            return mediaType;
        }
    }

    /// @param most bytes of the text
    /// @throws ProblemException `Invalid` when there is more than one text or it is not UTF-8, `Exceeded` when it is too long
    /// @throws Refusal          415 when the body is something else
    static SparqlCall of(HttpServletRequest request, Kind kind, int most) throws IOException {
        var parameters = Parameters.of(request);
        if (!request.getMethod().equals("POST")) {
            return new SparqlCall(parameters.one(kind.parameter).map(text -> within(most, text, kind)), parameters);
        }
        var mediaType = MimeTypes.getContentTypeWithoutCharset(Optional.ofNullable(request.getContentType()).orElse("")).split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!mediaType.equals(FORM) && !mediaType.equals(kind.mediaType)) {
            throw new Refusal(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "Content-Type: found " + (mediaType.isEmpty() ? "none" : mediaType)
                    + ", expected " + kind.mediaType + " with the " + kind.parameter + " as the body, or " + FORM + " with " + kind.parameter + "=…")
                    .with("Accept-Post", kind.mediaType + ", " + FORM);
        }
        var charset = MimeTypes.getCharsetFromContentType(request.getContentType());
        if (charset != null && !charset.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
            throw new Refusal(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "charset: found " + charset + ", expected utf-8; SPARQL is UTF-8");
        }
        if (mediaType.equals(FORM)) {
            parameters.and(body(request, (int) Math.min(Integer.MAX_VALUE - 8L, (long) FORM_FACTOR * most + FORM_REST), kind), new Where.Argument("form"));
            return new SparqlCall(parameters.one(kind.parameter).map(text -> within(most, text, kind)), parameters);
        }
        if (!parameters.all(kind.parameter).isEmpty()) {
            throw new ProblemException(new Problem.Invalid(new Where.Argument(kind.parameter), "one in the address and one as the body", "one"));
        }
        return new SparqlCall(Optional.of(body(request, most, kind)), parameters);
    }

    private static String within(int most, String text, Kind kind) {
        // What is short in characters can be long in bytes, not the other way round.
        if (text.length() > most || (long) text.length() * FORM_FACTOR > most && text.getBytes(StandardCharsets.UTF_8).length > most) {
            throw tooLong(most, kind);
        }
        return text;
    }

    private static String body(HttpServletRequest request, int most, Kind kind) throws IOException {
        if (request.getContentLengthLong() > most) {
            throw tooLong(most, kind);
        }
        var bytes = request.getInputStream().readNBytes(most + 1);
        if (bytes.length > most) {
            throw tooLong(most, kind);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException not) {
            throw new ProblemException(new Problem.Invalid(new Where.Argument("body"), "bytes that are not UTF-8", "SPARQL, which is UTF-8"));
        }
    }

    private static ProblemException tooLong(int most, Kind kind) {
        return new ProblemException(new Problem.Exceeded(new Where.Argument(kind.parameter), Problem.Bound.LENGTH, kind.option, "it has more than " + most + " bytes"));
    }

    /// The text, or the problem that there is none.
    /// @param otherwise what to do about it
    String needed(Kind kind, String otherwise) {
        return text.orElseThrow(() -> new ProblemException(new Problem.Invalid(new Where.Argument(kind.parameter), "nothing", otherwise)));
    }

    /// IRIs of graphs, by a parameter such as `default-graph-uri`; an empty one is none.
    List<String> graphs(String parameter) {
        return parameters.all(parameter).stream().filter(iri -> !iri.isBlank()).toList();
    }

    /// Of `timeout=SECONDS`, which may lower the time but not raise it.
    /// @throws ProblemException `Invalid` when it is no number above 0
    Duration time(Duration most) {
        return parameters.one(TIMEOUT).filter(text -> !text.isBlank()).map(text -> {
            if (!text.matches("\\d{1,9}(\\.\\d{1,9})?") || Double.parseDouble(text) == 0) {
                throw new ProblemException(new Problem.Invalid(new Where.Argument(TIMEOUT), "'" + text + "'", "seconds above 0, such as 2.5"));
            }
            var asked = Duration.ofMillis(Math.max(1, (long) (Double.parseDouble(text) * 1000)));
            return asked.compareTo(most) < 0 ? asked : most;
        }).orElse(most);
    }

    /// Of `evidence=`.
    /// @throws ProblemException `Invalid` when it is neither `true` nor `false`
    boolean evidence() {
        return parameters.one(EVIDENCE).filter(text -> !text.isBlank()).map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ProblemException(new Problem.Invalid(new Where.Argument(EVIDENCE), "'" + text + "'", "true or false"));
        }).orElse(false);
    }
}
