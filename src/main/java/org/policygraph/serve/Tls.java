package org.policygraph.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// What the server shows for itself under TLS.
/// @param keystore PKCS12, with a private key and its certificates
/// @param password of the keystore and of the key in it
public record Tls(Path keystore, String password) {

    static final String TYPE = "PKCS12";

    /// @throws ProblemException `Unreadable` when the keystore can't be opened so, or holds no key
    public static Tls of(Path keystore, String password) {
        try (var bytes = Files.newInputStream(keystore)) {
            var store = KeyStore.getInstance(TYPE);
            store.load(bytes, password.toCharArray());
            for (var alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return new Tls(keystore, password);
                }
            }
        } catch (IOException | GeneralSecurityException unreadable) {
            throw unreadable(keystore, "it can't be opened as " + TYPE + " with this password (" + unreadable.getMessage() + ")");
        }
        throw unreadable(keystore, "it holds no private key");
    }

    private static ProblemException unreadable(Path keystore, String why) {
        return new ProblemException(new Problem.Unreadable(Where.InFile.whole(keystore), why));
    }

    /// Without the password.
    @Override public String toString() {
        return "Tls[" + keystore + "]";
    }
}
