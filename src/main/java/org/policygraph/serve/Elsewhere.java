package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// `/`, and every path that nothing else answers.
final class Elsewhere extends ReadingDoor {

    private static final long serialVersionUID = 1L;
    private static final String WHAT_THERE_IS = """
            There is no %s here. There is:
              /        what this is
              /sparql  SPARQL 1.1 Query; without a query, the service description
              /diagnose  why a query finds nothing: /diagnose?query=SPARQL
              /data    Graph Store Protocol, for reading: /data?default, /data?graph=IRI
              /health  whether the store can be read""";

    private final String welcome = resource("welcome.html");

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getRequestURI().equals("/")) {
            send(response, "text/html", welcome);
        } else {
            missing(request, response);
        }
    }

    @Override protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getRequestURI().equals("/")) {
            super.service(request, response);
        } else {
            missing(request, response);
        }
    }

    private static void missing(HttpServletRequest request, HttpServletResponse response) throws IOException {
        text(response, 404, WHAT_THERE_IS.formatted(request.getRequestURI()));
    }

    private static String resource(String name) {
        try (var in = Elsewhere.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
