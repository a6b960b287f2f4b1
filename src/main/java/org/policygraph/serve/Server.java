package org.policygraph.serve;

import java.net.URI;
import java.time.Duration;
import org.apache.jena.fuseki.FusekiException;
import org.apache.jena.fuseki.main.FusekiServer;
import org.apache.jena.fuseki.main.sys.FusekiModules;
import org.apache.jena.fuseki.server.Operation;
import org.apache.jena.query.ARQ;
import org.apache.jena.sparql.core.DatasetGraphReadOnly;
import org.eclipse.jetty.server.ServerConnector;
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
        var store = served.store();
        var prefixes = served.words().prefixes();
        var context = store.dataset().getContext().copy().set(ARQ.queryTimeout, queryTime.toMillis());
        // One dataset with one operation, and no modules: these would bring administration and update.
        var fuseki = FusekiServer.create()
                .port(port)
                .fusekiModules(FusekiModules.empty())
                .registerOperation(Operation.Query, new QueryDoor(prefixes))
                .addDataset("/sparql", new DatasetGraphReadOnly(store.dataset(), context))
                .addOperation("/sparql", Operation.Query)
                .addFilter("/*", new CrossOrigin())
                .addServlet("/data", new DataDoor(store, prefixes))
                .addServlet("/diagnose", new DiagnoseDoor(served))
                .addServlet("/health", new Health(store, served.version()))
                .addServlet("/*", new Elsewhere())
                .build();
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
