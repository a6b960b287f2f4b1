package org.policygraph.source;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.policygraph.problem.Problem;
import org.policygraph.problem.Where;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/// A file of records: one JSON object, a JSON array of objects, or NDJSON (an object a line); each also gzipped.
/// It is read as a stream, a record at a time.
final class JsonFile {

    /// @param where the record's place: `/16` in an array, its line in NDJSON
    record Item(Json value, Where.InFile where) {}

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final Path path;

    JsonFile(Path path) {
        this.path = path;
    }

    /// Hands over every record; what can't be read goes to `problems`. Broken NDJSON lines are passed over, a broken
    /// array ends where it breaks.
    /// @param bytesRead is told now and then how many bytes of the file (as it lies on disk) have been read so far
    void forEach(Consumer<Item> records, Consumer<Problem> problems, Consumer<Long> bytesRead) {
        var name = path.getFileName().toString();
        try (var counted = new CountingStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16), bytesRead);
                var in = name.endsWith(".gz") ? new GZIPInputStream(counted, 1 << 16) : counted) {
            if (name.replace(".gz", "").endsWith(".ndjson")) {
                lines(in, records, problems);
            } else {
                document(in, records, problems);
            }
        } catch (NoSuchFileException missing) {
            problems.accept(new Problem.Unreadable(Where.InFile.whole(path), "there is no such file"));
        } catch (CharacterCodingException notUtf8) {
            problems.accept(new Problem.Unreadable(Where.InFile.whole(path), "the file is not UTF-8 throughout; save it as UTF-8"));
        } catch (IOException | UncheckedIOException unreadable) {
            problems.accept(new Problem.Unreadable(Where.InFile.whole(path), "can't be read: " + unreadable.getMessage()));
        }
    }

    private void document(InputStream in, Consumer<Item> records, Consumer<Problem> problems) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            var first = parser.nextToken();
            if (first == null) {
                problems.accept(new Problem.Invalid(Where.InFile.whole(path), "an empty file", "a JSON array of records, or one object"));
            } else if (first == JsonToken.START_ARRAY) {
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    var value = value(parser, 0);
                    records.accept(new Item(value, new Where.InFile(path, value.line(), "/" + i)));
                }
                endOf(parser, problems);
            } else {
                var value = value(parser, 0);
                records.accept(new Item(value, new Where.InFile(path, value.line(), "")));
                endOf(parser, problems);
            }
        } catch (JacksonException broken) {
            problems.accept(broken(broken, 0));
        }
    }

    private void endOf(JsonParser parser, Consumer<Problem> problems) {
        if (parser.nextToken() != null) {
            problems.accept(new Problem.Invalid(new Where.InFile(path, parser.currentTokenLocation().getLineNr(), ""),
                    "more after the end of the JSON value", "the end of the file (name the file .ndjson if it has a record a line)"));
        }
    }

    private void lines(InputStream in, Consumer<Item> records, Consumer<Problem> problems) throws IOException {
        // A decoder that reports: a reader made from a charset would replace bad bytes in silence.
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
        long number = 0;
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try (var parser = JSON.createParser(ObjectReadContext.empty(), line)) {
                parser.nextToken();
                var value = value(parser, number);
                if (parser.nextToken() != null) {
                    problems.accept(new Problem.Invalid(new Where.InFile(path, number, ""), "more than one value", "one record a line"));
                } else {
                    records.accept(new Item(value, new Where.InFile(path, number, "")));
                }
            } catch (JacksonException broken) {
                problems.accept(broken(broken, number));
            }
        }
    }

    /// The value that begins at the parser's token.
    /// @param onLine the line that all of it stands on, or 0 to ask the parser
    static Json value(JsonParser parser, long onLine) {
        return value(parser, onLine, (number, line) -> new Json.Number(number.getDecimalValue(), line));
    }

    /// What a number comes to.
    interface Numbers {
        Json read(JsonParser parser, long line);
    }

    static Json value(JsonParser parser, long onLine, Numbers numbers) {
        var line = onLine == 0 ? parser.currentTokenLocation().getLineNr() : onLine;
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new Json.Text(parser.getString(), line);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> numbers.read(parser, line);
            case VALUE_TRUE -> new Json.Flag(true, line);
            case VALUE_FALSE -> new Json.Flag(false, line);
            case VALUE_NULL -> new Json.Null(line);
            case START_ARRAY -> {
                var items = new ArrayList<Json>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser, onLine, numbers));
                }
                yield new Json.Items(items, line);
            }
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, Json>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser, onLine, numbers));
                }
                yield new Json.Members(members, line);
            }
            case null, default -> throw new StreamReadException(parser, "a JSON value was expected");
        };
    }

    private Problem broken(JacksonException broken, long onLine) {
        var location = broken.getLocation();
        var line = onLine != 0 || location == null ? onLine : location.getLineNr();
        var column = location == null ? "" : " (column " + location.getColumnNr() + ")";
        return new Problem.Unreadable(new Where.InFile(path, line, ""), "not JSON: " + broken.getOriginalMessage() + column);
    }

    /// Tells how far the reading has come, every so many bytes.
    private static final class CountingStream extends InputStream {
        private static final long EVERY = 1 << 20;
        private final InputStream in;
        private final Consumer<Long> told;
        private long count;
        private long next = EVERY;

        CountingStream(InputStream in, Consumer<Long> told) {
            this.in = in;
            this.told = told;
        }

        @Override public int read() throws IOException {
            var one = in.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override public int read(byte[] bytes, int offset, int length) throws IOException {
            var read = in.read(bytes, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            count += read;
            if (count >= next) {
                next = count + EVERY;
                told.accept(count);
            }
        }

        @Override public int available() throws IOException {
            return in.available();
        }

        @Override public void close() throws IOException {
            in.close();
        }
    }
}
