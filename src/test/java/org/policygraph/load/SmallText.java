package org.policygraph.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.policygraph.problem.Problem;

/// A text of a few paragraphs, and data that was read from it. Paragraphs that begin with `#` are headings.
final class SmallText {

    private static final Ontology ONTOLOGY = Ontology.read(Path.of("ontology"));

    private final Path folder;
    private final List<String> paragraphs;
    private final String language;
    private final List<String> entities = new ArrayList<>();
    private final List<String> claims = new ArrayList<>();
    private final List<String> figures = new ArrayList<>();
    private final List<String> waivers = new ArrayList<>();
    private String publisher = "";

    SmallText(Path folder, String language, String... paragraphs) {
        this.folder = folder;
        this.language = language;
        this.paragraphs = List.of(paragraphs);
        entity("maker", "Maker", "製造商");
        entity("chip", "Chip", "芯片");
        entity("authors", "Authors", "作者");
        text(String.join("\n\n", paragraphs));
    }

    /// The file that has the text; what is in it can differ from what was read.
    SmallText text(String text) {
        write("text.txt", text);
        return this;
    }

    Path file() {
        return folder.resolve("text.txt");
    }

    SmallText entity(String id, String en, String zhHant) {
        return entity(id, en, zhHant, "");
    }

    /// @param more further members of the record, with a comma before them
    SmallText entity(String id, String en, String zhHant, String more) {
        entities.add("""
                {"id": "%s", "type": "Chip", "label": {"en": "%s", "zh-Hant": "%s"},
                  "definition": {"en": "One.", "zh-Hant": "其中之一。"}%s}""".formatted(id, en, zhHant, more)
                .replace("\"Chip\", \"label\": {\"en\": \"Maker", "\"Firm\", \"label\": {\"en\": \"Maker")
                .replace("\"Chip\", \"label\": {\"en\": \"Authors", "\"Group\", \"label\": {\"en\": \"Authors"));
        return this;
    }

    SmallText publishedBy(String entity) {
        publisher = "\"publishedBy\": \"" + entity + "\",\n";
        return this;
    }

    SmallText waiver(int paragraph, String text) {
        waivers.add("""
                {"paragraph": %d, "text": "%s", "reason": "It counts nothing."}""".formatted(paragraph, text));
        return this;
    }

    SmallText claim(int paragraph) {
        return claim(paragraph, "develops", "\"object\": \"chip\"");
    }

    /// @param said `"object": …` or `"value": …`, and further members of the record
    SmallText claim(int paragraph, String predicate, String said) {
        return claim(paragraph, "maker", predicate, said);
    }

    SmallText claim(int paragraph, String subject, String predicate, String said) {
        claims.add("""
                {"id": "c%d-%d", "subject": "%s", "predicate": "%s", %s, %s}""".formatted(paragraph, claims.size() + 1, subject, predicate, said, evidence(paragraph)));
        return this;
    }

    /// @param amount `"value": 3`, or `"minimum": 1, "maximum": 2`, and further members of the record
    SmallText figure(int paragraph, String id, String metric, String unit, String amount) {
        return figure(paragraph, id, "chip", metric, unit, amount);
    }

    SmallText figure(int paragraph, String id, String about, String metric, String unit, String amount) {
        var comparator = amount.contains("minimum") ? "between" : "exactly";
        figures.add("""
                {"id": "%s", "type": "Figure", "about": "%s", "metric": "%s", "unit": "%s", "comparator": "%s", %s, %s}"""
                .formatted(id, about, metric, unit, comparator, amount, evidence(paragraph)));
        return this;
    }

    /// The figures that were added so far cite this paragraph too.
    SmallText alsoCiting(int paragraph) {
        figures.replaceAll(figure -> figure.replace("\"paragraphs\": [", "\"paragraphs\": [" + paragraph + ", "));
        return this;
    }

    SmallText count(int paragraph, String id, long value) {
        return figure(paragraph, id, "lab-count", "NUM", "\"value\": " + value);
    }

    private static String evidence(int paragraph) {
        return """
                "paragraphs": [%d], "assertedBy": "authors", "speaker": "study", "status": "reported-fact", "negated": false,
                  "confidence": "high", "gloss": {"en": "So it is.", "zh-Hant": "如此。"}""".formatted(paragraph);
    }

    CheckReport check() {
        return Check.of(content(), Map.of("paper", file()), Progress.silent());
    }

    CheckReport coverage() {
        return coverage(Map.of("paper", file()));
    }

    CheckReport coverage(Map<String, Path> texts) {
        return Check.coverage(ONTOLOGY, content(), texts, Progress.silent());
    }

    Content content() {
        write("data/entities/all.json", array(entities));
        write("data/sources/paper/claims.json", array(claims));
        write("data/sources/paper/figures.json", array(figures));
        var passages = new ArrayList<String>();
        for (int i = 0; i < paragraphs.size(); i++) {
            var paragraph = new SourceText.Paragraph(i + 1, 1, paragraphs.get(i));
            passages.add("""
                    {"number": %d, "role": "%s", "section": {"en": "All", "zh-Hant": "全文"}, "sha256": "%s"}"""
                    .formatted(i + 1, paragraph.text().startsWith("#") ? "heading" : "body", paragraph.sha256()));
        }
        write("data/sources/paper/source.json", """
                {
                "id": "paper", "kind": "text", "language": "%s",
                "label": {"en": "A paper", "zh-Hant": "一篇文章"},
                "definition": {"en": "A text made up for tests.", "zh-Hant": "為測試而寫的文字。"},
                %s"passages": %s,
                "notFigures": %s
                }
                """.formatted(language, publisher, array(passages), array(waivers)));
        return new Content(Path.of("ontology"), List.of(folder.resolve("data")));
    }

    private static String array(List<String> records) {
        return records.stream().collect(Collectors.joining(",\n", "[\n", "\n]"));
    }

    void write(String file, String text) {
        try {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The problems, a line each, with places told from the folder of the test.
    List<String> lines(CheckReport report) {
        return report.problems().stream().map(Problem::line)
                .map(line -> line.replace(folder + "/data/sources/paper/", "").replace(folder + "/data/", "").replace(folder + "/", "")).toList();
    }

    List<String> problems() {
        return lines(coverage());
    }
}
