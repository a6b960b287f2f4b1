package org.policygraph.conformance;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.tdb2.TDB2;
import org.policygraph.graph.Rules;
import org.policygraph.question.Library;
import org.policygraph.serve.Served;
import org.policygraph.serve.Server;
import org.policygraph.store.Names;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;

/// Our server over a scratch store.
///
/// In the product, a query that names no graph sees the union of all. The suites put their data in the default graph, so
/// here, and here alone, a query sees the default graph that there is.
final class OurServer implements Subject {

    private final Store store = Store.inMemory();
    private final Server server;

    OurServer() {
        store.dataset().getContext().unset(TDB2.symUnionDefaultGraph);
        var ontology = Path.of("ontology");
        var words = Vocabulary.read(ontology);
        server = Server.start(new Served(store, words, Rules.read(ontology.resolve("rules"), words.graph()), Library.read(Path.of("queries"), new Names(words)), "0"), "127.0.0.1", 0);
    }

    @Override public String name() {
        return "PolicyGraph";
    }

    @Override public URI query() {
        return server.uri().resolve("sparql");
    }

    @Override public URI update() {
        return server.uri().resolve("update");
    }

    @Override public URI data() {
        return server.uri().resolve("data");
    }

    @Override public HttpRequest.Builder asEditor(HttpRequest.Builder request) {
        return request;
    }

    @Override public void hold(DatasetGraph content) {
        store.write(data -> {
            data.clear();
            content.find().forEachRemaining(data::add);
        });
    }

    @Override public DatasetGraph held() {
        return store.read(data -> {
            var copy = DatasetGraphFactory.create();
            data.find().forEachRemaining(copy::add);
            return copy;
        });
    }

    @Override public void close() {
        server.close();
        store.close();
    }
}
