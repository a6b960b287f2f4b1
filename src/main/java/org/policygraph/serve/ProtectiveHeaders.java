package org.policygraph.serve;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// What each answer tells a browser not to do with it, whoever made the answer. Who sets one of these itself has its way.
final class ProtectiveHeaders {

    static final String REQUEST_ID = "X-Request-Id";

    private static final String POLICY = "Content-Security-Policy";
    /// Data is looked at, and does nothing.
    private static final HttpField OF_DATA = new HttpField(POLICY,
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    /// Pages of ours take what they need from this server, and have neither script nor style in themselves.
    private static final HttpField OF_PAGES = new HttpField(POLICY, "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

    private final Map<String, HttpField> always = new LinkedHashMap<>();

    /// @param tls whether to tell browsers never to come without it
    ProtectiveHeaders(boolean tls) {
        put("X-Content-Type-Options", "nosniff");
        put("Referrer-Policy", "no-referrer");
        // It is open data: pages of anyone may show it.
        put("Cross-Origin-Resource-Policy", "cross-origin");
        // To every origin alike, so that no cache need tell them apart; browsers send no credentials where this is said.
        put("Access-Control-Allow-Origin", "*");
        put("Access-Control-Expose-Headers", "*");
        put("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        if (tls) {
            put("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private void put(String name, String value) {
        always.put(name, new HttpField(name, value));
    }

    void addTo(HttpFields.Mutable fields, Optional<Running> request) {
        always.forEach((name, field) -> {
            if (!fields.contains(name)) {
                fields.add(field);
            }
        });
        if (!fields.contains(POLICY)) {
            fields.add(isPage(fields) ? OF_PAGES : OF_DATA);
        }
        fields.put(REQUEST_ID, request.map(Running::id).orElseGet(ProtectiveHeaders::newId));
    }

    /// As text, for an answer that is written by hand.
    String text() {
        var fields = HttpFields.build();
        addTo(fields, Optional.empty());
        return fields.asString();
    }

    private static boolean isPage(HttpFields fields) {
        return Optional.ofNullable(fields.get(HttpHeader.CONTENT_TYPE)).filter(type -> type.startsWith("text/html")).isPresent();
    }

    /// 64 bits that nobody guesses from the last one.
    static String newId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
