package org.policygraph.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.policygraph.store.DatasetVersion;
import tools.jackson.databind.json.JsonMapper;

/// `/health`: whether the store can be read. It counts nothing, so that it can be asked every second.
final class Health extends ReadingDoor implements Documented {

    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final transient Served served;

    Health(Served served) {
        this.served = served;
    }

    /// @param status  `ok`, or `empty` when nothing is loaded
    /// @param version of the program
    /// @param dataset the version of what is loaded, where that is known
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Report(String status, String version, Optional<String> dataset) {}

    @Override public List<Operation> operations() {
        return List.of(Operation.get("/health", "Whether the store can be read").gives("application/json").maybe(503, "nothing is loaded"));
    }

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var report = served.store().read(data ->
                new Report(data.find().hasNext() ? "ok" : "empty", served.version(), DatasetVersion.of(data)));
        response.setStatus(report.status().equals("ok") ? 200 : 503);
        response.setHeader("Cache-Control", "no-store");
        send(response, "application/json", JSON.writeValueAsString(report) + "\n");
    }
}
