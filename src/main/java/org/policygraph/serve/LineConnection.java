package org.policygraph.serve;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;

/// HTTP/1.1 as Jetty speaks it, with two things that nothing above it sees: when a head begins and ends, and each answer that
/// goes out, Jetty's own among them, so that none goes without its [ProtectiveHeaders].
final class LineConnection extends HttpConnection {

    private final Line line;
    private final ProtectiveHeaders headers;

    private LineConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint, ProtectiveHeaders headers) {
        super(configuration, connector, endPoint);
        this.line = Line.of(endPoint);
        this.headers = headers;
    }

    static final class Factory extends HttpConnectionFactory {
        private final ProtectiveHeaders headers;

        Factory(HttpConfiguration configuration, ProtectiveHeaders headers) {
            super(configuration);
            this.headers = headers;
        }

        @Override public Connection newConnection(Connector connector, EndPoint endPoint) {
            return configure(new LineConnection(getHttpConfiguration(), connector, endPoint, headers), connector, endPoint);
        }
    }

    @Override protected RequestHandler newRequestHandler() {
        return new Head();
    }

    @Override protected HttpStreamOverHTTP1 newHttpStream(String method, String uri, HttpVersion version) {
        return new Stream(method, uri, version);
    }

    private final class Head extends RequestHandler {
        @Override public boolean headerComplete() {
            line.headIsIn();
            return super.headerComplete();
        }
    }

    private final class Stream extends HttpStreamOverHTTP1 {
        private Stream(String method, String uri, HttpVersion version) {
            super(method, uri, version);
        }

        @Override public void send(MetaData.Request request, MetaData.Response response, boolean last, ByteBuffer content, Callback callback) {
            super.send(request, response == null ? null : with(response), last, content, callback);
        }

        private MetaData.Response with(MetaData.Response response) {
            if (response.getStatus() < 200) {
                return response;
            }
            var fields = HttpFields.build(response.getHttpFields());
            headers.addTo(fields, line.running());
            return new MetaData.Response(response.getStatus(), response.getReason(), response.getHttpVersion(), fields,
                    response.getContentLength(), response.getTrailersSupplier());
        }

        @Override public void succeeded() {
            line.requestIsOver(!isRequestBufferEmpty());
            super.succeeded();
        }

        @Override public void failed(Throwable failure) {
            line.requestIsOver(!isRequestBufferEmpty());
            super.failed(failure);
        }
    }
}
