package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/// Whether an asker has the answer already: one that is derived from the store alone is the same until the dataset's version
/// or the program's changes.
final class Fresh {

    private static final int DIGITS = 24;
    private static final String WEAK = "W/";

    private Fresh() {}

    /// Sets `ETag` and `Cache-Control`, and 304 when the asker named that tag; nothing is to be written then.
    /// Call it once `Vary` and `Content-Type` are set.
    /// @param dataset its version; without one, nothing is known to have stayed the same
    /// @param form    what else the answer depends on: the form chosen, the language
    static boolean isKnown(HttpServletRequest request, HttpServletResponse response, Served served, Optional<String> dataset, Object... form) {
        return isKnown("", request, response, served, dataset, form);
    }

    /// As [#isKnown] does, for an answer that says the same each time, if perhaps in another order.
    static boolean isKnownWeakly(HttpServletRequest request, HttpServletResponse response, Served served, Optional<String> dataset, Object... form) {
        return isKnown(WEAK, request, response, served, dataset, form);
    }

    private static boolean isKnown(String weakness, HttpServletRequest request, HttpServletResponse response, Served served, Optional<String> dataset,
            Object... form) {
        if (dataset.isEmpty()) {
            return false;
        }
        var asked = request.getRequestURL() + "?" + Optional.ofNullable(request.getQueryString()).orElse("");
        // The version stands for itself in front: who wants to change what they have read names it.
        var tag = "\"" + dataset.get() + "-" + digest(dataset.get() + "\n" + served.version() + "\n" + asked + "\n" + Arrays.toString(form)) + "\"";
        response.setHeader("ETag", weakness + tag);
        response.setHeader("Cache-Control", "no-cache");
        if (!names(request.getHeader("If-None-Match"), tag)) {
            return false;
        }
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        return true;
    }

    private static boolean names(String header, String tag) {
        return header != null && Arrays.stream(header.split(",")).map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals(WEAK + tag));
    }

    static String digest(String text) {
        return DigestUtils.sha256Hex(text).substring(0, DIGITS);
    }
}
