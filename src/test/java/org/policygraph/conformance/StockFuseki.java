package org.policygraph.conformance;

import java.net.URI;
import java.net.http.HttpRequest;
import org.apache.jena.fuseki.main.FusekiServer;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.DatabaseMgr;

/// Fuseki as it comes, over a store of Jena's.
final class StockFuseki implements Subject {

    private final String name;
    private final DatasetGraph data;
    private final FusekiServer server;

    private StockFuseki(String name, DatasetGraph data) {
        this.name = name;
        this.data = data;
        this.server = FusekiServer.create().port(0).loopback(true).add("/ds", data).build().start();
    }

    /// Over the store that ours is made of.
    static StockFuseki overTdb2() {
        return new StockFuseki("Fuseki-TDB2", DatabaseMgr.createDatasetGraph());
    }

    /// Over the one that `fuseki-server --mem` has, which keeps numbers as they are spelt.
    static StockFuseki inMemory() {
        return new StockFuseki("Fuseki-mem", DatasetGraphFactory.createTxnMem());
    }

    @Override public String name() {
        return name;
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
