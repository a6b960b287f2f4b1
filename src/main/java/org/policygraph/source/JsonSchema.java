package org.policygraph.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.policygraph.source.Form.Kind;
import org.policygraph.source.Form.Need;
import org.policygraph.source.Form.Rule;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The forms as JSON Schema (draft 2020-12), for editors to complete from and other tools to check by. What JSON Schema
/// can't say, the loader alone knows: whether an id exists, how many digits a number has, whether a month has 31 days.
public final class JsonSchema {

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final String ANY_DATE = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";

    private JsonSchema() {}

    /// The schemas of `data/schema`, by file name.
    public static Map<String, String> files(Forms forms) {
        return Map.of(
                "entities.schema.json", file("A file of entities", array(of(forms.entity()))),
                "source.schema.json", file("A source and its passages", of(forms.source())),
                "claims.schema.json", file("A file of claims", array(of(forms.claim()))),
                "figures.schema.json", file("A file of figures and targets", array(of(forms.figure()))));
    }

    private static String file(String title, Map<String, Object> schema) {
        var file = new LinkedHashMap<String, Object>();
        file.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        file.put("title", title);
        file.putAll(schema);
        return JSON.writeValueAsString(file).replace("\r\n", "\n") + "\n";
    }

    private static Map<String, Object> array(Map<String, Object> items) {
        return ordered("type", "array", "items", items);
    }

    private static Map<String, Object> of(Form form) {
        var typedElsewhere = form.rules().stream().filter(Rule.TypedBy.class::isInstance).map(rule -> ((Rule.TypedBy) rule).field()).toList();
        var properties = new LinkedHashMap<String, Object>();
        for (var field : form.fields()) {
            var property = new LinkedHashMap<String, Object>();
            property.put("description", field.description());
            if (!typedElsewhere.contains(field.name())) {
                property.putAll(of(field.kind()));
            }
            properties.put(field.name(), property);
        }
        var schema = ordered("type", "object", "properties", properties,
                "required", form.fields().stream().filter(field -> field.need() == Need.REQUIRED).map(Form.Field::name).toList(),
                "additionalProperties", false);
        var rules = new ArrayList<Object>();
        form.rules().forEach(rule -> rules.addAll(of(rule)));
        if (!rules.isEmpty()) {
            schema.put("allOf", rules);
        }
        return schema;
    }

    private static Map<String, Object> of(Kind kind) {
        return switch (kind) {
            case Kind.Text(int most) -> most == Integer.MAX_VALUE ? ordered("type", "string", "pattern", "\\S")
                    : ordered("type", "string", "pattern", "\\S", "maxLength", most);
            case Kind.Pattern(var form, _) -> ordered("type", "string", "pattern", "^(" + form.pattern() + ")$");
            case Kind.Choice(_, var names) -> ordered("enum", names);
            case Kind.Reference(var concepts) -> ordered("anyOf", List.of(of(Form.ID), ordered("enum", concepts)));
            case Kind.Bilingual() -> of(Bilingual.FORM);
            case Kind.Aliases() -> of(Bilingual.ALIASES);
            case Kind.Tagged() -> of(Bilingual.TAGGED);
            case Kind.Items(var item, int least) -> ordered("type", "array", "items", of(item), "minItems", least);
            case Kind.Whole(long least) -> ordered("type", "integer", "minimum", least, "maximum", Integer.MAX_VALUE);
            case Kind.Decimal() -> ordered("type", "number");
            case Kind.Flag() -> ordered("type", "boolean");
            case Kind.Date() -> ordered("type", "string", "pattern", ANY_DATE);
            case Kind.Iri() -> ordered("type", "string", "pattern", "^https?://[^\\s<>\"{}|\\\\^`]+$");
            case Kind.Inner(var form) -> of(form);
        };
    }

    private static List<Map<String, Object>> of(Rule rule) {
        return switch (rule) {
            case Rule.ExactlyOne(var one, var other) -> List.of(ordered("oneOf", List.of(required(one), required(other))));
            case Rule.Together(var one, var other) -> List.of(ordered("dependentRequired", ordered(one, List.of(other), other, List.of(one))));
            case Rule.Some(var fields) -> List.of(ordered("anyOf", fields.stream().map(JsonSchema::required).toList()));
            case Rule.RequiredWhen(var field, var other, var values) -> List.of(ordered("if", where(other, values), "then", required(field)));
            case Rule.OnlyWhen(var field, var other, var values) ->
                    List.of(ordered("if", ordered("properties", ordered(other, ordered("enum", values))), "else", ordered("not", required(field))));
            case Rule.TypedBy(var field, var by, var kinds) -> kinds.entrySet().stream().sorted(Map.Entry.comparingByKey())
                    .map(kind -> ordered("if", where(by, List.of(kind.getKey())), "then", ordered("properties", ordered(field, of(kind.getValue()))))).toList();
        };
    }

    private static Map<String, Object> where(String field, Collection<String> values) {
        return ordered("properties", ordered(field, ordered("enum", values)), "required", List.of(field));
    }

    private static Map<String, Object> required(String field) {
        return ordered("required", List.of(field));
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
