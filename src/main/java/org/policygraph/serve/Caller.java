package org.policygraph.serve;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who asks, as far as a server can tell: an address, or the network that one household or firm has of IPv6.
record Caller(String name) {

    private static final int NETWORK = 8;

    static Caller at(InetAddress address) {
        if (address instanceof Inet6Address six) {
            var network = Arrays.copyOf(Arrays.copyOf(six.getAddress(), NETWORK), six.getAddress().length);
            return new Caller(address(network).getHostAddress() + "/" + NETWORK * Byte.SIZE);
        }
        return new Caller(address.getHostAddress());
    }

    /// Whom a request is from: behind proxies that are trusted, the last in `X-Forwarded-For` that is none of them. What stands
    /// before that is the asker's own word.
    /// @param forwarded every such header's values, in their order
    static Caller behind(InetAddress peer, List<String> forwarded, Set<InetAddress> proxies) {
        if (!proxies.contains(peer)) {
            return at(peer);
        }
        for (var hop : forwarded.reversed()) {
            var address = literal(hop);
            if (address.isEmpty()) {
                return at(peer);
            }
            if (!proxies.contains(address.get())) {
                return at(address.get());
            }
        }
        return at(peer);
    }

    /// Never a name, which would be looked up.
    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
