package org.policygraph.serve;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.policygraph.problem.ProblemException;

/// Answers GET and HEAD, and nothing else.
abstract class ReadingDoor extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String METHODS = "GET, HEAD, OPTIONS";

    /// What is written to a HEAD request's response is dropped by the server.
    /// A [ProblemException] becomes a status and its text; nothing must have been written before.
    abstract void read(HttpServletRequest request, HttpServletResponse response) throws IOException;

    @Override protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> answer(request, response);
            case "OPTIONS" -> {
                response.setHeader("Allow", METHODS);
                response.setStatus(204);
            }
            default -> {
                response.setHeader("Allow", METHODS);
                text(response, 405, "This is for reading: " + METHODS);
            }
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            read(request, response);
        } catch (ProblemException problems) {
            refuse(problems, request, response);
        } catch (Offer.NotAcceptable otherwise) {
            text(response, 406, otherwise.getMessage());
        }
    }

    /// Tells what is wrong; a door with pages may tell it by one.
    void refuse(ProblemException problems, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProblemResponse.send(problems, request, response);
    }

    static void text(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        send(response, "text/plain", text + "\n");
    }

    static void send(HttpServletResponse response, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type);
        response.setCharacterEncoding("UTF-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
