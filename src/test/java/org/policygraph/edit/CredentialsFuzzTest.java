package org.policygraph.edit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.policygraph.attack.Fuzz;
import org.policygraph.attack.Mutation;
import org.policygraph.attack.Owed;

/// Whatever stands in a file of credentials, they are read or the operator is told which line is wrong.
class CredentialsFuzzTest {

    private static final Duration SOON = Duration.ofSeconds(2);

    private Path file;

    @BeforeProperty void makeAFile() throws IOException {
        file = Files.createTempFile("credentials", "");
    }

    @AfterProperty void removeIt() throws IOException {
        Files.delete(file);
    }

    @Provide Arbitrary<String> files() throws IOException {
        Files.delete(file);
        var credentials = new Credentials(file);
        credentials.addPassword("ann", "a long enough password");
        credentials.addToken("ben");
        return Mutation.of(List.of(Files.readString(file)), "ann:", ":", "$", "-1", "999999999999", "password", "token", "=", "====");
    }

    @Fuzz void aFileOfCredentialsIsReadOrToldWhatIsWrongWithIt(@ForAll("files") String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));

        Owed.aValueOrAProblem(text, SOON, () -> new Credentials(file).known());
    }
}
