package org.policygraph.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.policygraph.limit.Limits;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.serve.RequestBounds;
import org.policygraph.serve.ServerOptions;
import org.policygraph.serve.Tls;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// The options of `serve` that say where it listens and what it bears. What is not given is [ServerOptions#usual].
final class ServerArguments {

    private static final String PASSWORD = "POLICYGRAPH_TLS_PASSWORD";

    @ArgGroup(exclusive = false, validate = false, order = 10, heading = "%nWhere it listens:%n")
    private Listening listening = new Listening();

    @ArgGroup(exclusive = false, validate = false, order = 20, heading = "%nWhat a query may take:%n")
    private Queries queries = new Queries();

    @ArgGroup(exclusive = false, validate = false, order = 30, heading = "%nWhat a request may be:%n")
    private Requests requests = new Requests();

    @ArgGroup(exclusive = false, validate = false, order = 40, heading = "%nHow many at a time:%n")
    private Numbers numbers = new Numbers();

    private static final class Listening {
        @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen at. Default: 127.0.0.1, which this machine alone can reach.")
        private Optional<String> host = Optional.empty();

        @Option(names = "--port", paramLabel = "PORT", description = "Port to listen at, 0 for any that is free. Default: 3030.")
        private Optional<Integer> port = Optional.empty();

        @Option(names = "--public-url", paramLabel = "URL", converter = Amounts.Site.class,
                description = "Where the world reaches this server, for links. Default: what each request's Host says.")
        private Optional<URI> publicUri = Optional.empty();

        @Option(names = "--proxy", paramLabel = "ADDRESS", converter = Amounts.Address.class,
                description = "A proxy whose X-Forwarded-For is believed. Can be given more than once.")
        private List<InetAddress> proxies = new ArrayList<>();

        @Option(names = "--tls-keystore", paramLabel = "FILE",
                description = "PKCS12 with key and certificates; then it speaks TLS 1.2 and 1.3 alone.")
        private Optional<Path> keystore = Optional.empty();

        @Option(names = "--tls-password-file", paramLabel = "FILE",
                description = "Its first line is the keystore's password. Default: the environment's " + PASSWORD + ".")
        private Optional<Path> passwordFile = Optional.empty();
    }

    private static final class Queries {
        @Option(names = "--query-time", paramLabel = "TIME", converter = Amounts.Time.class, description = "From its reading to the last byte of its answer. Default: 60s.")
        private Optional<Duration> time = Optional.empty();

        @Option(names = "--query-memory", paramLabel = "SIZE", converter = Amounts.Size.class, description = "What one keeps: sorts, groups, texts. Default: an eighth of the heap, 256MB at most.")
        private Optional<Long> memory = Optional.empty();

        @Option(names = "--memory", paramLabel = "SIZE", converter = Amounts.Size.class, description = "What all together keep. Default: half of the heap.")
        private Optional<Long> totalMemory = Optional.empty();

        @Option(names = "--query-string", paramLabel = "LENGTH", converter = Amounts.SmallSize.class, description = "Characters of one text that it makes. Default: 1MB.")
        private Optional<Integer> string = Optional.empty();

        @Option(names = "--query-length", paramLabel = "SIZE", converter = Amounts.SmallSize.class, description = "Its own text. Default: 1MB.")
        private Optional<Integer> length = Optional.empty();

        @Option(names = "--query-nesting", paramLabel = "NUMBER", converter = Amounts.Count.class, description = "How deep its brackets stand in one another. Default: 500.")
        private Optional<Integer> nesting = Optional.empty();

        @Option(names = "--query-parts", paramLabel = "NUMBER", converter = Amounts.Count.class, description = "Patterns, operators, alternatives and members of lists; fifty times as many VALUES. Default: 2000.")
        private Optional<Integer> parts = Optional.empty();

        @Option(names = RequestBounds.RESULT_SIZE, paramLabel = "SIZE", converter = Amounts.Size.class, description = "Its answer, before it is compressed. Default: 1GB.")
        private Optional<Long> result = Optional.empty();

        @Option(names = "--processors", paramLabel = "NUMBER", converter = Amounts.Count.class, description = "How many compute at a time, in turns. Default: as many as there are.")
        private Optional<Integer> processors = Optional.empty();

        @Option(names = "--federate", paramLabel = "URL", description = "An endpoint that SERVICE may ask. Can be given more than once. Default: none.")
        private List<String> federated = new ArrayList<>();
    }

    private static final class Requests {
        @Option(names = RequestBounds.REQUEST_SIZE, paramLabel = "SIZE", converter = Amounts.SmallSize.class, description = "The body, as sent and as inflated. Default: 1MB.")
        private Optional<Integer> request = Optional.empty();

        @Option(names = RequestBounds.UPLOAD_SIZE, paramLabel = "SIZE", converter = Amounts.SmallSize.class, description = "The body of an editor's request. Default: 16MB.")
        private Optional<Integer> upload = Optional.empty();

        @Option(names = RequestBounds.REQUESTS_SIZE, paramLabel = "SIZE", converter = Amounts.Size.class, description = "The bodies of all at a time; one caller has half of it. Default: a sixteenth of the heap, 32MB at least.")
        private Optional<Long> requests = Optional.empty();

        @Option(names = RequestBounds.URI_LENGTH, paramLabel = "SIZE", converter = Amounts.SmallSize.class, description = "Path and query. Default: 32KB.")
        private Optional<Integer> uri = Optional.empty();

        @Option(names = RequestBounds.HEAD_SIZE, paramLabel = "SIZE", converter = Amounts.SmallSize.class, description = "The first line and all headers. Default: 64KB.")
        private Optional<Integer> head = Optional.empty();

        @Option(names = RequestBounds.HEADERS, paramLabel = "NUMBER", converter = Amounts.Count.class, description = "How many headers. Default: 100.")
        private Optional<Integer> headers = Optional.empty();

        @Option(names = RequestBounds.IDLE_TIME, paramLabel = "TIME", converter = Amounts.Time.class, description = "A connection without a request. Default: 30s.")
        private Optional<Duration> idle = Optional.empty();

        @Option(names = RequestBounds.HEAD_TIME, paramLabel = "TIME", converter = Amounts.Time.class, description = "Until its head is in. Default: 10s.")
        private Optional<Duration> headTime = Optional.empty();

        @Option(names = RequestBounds.BODY_TIME, paramLabel = "TIME", converter = Amounts.Time.class, description = "Until each megabyte of its body is in. Default: 30s.")
        private Optional<Duration> body = Optional.empty();

        @Option(names = RequestBounds.READER_TIME, paramLabel = "TIME", converter = Amounts.Time.class, description = "How long its caller may read less than 1 kB/s. Default: 15s.")
        private Optional<Duration> reader = Optional.empty();
    }

    private static final class Numbers {
        @Option(names = RequestBounds.CONNECTIONS, paramLabel = "NUMBER", converter = Amounts.Count.class, description = "Connections. Default: 1024.")
        private Optional<Integer> connections = Optional.empty();

        @Option(names = RequestBounds.CALLER_CONNECTIONS, paramLabel = "NUMBER", converter = Amounts.Count.class, description = "Connections of one caller. Default: 512.")
        private Optional<Integer> callerConnections = Optional.empty();

        @Option(names = RequestBounds.REQUESTS, paramLabel = "NUMBER", converter = Amounts.Count.class, description = "Requests at work. Default: 256.")
        private Optional<Integer> requests = Optional.empty();

        @Option(names = RequestBounds.CALLER_REQUESTS, paramLabel = "NUMBER", converter = Amounts.Count.class, description = "Requests of one caller at work. Default: 192.")
        private Optional<Integer> callerRequests = Optional.empty();

        @Option(names = RequestBounds.QUEUE, paramLabel = "NUMBER", converter = Amounts.Count.class, description = "Requests that wait for a place. Default: 256.")
        private Optional<Integer> queue = Optional.empty();

        @Option(names = RequestBounds.QUEUE_TIME, paramLabel = "TIME", converter = Amounts.Time.class, description = "How long they wait. Default: 5s.")
        private Optional<Duration> queueTime = Optional.empty();

        @Option(names = RequestBounds.CLOSING_TIME, paramLabel = "TIME", converter = Amounts.Time.class, description = "How long those at work may go on when the server ends. Default: 5s.")
        private Optional<Duration> closing = Optional.empty();
    }

    /// @throws ProblemException when the keystore can't be read
    ServerOptions options() {
        var usual = ServerOptions.usual();
        return new ServerOptions(listening.host.orElse(usual.host()), listening.port.orElse(usual.port()), listening.publicUri,
                Set.copyOf(listening.proxies), listening.keystore.map(file -> Tls.of(file, password())), limits(usual.limits()), bounds(usual.bounds()));
    }

    private Limits limits(Limits usual) {
        return new Limits(queries.time.orElse(usual.time()), queries.memory.orElse(usual.memory()), queries.totalMemory.orElse(usual.totalMemory()),
                queries.string.orElse(usual.string()), queries.length.orElse(usual.length()), queries.nesting.orElse(usual.nesting()),
                queries.parts.orElse(usual.parts()), queries.processors.orElse(usual.processors()), Set.copyOf(queries.federated));
    }

    private RequestBounds bounds(RequestBounds usual) {
        var times = usual.times();
        var sizes = usual.sizes();
        var counts = usual.counts();
        return new RequestBounds(
                new RequestBounds.Times(requests.idle.orElse(times.idle()), requests.headTime.orElse(times.head()), requests.body.orElse(times.body()),
                        requests.reader.orElse(times.reader()), numbers.queueTime.orElse(times.queue()), numbers.closing.orElse(times.closing())),
                new RequestBounds.Sizes(requests.uri.orElse(sizes.uri()), requests.head.orElse(sizes.head()), requests.headers.orElse(sizes.headers()),
                        requests.request.orElse(sizes.request()), requests.upload.orElse(sizes.upload()), requests.requests.orElse(sizes.requests()), queries.result.orElse(sizes.result())),
                new RequestBounds.Counts(numbers.connections.orElse(counts.connections()), numbers.callerConnections.orElse(counts.callerConnections()),
                        numbers.requests.orElse(counts.requests()), numbers.callerRequests.orElse(counts.callerRequests()), numbers.queue.orElse(counts.queue())));
    }

    /// Never from the command line, which everyone on the machine can read.
    private String password() {
        if (listening.passwordFile.isPresent()) {
            var file = listening.passwordFile.get();
            try (var lines = Files.lines(file)) {
                return lines.findFirst().orElse("");
            } catch (IOException unreadable) {
                throw new ProblemException(new Problem.Unreadable(Where.InFile.whole(file), "it can't be read (" + unreadable.getMessage() + ")"));
            }
        }
        return Optional.ofNullable(System.getenv(PASSWORD)).orElseThrow(() -> new ProblemException(new Problem.Invalid(new Where.Argument("--tls-keystore"),
                "no password", "one, in the first line of --tls-password-file or in the environment's " + PASSWORD)));
    }
}
