package org.policygraph.serve;

import java.net.URI;
import java.net.URISyntaxException;

/// Paths as they stand in links and headers.
final class Paths {

    private Paths() {}

    /// What an IRI may have and a URI may not is escaped; a fragment stays one.
    static String escaped(String path) {
        var hash = path.indexOf('#');
        try {
            var uri = hash < 0 ? new URI(null, null, "/" + path, null) : new URI(null, null, "/" + path.substring(0, hash), path.substring(hash + 1));
            return uri.toASCIIString().substring(1);
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException(path, impossible);
        }
    }
}
