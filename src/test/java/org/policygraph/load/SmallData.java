package org.policygraph.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.sparql.core.Quad;
import org.policygraph.store.Store;

/// A folder of data small enough to be read in one go, to be changed and broken by tests.
final class SmallData {

    static final Path ONTOLOGY = Path.of("ontology");

    final Path folder;

    SmallData(Path folder) {
        this.folder = folder;
        write("entities/all.json", """
                [
                  {"id": "maker", "type": "PrivateFirm", "label": {"en": "Maker", "zh-Hant": "製造商"},
                   "definition": {"en": "A firm.", "zh-Hant": "一家企業。"}},
                  {"id": "ministry", "type": "GovernmentAgency", "label": {"en": "Ministry", "zh-Hant": "部"},
                   "definition": {"en": "An agency.", "zh-Hant": "一個部門。"}},
                  {"id": "authors", "type": "Group", "label": {"en": "Authors", "zh-Hant": "作者"},
                   "definition": {"en": "Those who wrote it.", "zh-Hant": "寫作者。"}},
                  {"id": "fund", "type": "Instrument", "label": {"en": "Fund", "zh-Hant": "基金"},
                   "definition": {"en": "A fund.", "zh-Hant": "一個基金。"}, "kind": "government-venture-fund", "layers": ["funding"]},
                  {"id": "shortage", "type": "Bottleneck", "label": {"en": "Shortage", "zh-Hant": "短缺"},
                   "definition": {"en": "Too little of it.", "zh-Hant": "不足。"}},
                  {"id": "chip", "type": "Chip", "label": {"en": "Chip", "zh-Hant": "芯片"},
                   "definition": {"en": "A chip.", "zh-Hant": "一種芯片。"}, "altLabel": {"en": ["Chip One"]}}
                ]
                """);
        write("sources/paper/source.json", """
                {
                  "id": "paper", "kind": "text", "language": "en",
                  "label": {"en": "A paper", "zh-Hant": "一篇文章"},
                  "definition": {"en": "A text made up for tests.", "zh-Hant": "為測試而寫的文字。"},
                  "passages": [
                    {"number": 1, "role": "heading", "section": {"en": "All", "zh-Hant": "全文"},
                     "sha256": "0000000000000000000000000000000000000000000000000000000000000000"},
                    {"number": 2, "role": "body", "section": {"en": "All", "zh-Hant": "全文"},
                     "sha256": "1111111111111111111111111111111111111111111111111111111111111111"}
                  ]
                }
                """);
        write("sources/paper/claims.json", """
                [
                  %s,
                  %s,
                  %s
                ]
                """.formatted(claim("c2-01", "maker", "develops", "chip"), claim("c2-02", "ministry", "implements", "fund"),
                claim("c2-03", "fund", "alleviates", "shortage")));
        write("sources/paper/figures.json", """
                [
                  {"id": "f2-1", "type": "Figure", "about": "fund", "metric": "fund-size",
                   "value": 1000000, "unit": "CCY_USD", "comparator": "exactly",
                   "paragraphs": [2], "assertedBy": "authors", "speaker": "study", "status": "reported-fact",
                   "negated": false, "confidence": "high", "gloss": {"en": "It is big.", "zh-Hant": "它很大。"}}
                ]
                """);
    }

    static String claim(String id, String subject, String predicate, String object) {
        return """
                {"id": "%s", "subject": "%s", "predicate": "%s",
                   "object": "%s",
                   "paragraphs": [2], "assertedBy": "authors", "speaker": "study",
                   "status": "reported-fact", "negated": false, "confidence": "high",
                   "gloss": {"en": "So it is.", "zh-Hant": "如此。"}}""".formatted(id, subject, predicate, object);
    }

    void write(String file, String text) {
        try {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void write(String file, byte[] bytes) {
        try {
            Files.write(folder.resolve(file), bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String read(String file) {
        try {
            return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The first occurrence of `was` becomes `is`.
    void change(String file, String was, String is) {
        var text = read(file);
        var at = text.indexOf(was);
        if (at < 0) {
            throw new IllegalArgumentException(file + " has no " + was);
        }
        write(file, text.substring(0, at) + is + text.substring(at + was.length()));
    }

    void delete(String file) {
        try {
            Files.delete(folder.resolve(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    LoadReport load(Store store) {
        return Loader.load(content(), store, false, Progress.silent());
    }

    Content content() {
        return new Content(ONTOLOGY, List.of(folder));
    }

    static Set<Quad> quads(Store store) {
        return store.read(data -> Iter.toSet(data.find()));
    }

    /// Without what the dataset says of itself.
    static Set<String> content(Store store) {
        return quads(store).stream().filter(quad -> !quad.getGraph().getURI().endsWith("/graph/dataset"))
                .map(Quad::toString).collect(Collectors.toSet());
    }
}
