package org.policygraph.conformance;

import java.net.URI;
import java.net.http.HttpRequest;
import org.apache.jena.sparql.core.DatasetGraph;

/// A server under test, and the store behind it, where a case's data are put and what an update has made of them is seen.
interface Subject extends AutoCloseable {

    String name();

    URI query();

    URI update();

    URI data();

    /// Adds what this server asks of those who write.
    HttpRequest.Builder asEditor(HttpRequest.Builder request);

    /// From now on the store holds this and nothing else.
    void hold(DatasetGraph content);

    DatasetGraph held();

    @Override void close();
}
