package org.policygraph.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.limit.Limits;
import org.policygraph.problem.ProblemException;
import org.policygraph.serve.RequestBounds;
import org.policygraph.serve.ServerOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/// How `serve` is told where to listen and what to bear.
class ServerArgumentsTest {

    @TempDir
    private Path folder;

    @Command(name = "serve")
    private static final class Parsed {
        @Mixin
        private ServerArguments arguments;
    }

    private static ServerOptions parse(String... words) {
        var parsed = new Parsed();
        new CommandLine(parsed).parseArgs(words);
        return parsed.arguments.options();
    }

    @Test void whatIsNotGivenIsAsUsual() {
        assertEquals(ServerOptions.usual(), parse());
    }

    @Test void eachBoundCanBeSet() throws Exception {
        var options = parse("--host", "0.0.0.0", "--port", "80", "--public-url", "https://data.example.org", "--proxy", "10.0.0.1", "--proxy", "::1",
                "--query-time", "5s", "--query-memory", "1MB", "--memory", "2GB", "--query-string", "3KB", "--query-length", "4", "--query-nesting", "5",
                "--query-parts", "6", "--processors", "7", "--federate", "https://query.example.org/sparql",
                "--idle-time", "1", "--head-time", "2s", "--body-time", "3m", "--reader-time", "4ms", "--queue-time", "5s", "--closing-time", "6s",
                "--uri-length", "1KB", "--head-size", "2KB", "--headers", "3", "--request-size", "4KB", "--upload-size", "5KB", "--requests-size", "5MB", "--result-size", "6GB",
                "--connections", "1", "--caller-connections", "2", "--requests", "3", "--caller-requests", "4", "--queue", "5");

        assertEquals(new ServerOptions("0.0.0.0", 80, Optional.of(URI.create("https://data.example.org")),
                Set.of(InetAddress.getByName("10.0.0.1"), InetAddress.getByName("::1")), Optional.empty(),
                new Limits(Duration.ofSeconds(5), 1 << 20, 2L << 30, 3 << 10, 4, 5, 6, 7, Set.of("https://query.example.org/sparql")),
                new RequestBounds(
                        new RequestBounds.Times(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofMinutes(3), Duration.ofMillis(4), Duration.ofSeconds(5), Duration.ofSeconds(6)),
                        new RequestBounds.Sizes(1 << 10, 2 << 10, 3, 4 << 10, 5 << 10, 5 << 20, 6L << 30),
                        new RequestBounds.Counts(1, 2, 3, 4, 5))), options);
    }

    @Test void helpTellsEachBoundInItsGroupAndItsDefault() {
        var help = new CommandLine(new Parsed()).getUsageMessage();

        for (var heading : List.of("Where it listens:", "What a query may take:", "What a request may be:", "How many at a time:")) {
            assertTrue(help.contains(heading), help);
        }
        var options = Pattern.compile("(?m)^ +(--[a-z-]+)=").matcher(help).results().map(found -> found.group(1)).toList();
        // Nobody has a proxy or a keystore unless it is said.
        assertEquals(options.size() - 2, Pattern.compile("Default:").matcher(help).results().count(), help);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--query-time=soon", "--query-time=0s", "--query-time=-1s", "--request-size=2GB", "--request-size=1XB", "--connections=0",
        "--connections=many", "--proxy=localhost", "--public-url=ftp://x", "--public-url=https://x/path", "--public-url=javascript:1"})
    void whatIsNoAmountIsWrongUsage(String word) {
        var wrong = assertThrows(ParameterException.class, () -> parse(word));

        assertTrue(wrong.getMessage().contains(word.split("=")[0]) && wrong.getMessage().contains("expected"), wrong::getMessage);
    }

    @Test void aKeystoreNeedsItsPasswordFromAFile() throws Exception {
        var keystore = Keystore.in(folder, "secret");
        var right = Files.writeString(folder.resolve("right"), "secret\n");
        var wrong = Files.writeString(folder.resolve("wrong"), "guess\n");

        var tls = parse("--tls-keystore", keystore.toString(), "--tls-password-file", right.toString()).tls().orElseThrow();
        assertEquals("secret", tls.password());
        assertFalse(tls.toString().contains("secret"), tls::toString);

        var refused = assertThrows(ProblemException.class, () -> parse("--tls-keystore", keystore.toString(), "--tls-password-file", wrong.toString()));
        assertTrue(refused.getMessage().contains(keystore.toString()) && !refused.getMessage().contains("guess"), refused::getMessage);
        var without = assertThrows(ProblemException.class, () -> parse("--tls-keystore", keystore.toString()));
        assertTrue(without.getMessage().contains("--tls-password-file"), without::getMessage);
    }
}
