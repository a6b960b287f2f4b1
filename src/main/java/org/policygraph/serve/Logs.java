package org.policygraph.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.appender.RollingFileAppender;
import org.apache.logging.log4j.core.appender.rolling.DefaultRolloverStrategy;
import org.apache.logging.log4j.core.appender.rolling.SizeBasedTriggeringPolicy;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// Where the words of the server, and those of Jena, Fuseki and Jetty, go to.
/// @param file   `--log`; standard error without it
/// @param format `--log-format`
public record Logs(Optional<Path> file, Optional<LogFormat> format) {

    private static final String NAME = "log";
    private static final String MOST_BYTES = "100 MB";
    private static final int MOST_FILES = 10;

    /// Whether each request gets a line: where somebody has asked for a log. A terminal hears of trouble alone.
    private boolean tellsRequests() {
        return file.isPresent() || format.isPresent();
    }

    private LogFormat usedFormat() {
        return format.orElse(tellsRequests() ? LogFormat.JSON : LogFormat.TEXT);
    }

    /// For the whole process, from now on; which warnings are none stays as `log4j2.xml` says.
    /// @throws ProblemException `Unusable` when the file can't be written
    public void begin() {
        var appender = appender();
        appender.start();
        var context = LoggerContext.getContext(false);
        var configuration = context.getConfiguration();
        var root = configuration.getRootLogger();
        configuration.addAppender(appender);
        root.getAppenders().keySet().forEach(root::removeAppender);
        root.addAppender(appender, null, null);
        if (tellsRequests()) {
            configuration.addLogger(RequestLines.REQUESTS, new LoggerConfig(RequestLines.REQUESTS, Level.INFO, true));
        }
        context.updateLoggers();
    }

    private Appender appender() {
        var layout = new LogLayout(usedFormat());
        if (file.isEmpty()) {
            return ConsoleAppender.newBuilder().setName(NAME).setLayout(layout).setTarget(ConsoleAppender.Target.SYSTEM_ERR).setFollow(true).build();
        }
        var path = file.get().toAbsolutePath();
        try {
            // Asked for here, because log4j would go on without the file and say so to nobody.
            Files.createDirectories(path.getParent());
            Files.write(path, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new ProblemException(new Problem.Unusable(new Where.Resource(file.get().toString()),
                    "the log can't be written there (" + unwritable.getMessage() + "); choose another file with --log"));
        }
        // Strangers make lines: however many, the disk keeps its place for the store.
        return RollingFileAppender.newBuilder().setName(NAME).setLayout(layout).setFileName(path.toString())
                .setFilePattern(path + ".%i")
                .setPolicy(SizeBasedTriggeringPolicy.createPolicy(MOST_BYTES))
                .setStrategy(DefaultRolloverStrategy.newBuilder().setMax(String.valueOf(MOST_FILES)).setFileIndex("min").build())
                .build();
    }
}
