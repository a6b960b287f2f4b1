package org.policygraph.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.policygraph.serve.LogFormat;
import org.policygraph.serve.Logs;
import org.policygraph.serve.Watching;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What `serve` tells of itself to who runs it.
final class WatchOptions {

    private static final int MOST_PORTS = 65_535;

    @ArgGroup(exclusive = false, validate = false, order = 60, heading = "%nWhat it tells who runs it:%n")
    private Told told = new Told();

    private static final class Told {
        @Option(names = "--log", paramLabel = "FILE",
                description = "Log each request to this file, begun anew at 100 MB; the last ten are kept. Without it, warnings go to standard error.")
        private Optional<Path> log = Optional.empty();

        @Option(names = "--log-format", paramLabel = "json|text",
                description = "A line of JSON for each event, or of text. Given without --log, each request is logged to standard error. Default: json with --log.")
        private Optional<String> format = Optional.empty();

        @Option(names = "--slow-query", paramLabel = "TIME", converter = Amounts.Time.class, description = "Log what takes this long with its query. Default: 5s.")
        private Duration slow = Duration.ofSeconds(5);

        @Option(names = "--metrics-port", paramLabel = "PORT",
                description = "Tell Prometheus at this port of 127.0.0.1 what the server counts, 0 for any that is free. Default: nobody is told.")
        private Optional<Integer> metricsPort = Optional.empty();
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    void beginLog() {
        new Logs(told.log, told.format.map(this::format)).begin();
    }

    Watching watching() {
        told.metricsPort.filter(port -> port < 0 || port > MOST_PORTS).ifPresent(port -> {
            throw new ParameterException(command.commandLine(), "--metrics-port: found " + port + ", expected a port, 0 to " + MOST_PORTS);
        });
        return new Watching(told.slow, told.metricsPort.stream().mapToInt(Integer::intValue).findFirst());
    }

    private LogFormat format(String word) {
        return Stream.of(LogFormat.values()).filter(one -> one.name().equalsIgnoreCase(word)).findFirst()
                .orElseThrow(() -> new ParameterException(command.commandLine(), "--log-format: found '" + word + "', expected json or text"));
    }
}
