package org.policygraph.serve;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;
import tools.jackson.databind.json.JsonMapper;

/// A line of the log for each event, whatever a stranger puts into paths, names and queries: no character of theirs ends a
/// line, moves a terminal's cursor or turns the direction of what is read.
final class LogLayout extends AbstractStringLayout {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final int LONGEST_TRACE = 60;

    private final LogFormat format;

    LogLayout(LogFormat format) {
        super(StandardCharsets.UTF_8);
        this.format = format;
    }

    @Override public String toSerializable(LogEvent event) {
        return switch (format) {
            case JSON -> json(event);
            case TEXT -> text(event);
        };
    }

    private static String json(LogEvent event) {
        var line = new LinkedHashMap<String, Object>();
        line.put("time", INSTANT.format(Instant.ofEpochMilli(event.getTimeMillis())));
        line.put("level", event.getLevel().name());
        if (event.getMessage() instanceof Event told) {
            line.put("event", told.name());
            line.putAll(told.fields());
        } else {
            line.put("event", "message");
            line.put("logger", event.getLoggerName());
            line.put("message", event.getMessage().getFormattedMessage());
        }
        id(event.getContextData().toMap()).forEach(line::putIfAbsent);
        if (event.getThrown() != null) {
            line.put("trace", trace(event.getThrown()));
        }
        // JSON lets stand what is no control character to it: C1, which ends lines and moves cursors too, and separators of lines.
        return escaped(JSON.writeValueAsString(line)) + "\n";
    }

    private static String text(LogEvent event) {
        var line = new StringBuilder(CLOCK.format(Instant.ofEpochMilli(event.getTimeMillis())))
                .append(' ').append("%-5s".formatted(event.getLevel().name())).append(' ');
        if (event.getMessage() instanceof Event told) {
            line.append(told.getFormattedMessage());
        } else {
            line.append(event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1)).append(": ")
                    .append(escaped(event.getMessage().getFormattedMessage()));
        }
        if (!(event.getMessage() instanceof Event told && told.fields().containsKey(RequestLines.ID))) {
            id(event.getContextData().toMap()).forEach((name, value) -> line.append(' ').append(name).append('=').append(word(value)));
        }
        line.append('\n');
        if (event.getThrown() != null) {
            trace(event.getThrown()).lines().forEach(step -> line.append("    ").append(step).append('\n'));
        }
        return line.toString();
    }

    private static Map<String, String> id(Map<String, String> context) {
        return context.containsKey(RequestLines.ID) ? Map.of(RequestLines.ID, context.get(RequestLines.ID)) : Map.of();
    }

    /// A field's value in text: in quotes where it is more than a word.
    static String word(String value) {
        var plain = !value.isEmpty() && value.chars().noneMatch(one -> one <= ' ' || one == '"' || one == '=' || one == '\\' || isTricky(one));
        return plain ? value : '"' + escaped(value.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /// The same on one line, with what is no visible character as JSON escapes it.
    static String escaped(String text) {
        if (text.chars().noneMatch(LogLayout::isTricky)) {
            return text;
        }
        var safe = new StringBuilder();
        text.chars().forEach(one -> {
            switch (one) {
                case '\n' -> safe.append("\\n");
                case '\r' -> safe.append("\\r");
                case '\t' -> safe.append("\\t");
                default -> {
                    if (isTricky(one)) {
                        safe.append("\\u%04x".formatted(one));
                    } else {
                        safe.append((char) one);
                    }
                }
            }
        });
        return safe.toString();
    }

    /// Controls, separators of lines and paragraphs, marks of direction.
    private static boolean isTricky(int unit) {
        return Character.isISOControl(unit) || unit == '\u2028' || unit == '\u2029'
                || unit >= '\u200e' && unit <= '\u200f' || unit >= '\u202a' && unit <= '\u202e' || unit >= '\u2066' && unit <= '\u2069' || unit == '\ufeff';
    }

    private static String trace(Throwable thrown) {
        var lines = new StringBuilder();
        trace(thrown, "", lines, Collections.newSetFromMap(new IdentityHashMap<>()));
        return lines.toString();
    }

    /// What a message holds stays on its own line: it may quote a stranger.
    private static void trace(Throwable thrown, String before, StringBuilder lines, Set<Throwable> told) {
        if (!told.add(thrown)) {
            return;
        }
        lines.append(before).append(escaped(thrown.toString())).append('\n');
        var steps = thrown.getStackTrace();
        for (int step = 0; step < Math.min(steps.length, LONGEST_TRACE); step++) {
            lines.append("  at ").append(steps[step]).append('\n');
        }
        if (steps.length > LONGEST_TRACE) {
            lines.append("  and ").append(steps.length - LONGEST_TRACE).append(" more\n");
        }
        for (var suppressed : thrown.getSuppressed()) {
            trace(suppressed, "beside it: ", lines, told);
        }
        if (thrown.getCause() != null) {
            trace(thrown.getCause(), "because of: ", lines, told);
        }
    }
}
