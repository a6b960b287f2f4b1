package org.policygraph.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.problem.Problem;
import org.policygraph.source.DataFolder.Listener;
import org.policygraph.term.Vocabulary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `data/schema` and the loader say the same of the same file.
class JsonSchemaTest {

    private static final Vocabulary WORDS = Vocabulary.read(Path.of("ontology"));
    private static final Forms FORMS = new Forms(WORDS);
    private static final Path SHIPPED = Path.of("data/schema");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path folder;

    @Test void theShippedSchemasAreThoseOfTheFormsAndTheOntology() throws IOException {
        var expected = new TreeMap<>(JsonSchema.files(FORMS));
        var made = Files.createDirectories(Path.of("target/schema"));
        for (var file : expected.entrySet()) {
            Files.writeString(made.resolve(file.getKey()), file.getValue());
        }

        var shipped = new TreeMap<String, String>();
        try (var files = Files.list(SHIPPED)) {
            for (var file : files.toList()) {
                shipped.put(file.getFileName().toString(), Files.readString(file));
            }
        }

        assertEquals(expected, shipped, "copy target/schema/*.json to data/schema");
    }

    @Test void everyShippedFileIsRightToBoth() throws IOException {
        for (var kind : List.of("entities", "source", "claims", "figures")) {
            for (var file : shipped(kind)) {
                var text = Files.readString(file);
                assertEquals(List.of(), schema(kind).validate(text, InputFormat.JSON), file::toString);
                assertEquals(List.of(), loader(kind, text), file::toString);
            }
        }
    }

    /// Takes shipped records, breaks or changes each somewhere, and compares what both say.
    @ParameterizedTest
    @ValueSource(strings = {"entities", "source", "claims", "figures"})
    void aFileChangedAtRandomIsRightToBothOrWrongToBoth(String kind) throws IOException {
        var random = new Random(kind.hashCode());
        var schema = schema(kind);
        var pool = new ArrayList<JsonNode>();
        for (var file : shipped(kind)) {
            var all = JSON.readTree(file.toFile());
            (all.isArray() ? (Iterable<JsonNode>) all : List.of(all)).forEach(pool::add);
        }
        var right = 0;
        var wrong = 0;
        for (int i = 0; i < 400; i++) {
            var record = (ObjectNode) pool.get(random.nextInt(pool.size())).deepCopy();
            if (kind.equals("source")) {
                while (record.get("passages").size() > 2) {
                    ((ArrayNode) record.get("passages")).remove(0);
                }
            }
            change(record, random, pool);
            var text = kind.equals("source") ? record.toString() : "[" + record + "]";

            var bySchema = schema.validate(text, InputFormat.JSON).isEmpty();
            var problems = loader(kind, text);

            assertEquals(bySchema, problems.isEmpty(), () -> text + "\nthe loader says " + problems + "\nthe schema says " + schema.validate(text, InputFormat.JSON));
            if (bySchema) {
                right++;
            } else {
                wrong++;
            }
        }
        assertTrue(right > 20 && wrong > 100, "changed too little or too much: " + right + " right, " + wrong + " wrong");
    }

    private static void change(ObjectNode record, Random random, List<JsonNode> pool) {
        var objects = new ArrayList<ObjectNode>(List.of(record));
        record.forEach(value -> {
            if (value instanceof ObjectNode inner) {
                objects.add(inner);
            }
        });
        var where = objects.get(random.nextInt(objects.size()));
        var names = new ArrayList<>(where.propertyNames());
        if (names.isEmpty()) {
            return;
        }
        var name = names.get(random.nextInt(names.size()));
        var make = JsonNodeFactory.instance;
        switch (random.nextInt(7)) {
            case 0 -> where.remove(name);
            case 1 -> where.put(name + "x", 1);
            case 2 -> where.set(name, List.<JsonNode>of(make.stringNode(""), make.numberNode(7), make.booleanNode(true), make.nullNode(), make.arrayNode(),
                    make.objectNode(), make.numberNode(-1.5), make.stringNode("2025-04"), make.stringNode("maker"), make.stringNode("layer/chips")).get(random.nextInt(10)));
            case 3 -> where.set(List.of("value", "object", "minimum", "maximum", "dueDate", "kind", "reference", "condition", "time").get(random.nextInt(9)),
                    List.<JsonNode>of(make.stringNode("2025"), make.numberNode(3), make.stringNode("huawei"), make.objectNode().put("at", "2024")).get(random.nextInt(4)));
            default -> {
                // A field of another record, right there and perhaps not here.
                var other = pool.get(random.nextInt(pool.size()));
                var others = new ArrayList<>(other.propertyNames());
                var taken = others.get(random.nextInt(others.size()));
                if (!taken.equals("passages")) {
                    record.set(taken, other.get(taken).deepCopy());
                }
            }
        }
    }

    private static Schema schema(String kind) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(JsonSchema.files(FORMS).get(kind + ".schema.json"));
    }

    private List<String> loader(String kind, String text) throws IOException {
        var file = Files.writeString(folder.resolve(kind + ".json"), text);
        var data = new DataFolder(folder, WORDS);
        var problems = new ArrayList<String>();
        switch (kind) {
            case "entities" -> data.entities(file, heard(problems));
            case "source" -> data.source(file, heard(problems));
            case "claims" -> data.claims(file, heard(problems));
            default -> data.figures(file, heard(problems));
        }
        return problems;
    }

    private static <T> Listener<T> heard(List<String> problems) {
        return new Listener<>(_ -> { }, (Problem problem) -> problems.add(problem.line()), _ -> { });
    }

    private static List<Path> shipped(String kind) throws IOException {
        try (var files = Files.walk(Path.of("data"))) {
            return files.filter(Files::isRegularFile).filter(file -> kind.equals("entities") ? file.getParent().endsWith("entities") : file.endsWith(kind + ".json")).sorted().toList();
        }
    }
}
