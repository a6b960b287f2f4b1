package org.policygraph.serve;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// Where connections come in, each as a [Line].
final class Listening extends ServerConnector {

    /// Kept for each answer that is being written. Fuseki's own takes 5 MB.
    private static final int ANSWER_BUFFER = 32 << 10;
    /// In the kernel, for each connection: it would take several megabytes for who does not read.
    private static final int SEND_BUFFER = 128 << 10;

    private final Lines lines;

    private Listening(Server server, Lines lines, ConnectionFactory... factories) {
        super(server, null, null, null, 1, -1, factories);
        this.lines = lines;
    }

    static Listening on(Server server, ServerOptions options, Lines lines, ProtectiveHeaders headers) {
        var http = new LineConnection.Factory(configuration(options), headers);
        var listening = options.tls().map(tls -> new Listening(server, lines, new SslConnectionFactory(context(tls), HttpVersion.HTTP_1_1.asString()), http))
                .orElseGet(() -> new Listening(server, lines, http));
        listening.setHost(options.host());
        listening.setPort(options.port());
        listening.setIdleTimeout(options.bounds().times().idle().toMillis());
        listening.setAcceptedSendBufferSize(SEND_BUFFER);
        listening.setAcceptQueueSize(options.bounds().counts().connections());
        listening.addBean(lines);
        return listening;
    }

    private static HttpConfiguration configuration(ServerOptions options) {
        var configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(options.bounds().sizes().head());
        configuration.setOutputBufferSize(ANSWER_BUFFER);
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(true);
        configuration.setUriCompliance(UriCompliance.RFC3986);
        configuration.setHttpCompliance(HttpCompliance.RFC9110);
        if (options.tls().isPresent()) {
            var secure = new SecureRequestCustomizer();
            // Names are the business of who asks; the gate judges Host.
            secure.setSniHostCheck(false);
            configuration.addCustomizer(secure);
        }
        return configuration;
    }

    private static SslContextFactory.Server context(Tls tls) {
        var context = new SslContextFactory.Server();
        context.setKeyStorePath(tls.keystore().toUri().toString());
        context.setKeyStoreType(Tls.TYPE);
        context.setKeyStorePassword(tls.password());
        context.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        return context;
    }

    @Override protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
        var line = new Line(channel, selector, key, getScheduler(), getExecutor(), Lines.address(channel));
        line.setIdleTimeout(getIdleTimeout());
        return line;
    }

    @Override protected void onEndPointOpened(EndPoint opened) {
        super.onEndPointOpened(opened);
        if (opened instanceof Line line) {
            lines.opened(line);
        }
    }

    @Override protected void onEndPointClosed(EndPoint closed) {
        super.onEndPointClosed(closed);
        if (closed instanceof Line line) {
            lines.closed(line);
        }
    }
}
