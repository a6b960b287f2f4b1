package org.policygraph.serve;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.policygraph.store.GraphSizes;

/// What the server counts of its requests, its store and its JVM, as Prometheus reads it. `docs/operating.md` lists it.
///
/// No label holds a word of a caller's: how many series there are does not grow with what strangers send.
final class Metrics implements RequestLog, AutoCloseable {

    static final String PATH = "/metrics";
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String OTHER = "other";
    private static final String HOME = "home";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Duration[] BUCKETS = List.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000).stream()
            .map(Duration::ofMillis).toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Set<String> doors;
    private final Timer queue;

    /// @param paths of the doors; the first word of each is one
    Metrics(Set<String> paths, Served served, Gate gate, Lines lines) {
        this.doors = paths.stream().map(Metrics::firstWord).filter(word -> !word.equals("*")).collect(Collectors.toSet());
        this.queue = Timer.builder("policygraph.queue.wait").serviceLevelObjectives(BUCKETS).register(registry);
        Gauge.builder("policygraph.requests.open", gate, one -> one.running().size()).register(registry);
        Gauge.builder("policygraph.requests.working", gate, Gate::working).register(registry);
        Gauge.builder("policygraph.requests.waiting", gate, Gate::waiting).register(registry);
        Gauge.builder("policygraph.connections", lines, Lines::count).register(registry);
        var files = new StoreFiles(served.store());
        Gauge.builder("policygraph.store.quads", () -> served.store().read(GraphSizes::all)).register(registry);
        Gauge.builder("policygraph.store.bytes", files::bytes).register(registry);
        Gauge.builder("policygraph.store.generation", files::generation).register(registry);
        TimeGauge.builder("policygraph.store.changed.timestamp", files::changed, TimeUnit.MILLISECONDS).register(registry);
        Gauge.builder("policygraph.info", () -> 1).tag("version", served.version()).register(registry);
        for (var binder : List.of(collections, new JvmMemoryMetrics(), new JvmThreadMetrics(), new FileDescriptorMetrics(), new ProcessorMetrics(), new UptimeMetrics())) {
            binder.bindTo(registry);
        }
    }

    /// In Prometheus' text format.
    String told() {
        return registry.scrape(MEDIA_TYPE);
    }

    @Override public void log(Request request, Response response) {
        var running = Running.of(request);
        var door = Tag.of("door", running.map(Running::path).map(this::door).orElse(OTHER));
        var took = Duration.ofNanos(NanoTime.since(request.getBeginNanoTime()));
        Counter.builder("policygraph.requests").tags(List.of(door, Tag.of("method", METHODS.contains(request.getMethod()) ? request.getMethod() : OTHER),
                Tag.of("status", String.valueOf(response.getStatus())))).register(registry).increment();
        Timer.builder("policygraph.request.duration").tags(List.of(door)).serviceLevelObjectives(BUCKETS).register(registry).record(took);
        Counter.builder("policygraph.request.bytes").tags(List.of(door)).register(registry).increment(Request.getContentBytesRead(request));
        Counter.builder("policygraph.response.bytes").tags(List.of(door)).register(registry).increment(Response.getContentBytesWritten(response));
        running.map(Running::queued).ifPresent(queue::record);
        Notes.in(request).flatMap(Notes::refusal).ifPresent(refusal -> Counter.builder("policygraph.refusals")
                .tags(List.of(Tag.of("bound", refusal.bound().name()), Tag.of("option", refusal.option()))).register(registry).increment());
    }

    private String door(String path) {
        return path.equals("/") ? HOME : Optional.of(firstWord(path)).filter(doors::contains).orElse(OTHER);
    }

    private static String firstWord(String path) {
        return path.replaceFirst("^/", "").replaceFirst("[/.](?!well-known).*", "");
    }

    @Override public void close() {
        collections.close();
        registry.close();
    }
}
