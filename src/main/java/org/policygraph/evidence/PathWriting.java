package org.policygraph.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.policygraph.store.Names;
import org.policygraph.term.Language;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An answer in one language, in the forms that [PathFormat] names.
final class PathWriting {

    private final PathAnswer answer;
    private final Names names;
    private final Language language;
    private final Graph union;

    PathWriting(PathAnswer answer, Names names, Language language, Graph union) {
        this.answer = answer;
        this.names = names;
        this.language = language;
        this.union = union;
    }

    // For a person: a block for each way, its edges with their claims below it.

    String text() {
        var text = new StringBuilder();
        for (int i = 0; i < answer.ways().size(); i++) {
            var way = answer.ways().get(i);
            text.append(i + 1).append(". ").append(label(way.nodes().getFirst()));
            way.steps().forEach(step -> text.append(' ').append(arrow(step)).append(' ').append(label(step.to())));
            text.append("\n   ").append(steps(way.steps().size())).append(", trust ").append(way.trust().toPlainString());
            way.sign().ifPresent(sign -> text.append(", sign ").append(signed(sign)));
            text.append('\n');
            way.steps().stream().flatMap(step -> step.edges().stream()).forEach(edge -> {
                text.append("   ").append(label(edge.subject())).append(' ').append(label(edge.predicate())).append(' ').append(label(edge.object()));
                edge.sign().ifPresent(sign -> text.append(" (").append(signed(sign)).append(')'));
                text.append(edge.inferred() ? " – inferred from:" : edge.holds() ? "" : " – not held to be so").append('\n');
                edge.claims().forEach(claim -> text.append("     ").append(line(claim)).append('\n'));
            });
            text.append('\n');
        }
        if (answer.ways().isEmpty() && answer.limit().isEmpty()) {
            text.append("No way of up to ").append(steps(answer.query().longest())).append(" between ").append(label(answer.query().from()))
                    .append(" and ").append(label(answer.query().to())).append('\n');
        }
        answer.notes().forEach(note -> text.append(note).append('\n'));
        return text.toString();
    }

    private String arrow(WayStep step) {
        var along = predicates(step, true);
        var against = predicates(step, false);
        return (along.isEmpty() ? "" : "—" + along + "→") + (along.isEmpty() || against.isEmpty() ? "" : " ") + (against.isEmpty() ? "" : "←" + against + "—");
    }

    private String predicates(WayStep step, boolean forward) {
        return step.edges().stream().filter(edge -> edge.forward() == forward)
                .map(edge -> label(edge.predicate()) + (edge.inferred() ? " (inferred)" : edge.holds() ? "" : " (" + status(edge) + ")"))
                .collect(Collectors.joining(", "));
    }

    private String status(WayEdge edge) {
        return edge.claims().stream().map(claim -> label(claim.status())).distinct().collect(Collectors.joining("/"));
    }

    private String line(WayClaim claim) {
        return names.shortened(claim.claim()) + (claim.paragraphs().isEmpty() ? "" : " ¶" + numbers(claim.paragraphs(), ", ")) + ": "
                + label(claim.status()) + "; " + claim.speaker().map(speaker -> label(speaker) + "; ").orElse("") + label(claim.confidence()) + " (" + claim.weight().toPlainString() + ")";
    }

    private static String steps(int number) {
        return number == 1 ? "1 step" : number + " steps";
    }

    private static String signed(int sign) {
        return sign > 0 ? "+" : "−";
    }

    private static String numbers(List<Integer> numbers, String between) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(between));
    }

    // For programs.

    String json() {
        var query = answer.query();
        var json = JsonMapper.shared().createObjectNode();
        named(json.putObject("from"), query.from());
        named(json.putObject("to"), query.to());
        json.put("order", query.order().toString()).put("most", query.most()).put("longest", query.longest());
        json.put("edgesLookedAt", answer.edges()).put("completeTo", answer.completeTo());
        answer.limit().ifPresent(limit -> json.put("limit", limit.name().toLowerCase(Locale.ROOT)));
        answer.caution().ifPresent(caution -> json.put("caution", caution));
        var ways = json.putArray("ways");
        for (var way : answer.ways()) {
            var one = ways.addObject().put("length", way.steps().size()).put("trust", way.trust());
            way.sign().ifPresent(sign -> one.put("sign", sign));
            var nodes = one.putArray("nodes");
            way.nodes().forEach(node -> named(nodes.addObject(), node));
            var steps = one.putArray("steps");
            for (var step : way.steps()) {
                var edges = steps.addObject().put("from", step.from().getURI()).put("to", step.to().getURI()).put("trust", step.trust()).putArray("edges");
                step.edges().forEach(edge -> edge(edges.addObject(), edge));
            }
        }
        var hints = json.putArray("hints");
        answer.hints().forEach(hint -> hints.addObject().put("change", hint.change().name().toLowerCase(Locale.ROOT))
                .put("steps", hint.steps()).put("text", hint.sentence()));
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    private void edge(ObjectNode json, WayEdge edge) {
        json.put("subject", edge.subject().getURI());
        named(json.putObject("predicate"), edge.predicate());
        json.put("object", edge.object().getURI()).put("forward", edge.forward());
        edge.sign().ifPresent(sign -> json.put("sign", sign));
        json.put("holds", edge.holds()).put("inferred", edge.inferred()).put("trust", edge.trust());
        var claims = json.putArray("claims");
        for (var claim : edge.claims()) {
            var one = claims.addObject();
            named(one, claim.claim());
            var paragraphs = one.putArray("paragraphs");
            claim.paragraphs().forEach(paragraphs::add);
            named(one.putObject("status"), claim.status());
            claim.speaker().ifPresent(speaker -> named(one.putObject("assertedBy"), speaker));
            named(one.putObject("confidence"), claim.confidence());
            one.put("weight", claim.weight());
        }
    }

    private void named(ObjectNode json, Node node) {
        json.put("iri", node.getURI()).put("label", label(node));
    }

    /// A row for each edge.
    String csv() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("way", "length", "wayTrust", "waySign", "step", "from", "to", "subject", "predicate", "object", "subjectLabel", "predicateLabel",
                "objectLabel", "forward", "sign", "holds", "inferred", "trust", "claims", "paragraphs"));
        for (int i = 0; i < answer.ways().size(); i++) {
            var way = answer.ways().get(i);
            for (int j = 0; j < way.steps().size(); j++) {
                var step = way.steps().get(j);
                for (var edge : step.edges()) {
                    rows.add(List.of(String.valueOf(i + 1), String.valueOf(way.steps().size()), way.trust().toPlainString(), way.sign().map(String::valueOf).orElse(""),
                            String.valueOf(j + 1), step.from().getURI(), step.to().getURI(), edge.subject().getURI(), edge.predicate().getURI(), edge.object().getURI(),
                            label(edge.subject()), label(edge.predicate()), label(edge.object()), String.valueOf(edge.forward()),
                            edge.sign().map(String::valueOf).orElse(""), String.valueOf(edge.holds()), String.valueOf(edge.inferred()), edge.trust().toPlainString(),
                            edge.claims().stream().map(claim -> claim.claim().getURI()).collect(Collectors.joining(" ")),
                            edge.claims().stream().flatMap(claim -> claim.paragraphs().stream()).distinct().sorted().map(String::valueOf).collect(Collectors.joining(" "))));
                }
            }
        }
        return rows.stream().map(row -> row.stream().map(PathWriting::field).collect(Collectors.joining(",")) + "\r\n").collect(Collectors.joining());
    }

    private static String field(String value) {
        return value.matches("[^\",\r\n]*") ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }

    /// All ways in one drawing, each edge once; dashed where it is not held to be so, thick where it was inferred.
    String mermaid() {
        var numbers = new LinkedHashMap<Node, Integer>();
        var edges = new LinkedHashSet<WayEdge>();
        for (var way : answer.ways()) {
            way.nodes().forEach(node -> numbers.putIfAbsent(node, numbers.size()));
            way.steps().forEach(step -> step.edges().forEach(edge -> edges.add(
                    new WayEdge(edge.subject(), edge.predicate(), edge.object(), true, edge.sign(), edge.holds(), edge.inferred(), edge.trust(), edge.claims()))));
        }
        var text = new StringBuilder("flowchart LR\n");
        answer.notes().forEach(note -> text.append("    %% ").append(note).append('\n'));
        numbers.forEach((node, number) -> text.append("    n").append(number).append("[\"").append(escaped(label(node))).append("\"]\n"));
        edges.forEach(edge -> text.append("    n").append(numbers.get(edge.subject())).append(edge.inferred() ? " ==>" : edge.holds() ? " -->" : " -.->")
                .append("|\"").append(escaped(label(edge.predicate()))).append("\"| n").append(numbers.get(edge.object())).append('\n'));
        return text.toString();
    }

    private static final Map<Character, String> CODES = Map.of('"', "#quot;", '#', "#35;", '<', "#lt;", '>', "#gt;", '&', "#amp;", '`', "#96;", '\n', " ", '\r', " ");

    private static String escaped(String label) {
        return label.chars().mapToObj(one -> CODES.getOrDefault((char) one, String.valueOf((char) one))).collect(Collectors.joining());
    }

    private String label(Node node) {
        return names.label(node, language, union);
    }
}
