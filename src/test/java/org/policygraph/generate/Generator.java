package org.policygraph.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.policygraph.generate.Population.Entity;
import org.policygraph.generate.RecordFile.Layout;
import org.policygraph.term.Vocabulary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonEncoding;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Writes data of any size in the format of `data/`, made up by chance but with the shape of a real graph: few hubs and
/// many leaves, and every kind of statement about as often as people make it. The same seed gives the same bytes. Needs
/// the same memory, however much it writes.
@Command(name = "generate", mixinStandardHelpOptions = true, description = "Writes made-up entities and sources of any size.")
public final class Generator implements Callable<Integer> {

    /// Of all claims, so many are those of figures and targets.
    private static final double FIGURES = 0.08;

    private static final int CLAIMS_AN_ENTITY = 4;

    @Option(names = "--claims", required = true, description = "how many claims in all, those of figures among them")
    private long claims;

    @Option(names = "--seed", defaultValue = "1", description = "another seed, another world (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--sources", defaultValue = "1", description = "over how many sources the claims are spread (default: ${DEFAULT-VALUE})")
    private int sources;

    @Option(names = "--layout", defaultValue = "array", description = "array or ndjson (default: ${DEFAULT-VALUE})")
    private Layout layout;

    @Option(names = "--gzip", description = "compress all files that may be large")
    private boolean gzipped;

    @Option(names = "--ontology", defaultValue = "ontology", description = "folder of the ontology whose words are used (default: ${DEFAULT-VALUE})")
    private Path ontology;

    @Option(names = "--out", required = true, description = "folder to write entities/ and sources/ into; must not exist, or be empty")
    private Path out;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Generator()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
    }

    @Override public Integer call() {
        write(Vocabulary.read(ontology), new World(claims, seed, sources), layout, gzipped, out);
        return 0;
    }

    /// What is to be written.
    /// @param claims in all sources together, those of figures among them
    public record World(long claims, long seed, int sources) {}

    /// @param folder is made when it is not there
    public static void write(Vocabulary words, World world, Layout layout, boolean gzipped, Path folder) {
        var population = new Population(words, world.claims() / CLAIMS_AN_ENTITY);
        var relations = new Relations(words, population);
        try (var file = new RecordFile(folder.resolve("entities"), "entities", layout, gzipped)) {
            population.write(new Chance(world.seed()), file);
        }
        for (int i = 0; i < world.sources(); i++) {
            var all = world.claims() * (i + 1) / world.sources() - world.claims() * i / world.sources();
            var figures = Math.round(all * FIGURES);
            var passages = new Passages(all - figures);
            var name = "generated-" + (i + 1);
            var source = folder.resolve("sources").resolve(name);
            writeHead(name, population, passages, source);
            var statements = new Statements(words, population, relations, passages, all - figures);
            // A chance of its own for each file, so that one can change without the others.
            var ofClaims = new Chance(world.seed() * 31 + 2 * i + 1);
            try (var file = new RecordFile(source, "claims", layout, gzipped)) {
                for (long n = 0; n < all - figures; n++) {
                    file.add(statements.claim(n, ofClaims));
                }
            }
            var ofFigures = new Chance(world.seed() * 31 + 2 * i + 2);
            try (var file = new RecordFile(source, "figures", layout, gzipped)) {
                for (long n = 0; n < figures; n++) {
                    file.add(statements.figure(n, figures, ofFigures));
                }
            }
        }
    }

    private static void writeHead(String name, Population population, Passages passages, Path folder) {
        var publisher = new Entity("MediaOrganization", 0);
        var head = JsonNodeFactory.instance.objectNode().put("id", name).put("kind", "text");
        head.putObject("label").put("en", "Made-up text " + name).put("zh-Hant", "虛構文本 " + name);
        head.putObject("definition").put("en", "A text that nobody wrote, published by " + population.en(publisher) + ".")
                .put("zh-Hant", "並無其文的文本，由" + population.zhHant(publisher) + "發表。");
        head.put("language", "en").put("publishedBy", publisher.id()).put("published", "2025");
        try {
            Files.createDirectories(folder);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        // Member by member: a text of a million claims has many passages.
        try (var json = JsonMapper.shared().createGenerator(folder.resolve("source.json").toFile(), JsonEncoding.UTF8)) {
            json.writeStartObject();
            head.properties().forEach(member -> json.writePOJOProperty(member.getKey(), member.getValue()));
            json.writeArrayPropertyStart("passages");
            passages.write(name, json::writePOJO);
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}
