package org.policygraph.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.policygraph.serve.LogFormat;
import org.policygraph.serve.Logs;
import org.policygraph.serve.Watching;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What `serve` tells of itself to who runs it.
final class WatchOptions {

    private static final int MOST_PORTS = 65_535;

    @Option(names = "--log", paramLabel = "FILE",
            description = "Log each request to this file, begun anew at 100 MB; the last ten are kept. Without it, warnings go to standard error.")
    private Path log;

    @Option(names = "--log-format", paramLabel = "json|text",
            description = "A line of JSON for each event, or of text. Given without --log, each request is logged to standard error. Default: json with --log.")
    private String format;

    @Option(names = "--slow-query", paramLabel = "SECONDS", defaultValue = "5",
            description = "Log what takes this long with its query. Default: ${DEFAULT-VALUE}.")
    private double slow;

    @Option(names = "--metrics-port", paramLabel = "PORT",
            description = "Tell Prometheus at this port of 127.0.0.1 what the server counts, 0 for any that is free. Default: nobody is told.")
    private Integer metricsPort;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    void beginLog() {
        new Logs(Optional.ofNullable(log), Optional.ofNullable(format).map(this::format)).begin();
    }

    Watching watching() {
        if (!(slow >= 0 && slow <= Integer.MAX_VALUE)) {
            throw new ParameterException(command.commandLine(), "--slow-query: found " + slow + ", expected seconds, such as 5 or 0.5");
        }
        if (metricsPort != null && (metricsPort < 0 || metricsPort > MOST_PORTS)) {
            throw new ParameterException(command.commandLine(), "--metrics-port: found " + metricsPort + ", expected a port, 0 to " + MOST_PORTS);
        }
        return new Watching(Duration.ofMillis(Math.round(slow * 1000)), Stream.ofNullable(metricsPort).mapToInt(Integer::intValue).findFirst());
    }

    private LogFormat format(String word) {
        return Stream.of(LogFormat.values()).filter(one -> one.name().equalsIgnoreCase(word)).findFirst()
                .orElseThrow(() -> new ParameterException(command.commandLine(), "--log-format: found '" + word + "', expected json or text"));
    }
}
