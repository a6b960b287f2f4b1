package org.policygraph.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.policygraph.attack.Fuzz;
import org.policygraph.attack.Mutation;
import org.policygraph.attack.Owed;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.term.Vocabulary;

/// Whatever stands in a file of data or of a question, it is read or the reader is told where it is wrong.
class DataFilesFuzzTest {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Vocabulary WORDS = Vocabulary.read(Path.of("ontology"));
    private static final Path SOURCE = Path.of("data/sources/full-stack");
    private static final int SOME = 6_000;
    private static final String[] JSON = {"{\"id\": \"a\"}", "[]", "{}", "[{}]", "[[]]", "{\"en\": \"x\", \"zh-Hant\": \"y\"}", "\"id\":", "\"id\": null,", "\"object\": \"layer/chips\",", "\"value\": 1e999999999,", "\"value\": -0,",
        "\"paragraphs\": [1,1],", "\"paragraphs\": [0],", "\"paragraphs\": [-1e9],", "\"paragraphs\": [2147483648],", "\"forDate\": \"2023-02-30\",", "\"forDate\": \"+999999999\",", "\"minimum\": 1,", "\"maximum\": 0,", "\"unit\": \"CCY_USD\",",
        "\"negated\": true,", "\"negated\": \"true\",", "\"disputes\": [\"x\"],", "\"type\": \"Target\",", "\"reference\": \"http://[::1\",", "\"published\": \"2023\",", "\"language\": \"x\",", "/* */", "//", "'a'", "\\u0000", "\"\\uD800\"", "NaN", "0x1", "01", "1.e5", "}\n{", ",,"};

    private Path folder;

    @BeforeProperty void makeAFolder() throws IOException {
        folder = Files.createTempDirectory("fuzz");
    }

    @AfterProperty void removeIt() throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted((one, other) -> other.compareTo(one)).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException kept) {
                    throw new UncheckedIOException(kept);
                }
            });
        }
    }

    private enum Ending { PLAIN, LINES, GZIPPED, GZIPPED_LINES, CUT, NOT_GZIPPED }

    @Provide Arbitrary<String> files() throws IOException {
        var good = new ArrayList<String>();
        for (var name : List.of("source.json", "claims.json", "figures.json")) {
            good.add(beginning(SOURCE.resolve(name)));
        }
        try (var files = Files.list(Path.of("data/entities"))) {
            for (var file : files.toList()) {
                good.add(beginning(file));
            }
        }
        return Mutation.of(good, JSON);
    }

    /// The first records, as an array of their own.
    private static String beginning(Path file) throws IOException {
        var text = Files.readString(file);
        var end = text.lastIndexOf("},", SOME);
        return text.length() <= SOME || end < 0 ? text : text.substring(0, end + 1) + (text.stripLeading().startsWith("[") ? "]" : "]}");
    }

    @Provide Arbitrary<String> questions() throws IOException {
        var good = new ArrayList<String>();
        for (var file : QuestionFile.in(Path.of("queries"))) {
            good.add(Files.readString(file));
        }
        return Mutation.of(good, "#+ title: a\n", "#+ title: [\n", "#+ choices: [a, b]\n", "#+ &a [*a, *a]\n", "#+ *a\n", "#+ !!java.lang.System x\n", "#+ <<: *a\n", "#+ ? a\n", "#+ - b\n", "#+ |\n#+   x\n", "#+ 1: 2\n", "#+ tags:\n#+   - 0x1F\n#+   - .inf\n",
                "#+ a: &b {c: *b}\n", "#+ ---\n", "#+ ...\n", "#+ %YAML 9.9\n", "#+", "#+ parameters:\n", "DESCRIBE ?x", "SELECT * {}", "VALUES ?x { UNDEF }", "(".repeat(5_000), "#+ " + "[".repeat(5_000) + "\n");
    }

    @Provide Arbitrary<String> prose() {
        var words = Arbitraries.of("一", "二", "兩", "十", "百", "千", "萬", "億", "兆", "零", "〇", "半", "數", "幾", "多", "餘", "第", "點", "分之", "成", "至", "到", "年", "月", "日", "個", "百分點", "%", "％", "３", "．", "，", "參", "壹", "拾", "統一",
                "one", "twenty", "hundred", "thousand", "million", "and", "and a half", "a", "half", "third", "thirds", "dozen", "twice", "fold", "between", "to", "-", "–", " ", " ", "point", "no one", "first", "th", "May", "of May", "percent", "per cent",
                "1", "0", "2025", "1,000", "1.5", "3952", ",", ".", "/", "$", "€", "2025-04-25", "1e5", "99999999999999999999", "\u0660\u0661", "½", "²", "Ⅳ", "x", "\ud835\udfd8", "\ud800", "\0");
        return Mutation.seeded(Arbitraries.oneOf(words.list().ofMaxSize(30).map(all -> String.join("", all)),
                Combinators.combine(words, words, Arbitraries.integers().between(1, 3_000)).as((one, other, times) -> (one + other).repeat(times))));
    }

    @Fuzz void aFileOfDataIsReadOrToldWhatIsWrongWithIt(@ForAll("files") String text, @ForAll Ending ending) throws IOException {
        var file = written(text, ending);
        for (BiConsumer<DataFolder, List<Problem>> reading : List.<BiConsumer<DataFolder, List<Problem>>>of(
                (data, problems) -> data.entities(file, listener(problems)), (data, problems) -> data.source(file, listener(problems)),
                (data, problems) -> data.claims(file, listener(problems)), (data, problems) -> data.figures(file, listener(problems)))) {
            Owed.aValueOrAProblem(text, SOON, () -> {
                var problems = new ArrayList<Problem>();
                reading.accept(new DataFolder(folder, WORDS), problems);
                return whole(problems);
            });
        }
    }

    @Fuzz void aQuestionIsReadOrToldWhatIsWrongWithIt(@ForAll("questions") String text) throws IOException {
        var file = Files.writeString(folder.resolve("a.rq"), whole(text));
        Owed.aValueOrAProblem(text, SOON, () -> {
            var problems = new ArrayList<Problem>();
            new QuestionFile(file).read(problems::add);
            return whole(problems);
        });
    }

    @Fuzz void aTextHasNumbersOrNone(@ForAll("prose") String text) {
        for (var language : List.of("zh-Hant", "en", "de", "", "-")) {
            Owed.aValueOrAProblem(text, SOON, () -> Numerals.in(text, language));
        }
    }

    private static <T> DataFolder.Listener<T> listener(List<Problem> problems) {
        return new DataFolder.Listener<>(_ -> { }, problems::add, _ -> { });
    }

    private static List<Problem> whole(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return problems;
    }

    /// Half characters can't be written as UTF-8.
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private Path written(String text, Ending ending) throws IOException {
        var bytes = text.getBytes(ending == Ending.CUT ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return switch (ending) {
            case PLAIN -> Files.write(folder.resolve("a.json"), bytes);
            case LINES -> Files.write(folder.resolve("a.ndjson"), bytes);
            case GZIPPED -> Files.write(folder.resolve("a.json.gz"), zipped.toByteArray());
            case GZIPPED_LINES -> Files.write(folder.resolve("a.ndjson.gz"), zipped.toByteArray());
            case CUT -> Files.write(folder.resolve("a.json"), bytes);
            case NOT_GZIPPED -> Files.write(folder.resolve("a.json.gz"), bytes);
        };
    }

}
