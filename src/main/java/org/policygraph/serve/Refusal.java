package org.policygraph.serve;

import java.util.LinkedHashMap;
import java.util.Map;

/// What HTTP itself has a status for, whatever the data are: a method, a form, a media type, a condition that does not hold.
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    /// @param message what was found, what was expected, what to do: as it is sent
    Refusal(int status, String message) {
        // An answer, not a fault: nobody looks at where it came from.
        super(message, null, false, false);
        this.status = status;
    }

    /// @param header that the status asks for: `Allow`, `WWW-Authenticate`, `Retry-After`
    Refusal with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }
}
