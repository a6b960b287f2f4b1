package org.policygraph.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.policygraph.store.DatasetVersion;
import tools.jackson.databind.json.JsonMapper;

/// `/health`: whether the store can be read. `/health/live`: whether this process answers at all; who supervises it may start
/// another when it does not. `/health/ready`: whether to send it requests now.
///
/// It counts nothing, so that it can be asked every second, and waits for nobody.
final class Health extends ReadingDoor implements Documented {

    static final String PATH = "/health";
    static final String LIVE = PATH + "/live";
    static final String READY = PATH + "/ready";

    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long LONGEST_LOOK_MILLIS = 500;

    private final transient Served served;
    private transient CompletableFuture<Report> look = CompletableFuture.completedFuture(null);

    Health(Served served) {
        this.served = served;
    }

    /// @param status  `ok`, or what it is instead
    /// @param version of the program
    /// @param dataset the version of what is loaded, where that is known
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Report(String status, String version, Optional<String> dataset) {}

    @Override public List<Operation> operations() {
        return List.of(Operation.get(PATH, "Whether the store can be read").gives("application/json").maybe(503, "nothing is loaded"),
                Operation.get(LIVE, "Whether the process answers").gives("application/json"),
                Operation.get(READY, "Whether to send it requests now").gives("application/json")
                        .maybe(503, "the store is empty or can't be read, or the server is about to end"));
    }

    /// Not within what others may take: who asks whether it answers does not wait for their turns.
    @Override void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        read(request, response);
    }

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        switch (request.getRequestURI()) {
            case PATH -> tell(look(), response);
            case LIVE -> send(response, "application/json", JSON.writeValueAsString(Map.of("status", "ok")) + "\n");
            case READY -> tell(lookInTime(), response);
            default -> text(response, HttpServletResponse.SC_NOT_FOUND, "There is " + PATH + ", " + LIVE + " and " + READY);
        }
    }

    private static void tell(Report report, HttpServletResponse response) throws IOException {
        response.setStatus(report.status().equals("ok") ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        send(response, "application/json", JSON.writeValueAsString(report) + "\n");
    }

    private Report look() {
        return served.store().read(data -> new Report(data.find().hasNext() ? "ok" : "empty", served.version(), DatasetVersion.of(data)));
    }

    /// A store that does not answer holds up the one look at it, and nobody who asks.
    private Report lookInTime() {
        try {
            return currentLook().get(LONGEST_LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            return new Report("busy", served.version(), Optional.empty());
        } catch (ExecutionException broken) {
            getServletContext().log("The store can't be read", broken.getCause());
            return new Report("broken", served.version(), Optional.empty());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Report("stopping", served.version(), Optional.empty());
        }
    }

    private synchronized CompletableFuture<Report> currentLook() {
        if (look.isDone()) {
            look = CompletableFuture.supplyAsync(this::look, task -> Thread.ofPlatform().daemon().name("readiness").start(task));
        }
        return look;
    }
}
