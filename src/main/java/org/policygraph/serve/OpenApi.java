package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/openapi.json`: the doors by what they say of themselves, as OpenAPI 3.0.3.
final class OpenApi extends ReadingDoor implements Documented {

    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PROBLEM = "#/components/schemas/Problem";
    static final String PATH = "/openapi.json";

    private final transient Served served;
    private final transient Collection<? extends Documented> doors;

    /// @param doors may still be added to until the first is answered
    OpenApi(Served served, Collection<? extends Documented> doors) {
        this.served = served;
        this.doors = doors;
    }

    @Override public List<Operation> operations() {
        return List.of(Operation.get(PATH, "This description").gives("application/json"));
    }

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new Asked(request, List.of());
        send(response, "application/json", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document()) + "\n");
    }

    private ObjectNode document() {
        var document = JSON.createObjectNode();
        document.put("openapi", "3.0.3");
        document.putObject("info").put("title", "PolicyGraph").put("version", served.version())
                .put("description", "The evidence-backed knowledge graph of an industrial policy, for reading; editors write. HEAD is answered where GET is, and OPTIONS everywhere.")
                .putObject("license").put("name", "CC BY 4.0 (the data)").put("url", "https://creativecommons.org/licenses/by/4.0/");
        document.putArray("servers").addObject().put("url", "/");
        var paths = document.putObject("paths");
        doors.stream().flatMap(door -> door.operations().stream()).sorted(Comparator.comparing(Operation::path)).forEach(operation -> {
            var path = paths.withObject(tools.jackson.core.JsonPointer.empty().appendProperty(operation.path()));
            var first = path.putObject(operation.method());
            describe(operation, operation.method(), first, true);
            operation.posted().ifPresent(bodies -> {
                var post = operation.method().equals("get") ? path.putObject("post") : first;
                if (post != first) {
                    describe(operation, "post", post, false);
                }
                var content = post.putObject("requestBody").put("required", true).putObject("content");
                bodies.forEach((type, example) -> content.putObject(type).put("example", example).putObject("schema").put("type", "string"));
            });
        });
        problem(document.putObject("components").putObject("schemas").putObject("Problem"));
        return document;
    }

    private static void describe(Operation operation, String method, ObjectNode into, boolean withParameters) {
        into.put("operationId", method + operation.path().replaceAll("[^A-Za-z]+", "-").replaceFirst("-$", ""));
        into.put("summary", operation.summary());
        if (withParameters && !operation.parameters().isEmpty()) {
            var parameters = into.putArray("parameters");
            for (var parameter : operation.parameters()) {
                var schema = parameters.addObject().put("name", parameter.name()).put("in", parameter.in()).put("description", parameter.description())
                        .put("required", parameter.required()).put("example", parameter.example()).putObject("schema").put("type", "string");
                if (!parameter.choices().isEmpty()) {
                    var choices = schema.putArray("enum");
                    parameter.choices().forEach(choices::add);
                }
            }
        }
        var responses = into.putObject("responses");
        operation.statuses().forEach((status, when) -> {
            var answer = responses.putObject(String.valueOf(status)).put("description", when);
            if (status == 200 && !operation.mediaTypes().isEmpty()) {
                var content = answer.putObject("content");
                operation.mediaTypes().forEach(type -> content.putObject(type));
            } else if (status == 303) {
                answer.putObject("headers").putObject("Location").put("description", "path of the document").putObject("schema").put("type", "string");
            } else if (status >= 400) {
                var content = answer.putObject("content");
                content.putObject("text/plain").putObject("schema").put("type", "string");
                content.putObject(ProblemResponse.DETAILS).putObject("schema").put("$ref", PROBLEM);
            }
        });
    }

    private static void problem(ObjectNode schema) {
        schema.put("type", "object").put("description", "Problem details (RFC 9457)");
        var properties = schema.putObject("properties");
        properties.putObject("type").put("type", "string");
        properties.putObject("title").put("type", "string").put("description", "the status in words");
        properties.putObject("status").put("type", "integer");
        properties.putObject("detail").put("type", "string").put("description", "what is wrong, and what to do");
        properties.putObject("request").put("type", "string").put("description", "the request's id, to quote when asking about it");
        var line = properties.putObject("errors").put("type", "array").putObject("items").put("type", "object").putObject("properties");
        line.putObject("where").put("type", "string");
        line.putObject("message").put("type", "string");
    }
}
