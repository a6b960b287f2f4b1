package org.policygraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the product consists of is known, each part once, in a version that is fixed, by a licence that is known. Run by
/// `mvn verify`, after the bill of materials has been made; it leaves the completed bill, and `target/parts.tsv` for people.
class BillOfMaterialsTest {

    private static final Path LIBRARIES = Path.of("target/lib");
    private static final String JENA_JAR = "jena-fuseki-server";

    /// That let it be used, changed and passed on with the product. A part needs one of them.
    private static final Set<String> LICENCES = Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "BSD-4-Clause", "EPL-2.0", "CC0-1.0", "Unicode-3.0",
            "Bouncy Castle Licence", "OGC copyright", "Similar to Apache License but with the acknowledgment clause removed");

    /// Which part of Jena's jar has the classes below a folder, where the folder is not named like the part's group.
    private static final Map<String, String> FOLDERS = Map.ofEntries(
            Map.entry("arq", "jena-cmds"), Map.entry("jena", "jena-cmds"), Map.entry("rdfpatch", "jena-cmds"), Map.entry("riotcmd", "jena-cmds"),
            Map.entry("shacl", "jena-cmds"), Map.entry("shex", "jena-cmds"), Map.entry("tdb", "jena-cmds"), Map.entry("tdb2", "jena-cmds"),
            Map.entry("examples/text", "jena-text"),
            Map.entry("com/apicatalog", "titanium-json-ld"), Map.entry("com/esotericsoftware/kryo", "kryo5"), Map.entry("com/github/andrewoma", "collection"),
            Map.entry("com/github/benmanes", "caffeine"), Map.entry("com/google/errorprone", "error_prone_annotations"), Map.entry("com/google/gson", "gson"),
            Map.entry("com/google/protobuf", "protobuf-java"), Map.entry("io/micrometer", "micrometer-core"), Map.entry("io/prometheus", "prometheus-metrics-core"),
            Map.entry("jakarta/activation", "jakarta.activation-api"), Map.entry("jakarta/json", "jakarta.json"), Map.entry("jakarta/servlet", "jakarta.servlet-api"),
            Map.entry("jakarta/xml/bind", "jakarta.xml.bind-api"), Map.entry("javax/measure", "unit-api"), Map.entry("org/HdrHistogram", "HdrHistogram"),
            Map.entry("org/apache/commons/beanutils", "commons-beanutils"), Map.entry("org/apache/commons/cli", "commons-cli"),
            Map.entry("org/apache/commons/codec", "commons-codec"), Map.entry("org/apache/commons/collections", "commons-collections"),
            Map.entry("org/apache/commons/collections4", "commons-collections4"), Map.entry("org/apache/commons/compress", "commons-compress"),
            Map.entry("org/apache/commons/csv", "commons-csv"), Map.entry("org/apache/commons/fileupload2", "commons-fileupload2-core"),
            Map.entry("org/apache/commons/io", "commons-io"), Map.entry("org/apache/commons/lang3", "commons-lang3"),
            Map.entry("org/apache/commons/logging", "jcl-over-slf4j"), Map.entry("org/apache/jena", "jena-core"), Map.entry("org/apache/logging", "log4j-core"),
            Map.entry("org/apache/lucene", "lucene-core"), Map.entry("org/tartarus/snowball", "lucene-analysis-common"), Map.entry("org/apache/shiro", "shiro-core"),
            Map.entry("org/apache/sis", "sis-utility"), Map.entry("org/apache/thrift", "libthrift"), Map.entry("org/bouncycastle", "bcprov-jdk18on"),
            Map.entry("org/eclipse/jetty", "jetty-server"), Map.entry("org/glassfish/json", "jakarta.json"), Map.entry("org/jdom2", "jdom2"),
            Map.entry("org/json/simple", "json-simple"), Map.entry("org/jspecify", "jspecify"), Map.entry("org/locationtech/jts", "jts-core"),
            Map.entry("org/opengis", "geoapi"), Map.entry("org/owasp/encoder", "encoder"), Map.entry("org/roaringbitmap", "RoaringBitmap"),
            Map.entry("org/slf4j", "slf4j-api"));

    private static BillOfMaterials bill;

    @BeforeAll static void complete() {
        assumeTrue(Files.exists(BillOfMaterials.FILE) && Files.exists(BillOfMaterials.INSIDE_JENA), "the bill of materials is made by mvn verify");
        bill = BillOfMaterials.completed();
        bill.write();
    }

    @Test void eachLibraryIsInTheBillByItsChecksum() throws Exception {
        var missing = new TreeSet<String>();
        for (var jar : jars()) {
            if (!bill.sha256().contains(DigestUtils.sha256Hex(Files.readAllBytes(jar)))) {
                missing.add(jar.getFileName().toString());
            }
        }

        assertEquals(Set.of(), missing);
    }

    @Test void whatSaysOfItselfThatItIsInsideAJarIsInTheBillInThatVersion() throws Exception {
        var told = bill.parts().stream().map(part -> part.id() + ":" + part.version()).collect(Collectors.toSet());

        var found = new TreeSet<String>();
        for (var jar : jars()) {
            try (var zip = new ZipFile(jar.toFile())) {
                zip.stream().filter(entry -> entry.getName().matches("META-INF/maven/.*/pom.properties")).map(entry -> coordinates(zip, entry)).forEach(found::add);
            }
        }
        assertEquals(true, found.size() > 80, () -> "only " + found);
        // Kryo is listed by its current name, kryo5, with what it has taken in; ICU's modules are all icu4j.
        found.removeIf(one -> told.contains(one) || one.matches("com\\.esotericsoftware:(kryo|minlog|reflectasm):.*")
                || one.startsWith("com.ibm.icu:") && told.contains("com.ibm.icu:icu4j" + one.substring(one.lastIndexOf(':'))) || one.startsWith("org.apache.jena:" + JENA_JAR + ":"));
        assertEquals(Set.of(), found);
    }

    @Test void noClassInsideJenasJarBelongsToNobody() throws Exception {
        var parts = bill.parts().stream().map(BillOfMaterials.Part::name).collect(Collectors.toSet());
        assertEquals(Set.of(), FOLDERS.values().stream().filter(part -> !parts.contains(part)).collect(Collectors.toSet()), "no such parts");

        var strange = new TreeSet<String>();
        try (var zip = new ZipFile(jars().stream().filter(jar -> jar.getFileName().toString().startsWith(JENA_JAR)).findFirst().orElseThrow().toFile())) {
            zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class") && name.contains("/")).map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
                    .map(name -> name.substring(0, Math.max(0, name.lastIndexOf('/'))))
                    .filter(folder -> !folder.isEmpty() && FOLDERS.keySet().stream().noneMatch(known -> folder.equals(known) || folder.startsWith(known + "/")))
                    .forEach(strange::add);
        }
        assertEquals(Set.of(), strange);
    }

    @Test void eachPartHasALicenceThatIsKnownHere() throws Exception {
        Files.write(Path.of("target/parts.tsv"), bill.parts().stream()
                .map(part -> String.join("\t", part.id(), part.version(), String.join(" or ", part.licences()), part.jar())).sorted().toList());

        assertEquals(List.of(), bill.parts().stream().filter(part -> part.licences().stream().noneMatch(LICENCES::contains)).toList());
    }

    @Test void noPartIsThereTwiceOrInNoCertainVersion() {
        var versions = new TreeMap<String, Set<String>>();
        bill.parts().forEach(part -> versions.computeIfAbsent(part.id(), _ -> new TreeSet<>()).add(part.version() + " in " + part.jar()));

        assertEquals(List.of(), versions.entrySet().stream().filter(one -> one.getValue().size() > 1).toList());
        assertEquals(List.of(), bill.parts().stream().filter(part -> !part.version().matches("\\d[\\w.-]*") || part.version().endsWith("SNAPSHOT")).toList());
    }

    @Test void noClassIsInTwoJars() throws Exception {
        var jarsOf = new TreeMap<String, Set<String>>();
        for (var jar : jars()) {
            try (var zip = new ZipFile(jar.toFile())) {
                zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class") && !name.endsWith("package-info.class"))
                        .forEach(name -> jarsOf.computeIfAbsent(name, _ -> new TreeSet<>()).add(jar.getFileName().toString()));
            }
        }

        assertEquals(List.of(), jarsOf.entrySet().stream().filter(one -> one.getValue().size() > 1).toList());
    }

    private static List<Path> jars() throws IOException {
        try (var files = Files.list(LIBRARIES)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static String coordinates(ZipFile zip, ZipEntry entry) {
        try (var reader = new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8)) {
            var properties = new Properties();
            properties.load(reader);
            return properties.getProperty("groupId") + ":" + properties.getProperty("artifactId") + ":" + properties.getProperty("version");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
