package org.policygraph.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// What is said by whoever refuses a request before a door sees it, and of what nobody foresaw, in the words of [ProblemResponse]:
/// nothing of what is inside.
final class PlainErrors extends ErrorHandler {

    @Override public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override protected void generateResponse(Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        var accept = request.getHeaders().getValuesList(HttpHeader.ACCEPT);
        var id = request.getAttribute(Running.ATTRIBUTE) instanceof Running running ? Optional.of(running.id()) : Optional.<String>empty();
        var told = ProblemResponse.told(code, sentence(code, message, cause), List.of(), ProblemResponse.wantsJson(accept), id);
        var headers = response.getHeaders();
        ProblemResponse.HEADERS_OF_ANSWERS.forEach(headers::remove);
        headers.put(HttpHeader.CONTENT_TYPE, told.mediaType() + ";charset=utf-8");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        response.write(true, ByteBuffer.wrap(told.body().getBytes(StandardCharsets.UTF_8)), callback);
    }

    private static String sentence(int code, String message, Throwable cause) {
        if (cause == null && message != null && !message.equals(HttpStatus.getMessage(code))) {
            return message;
        }
        return switch (code) {
            case HttpStatus.BAD_REQUEST_400 -> "request: " + Optional.ofNullable(cause).filter(HttpException.class::isInstance).map(known -> ((HttpException) known).getReason())
                    .map(reason -> reason + "; ").orElse("") + "expected one as RFC 9112 has it, its path and parameters percent-encoded UTF-8";
            case HttpStatus.NOT_FOUND_404 -> "There is nothing here; / tells what there is";
            case HttpStatus.URI_TOO_LONG_414 -> "request: its URI is too long (" + RequestBounds.URI_LENGTH + "); a query may be the body of a POST, as application/sparql-query";
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> "request: its head is too long (" + RequestBounds.HEAD_SIZE + ")";
            case HttpStatus.INTERNAL_SERVER_ERROR_500 -> "Something went wrong here; its log tells what, by the request's id";
            // A failure's own text may tell of what is inside.
            default -> cause instanceof HttpException known && known.getReason() != null ? known.getReason() : Optional.ofNullable(HttpStatus.getMessage(code)).orElse("Status " + code);
        };
    }
}
