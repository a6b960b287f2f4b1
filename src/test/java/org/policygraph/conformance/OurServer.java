package org.policygraph.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.tdb2.TDB2;
import org.policygraph.edit.Credentials;
import org.policygraph.edit.Editors;
import org.policygraph.edit.ScratchEdits;
import org.policygraph.graph.Rules;
import org.policygraph.question.Library;
import org.policygraph.serve.Editing;
import org.policygraph.serve.Served;
import org.policygraph.serve.Server;
import org.policygraph.serve.ServerOptions;
import org.policygraph.store.Names;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Vocabulary;

/// Our server over a scratch store that holds anything.
///
/// In the product, a query that names no graph sees the union of all. The suites put their data in the default graph, so
/// here, and here alone, a query sees the default graph that there is.
final class OurServer implements Subject {

    /// Who changed what, and the versions that come of it.
    private static final Set<Node> KEPT_BY_THE_SERVER = Set.of(Iris.EDITS_GRAPH, Iris.DATASET_GRAPH);

    private final Store store = Store.inMemory();
    private final Path folder;
    private final String token;
    private final Server server;

    OurServer() throws IOException {
        store.dataset().getContext().unset(TDB2.symUnionDefaultGraph);
        folder = Files.createTempDirectory("editors");
        var credentials = new Credentials(folder.resolve("credentials"));
        token = credentials.addToken("tester");
        var ontology = Path.of("ontology");
        var words = Vocabulary.read(ontology);
        var rules = Rules.read(ontology.resolve("rules"), words.graph());
        server = Server.start(new Served(store, words, rules, Library.read(Path.of("queries"), new Names(words)), "0"), ServerOptions.usual().at("127.0.0.1", 0),
                Optional.of(new Editing(new Editors(credentials), ScratchEdits.over(store, rules))));
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
        return request.header("Authorization", "Bearer " + token);
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
            data.find().forEachRemaining(quad -> {
                if (!KEPT_BY_THE_SERVER.contains(quad.getGraph())) {
                    copy.add(quad);
                }
            });
            return copy;
        });
    }

    @Override public void close() {
        server.close();
        store.close();
        for (var file : List.of(folder.resolve("credentials"), folder)) {
            file.toFile().delete();
        }
    }
}
