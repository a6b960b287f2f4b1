package org.policygraph.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/// What is said by whoever refuses a request before a door sees it, and of what nobody foresaw: the status and one sentence, as
/// text or as problem details (RFC 9457), and nothing of what is inside.
final class PlainErrors extends ErrorHandler {

    private static final JsonMapper JSON = JsonMapper.shared();

    private record Details(String type, String title, int status) {}

    @Override public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override protected void generateResponse(Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        var text = sentence(code, message, cause);
        var json = Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT)).filter(accept -> accept.contains("json")).isPresent();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, json ? "application/problem+json" : "text/plain;charset=utf-8");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        var body = json ? JSON.writeValueAsString(new Details("about:blank", text, code)) : text;
        response.write(true, ByteBuffer.wrap((body + "\n").getBytes(StandardCharsets.UTF_8)), callback);
    }

    private static String sentence(int code, String message, Throwable cause) {
        if (cause == null) {
            return Optional.ofNullable(message).orElseGet(() -> HttpStatus.getMessage(code));
        }
        return switch (code) {
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> "request: its head is too long (" + RequestBounds.HEAD_SIZE + ")";
            case HttpStatus.URI_TOO_LONG_414 -> "request: its URI is too long (" + RequestBounds.URI_LENGTH + ")";
            case HttpStatus.INTERNAL_SERVER_ERROR_500 -> "Something went wrong here; its log tells what, by the request's id";
            // A failure's own text may tell of what is inside.
            default -> cause instanceof HttpException known && known.getReason() != null ? known.getReason() : HttpStatus.getMessage(code);
        };
    }
}
