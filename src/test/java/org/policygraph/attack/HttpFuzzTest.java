package org.policygraph.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// Whatever is sent to the server, it answers with a status that is not its own fault, or closes; and is as it was.
class HttpFuzzTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PATHS = List.of("/", "/sparql", "/questions", "/questions/who-restricts-whom", "/questions/what-holds-an-actor-back", "/search", "/why", "/path", "/diagnose", "/data", "/update", "/health", "/.well-known/void", "/id/huawei", "/id/full-stack.c16-05",
            "/concept/layer/chips", "/ontology", "/ontology.ttl", "/graph/registry", "/dataset", "/openapi.json", "/style/page.css", "/metrics", "/ready", "/export/policygraph.ttl", "/$/ping", "*", "", "http://127.0.0.1/sparql", "//sparql", "/sparql/", "/./sparql", "/sparql;a=b", "/%73parql", "/no");
    private static final List<String> PARAMETERS = List.of("query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "evidence", "format", "output", "lang", "q", "s", "p", "o", "from", "to", "graph", "default", "seconds", "limit", "type", "prefix", "actor", "timeout", "callback", "", "a[]", "q q");
    private static final List<String> VALUES = List.of("", "ASK {}", "SELECT * { ?s ?p ?o } LIMIT 3", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 2", "DESCRIBE <https://w3id.org/policygraph/id/huawei>", "SELECT", "huawei", "華為", "id:huawei", "<a>", "develops", "ascend", "true", "false", "json", "ttl", "html", "csv", "en", "zh-Hant", "xx", "1", "-1", "0", "999999999999",
            "urn:x", "https://w3id.org/policygraph/graph/registry", "../../etc/passwd", "\0", "\ud83d\ude00", "a\r\nb: c", "<script>", "' OR 1=1 --", "${jndi:ldap://x}", "a b", "%", "&", "=", "+", "#", ";", "compute-shortage", "pol:Entity");
    private static final List<String> METHODS = List.of("GET", "GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "G E T", "", "GET\0", "A".repeat(300), "PRI");
    private static final List<String> VERSIONS = List.of("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/3", "HTTP/9.9", "http/1.1", "HTTP/1.1.1", "HTTP", "", "HTTP/1.1 HTTP/1.1", "RTSP/1.0");
    private static final List<String> HEADERS = List.of("Host: x", "Host: a b", "Host: ", "Host: [::1", "Host: x:99999999", "Host: x\0", "Host: evil/%00", "Host: xn--a", "Host: 華", "Accept: */*", "Accept: text/html", "Accept: application/json", "Accept: application/sparql-results+json;q=0.5, text/csv;q=0.7", "Accept: text/turtle;q=nan", "Accept: ;;;,,,/*;q=", "Accept: a/b/c",
            "Accept: text/*;q=1e400", "Accept: */json", "Accept: \"", "Accept: application/ld+json;profile=\"", "Accept-Language: zh-Hant;q=1, en;q=x", "Accept-Language: -,;=", "Accept-Charset: x", "Accept-Encoding: gzip;q=0, br;q=-1, *", "Accept-Encoding: gzip, gzip, , ;q", "Content-Type: application/sparql-query", "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: application/x-www-form-urlencoded; charset=utf-16", "Content-Type: application/sparql-query; charset=no-such", "Content-Type: ", "Content-Type: /", "Content-Type: text/turtle", "Content-Type: application/ld+json", "Content-Type: application/rdf+xml", "Content-Type: multipart/form-data", "Content-Type: multipart/form-data; boundary=\"", "Content-Type: application/sparql-update", "Content-Type: a;b=c;;d=\"\\",
            "Content-Length: 0", "Content-Length: 5", "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 5, 5", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: +5", "Content-Length: 0x5", "Content-Length: 5 ", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked, identity", "Transfer-Encoding: xchunked", "Transfer-Encoding : chunked", "Transfer-Encoding:\tchunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
            "Transfer-Encoding: CHUNKED", "Transfer-Encoding: \"chunked\"", "Content-Encoding: gzip", "Content-Encoding: deflate", "Content-Encoding: x", "Expect: 100-continue", "Expect: 100-continue, x", "Expect: 200-ok", "Range: bytes=0-1", "Range: bytes=-99999999999999999999", "Range: bytes=5-1,2-,x", "If-Range: \"x\"", "If-None-Match: *", "If-None-Match: \"x\", W/\"y\"", "If-None-Match: \"", "If-None-Match: ,,,", "If-Match: *", "If-Match: \"no\"",
            "If-Modified-Since: x", "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT", "If-Modified-Since: Thu, 99 Foo 99999 99:99:99 GMT", "Origin: http://evil", "Origin: null", "Origin: \0", "Access-Control-Request-Method: DELETE", "Authorization: Basic !!!!", "Authorization: Bearer", "Authorization: Basic YTpi", "Authorization: Basic " + "QUFB".repeat(500), "Authorization: Digest x=\"", "Cookie: a=b; \"; ;=", "Cookie: $Version=1; x", "Connection: close", "Connection: keep-alive, Upgrade, HTTP2-Settings", "Upgrade: h2c", "Upgrade: websocket",
            "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA", "X-Forwarded-For: 127.0.0.1, evil\0", "X-Forwarded-Proto: javascript", "Forwarded: for=\"[::1\";;=", "X-HTTP-Method-Override: PUT", "X-Request-Id: a\u001bb", "Referer: javascript:alert(1)", "User-Agent: " + "x".repeat(5000), "X-Long: " + "y".repeat(70_000), " Folded: x", "No-Colon", ": no name", "A\0B: c", "Trailer: Content-Length", "TE: trailers", "Via: 1.1 x", "Max-Forwards: 0", "Date: x", "Proxy: http://evil", "Slug: ../x", "Link: <x>");
    private static final List<String> BODIES = List.of("", "ASK {}", "SELECT * { ?s ?p ?o } LIMIT 1", "query=ASK%20%7B%7D", "query=ASK+%7B%7D&query=ASK+%7B%7D", "query=%zz", "query=%ff%fe", "query=%u0041", "update=CLEAR%20ALL", "=&=&&", "query", "{\"@id\": \"urn:a\", \"b\": 1}", "<urn:a> <urn:b> <urn:c> .", "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "6\r\nASK {}\r\n0\r\n\r\n", "6;ext=\"\r\nASK {}\r\n0\r\nTrailer: x\r\n\r\n", "ffffffffffffffff\r\nx",
            "-1\r\nx\r\n0\r\n\r\n", "g\r\n", "6\r\nASK {}0\r\n\r\n", "0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n", "\u001f\u008b\b\0\0\0\0\0\0\0", "GET /health HTTP/1.1\r\nHost: x\r\n\r\n", "--x\r\nContent-Disposition: form-data; name=\"query\"\r\n\r\nASK {}\r\n--x--\r\n", "\0\0\0\0", "a".repeat(20_000));
    private static final String[] SIGNS = Stream.of(HEADERS.stream().map(header -> header + "\r\n"), PATHS.stream(), BODIES.stream(), Stream.of("\r\n\r\n", "\n\n", "\r", "HTTP/1.1", "GET / HTTP/1.1\r\n", "%2", "%", "%FF", "?", "&query=", "=")).flatMap(all -> all).toArray(String[]::new);
    /// Not 505: the version of the protocol is the asker's.
    private static final List<Integer> OWN_FAULTS = List.of(500, 501, 502, 504, 506, 507, 508);

    private static Target target;
    private static Caller caller;
    private static String before;

    @BeforeContainer static void start() throws Exception {
        target = Target.start("512m", "--query-time", "5s", "--head-time", "5s", "--body-time", "5s", "--idle-time", "5s");
        caller = new Caller(target.uri);
        before = quads();
    }

    @AfterContainer static void stop() throws Exception {
        try {
            assertEquals(before, quads(), "the quads are not the same");
        } finally {
            target.close();
        }
    }

    private static String quads() throws Exception {
        return caller.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g").body();
    }

    @Provide Arbitrary<List<String>> requests() {
        var value = Arbitraries.oneOf(Arbitraries.of(VALUES).map(Caller::encoded), Arbitraries.of(VALUES), Arbitraries.of("%", "%0", "%zz", "%00", "%ff", "%c0%af", "%ed%a0%80", "%f4%90%80%80", "%u0041", "a".repeat(9_000)));
        var parameters = Combinators.combine(Arbitraries.of(PARAMETERS), Arbitraries.of("=", "=", "=", "", "=="), value).as((name, is, what) -> name + is + what).list().ofMaxSize(4)
                .map(all -> all.isEmpty() ? "" : "?" + String.join("&", all));
        var extras = Arbitraries.of(HEADERS).list().ofMaxSize(6).map(all -> String.join("\r\n", all));
        var request = Combinators.combine(Arbitraries.of(METHODS), Arbitraries.of(PATHS), parameters, Arbitraries.of(VERSIONS), extras, Arbitraries.of(BODIES), Arbitraries.of("Host: localhost\r\n", "Host: localhost\r\n", "Host: localhost\r\n", ""), Arbitraries.of(true, true, false))
                .as((method, path, query, version, headers, body, host, measured) -> method + " " + path + query + " " + version + "\r\n" + host + headers + (headers.isEmpty() ? "" : "\r\n")
                        + (measured && !body.isEmpty() ? "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n" : "") + "\r\n" + body);
        return Mutation.seeded(request.list().ofMinSize(1).ofMaxSize(2));
    }

    @Provide Arbitrary<String> damaged() {
        var good = new ArrayList<String>();
        for (var path : List.of("/sparql?query=ASK%20%7B%7D", "/search?q=huawei", "/id/huawei", "/data?default", "/questions/what-holds-an-actor-back?actor=baidu&evidence=true", "/why?s=huawei&p=develops&o=ascend", "/path?from=huawei&to=compute-shortage")) {
            good.add("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json, text/turtle;q=0.5\r\nUser-Agent: x\r\n\r\n");
        }
        good.add("POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 6\r\n\r\nASK {}");
        good.add("POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n12\r\nquery=ASK%20%7B%7D\r\n0\r\n\r\n");
        good.add("PUT /data?graph=urn%3Ax HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/turtle\r\nContent-Length: 8\r\n\r\n<a> a 1 ");
        return Mutation.of(good, SIGNS);
    }

    @Fuzz void aRequestOfOddPartsIsAnsweredOrTheConnectionCloses(@ForAll("requests") List<String> requests) throws Exception {
        sent(String.join("", requests));
    }

    @Fuzz void aRequestThatWasOnceGoodIsAnsweredOrTheConnectionCloses(@ForAll("damaged") String request) throws Exception {
        sent(request);
    }

    private static void sent(String request) throws Exception {
        var began = System.nanoTime();
        var said = answer(request);
        var took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        for (var head : said.heads()) {
            assertFalse(OWN_FAULTS.contains(head.status()), () -> "its own fault: " + said.text());
            assertTrue(head.status() != 503 || head.headers().toLowerCase(Locale.ROOT).contains("retry-after") || said.text().contains("--"), () -> "503 without a word on when to come again: " + said.text());
        }
        assertTrue(said.ended(), () -> "neither an end nor a closed connection after " + took + " s: " + said.text());
        var heads = String.join("\n", said.heads().stream().map(Wire.Head::headers).toList());
        // What is served says much about itself (/openapi.json); what is refused must not.
        var inside = Owed.INSIDES.matcher(said.heads().stream().allMatch(head -> head.status() >= 400) ? said.text() : heads);
        assertTrue(!inside.find() || request.contains(inside.group()), () -> "tells of the program's insides: " + said.text());
        assertTrue(target.isAlive(), target::toldOrNot);
        assertEquals(200, caller.get("/health").status());
    }

    private static Wire.Said answer(String request) throws IOException {
        try (var wire = new Wire(target.uri)) {
            try {
                wire.say(request);
            } catch (SocketException closed) {
                // It need not hear us out; what it said before may have been lost.
                return new Wire.Said("", true);
            }
            return wire.heard(PATIENCE);
        }
    }
}
