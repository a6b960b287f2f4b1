package org.policygraph.serve;

import java.time.Duration;

/// What one request, one caller and all of them together may take of the server before anything is computed.
public record RequestBounds(Times times, Sizes sizes, Counts counts) {

    public static final String IDLE_TIME = "--idle-time";
    public static final String HEAD_TIME = "--head-time";
    public static final String BODY_TIME = "--body-time";
    public static final String READER_TIME = "--reader-time";
    public static final String QUEUE_TIME = "--queue-time";
    public static final String CLOSING_TIME = "--closing-time";
    public static final String URI_LENGTH = "--uri-length";
    public static final String HEAD_SIZE = "--head-size";
    public static final String HEADERS = "--headers";
    public static final String REQUEST_SIZE = "--request-size";
    public static final String UPLOAD_SIZE = "--upload-size";
    public static final String REQUESTS_SIZE = "--requests-size";
    public static final String RESULT_SIZE = "--result-size";
    public static final String CONNECTIONS = "--connections";
    public static final String CALLER_CONNECTIONS = "--caller-connections";
    public static final String REQUESTS = "--requests";
    public static final String CALLER_REQUESTS = "--caller-requests";
    public static final String QUEUE = "--queue";

    private static final int KILOBYTE = 1 << 10;
    private static final int MEGABYTE = 1 << 20;
    private static final long GIGABYTE = 1 << 30;
    private static final int MOST_CONNECTIONS = 1024;
    private static final int MOST_REQUESTS = 256;

    /// @param idle    a connection without a request
    /// @param head    from the first byte of a request to the last of its head
    /// @param body    from there to the last byte of its body, for each megabyte
    /// @param reader  how long a reader may take less than a kilobyte a second
    /// @param queue   how long a request waits for a place
    /// @param closing how long those that run may go on when the server ends
    public record Times(Duration idle, Duration head, Duration body, Duration reader, Duration queue, Duration closing) {}

    /// In bytes, but for the headers.
    /// @param uri      of a request, with its query
    /// @param head     the request line and all headers
    /// @param headers  how many there may be
    /// @param request  the body, as sent and as inflated
    /// @param upload   the body of a request with credentials to `/update` and `/data`
    /// @param requests the bodies of all requests at a time; one caller has half of that
    /// @param result   of a query, before it is compressed
    public record Sizes(int uri, int head, int headers, int request, int upload, long requests, long result) {}

    /// @param connections       of all callers at a time
    /// @param callerConnections of one
    /// @param requests          at work at a time
    /// @param callerRequests    of one caller
    /// @param queue             waiting for a place
    public record Counts(int connections, int callerConnections, int requests, int callerRequests, int queue) {}

    /// For who is asked by strangers.
    public static RequestBounds usual() {
        return new RequestBounds(
                new Times(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(5)),
                new Sizes(32 * KILOBYTE, 64 * KILOBYTE, 100, MEGABYTE, 16 * MEGABYTE, Math.max(32 * MEGABYTE, Runtime.getRuntime().maxMemory() / 16), GIGABYTE),
                new Counts(MOST_CONNECTIONS, MOST_CONNECTIONS / 2, MOST_REQUESTS, MOST_REQUESTS * 3 / 4, MOST_REQUESTS));
    }

    public RequestBounds with(Times other) {
        return new RequestBounds(other, sizes, counts);
    }

    public RequestBounds with(Sizes other) {
        return new RequestBounds(times, other, counts);
    }

    public RequestBounds with(Counts other) {
        return new RequestBounds(times, sizes, other);
    }
}
