package org.policygraph.source;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.QueryParseException;
import org.apache.jena.query.QueryType;
import org.apache.jena.query.Syntax;
import org.policygraph.problem.Problem;
import org.policygraph.problem.Where;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// A file `<name>.rq`: a head of lines that begin with `#+`, which are YAML as grlc has it, and a SPARQL query.
public final class QuestionFile {

    /// How such a file ends.
    public static final String ENDING = ".rq";

    private static final String HEAD = "#+";
    private static final YAMLFactory YAML = YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final Path path;

    public QuestionFile(Path path) {
        this.path = path;
    }

    /// Files of questions in the folder, in the order of their names; none when there is no such folder.
    public static List<Path> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING)).sorted().toList();
        }
    }

    /// The question, or nothing and what is wrong with it.
    public Optional<QuestionEntry> read(Consumer<Problem> problems) {
        var where = Where.InFile.whole(path);
        try {
            var text = Files.readString(path);
            var head = head(text);
            if (head.isEmpty()) {
                problems.accept(new Problem.Invalid(where, "no head", "lines that begin with #+ at the top of the file, with title, title-zh, tags …"));
                return Optional.empty();
            }
            return value(head).flatMap(json -> QuestionEntry.FORM.read(new JsonFile.Item(json, new Where.InFile(path, json.line(), "")), problems))
                    .flatMap(read -> tiered(QuestionEntry.of(name(path), text, form(text), read, where), problems));
        } catch (MalformedInputException otherwise) {
            problems.accept(new Problem.Unreadable(where, "the file is not UTF-8 throughout; save it as UTF-8"));
        } catch (IOException unreadable) {
            problems.accept(new Problem.Unreadable(where, "can't be read: " + unreadable.getMessage()));
        } catch (QueryParseException broken) {
            problems.accept(new Problem.Unreadable(new Where.InFile(path, broken.getLine(), ""),
                    "not SPARQL 1.1: " + broken.getMessage().lines().findFirst().orElse("")));
        } catch (JacksonException broken) {
            var location = broken.getLocation();
            problems.accept(new Problem.Unreadable(new Where.InFile(path, location == null ? 0 : location.getLineNr(), ""),
                    "the head is not YAML: " + broken.getOriginalMessage().lines().findFirst().orElse("")));
        }
        return Optional.empty();
    }

    /// As the question is called.
    public static String name(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    private static Optional<QuestionEntry> tiered(QuestionEntry question, Consumer<Problem> problems) {
        if (question.form() == QueryType.DESCRIBE) {
            problems.accept(new Problem.Invalid(question.where(), "DESCRIBE", "SELECT, ASK or CONSTRUCT, whose answers say what they have"));
            return Optional.empty();
        }
        var tiers = Stream.of(QuestionEntry.Tier.values()).map(QuestionEntry.Tier::toString).toList();
        if (!tiers.contains(question.tags().getFirst())) {
            problems.accept(new Problem.Unknown(question.where(), "tier as the first of the tags", question.tags().getFirst(), tiers));
            return Optional.empty();
        }
        return Optional.of(question);
    }

    // The head is at the top, so that its lines have the numbers of the file's.
    private static String head(String text) {
        return text.lines().takeWhile(line -> line.startsWith(HEAD))
                .map(line -> line.substring(HEAD.length()).replaceFirst("^ ", "")).collect(Collectors.joining("\n"));
    }

    private static QueryType form(String text) {
        return QueryFactory.create(text, Syntax.syntaxSPARQL_11).queryType();
    }

    private static Optional<Json> value(String head) {
        try (var parser = YAML.createParser(ObjectReadContext.empty(), head)) {
            return parser.nextToken() == null ? Optional.empty() : Optional.of(texts(JsonFile.value(parser, 0, (number, line) -> new Json.Text(number.getString(), line))));
        }
    }

    /// What YAML takes for a number or a truth value is text here, as it is written (1e999999999 and .inf are no decimals);
    /// one choice is a list of one.
    private static Json texts(Json json) {
        return switch (json) {
            case Json.Flag flag -> new Json.Text(Boolean.toString(flag.value()), flag.line());
            case Json.Items items -> new Json.Items(items.items().stream().map(QuestionFile::texts).toList(), items.line());
            case Json.Members members -> {
                var read = new LinkedHashMap<String, Json>();
                members.members().forEach((name, value) -> {
                    var one = texts(value);
                    read.put(name, name.equals("choices") && one instanceof Json.Text ? new Json.Items(List.of(one), one.line()) : one);
                });
                yield new Json.Members(read, members.line());
            }
            case Json.Text _, Json.Number _, Json.Null _ -> json;
        };
    }
}
