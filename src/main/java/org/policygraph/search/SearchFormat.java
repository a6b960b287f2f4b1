package org.policygraph.search;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.RowSetStream;
import org.apache.jena.sparql.resultset.ResultsWriter;
import org.policygraph.term.Language;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How what was found is written.
public enum SearchFormat {
    /// For a person: a few lines each.
    TEXT,
    CSV,
    JSON;

    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// As it is typed.
    @Override public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    public void write(Found found, OutputStream out) throws IOException {
        switch (this) {
            case TEXT -> out.write(text(found).getBytes(StandardCharsets.UTF_8));
            case CSV -> csv(found, out);
            case JSON -> out.write((MAPPER.writeValueAsString(found) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String text(Found found) {
        if (found.results().isEmpty()) {
            return none(found) + "\n";
        }
        return found.results().stream().map(SearchFormat::text).collect(Collectors.joining("\n"));
    }

    /// One sentence that says that nothing was found, and what is near.
    public static String none(Found found) {
        var near = found.suggestions().isEmpty() ? "" : "; did you mean " + String.join(" or ", found.suggestions()) + "?";
        return "Nothing is called '" + printable(found.query()) + "'" + near;
    }

    private static String text(Hit hit) {
        var names = Arrays.stream(Language.values()).map(language -> hit.label().get(language.tag())).flatMap(Stream::ofNullable).distinct()
                .collect(Collectors.joining(" · "));
        var lines = new ArrayList<String>();
        lines.add(names + "  " + hit.name() + "  " + String.join(" ", hit.types()) + "  " + (hit.claims() == 1 ? "1 claim" : hit.claims() + " claims"));
        if (!hit.match().equals(Match.LABEL.toString()) || hit.bySound()) {
            lines.add("  " + hit.match() + (hit.bySound() ? " by sound" : "") + ": " + hit.matched());
        }
        Arrays.stream(Language.values()).map(language -> hit.definition().get(language.tag())).flatMap(Stream::ofNullable).limit(1)
                .filter(definition -> !definition.equals(hit.matched())).forEach(definition -> lines.add("  " + definition));
        return lines.stream().map(SearchFormat::printable).collect(Collectors.joining("\n", "", "\n"));
    }

    // What stands in the data can't steer the terminal.
    private static String printable(String text) {
        return text.codePoints().map(character -> Character.isISOControl(character) ? ' ' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static void csv(Found found, OutputStream out) {
        var columns = Stream.of("thing", "match", "bySound", "matched", "language", "types", "labelEn", "labelZh", "definitionEn", "definitionZh", "claims")
                .map(Var::alloc).toList();
        var rows = found.results().stream().map(hit -> row(columns, List.of(hit.iri(), hit.match(), Boolean.toString(hit.bySound()), hit.matched(), hit.language(),
                String.join(" ", hit.types()), in(hit.label(), Language.EN), in(hit.label(), Language.ZH_HANT), in(hit.definition(), Language.EN),
                in(hit.definition(), Language.ZH_HANT), Integer.toString(hit.claims())))).toList();
        ResultsWriter.create().lang(ResultSetLang.RS_CSV).build().write(out, RowSetStream.create(columns, rows.iterator()));
    }

    private static String in(java.util.Map<String, String> texts, Language language) {
        return Optional.ofNullable(texts.get(language.tag())).orElse("");
    }

    private static Binding row(List<Var> columns, List<String> cells) {
        var row = Binding.builder();
        for (var column = 0; column < cells.size(); column++) {
            row.add(columns.get(column), NodeFactory.createLiteralDT(cells.get(column), XSDDatatype.XSDstring));
        }
        return row.build();
    }
}
