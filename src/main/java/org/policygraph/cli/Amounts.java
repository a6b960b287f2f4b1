package org.policygraph.cli;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How times, sizes, counts and places in the network are typed.
final class Amounts {

    private static final Pattern TYPED = Pattern.compile("(\\d{1,9})\\s*([A-Za-z]*)");
    private static final Map<String, Long> MILLISECONDS = Map.of("ms", 1L, "s", 1000L, "", 1000L, "m", 60_000L, "h", 3_600_000L);
    private static final Map<String, Long> BYTES = Map.of("", 1L, "b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30);

    private Amounts() {}

    /// `30s`, `500ms`, `2m`; without a unit, seconds.
    static final class Time implements ITypeConverter<Duration> {
        @Override public Duration convert(String typed) {
            return Duration.ofMillis(amount(typed, MILLISECONDS, "a time such as 30s, 500ms or 2m"));
        }
    }

    /// `1MB`, `64KB`, `2GB`; without a unit, bytes.
    static final class Size implements ITypeConverter<Long> {
        @Override public Long convert(String typed) {
            return amount(typed, BYTES, "a size such as 1MB, 64KB or 2GB");
        }
    }

    /// A size that fits into one array.
    static final class SmallSize implements ITypeConverter<Integer> {
        @Override public Integer convert(String typed) {
            var size = new Size().convert(typed);
            if (size >= Integer.MAX_VALUE) {
                throw new TypeConversionException("expected less than 2GB but was '" + typed + "'");
            }
            return Math.toIntExact(size);
        }
    }

    /// At least one.
    static final class Count implements ITypeConverter<Integer> {
        @Override public Integer convert(String typed) {
            return Math.toIntExact(amount(typed, Map.of("", 1L), "a whole number from 1"));
        }
    }

    /// An address as digits: a name would be looked up once, and be another's later.
    static final class Address implements ITypeConverter<InetAddress> {
        @Override public InetAddress convert(String typed) {
            try {
                return InetAddress.ofLiteral(typed);
            } catch (IllegalArgumentException none) {
                throw new TypeConversionException("expected an address such as 127.0.0.1 or ::1 but was '" + typed + "'");
            }
        }
    }

    /// `https://data.example.org`, nothing behind it.
    static final class Site implements ITypeConverter<URI> {
        private static final Pattern SITE = Pattern.compile("https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?/?");

        @Override public URI convert(String typed) {
            if (!SITE.matcher(typed).matches()) {
                throw new TypeConversionException("expected http or https and a host, such as https://data.example.org, but was '" + typed + "'");
            }
            return URI.create(typed);
        }
    }

    private static long amount(String typed, Map<String, Long> units, String expected) {
        var parts = TYPED.matcher(typed.strip());
        if (parts.matches()) {
            var unit = units.get(parts.group(2).toLowerCase(Locale.ROOT));
            var number = Long.parseLong(parts.group(1));
            if (unit != null && number > 0) {
                return number * unit;
            }
        }
        throw new TypeConversionException("expected " + expected + " but was '" + typed + "'");
    }
}
