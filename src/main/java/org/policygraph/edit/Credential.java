package org.policygraph.edit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.apache.commons.codec.digest.DigestUtils;

/// What an editor is known by: a line of the file of credentials. No secret can be read from it.
sealed interface Credential {

    /// Of the editor.
    String name();

    boolean isProvenBy(String secret);

    /// As it stands in the file.
    String line();

    SecureRandom RANDOM = new SecureRandom();
    Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /// Fewer iterations than this are not made; OWASP's number for PBKDF2 with HMAC-SHA256.
    int ITERATIONS = 600_000;
    int MOST_ITERATIONS = 10_000_000;

    /// A password that a person remembers.
    /// @param hash PBKDF2 with HMAC-SHA256
    record Password(String name, int iterations, byte[] salt, byte[] hash) implements Credential {

        private static final String KIND = "pbkdf2-sha256";
        private static final int SALT_BYTES = 16;
        private static final int HASH_BITS = 256;

        static Password of(String name, String password) {
            var salt = new byte[SALT_BYTES];
            RANDOM.nextBytes(salt);
            return new Password(name, ITERATIONS, salt, hash(password, salt, ITERATIONS));
        }

        /// One that nobody has: who names an unknown editor waits as long as for a known one.
        static Password ofNobody() {
            var random = new byte[SALT_BYTES];
            RANDOM.nextBytes(random);
            return new Password("", ITERATIONS, random, new byte[HASH_BITS / Byte.SIZE]);
        }

        @Override public boolean isProvenBy(String secret) {
            return MessageDigest.isEqual(hash, hash(secret, salt, iterations));
        }

        @Override public String line() {
            return String.join(" ", name, KIND, Integer.toString(iterations), base64(salt), base64(hash));
        }

        private static byte[] hash(String password, byte[] salt, int iterations) {
            // The same letters may be typed as other code points on another keyboard.
            var letters = Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray();
            try {
                var key = new PBEKeySpec(letters, salt, iterations, HASH_BITS);
                try {
                    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
                } finally {
                    key.clearPassword();
                }
            } catch (GeneralSecurityException impossible) {
                throw new AssertionError("every Java has PBKDF2", impossible);
            }
        }
    }

    /// A secret of 256 random bits that a program sends; too long to be guessed, so that one round of hashing is enough.
    /// @param hash SHA-256, in hexadecimal
    record Token(String name, String hash) implements Credential {

        private static final String KIND = "sha256";
        private static final int BYTES = 32;

        /// A new secret; it can't be found out again.
        static String secret() {
            var bits = new byte[BYTES];
            RANDOM.nextBytes(bits);
            return "pg_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        }

        static Token of(String name, String secret) {
            return new Token(name, DigestUtils.sha256Hex(secret));
        }

        @Override public boolean isProvenBy(String secret) {
            return MessageDigest.isEqual(hash.getBytes(StandardCharsets.US_ASCII), DigestUtils.sha256Hex(secret).getBytes(StandardCharsets.US_ASCII));
        }

        @Override public String line() {
            return String.join(" ", name, KIND, hash);
        }
    }

    /// Empty when the line is none.
    static Optional<Credential> read(String line) {
        var words = line.split(" ");
        if (!NAME.matcher(words[0]).matches()) {
            return Optional.empty();
        }
        try {
            if (words.length == 3 && words[1].equals(Token.KIND) && words[2].matches("[0-9a-f]{64}")) {
                return Optional.of(new Token(words[0], words[2]));
            }
            if (words.length == 5 && words[1].equals(Password.KIND)) {
                var iterations = Integer.parseInt(words[2]);
                var decoder = Base64.getDecoder();
                var password = new Password(words[0], iterations, decoder.decode(words[3]), decoder.decode(words[4]));
                return Optional.of((Credential) password).filter(_ -> iterations >= ITERATIONS && iterations <= MOST_ITERATIONS
                        && password.salt().length >= Password.SALT_BYTES && password.hash().length == Password.HASH_BITS / Byte.SIZE);
            }
        } catch (IllegalArgumentException noNumberOrNoBase64) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
