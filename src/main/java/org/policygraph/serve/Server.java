package org.policygraph.serve;

import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.jena.fuseki.FusekiException;
import org.apache.jena.fuseki.main.FusekiServer;
import org.apache.jena.fuseki.main.sys.FusekiModules;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.policygraph.evidence.PathFunction;
import org.policygraph.limit.Limits;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// The store over HTTP, for reading. What is not named here is not there.
public final class Server implements AutoCloseable {

    /// Beside one for each connection: acceptors, selectors, and those whose connection is gone while they still work.
    private static final int MORE_THREADS = 16;
    private static final int LEAST_THREADS = 8;
    private static final int LEAST_COMPRESSED = 1024;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration AFTER_END = Duration.ofSeconds(2);
    /// For threads that hear of nothing.
    private static final Duration STUCK = Duration.ofSeconds(1);

    private final FusekiServer fuseki;
    private final ServerOptions options;
    private final Listening listening;
    private final Lines lines;
    private final Gate gate;
    private final Metrics metrics;
    private final Optional<MetricsPort> metricsPort;

    private Server(FusekiServer fuseki, ServerOptions options, Listening listening, Lines lines, Gate gate, Metrics metrics, Optional<MetricsPort> metricsPort) {
        this.metrics = metrics;
        this.metricsPort = metricsPort;
        this.fuseki = fuseki;
        this.options = options;
        this.listening = listening;
        this.lines = lines;
        this.gate = gate;
    }

    /// Listens when this returns.
    /// @param port 0 for any that is free
    /// @throws ProblemException `Unusable` when the port is taken, or the host not this machine's
    public static Server start(Served served, String host, int port) {
        return start(served, ServerOptions.usual().at(host, port));
    }

    static Server start(Served served, String host, int port, Duration queryTime) {
        return start(served, ServerOptions.usual().at(host, port).with(Limits.usual().withTime(queryTime)));
    }

    public static Server start(Served served, ServerOptions options) {
        return start(served, options, Optional.empty());
    }

    /// Listens when this returns.
    /// @param editing nothing when nobody may write
    /// @throws ProblemException `Unusable` when the port is taken, the host not this machine's, or the keystore not readable
    public static Server start(Served served, ServerOptions options, Optional<Editing> editing) {
        return start(served, options, editing, Watching.usual());
    }

    /// @param watching by who runs it
    public static Server start(Served served, ServerOptions options, Optional<Editing> editing, Watching watching) {
        PathFunction.register();
        var counts = options.bounds().counts();
        var counting = new Counting(served.store());
        // No dataset of Fuseki's own, and no modules: these would bring administration and update.
        var builder = FusekiServer.create()
                .port(options.port())
                .numServerThreads(LEAST_THREADS, counts.connections() + counts.requests() + MORE_THREADS)
                .fusekiModules(FusekiModules.empty())
                .addFilter("/*", new RequestThread())
                .addFilter("/*", new CrossOrigin())
                .addServlet(Style.FOLDER + "*", new Style());
        var doors = doors(served, counting, options, editing);
        var documented = new ArrayList<Documented>();
        doors.values().stream().distinct().forEach(documented::add);
        var description = new OpenApi(served, documented);
        documented.add(description);
        doors.forEach((path, door) -> builder.addServlet(path, (HttpServlet) door));
        var fuseki = builder.addServlet(OpenApi.PATH, description).build();
        var refusals = new Refusals();
        var headers = new ProtectiveHeaders(options.tls().isPresent());
        var lines = new Lines(options, refusals, headers);
        var jetty = fuseki.getJettyServer();
        var gate = new Gate(compressing(jetty.getHandler()), options, refusals);
        if (jetty.getThreadPool() instanceof QueuedThreadPool threads) {
            threads.setStopTimeout(STUCK.toMillis());
        }
        jetty.setErrorHandler(new PlainErrors());
        jetty.getDescendant(ServletContextHandler.class).setErrorHandler(new PlainErrors());
        jetty.setHandler(gate);
        var listening = Listening.on(jetty, options, lines, headers);
        var paths = new HashSet<>(doors.keySet());
        paths.addAll(List.of(Style.FOLDER, OpenApi.PATH));
        var metrics = new Metrics(paths, served, gate, lines);
        jetty.setRequestLog(new RequestLog.Collection(new RequestLines(watching.slow()), metrics));
        jetty.setConnectors(new Connector[] {listening});
        var metricsPort = watching.metricsPort().stream().mapToObj(port -> MetricsPort.open(metrics, port)).findFirst();
        try {
            fuseki.start();
        } catch (FusekiException refused) {
            metricsPort.ifPresent(MetricsPort::close);
            metrics.close();
            throw new ProblemException(new Problem.Unusable(new Where.Resource(options.host() + ":" + options.port()),
                    "can't listen there (" + innermost(refused).getMessage() + "); choose others with --host and --port"));
        }
        return new Server(fuseki, options, listening, lines, gate, metrics, metricsPort);
    }

    /// Answers of some length are compressed for who accepts that.
    @SuppressWarnings("removal") // what takes its place is in none of the jars that Fuseki brings
    private static Handler compressing(Handler handler) {
        var compressing = new GzipHandler();
        compressing.setHandler(handler);
        compressing.setMinGzipSize(LEAST_COMPRESSED);
        compressing.addIncludedMethods("GET", "HEAD", "POST");
        return compressing;
    }

    /// Which door answers which path. Each tells what it takes and gives, and so is in `/openapi.json`.
    static Map<String, Documented> doors(Served served, Counting counting, ServerOptions options, Optional<Editing> editing) {
        var doors = new LinkedHashMap<String, Documented>();
        doors.put("/sparql", new QueryDoor(served, counting, options.limits(), options.bounds().sizes().result()));
        var questions = new QuestionsDoor(served);
        doors.put("/questions", questions);
        doors.put("/questions/*", questions);
        doors.put("/search", new SearchDoor(served));
        doors.put("/why", new WhyDoor(served));
        doors.put("/path", new PathDoor(served));
        doors.put("/diagnose", new DiagnoseDoor(served));
        doors.put("/data", new DataDoor(served, editing.map(open -> new GraphWriting(open, options.limits()))));
        doors.put(UpdateDoor.PATH, new UpdateDoor(served, editing, options.limits()));
        var edits = new EditsDoor(editing, options.limits());
        doors.put(EditsDoor.PATH, edits);
        doors.put(EditsDoor.PATH + "/*", edits);
        var health = new Health(served);
        doors.put(Health.PATH, health);
        doors.put(Health.PATH + "/*", health);
        doors.put(VoidDoor.PATH, new VoidDoor(served, counting));
        var linked = new LinkedDoor(served);
        LinkedDoor.paths().forEach(path -> doors.put(path, linked));
        doors.put("/*", new Elsewhere(served, counting));
        return doors;
    }

    public URI uri() {
        var scheme = options.tls().isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + (options.host().contains(":") ? "[" + options.host() + "]" : options.host()) + ":" + listening.getLocalPort() + "/");
    }

    /// Who is in, and what was refused.
    Gate gate() {
        return gate;
    }

    int connections() {
        return lines.count();
    }

    /// Where it tells what it counts, if anywhere.
    public Optional<URI> metrics() {
        return metricsPort.map(MetricsPort::uri);
    }

    /// Returns when the server has ended.
    public void join() {
        fuseki.join();
    }

    /// Takes no more requests; those at work have a while to finish, then they are ended, then cut off.
    @Override public void close() {
        gate.close();
        listening.close();
        if (!isIdleWithin(options.bounds().times().closing())) {
            var stopping = new Problem.Unusable(new Where.Resource("server"), "it is being stopped; ask again later");
            gate.running().forEach(running -> running.end(stopping));
            isIdleWithin(AFTER_END);
        }
        lines.closeAll();
        fuseki.stop();
        metricsPort.ifPresent(MetricsPort::close);
        metrics.close();
    }

    private boolean isIdleWithin(Duration most) {
        var until = System.nanoTime() + most.toNanos();
        while (!gate.running().isEmpty()) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    private static Throwable innermost(Throwable thrown) {
        return thrown.getCause() == null ? thrown : innermost(thrown.getCause());
    }
}
