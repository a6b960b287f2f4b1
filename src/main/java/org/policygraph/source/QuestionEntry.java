package org.policygraph.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.jena.query.QueryType;
import org.policygraph.problem.Where;
import org.policygraph.source.Form.Field;
import org.policygraph.source.Form.Kind;
import org.policygraph.source.Form.Need;

/// A question of the library: what the head of its file says, and its text.
/// @param name   of the file, without `.rq`
/// @param tags   the first is the tier
/// @param returns what the columns are, for a reader
/// @param form   of the query
/// @param text   of the whole file, which is a query that can be asked as it is
/// @param where  the file
public record QuestionEntry(String name, Bilingual title, Bilingual description, List<String> tags, List<Parameter> parameters,
                            View view, String returns, String text, QueryType form, Where.InFile where) {

    public QuestionEntry {
        tags = List.copyOf(tags);
        parameters = List.copyOf(parameters);
    }

    /// What one wants to know, from what there is at all to what is missing.
    public enum Tier {
        ORIENTATION, RELATIONSHIP, CHAIN, COMPARISON, GAP;

        @Override public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A variable of the query that takes a value from the asker.
    /// @param value   the default as it would be typed; none where the query is also asked with the variable left open
    /// @param choices a class, a concept scheme, or the values themselves, as typed; empty when anything goes
    public record Parameter(String name, Type type, Optional<String> value, List<String> choices, Bilingual title, Where.InFile where) {
        public Parameter {
            choices = List.copyOf(choices);
        }

        public enum Type {
            IRI, INTEGER, DECIMAL, STRING, DATE;

            @Override public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /// The drawing that suits the answer.
    /// @param columns which column plays which part: `label`, `value`, `source` …
    public record View(String type, Map<String, String> columns) {
        public View {
            columns = new LinkedHashMap<>(columns);
        }
    }

    /// In place of a value: the parameter is left open.
    public static final String ANY = "any";

    private static final List<String> VIEWS = List.of("table", "bar", "timeline", "sankey", "graph", "map");
    private static final List<String> PARTS = List.of("label", "value", "source", "target", "date", "place", "sign");
    private static final Kind TEXT = new Kind.Text(Integer.MAX_VALUE);
    private static final Kind COLUMN = new Kind.Pattern(Pattern.compile("[A-Za-z][A-Za-z0-9]*"), "the name of a column, without ?");

    private static final Form PARAMETER = new Form("parameter", List.of(
            new Field("name", Need.REQUIRED, COLUMN, "the variable of the query, without ?"),
            new Field("type", Need.REQUIRED, new Kind.Choice("type of a parameter",
                    Stream.of(Parameter.Type.values()).map(Parameter.Type::toString).toList()), "what its values are"),
            new Field("default", Need.REQUIRED, TEXT, "the value that the query has, or any"),
            new Field("choices", Need.OPTIONAL, new Kind.Items(TEXT, 1), "a class, a concept scheme, or the values"),
            new Field("title", Need.REQUIRED, TEXT, "what it is, in English"),
            new Field("title-zh", Need.REQUIRED, TEXT, "what it is, in Traditional Chinese")), List.of());

    private static final Form VIEW = new Form("view", Stream.concat(
            Stream.of(new Field("type", Need.REQUIRED, new Kind.Choice("view", VIEWS), "the drawing that suits the answer")),
            PARTS.stream().map(part -> new Field(part, Need.OPTIONAL, COLUMN, "the column that is its " + part))).toList(), List.of());

    static final Form FORM = new Form("question", List.of(
            new Field("title", Need.REQUIRED, TEXT, "the question in English"),
            new Field("title-zh", Need.REQUIRED, TEXT, "the question in Traditional Chinese"),
            new Field("description", Need.REQUIRED, TEXT, "what counts and what does not, in English"),
            new Field("description-zh", Need.REQUIRED, TEXT, "what counts and what does not, in Traditional Chinese"),
            new Field("tags", Need.REQUIRED, new Kind.Items(TEXT, 1), "its tier, then words of your own"),
            new Field("params", Need.OPTIONAL, new Kind.Items(new Kind.Inner(PARAMETER), 1), "what the asker may choose"),
            new Field("view", Need.REQUIRED, new Kind.Inner(VIEW), "the drawing that suits the answer"),
            new Field("returns", Need.REQUIRED, TEXT, "what the columns are, and the order")), List.of());

    static QuestionEntry of(String name, String text, QueryType form, Form.Read read, Where.InFile where) {
        return new QuestionEntry(name, bilingual(read, "title"), bilingual(read, "description"), read.texts("tags"),
                read.records("params").stream().map(parameter -> new Parameter(parameter.text("name"),
                        Parameter.Type.valueOf(parameter.text("type").toUpperCase(Locale.ROOT)),
                        Optional.of(parameter.text("default")).filter(value -> !value.equals(ANY)), parameter.texts("choices"),
                        bilingual(parameter, "title"), parameter.place().where())).toList(),
                view(read.inner("view")), read.text("returns"), text, form, where);
    }

    /// The tier that the first tag names.
    public Tier tier() {
        return Tier.valueOf(tags.getFirst().toUpperCase(Locale.ROOT));
    }

    private static View view(Form.Read read) {
        var columns = new LinkedHashMap<String, String>();
        PARTS.forEach(part -> read.maybe(part).ifPresent(column -> columns.put(part, column)));
        return new View(read.text("type"), columns);
    }

    private static Bilingual bilingual(Form.Read read, String field) {
        return new Bilingual(read.text(field), read.text(field + "-zh"));
    }
}
