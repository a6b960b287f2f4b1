package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// Names and values as an address or a form has them: percent-encoded UTF-8, which is read strictly, so that no text becomes
/// another one on its way.
final class Parameters {

    /// As many as anybody needs; each costs memory.
    private static final int MOST = 1_000;

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private Parameters() {}

    /// Those of the request's address.
    /// @throws ProblemException `Invalid` when they are not percent-encoded UTF-8
    static Parameters of(HttpServletRequest request) {
        return new Parameters().and(Optional.ofNullable(request.getQueryString()).orElse(""), Asked.ADDRESS);
    }

    /// @throws ProblemException `Invalid` when the address is not percent-encoded UTF-8
    static void mustBeReadable(HttpServletRequest request) {
        if (request.getQueryString() != null) {
            of(request);
        }
    }

    /// With those of this text as well: `name=value&name=value`.
    /// @throws ProblemException `Invalid` when they are not percent-encoded UTF-8
    Parameters and(String encoded, Where where) {
        var count = 0;
        for (var start = 0; start < encoded.length();) {
            var end = encoded.indexOf('&', start);
            end = end < 0 ? encoded.length() : end;
            if (end > start) {
                if (++count > MOST) {
                    throw new ProblemException(new Problem.Invalid(where, "more than " + MOST + " parameters", "fewer"));
                }
                var equals = encoded.indexOf('=', start);
                var named = equals >= 0 && equals < end;
                values.computeIfAbsent(decoded(encoded, start, named ? equals : end, where), _ -> new ArrayList<>())
                        .add(named ? decoded(encoded, equals + 1, end, where) : "");
            }
            start = end + 1;
        }
        return this;
    }

    /// In the order in which they stood; none when there is no such parameter.
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /// @throws ProblemException `Invalid` when it is there more than once
    Optional<String> one(String name) {
        var all = all(name);
        if (all.size() > 1) {
            throw new ProblemException(new Problem.Invalid(new Where.Argument(name), all.size() + " values", "one"));
        }
        return all.stream().findFirst();
    }

    Set<String> names() {
        return values.keySet();
    }

    private static String decoded(String text, int from, int to, Where where) {
        var bytes = ByteBuffer.allocate(3 * (to - from));
        for (var i = from; i < to; i++) {
            var character = text.charAt(i);
            if (character == '%') {
                var high = i + 2 < to ? Character.digit(text.charAt(i + 1), 16) : -1;
                var low = i + 2 < to ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw wrong("'" + text.substring(i, Math.min(i + 3, to)) + "'", where);
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (character < 0x80) {
                bytes.put((byte) (character == '+' ? ' ' : character));
            } else if (character == '\uFFFD') {
                // What Jetty puts in the place of bytes that stood there as they are and mean nothing.
                throw wrong("bytes that are not UTF-8", where);
            } else {
                // An address has ASCII alone, but who types one into a terminal may send more.
                var code = text.codePointAt(i);
                bytes.put(Character.toString(code).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(code) - 1;
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException not) {
            throw wrong("bytes that are not UTF-8", where);
        }
    }

    private static ProblemException wrong(String found, Where where) {
        return new ProblemException(new Problem.Invalid(where, found, "percent-encoded UTF-8, such as %E8%8F%AF for 華"));
    }
}
