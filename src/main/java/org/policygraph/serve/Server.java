package org.policygraph.serve;

import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.fuseki.FusekiException;
import org.apache.jena.fuseki.main.FusekiServer;
import org.apache.jena.fuseki.main.sys.FusekiModules;
import org.apache.jena.query.ARQ;
import org.apache.jena.sparql.core.DatasetGraphReadOnly;
import org.eclipse.jetty.server.ServerConnector;
import org.policygraph.evidence.PathFunction;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// The store over HTTP, for reading. What is not named here is not there.
public final class Server implements AutoCloseable {

    private static final Duration QUERY_TIME = Duration.ofSeconds(60);

    private final FusekiServer fuseki;
    private final String host;

    private Server(FusekiServer fuseki, String host) {
        this.fuseki = fuseki;
        this.host = host;
    }

    /// Listens when this returns.
    /// @param port 0 for any that is free
    /// @throws ProblemException `Unusable` when the port is taken, or the host not this machine's
    public static Server start(Served served, String host, int port) {
        return start(served, host, port, QUERY_TIME);
    }

    static Server start(Served served, String host, int port, Duration queryTime) {
        PathFunction.register();
        var store = served.store();
        var context = store.dataset().getContext().copy().set(ARQ.queryTimeout, queryTime.toMillis());
        var counting = new Counting(store);
        var queries = new QueryDoor(served, counting, queryTime);
        // One dataset with one operation, and no modules: these would bring administration and update.
        var builder = FusekiServer.create()
                .port(port)
                .fusekiModules(FusekiModules.empty())
                .registerOperation(org.apache.jena.fuseki.server.Operation.Query, queries)
                .addDataset("/sparql", new DatasetGraphReadOnly(store.dataset(), context))
                .addOperation("/sparql", org.apache.jena.fuseki.server.Operation.Query)
                .addFilter("/*", new CrossOrigin())
                .addServlet(Style.FOLDER + "*", new Style());
        var doors = doors(served, counting);
        var documented = new ArrayList<Documented>(List.of(queries));
        doors.values().stream().distinct().forEach(documented::add);
        var description = new OpenApi(served, documented);
        documented.add(description);
        doors.forEach((path, door) -> builder.addServlet(path, (HttpServlet) door));
        var fuseki = builder.addServlet(OpenApi.PATH, description).build();
        for (var connector : fuseki.getJettyServer().getConnectors()) {
            if (connector instanceof ServerConnector listening) {
                listening.setHost(host);
            }
        }
        try {
            fuseki.start();
        } catch (FusekiException refused) {
            throw new ProblemException(new Problem.Unusable(new Where.Resource(host + ":" + port),
                    "can't listen there (" + innermost(refused).getMessage() + "); choose others with --host and --port"));
        }
        return new Server(fuseki, host);
    }

    /// Which door answers which path. Each tells what it takes and gives, and so is in `/openapi.json`.
    static Map<String, Documented> doors(Served served, Counting counting) {
        var doors = new LinkedHashMap<String, Documented>();
        var questions = new QuestionsDoor(served);
        doors.put("/questions", questions);
        doors.put("/questions/*", questions);
        doors.put("/search", new SearchDoor(served));
        doors.put("/why", new WhyDoor(served));
        doors.put("/path", new PathDoor(served));
        doors.put("/diagnose", new DiagnoseDoor(served));
        doors.put("/data", new DataDoor(served));
        doors.put("/health", new Health(served));
        doors.put(VoidDoor.PATH, new VoidDoor(served, counting));
        var linked = new LinkedDoor(served);
        LinkedDoor.paths().forEach(path -> doors.put(path, linked));
        doors.put("/*", new Elsewhere(served, counting));
        return doors;
    }

    public URI uri() {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + fuseki.getHttpPort() + "/");
    }

    /// Returns when the server has ended.
    public void join() {
        fuseki.join();
    }

    @Override public void close() {
        fuseki.stop();
    }

    private static Throwable innermost(Throwable thrown) {
        return thrown.getCause() == null ? thrown : innermost(thrown.getCause());
    }
}
