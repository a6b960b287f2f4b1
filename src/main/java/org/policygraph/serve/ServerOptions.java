package org.policygraph.serve;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.policygraph.limit.Limits;

/// How the server listens, and what it bears. Each part is an option of `serve`.
/// @param port      0 for any that is free
/// @param publicUri where the world reaches the server, when that is not what a request's `Host` says: `https://data.example/`
/// @param proxies   whose word is taken for whom a request is from (`X-Forwarded-For`)
public record ServerOptions(String host, int port, Optional<URI> publicUri, Set<InetAddress> proxies, Optional<Tls> tls, Limits limits, RequestBounds bounds) {

    public ServerOptions {
        proxies = Set.copyOf(proxies);
    }

    /// On this machine alone.
    public static ServerOptions usual() {
        return new ServerOptions("127.0.0.1", 3030, Optional.empty(), Set.of(), Optional.empty(), Limits.usual(), RequestBounds.usual());
    }

    public ServerOptions at(String otherHost, int otherPort) {
        return new ServerOptions(otherHost, otherPort, publicUri, proxies, tls, limits, bounds);
    }

    public ServerOptions with(Limits other) {
        return new ServerOptions(host, port, publicUri, proxies, tls, other, bounds);
    }

    public ServerOptions with(RequestBounds other) {
        return new ServerOptions(host, port, publicUri, proxies, tls, limits, other);
    }

    public ServerOptions with(Tls other) {
        return new ServerOptions(host, port, publicUri, proxies, Optional.of(other), limits, bounds);
    }

    public ServerOptions behind(Set<InetAddress> otherProxies) {
        return new ServerOptions(host, port, publicUri, otherProxies, tls, limits, bounds);
    }

    public ServerOptions known(URI otherPublicUri) {
        return new ServerOptions(host, port, Optional.of(otherPublicUri), proxies, tls, limits, bounds);
    }
}
