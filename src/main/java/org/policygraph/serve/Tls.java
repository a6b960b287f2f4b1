package org.policygraph.serve;

import java.nio.file.Path;

/// What the server shows for itself under TLS.
/// @param keystore PKCS12, with one private key and its certificates
/// @param password of the keystore and of the key in it
public record Tls(Path keystore, String password) {

    /// Without the password.
    @Override public String toString() {
        return "Tls[" + keystore + "]";
    }
}
