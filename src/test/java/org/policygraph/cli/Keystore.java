package org.policygraph.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A key and a certificate that nobody has signed.
public final class Keystore {

    private Keystore() {}

    public static Path in(Path folder, String password) throws Exception {
        var file = folder.resolve("keystore.p12");
        var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "server", "-keyalg", "EC",
                "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass:env", "KEYSTORE_PASSWORD");
        keytool.environment().put("KEYSTORE_PASSWORD", password);
        var made = keytool.redirectErrorStream(true).start();
        var told = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!made.waitFor(30, TimeUnit.SECONDS) || made.exitValue() != 0) {
            throw new IllegalStateException(told);
        }
        return file;
    }
}
