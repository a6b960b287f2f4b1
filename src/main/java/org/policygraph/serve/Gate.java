package org.policygraph.serve;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.policygraph.problem.Problem;
import org.policygraph.problem.Where;

/// Stands before the doors. It lets in whole requests, as many as there are places for, and knows those that are in.
final class Gate extends Handler.Wrapper {

    /// What says how the server is must be told however busy it is.
    private static final Set<String> NEVER_QUEUED = Set.of(Health.PATH, Health.LIVE, Health.READY, "/metrics");
    private static final Set<String> UPLOADS = Set.of("/update", "/data");
    private static final String ADMINISTRATION = "/$";
    private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9.])?|\\[[0-9A-Fa-f:.]{2,45}\\])(:\\d{1,5})?");
    private static final String METHODS = "GET, HEAD, POST, OPTIONS";

    private final ServerOptions options;
    private final Refusals refusals;
    private final Places places;
    private final Set<Running> all = ConcurrentHashMap.newKeySet();
    private final Room room;
    private volatile boolean closing;

    Gate(Handler doors, ServerOptions options, Refusals refusals) {
        super(doors);
        this.options = options;
        this.refusals = refusals;
        this.places = new Places(options.bounds().counts());
        this.room = new Room(options.bounds().sizes().requests());
    }

    /// Those that are in, waiting ones among them.
    Set<Running> running() {
        return Set.copyOf(all);
    }

    /// Refusals by the option whose bound was met.
    Refusals refusals() {
        return refusals;
    }

    int working() {
        return places.taken();
    }

    int waiting() {
        return places.waiting();
    }

    /// Whether the server is about to end and takes no more requests.
    boolean isClosing() {
        return closing;
    }

    /// From now on nobody is let in.
    void close() {
        closing = true;
    }

    @Override public boolean handle(Request request, Response response, Callback callback) {
        var line = Line.of(request.getConnectionMetaData().getConnection().getEndPoint());
        var path = Optional.ofNullable(Request.getPathInContext(request)).orElse("");
        var running = new Running(id(request), caller(request, line), request.getMethod(), path, options.limits(), request::fail);
        request.setAttribute(Running.ATTRIBUTE, running);
        line.runs(running);
        all.add(running);
        Request.addCompletionListener(request, _ -> all.remove(running));
        var answer = new Refusing(request, response, callback);
        if (admit(request, path, answer)) {
            var sending = new Sending(request, response, running, places, line);
            takeIn(request, running, answer, outcome -> work(outcome, running, sending, callback));
        }
        return true;
    }

    private static String id(Request request) {
        return Optional.ofNullable(request.getHeaders().get(ProtectiveHeaders.REQUEST_ID)).filter(id -> SANE_ID.matcher(id).matches())
                .orElseGet(ProtectiveHeaders::newId);
    }

    private Caller caller(Request request, Line line) {
        return Caller.behind(line.address(), request.getHeaders().getCSV("X-Forwarded-For", false), options.proxies());
    }

    /// Judges what can be told by the head alone.
    /// @return false when the request has been answered
    private boolean admit(Request request, String path, Refusing answer) {
        var sizes = options.bounds().sizes();
        var uri = request.getHttpURI();
        if (closing && (!NEVER_QUEUED.contains(path) || path.equals(Health.READY))) {
            answer.with(HttpStatus.SERVICE_UNAVAILABLE_503, new Problem.Unusable(new Where.Resource("server"), "it is being stopped; ask again later"));
        } else if (request.getMethod().equals("TRACE") || request.getMethod().equals("CONNECT")) {
            answer.allow(METHODS);
        } else if (!HttpScheme.HTTP.is(uri.getScheme()) && !HttpScheme.HTTPS.is(uri.getScheme())) {
            answer.with(HttpStatus.BAD_REQUEST_400, invalid("scheme", "another", "http or https"));
        } else if (uri.getPathQuery() == null || isUnclear(uri.getPath(), path)) {
            answer.with(HttpStatus.BAD_REQUEST_400, invalid("path", "characters that no path here has", "a path without ';' and control characters"));
        } else if (!isHost(request)) {
            answer.with(HttpStatus.BAD_REQUEST_400, invalid("Host", "what is none", "a name or an address, and a port"));
        } else if (path.equals(ADMINISTRATION) || path.startsWith(ADMINISTRATION + "/")) {
            answer.with(HttpStatus.NOT_FOUND_404, new Problem.Absent(new Where.Resource("path"), "path", "/$", List.of()));
        } else if (uri.getPathQuery().length() > sizes.uri()) {
            answer.exceeded(HttpStatus.URI_TOO_LONG_414, Problem.Bound.LENGTH, RequestBounds.URI_LENGTH, "its URI is longer than " + sizes.uri() + " bytes");
        } else if (request.getHeaders().size() > sizes.headers()) {
            answer.exceeded(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, Problem.Bound.LENGTH, RequestBounds.HEADERS, "it has more than " + sizes.headers() + " headers");
        } else if (request.getLength() > mostOf(request, path)) {
            answer.tooLong(request, path);
        } else if (!isEncodingKnown(request)) {
            answer.encoding();
        } else {
            return true;
        }
        return false;
    }

    /// Editors send graphs. Whether it is one is for the door to tell.
    private static boolean isUpload(Request request, String path) {
        return UPLOADS.contains(path) && request.getHeaders().contains(HttpHeader.AUTHORIZATION);
    }

    private int mostOf(Request request, String path) {
        return isUpload(request, path) ? options.bounds().sizes().upload() : options.bounds().sizes().request();
    }

    /// What stands behind a semicolon is dropped from a path on its way, so that it would pass for another.
    private static boolean isUnclear(String sent, String decoded) {
        return sent.indexOf(';') >= 0 || decoded.chars().anyMatch(Character::isISOControl) || decoded.indexOf('\\') >= 0;
    }

    private static boolean isHost(Request request) {
        var authority = request.getHttpURI().getAuthority();
        return authority == null || HOST.matcher(authority).matches();
    }

    private static boolean isEncodingKnown(Request request) {
        var encodings = request.getHeaders().getCSV(HttpHeader.CONTENT_ENCODING, false);
        return encodings.isEmpty() || encodings.size() == 1 && (encodings.getFirst().equalsIgnoreCase("gzip") || encodings.getFirst().equalsIgnoreCase("identity"));
    }

    private static Problem invalid(String where, String found, String expected) {
        return new Problem.Invalid(new Where.Argument(where), found, expected);
    }

    private void takeIn(Request request, Running running, Refusing answer, Consumer<Request> then) {
        var sizes = options.bounds().sizes();
        var body = new Body(request, running, mostOf(request, running.path()), options.bounds().times().body(), room, outcome -> {
            switch (outcome) {
                case Body.Outcome.In in -> then.accept(in.request());
                case Body.Outcome.TooLong() -> answer.tooLong(request, running.path());
                case Body.Outcome.TooMuchInAll() -> answer.exceeded(HttpStatus.SERVICE_UNAVAILABLE_503, Problem.Bound.BUSY, RequestBounds.REQUESTS_SIZE,
                        "there is no room for its body beside those of others; all have " + sizes.requests() + " bytes, one caller half of that");
                case Body.Outcome.Late() -> answer.exceeded(HttpStatus.REQUEST_TIMEOUT_408, Problem.Bound.TIME, RequestBounds.BODY_TIME,
                        "its body was not in after " + Refusals.seconds(options.bounds().times().body()));
                case Body.Outcome.Unreadable(var why) -> answer.with(HttpStatus.BAD_REQUEST_400, new Problem.Unreadable(new Where.Argument("request"), why));
            }
        });
        Request.addCompletionListener(request, _ -> body.release());
        body.run();
    }

    private void work(Request request, Running running, Sending sending, Callback callback) {
        var answer = new Refusing(request, sending, callback);
        if (NEVER_QUEUED.contains(running.path())) {
            places.rejoin(running);
        } else {
            switch (places.take(running, options.bounds().times().queue())) {
                case TAKEN -> { }
                case FULL -> {
                    answer.exceeded(HttpStatus.SERVICE_UNAVAILABLE_503, Problem.Bound.BUSY, RequestBounds.QUEUE, "as many requests wait as may");
                    return;
                }
                case LATE -> {
                    answer.exceeded(HttpStatus.SERVICE_UNAVAILABLE_503, Problem.Bound.BUSY, RequestBounds.REQUESTS,
                            "others had all places for " + Refusals.seconds(options.bounds().times().queue()));
                    return;
                }
                case ENDED -> {
                    answer.with(HttpStatus.SERVICE_UNAVAILABLE_503, running.ended().orElseGet(() -> new Problem.Unusable(new Where.Resource("server"), "it is being stopped")));
                    return;
                }
            }
        }
        running.is(Running.State.WORKING);
        try {
            pass(options.publicUri().<Request>map(known -> new Known(request, known)).orElse(request), sending, callback);
        } finally {
            places.give(running);
        }
    }

    // Jetty's handlers may throw anything, and their caller answers for it; where the body has come late, we are that caller.
    private void pass(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable thrown) {
            callback.failed(thrown);
        }
    }

    /// A request as it was before a proxy: links are made of what the world knows.
    private static final class Known extends Request.Wrapper {
        private final HttpURI uri;

        private Known(Request request, URI known) {
            super(request);
            this.uri = HttpURI.build(request.getHttpURI()).scheme(known.getScheme()).host(known.getHost()).port(known.getPort()).asImmutable();
        }

        @Override public HttpURI getHttpURI() {
            return uri;
        }
    }

    /// Answers a request that goes no further.
    private final class Refusing {
        private final Request request;
        private final Response response;
        private final Callback callback;

        private Refusing(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        private void with(int status, Problem problem) {
            if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
                response.getHeaders().put(HttpHeader.RETRY_AFTER, Refusals.RETRY_SECONDS);
            }
            Response.writeError(request, response, callback, status, problem.line());
        }

        private void exceeded(int status, Problem.Bound bound, String option, String what) {
            var problem = refusals.exceeded(new Where.Argument("request"), bound, option, what);
            Notes.of(request).endsBy(problem);
            with(status, problem);
        }

        private void tooLong(Request asked, String path) {
            new Rest(request, options.bounds().times().body(), () -> exceeded(HttpStatus.PAYLOAD_TOO_LARGE_413, Problem.Bound.LENGTH,
                    isUpload(asked, path) ? RequestBounds.UPLOAD_SIZE : RequestBounds.REQUEST_SIZE, "its body is longer than " + mostOf(asked, path) + " bytes")).run();
        }

        private void encoding() {
            response.getHeaders().put(HttpHeader.ACCEPT_ENCODING, "gzip, identity");
            with(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, invalid(HttpHeader.CONTENT_ENCODING.asString(), "one that is not taken", "gzip or none"));
        }

        private void allow(String methods) {
            response.getHeaders().put(new HttpField(HttpHeader.ALLOW, methods));
            // Who wanted a tunnel would go on as if there were one.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            with(HttpStatus.METHOD_NOT_ALLOWED_405, invalid("method", "one that is not taken", methods));
        }
    }
}
