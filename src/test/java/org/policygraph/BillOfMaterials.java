package org.policygraph;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The software that the product consists of (CycloneDX), with what lies inside Jena's one jar as parts of that jar.
final class BillOfMaterials {

    static final Path FILE = Path.of("target/bom.json");
    static final Path INSIDE_JENA = Path.of("target/inside/jena-fuseki-server.json");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String JENA = "jena-fuseki-server";

    private final ObjectNode tree;

    private BillOfMaterials(ObjectNode tree) {
        this.tree = tree;
    }

    /// @param jar      that has it as a part; empty for a jar of its own
    /// @param licences of which one may choose, as SPDX names them, or in the words of who wrote the part
    record Part(String group, String name, String version, String jar, Set<String> licences) {

        String id() {
            return group + ":" + name;
        }
    }

    /// As Maven and Jena tell it.
    static BillOfMaterials completed() {
        var bill = new BillOfMaterials((ObjectNode) JSON.readTree(FILE.toFile()));
        bill.nest((ObjectNode) JSON.readTree(INSIDE_JENA.toFile()));
        return bill;
    }

    private void nest(ObjectNode inside) {
        var jena = stream(tree.get("components")).filter(part -> part.get("name").stringValue().equals(JENA)).findFirst().orElseThrow();
        ((ObjectNode) jena).set("components", inside.get("components"));
        var known = (ArrayNode) tree.get("dependencies");
        var jenas = stream(known).filter(one -> one.get("ref").equals(jena.get("bom-ref"))).findFirst().orElseThrow();
        for (var one : inside.get("dependencies")) {
            if (one.get("ref").equals(inside.get("metadata").get("component").get("bom-ref"))) {
                ((ObjectNode) jenas).set("dependsOn", one.get("dependsOn"));
            } else if (stream(known).noneMatch(other -> other.get("ref").equals(one.get("ref")))) {
                known.add(one);
            }
        }
    }

    void write() {
        JSON.writerWithDefaultPrettyPrinter().writeValue(FILE.toFile(), tree);
    }

    List<Part> parts() {
        var parts = new ArrayList<Part>();
        for (var jar : tree.get("components")) {
            parts.add(part(jar, ""));
            if (jar.has("components")) {
                jar.get("components").forEach(part -> parts.add(part(part, jar.get("name").stringValue())));
            }
        }
        return List.copyOf(parts);
    }

    private static Part part(JsonNode part, String jar) {
        var licences = stream(part.path("licenses")).map(one -> one.has("expression") ? one.get("expression").stringValue()
                : one.get("license").path("id").asString(one.get("license").path("name").asString())).collect(Collectors.toCollection(TreeSet::new));
        return new Part(part.path("group").asString(), part.get("name").stringValue(), part.path("version").asString(), jar, licences);
    }

    /// The checksums that the bill gives of jars of their own.
    Set<String> sha256() {
        return stream(tree.get("components")).flatMap(part -> stream(part.path("hashes"))).filter(hash -> hash.get("alg").stringValue().equals("SHA-256"))
                .map(hash -> hash.get("content").stringValue()).collect(Collectors.toSet());
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
