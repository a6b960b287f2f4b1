package org.policygraph.source;

import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.policygraph.problem.Problem;

/// The fields that one kind of record has. The loader reads by it and `data/schema/` is written from it, so that
/// both say the same.
/// @param name what a record of this kind is called in an error: "claim"
public record Form(String name, List<Field> fields, List<Rule> rules) {

    public enum Need { REQUIRED, OPTIONAL }

    /// @param description for who writes the file, shown by editors
    public record Field(String name, Need need, Kind kind, String description) {}

    /// What a value may be.
    public sealed interface Kind {
        /// Text of one or more characters that are not all white space.
        record Text(int most) implements Kind {}

        /// Text of a certain form.
        record Pattern(java.util.regex.Pattern form, String expected) implements Kind {}

        /// One of the names.
        /// @param what what the names are names of: "relation"
        record Choice(String what, SortedSet<String> names) implements Kind {
            public Choice(String what, Collection<String> names) {
                this(what, new TreeSet<>(names));
            }
        }

        /// The id of an entity, or where `concepts` are given, `prefix/name` of a concept.
        record Reference(SortedSet<String> concepts) implements Kind {}

        /// Text in both languages.
        record Bilingual() implements Kind {}

        /// Lists of texts in one or both languages.
        record Aliases() implements Kind {}

        /// Text with the language that it is in.
        record Tagged() implements Kind {}

        record Items(Kind item, int least) implements Kind {}

        record Whole(long least) implements Kind {}

        record Decimal() implements Kind {}

        record Flag() implements Kind {}

        /// `2025`, `2025-04` or `2025-04-25`, and a date that there is.
        record Date() implements Kind {}

        record Iri() implements Kind {}

        record Inner(Form form) implements Kind {}
    }

    /// What holds between fields.
    public sealed interface Rule {
        /// Of the two, one and not the other.
        record ExactlyOne(String one, String other) implements Rule {}

        /// Both or neither.
        record Together(String one, String other) implements Rule {}

        /// At least one of them.
        record Some(List<String> fields) implements Rule {}

        /// Required where `other` has one of the values.
        record RequiredWhen(String field, String other, SortedSet<String> values) implements Rule {}

        /// Allowed only where `other` has one of the values.
        record OnlyWhen(String field, String other, SortedSet<String> values) implements Rule {}

        /// What `field` may be is decided by the value of `by`.
        record TypedBy(String field, String by, Map<String, Kind> kinds) implements Rule {}
    }

    /// As `skos:prefLabel` and `rdfs:label` need them.
    static final List<String> LANGUAGES = List.of("en", "zh-Hant");

    static final Kind ID = new Kind.Pattern(Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*"), "an id: small letters, digits and single hyphens");

    private static final int MOST_DIGITS = 60;

    /// A record that has the fields of its form; the getters take that for granted.
    record Read(Json.Members json, Place place) {

        Origin origin() {
            return new Origin(place.where(), json);
        }

        boolean has(String field) {
            return json.members().containsKey(field);
        }

        String text(String field) {
            return ((Json.Text) json.members().get(field)).value();
        }

        Optional<String> maybe(String field) {
            return has(field) ? Optional.of(text(field)) : Optional.empty();
        }

        boolean flag(String field) {
            return ((Json.Flag) json.members().get(field)).value();
        }

        BigDecimal number(String field) {
            return ((Json.Number) json.members().get(field)).value();
        }

        Optional<BigDecimal> maybeNumber(String field) {
            return has(field) ? Optional.of(number(field)) : Optional.empty();
        }

        Bilingual bilingual(String field) {
            var in = inner(field);
            return new Bilingual(in.text("en"), in.text("zh-Hant"));
        }

        Optional<Bilingual> maybeBilingual(String field) {
            return has(field) ? Optional.of(bilingual(field)) : Optional.empty();
        }

        Read inner(String field) {
            var value = json.members().get(field);
            return new Read((Json.Members) value, place.at(field, value));
        }

        List<Json> items(String field) {
            return has(field) ? ((Json.Items) json.members().get(field)).items() : List.of();
        }

        List<String> texts(String field) {
            return items(field).stream().map(item -> ((Json.Text) item).value()).toList();
        }

        List<Read> records(String field) {
            var at = has(field) ? place.at(field, json.members().get(field)) : place;
            var read = new ArrayList<Read>();
            for (var item : items(field)) {
                read.add(new Read((Json.Members) item, at.at(read.size(), item)));
            }
            return read;
        }
    }

    /// The record when it has the form; otherwise nothing, and every problem is told.
    Optional<Read> read(JsonFile.Item item, Consumer<Problem> problems) {
        var counted = new int[1];
        Consumer<Problem> counting = problem -> {
            counted[0]++;
            problems.accept(problem);
        };
        var place = Place.of(item.where());
        check(new Kind.Inner(this), item.value(), place, counting);
        return counted[0] == 0 ? Optional.of(new Read((Json.Members) item.value(), place)) : Optional.empty();
    }

    private void members(Json.Members json, Place place, Consumer<Problem> problems) {
        var known = new LinkedHashMap<String, Field>();
        fields.forEach(field -> known.put(field.name(), field));
        var typed = new HashSet<String>();
        for (var rule : rules) {
            if (rule instanceof Rule.TypedBy by && json.members().get(by.field()) instanceof Json value) {
                typed.add(by.field());
                var kind = json.members().get(by.by()) instanceof Json.Text text ? by.kinds().get(text.value()) : null;
                if (kind != null) {
                    check(kind, value, place.at(by.field(), value), problems);
                }
            }
        }
        json.members().forEach((name, value) -> {
            var field = known.get(name);
            if (field == null) {
                problems.accept(new Problem.Unknown(place.at(name, value).where(), "field of a " + this.name, name,
                        nearestOrAll(name, known.keySet())));
            } else if (!typed.contains(name)) {
                check(field.kind(), value, place.at(name, value), problems);
            }
        });
        for (var field : fields) {
            if (field.need() == Need.REQUIRED && !json.members().containsKey(field.name())) {
                problems.accept(missing(field.name(), json, place));
            }
        }
        for (var rule : rules) {
            problemWith(rule, json, place).ifPresent(problems);
        }
    }

    private Problem missing(String field, Json.Members json, Place place) {
        var expected = fields.stream().filter(one -> one.name().equals(field)).findFirst()
                .map(one -> "the field '" + field + "' (" + one.description() + ")").orElseThrow();
        return new Problem.Invalid(place.where(), json.shown(), expected);
    }

    private Optional<Problem> problemWith(Rule rule, Json.Members json, Place place) {
        var has = json.members();
        return switch (rule) {
            case Rule.ExactlyOne(var one, var other) -> has.containsKey(one) == has.containsKey(other)
                    ? Optional.of(new Problem.Invalid(place.where(),
                            has.containsKey(one) ? "both '" + one + "' and '" + other + "'" : "neither '" + one + "' nor '" + other + "'",
                            "one of them"))
                    : Optional.empty();
            case Rule.Together(var one, var other) -> has.containsKey(one) != has.containsKey(other)
                    ? Optional.of(new Problem.Invalid(place.where(),
                            "'" + (has.containsKey(one) ? one : other) + "' alone", "both '" + one + "' and '" + other + "'"))
                    : Optional.empty();
            case Rule.Some(var fields) -> fields.stream().noneMatch(has::containsKey)
                    ? Optional.of(new Problem.Invalid(place.where(), json.shown(), "at least one of " + String.join(", ", fields)))
                    : Optional.empty();
            case Rule.RequiredWhen(var field, var other, var values) -> !has.containsKey(field)
                    && has.get(other) instanceof Json.Text text && values.contains(text.value())
                    ? Optional.of(missing(field, json, place)) : Optional.empty();
            case Rule.OnlyWhen(var field, var other, var values) -> has.get(field) instanceof Json value
                    && has.get(other) instanceof Json.Text text && !values.contains(text.value()) && knows(other, text.value())
                    ? Optional.of(new Problem.Invalid(place.at(field, value).where(), "'" + field + "' with " + other + " '" + text.value() + "'",
                            "'" + field + "' only with " + other + " " + few(values)))
                    : Optional.empty();
            case Rule.TypedBy _ -> Optional.empty();
        };
    }

    /// A value that is wrong itself is told already; what follows from it is not.
    private boolean knows(String field, String value) {
        return fields.stream().anyMatch(one -> one.name().equals(field)
                && (!(one.kind() instanceof Kind.Choice choice) || choice.names().contains(value)));
    }

    private static void check(Kind kind, Json json, Place place, Consumer<Problem> problems) {
        switch (kind) {
            case Kind.Text(int most) -> {
                if (!(json instanceof Json.Text text) || text.value().isBlank()
                        || text.value().codePointCount(0, text.value().length()) > most) {
                    invalid(json, place, most == Integer.MAX_VALUE ? "text" : "text of at most " + most + " characters", problems);
                }
            }
            case Kind.Pattern(var form, var expected) -> {
                if (!(json instanceof Json.Text text) || !form.matcher(text.value()).matches()) {
                    invalid(json, place, expected, problems);
                }
            }
            case Kind.Choice(var what, var names) -> {
                if (!(json instanceof Json.Text text)) {
                    invalid(json, place, "the name of a " + what, problems);
                } else if (!names.contains(text.value())) {
                    problems.accept(new Problem.Unknown(place.where(), what, text.value(), nearestOrAll(text.value(), names)));
                }
            }
            case Kind.Reference(var concepts) -> {
                if (!(json instanceof Json.Text text)) {
                    invalid(json, place, "the id of an entity", problems);
                } else if (text.value().contains("/")) {
                    if (!concepts.contains(text.value())) {
                        problems.accept(new Problem.Unknown(place.where(), "concept", text.value(), Nearest.to(text.value(), concepts)));
                    }
                } else {
                    check(ID, json, place, problems);
                }
            }
            case Kind.Bilingual() -> check(new Kind.Inner(Bilingual.FORM), json, place, problems);
            case Kind.Aliases() -> check(new Kind.Inner(Bilingual.ALIASES), json, place, problems);
            case Kind.Tagged() -> check(new Kind.Inner(Bilingual.TAGGED), json, place, problems);
            case Kind.Items(var item, int least) -> {
                if (!(json instanceof Json.Items items) || items.items().size() < least) {
                    invalid(json, place, least == 0 ? "an array" : "an array of at least " + least, problems);
                } else {
                    for (int i = 0; i < items.items().size(); i++) {
                        check(item, items.items().get(i), place.at(i, items.items().get(i)), problems);
                    }
                }
            }
            case Kind.Whole(long least) -> {
                if (!(json instanceof Json.Number number) || !isWhole(number.value(), least)) {
                    invalid(json, place, "a whole number" + (least > 0 ? " of at least " + least : ""), problems);
                }
            }
            case Kind.Decimal() -> {
                if (!(json instanceof Json.Number number) || !isWritable(number.value())) {
                    invalid(json, place, "a number of at most " + MOST_DIGITS + " digits", problems);
                }
            }
            case Kind.Flag() -> {
                if (!(json instanceof Json.Flag)) {
                    invalid(json, place, "true or false", problems);
                }
            }
            case Kind.Date() -> {
                if (!(json instanceof Json.Text text) || !isDate(text.value())) {
                    invalid(json, place, "a date as \"2025\", \"2025-04\" or \"2025-04-25\"", problems);
                }
            }
            case Kind.Iri() -> {
                if (!(json instanceof Json.Text text) || !isIri(text.value())) {
                    invalid(json, place, "an IRI as \"https://…\"", problems);
                }
            }
            case Kind.Inner(var form) -> {
                if (json instanceof Json.Members members) {
                    form.members(members, place, problems);
                } else {
                    invalid(json, place, "a " + form.name() + ": an object with " + String.join(", ", form.names()), problems);
                }
            }
        }
    }

    private List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    private static void invalid(Json json, Place place, String expected, Consumer<Problem> problems) {
        problems.accept(new Problem.Invalid(place.where(), json.shown(), expected));
    }

    private static boolean isWritable(BigDecimal value) {
        // 1e999999999 is short to write and a gigabyte to write out.
        return Math.abs((long) value.scale()) <= MOST_DIGITS && value.precision() <= MOST_DIGITS;
    }

    private static boolean isWhole(BigDecimal value, long least) {
        return isWritable(value) && value.stripTrailingZeros().scale() <= 0 && value.compareTo(BigDecimal.valueOf(least)) >= 0
                && value.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
    }

    private static boolean isDate(String text) {
        try {
            switch (text.length()) {
                case 4 -> Year.parse(text);
                case 7 -> YearMonth.parse(text);
                case 10 -> LocalDate.parse(text);
                default -> {
                    return false;
                }
            }
            return Character.isDigit(text.charAt(0));
        } catch (DateTimeException notADate) {
            return false;
        }
    }

    private static boolean isIri(String text) {
        try {
            return URI.create(text).isAbsolute() && text.matches("https?://[^\\s<>\"{}|\\\\^`]+");
        } catch (IllegalArgumentException notAnIri) {
            return false;
        }
    }

    /// The nearest names, or all of them where they are few and none is near.
    private static List<String> nearestOrAll(String name, Collection<String> names) {
        var near = Nearest.to(name, names);
        return near.isEmpty() && names.size() <= 8 ? List.copyOf(names) : near;
    }

    private static String few(Collection<String> values) {
        return values.size() <= 6 ? String.join(", ", values) : values.stream().limit(5).reduce((a, b) -> a + ", " + b).orElseThrow() + " …";
    }
}
