package org.policygraph.serve;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.policygraph.problem.ProblemException;

/// Answers some methods, tells of the others which there are, and turns what goes wrong into an answer. What was begun is then
/// cut off, so that nobody takes it for whole.
abstract class Door extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /// Besides OPTIONS: `GET`, `HEAD`, … in the order in which they are told.
    abstract List<String> methods(HttpServletRequest request);

    /// A [ProblemException] or a [Refusal] becomes an answer. What is written to a HEAD request's response is dropped by the server.
    abstract void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;

    @Override protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var ended = false;
        try {
            answerOrTell(request, response);
            ended = true;
        } finally {
            // What flies on from here is the caller's going or a bug.
            if (!ended && response.isCommitted()) {
                CutOff.mustBeNoticed(request);
            }
        }
    }

    private void answerOrTell(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Parameters.mustBeReadable(request);
            var methods = methods(request);
            if (methods.contains(request.getMethod())) {
                answer(request, response);
                return;
            }
            var allowed = String.join(", ", methods) + ", OPTIONS";
            if (!request.getMethod().equals("OPTIONS")) {
                throw new Refusal(HttpServletResponse.SC_METHOD_NOT_ALLOWED, otherwise(request.getMethod(), allowed)).with("Allow", allowed);
            }
            response.setHeader("Allow", allowed);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } catch (ProblemException problems) {
            mayStillAnswer(response, problems);
            refuse(problems, request, response);
        } catch (Refusal refusal) {
            mayStillAnswer(response, refusal);
            ProblemResponse.send(refusal, request, response);
        } catch (HttpException.RuntimeException unreadable) {
            // A parameter, a form or a body that Jetty can't read.
            mayStillAnswer(response, unreadable);
            ProblemResponse.send(new Refusal(unreadable.getCode(), "The request can't be read: " + unreadable.getReason()), request, response);
        } catch (UnsupportedCharsetException | IllegalCharsetNameException none) {
            // Asked for a body's media type, Jetty looks for its charset too.
            mayStillAnswer(response, none);
            ProblemResponse.send(new Refusal(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "Content-Type: its charset is not known here; send utf-8"), request, response);
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    /// What is said of a method that is not answered.
    String otherwise(String method, String allowed) {
        return method + " is not answered here; there is " + allowed;
    }

    private static void mayStillAnswer(HttpServletResponse response, RuntimeException why) throws IOException {
        if (response.isCommitted()) {
            throw new CutOff(why);
        }
        // A header of the answer that there will not be, such as its tag, says nothing of the problem.
        ProblemResponse.HEADERS_OF_ANSWERS.forEach(header -> response.setHeader(header, null));
        response.resetBuffer();
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
