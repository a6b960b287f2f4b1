package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.policygraph.store.Store;
import tools.jackson.databind.json.JsonMapper;

/// `/health`: whether the store can be read. It counts nothing, so that it can be asked every second.
final class Health extends ReadingDoor {

    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final transient Store store;
    private final String version;

    Health(Store store, String version) {
        this.store = store;
        this.version = version;
    }

    /// @param status `ok`, or `empty` when nothing is loaded
    record Report(String status, String version) {}

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var filled = store.read(data -> data.find().hasNext());
        response.setStatus(filled ? 200 : 503);
        response.setHeader("Cache-Control", "no-store");
        send(response, "application/json", JSON.writeValueAsString(new Report(filled ? "ok" : "empty", version)) + "\n");
    }
}
