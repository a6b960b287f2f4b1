package org.policygraph.conformance;

import java.net.URI;
import java.net.http.HttpRequest;
import org.apache.jena.fuseki.main.FusekiServer;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.DatabaseMgr;

/// Fuseki as it comes, over an empty TDB2 in memory.
final class StockFuseki implements Subject {

    private final DatasetGraph data = DatabaseMgr.createDatasetGraph();
    private final FusekiServer server = FusekiServer.create().port(0).loopback(true).add("/ds", data).build().start();

    @Override public String name() {
        return "Fuseki";
    }

    @Override public URI query() {
        return URI.create(server.datasetURL("/ds") + "/sparql");
    }

    @Override public URI update() {
        return URI.create(server.datasetURL("/ds") + "/update");
    }

    @Override public URI data() {
        return URI.create(server.datasetURL("/ds") + "/data");
    }

    @Override public HttpRequest.Builder asEditor(HttpRequest.Builder request) {
        return request;
    }

    @Override public void hold(DatasetGraph content) {
        Txn.exec(data, TxnType.WRITE, () -> {
            data.clear();
            content.find().forEachRemaining(data::add);
        });
    }

    @Override public DatasetGraph held() {
        return Txn.calculateRead(data, () -> {
            var copy = DatasetGraphFactory.create();
            data.find().forEachRemaining(copy::add);
            return copy;
        });
    }

    @Override public void close() {
        server.stop();
        data.close();
    }
}
