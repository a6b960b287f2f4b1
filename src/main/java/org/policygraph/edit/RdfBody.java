package org.policygraph.edit;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.JsonLdOptions;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.lang.LangJSONLD11;
import org.apache.jena.riot.system.ErrorHandler;
import org.apache.jena.riot.system.StreamRDFBase;
import org.apache.jena.riot.system.streammgr.StreamManager;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.core.Quad;
import org.policygraph.limit.Allowance;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// RDF that somebody sends: read in memory, as text in UTF-8, and nothing of it makes us ask for anything elsewhere.
/// @param quads   those of no graph in the default graph
/// @param unnamed goes into the names of blank nodes: the same for the same bytes
public record RdfBody(DatasetGraph quads, String unnamed) {

    /// What is taken, by media type.
    private static final Map<String, Lang> LANGUAGES = Map.ofEntries(
            Map.entry("text/turtle", Lang.TURTLE), Map.entry("application/x-turtle", Lang.TURTLE), Map.entry("application/turtle", Lang.TURTLE),
            Map.entry("application/n-triples", Lang.NTRIPLES),
            Map.entry("application/trig", Lang.TRIG), Map.entry("application/x-trig", Lang.TRIG),
            Map.entry("application/n-quads", Lang.NQUADS), Map.entry("text/n-quads", Lang.NQUADS), Map.entry("text/nquads", Lang.NQUADS),
            Map.entry("application/ld+json", Lang.JSONLD11),
            Map.entry("application/rdf+xml", Lang.RDFXML),
            Map.entry("application/rdf+json", Lang.RDFJSON));

    private static final Where WHERE = new Where.Argument("body");
    /// Parsers go down as deep as brackets do.
    private static final int DEEPEST = 100;

    public static List<String> mediaTypes() {
        return List.copyOf(new TreeSet<>(LANGUAGES.keySet()));
    }

    /// The language of a media type without parameters; empty when it is not taken.
    public static Optional<Lang> language(String mediaType) {
        return Optional.ofNullable(LANGUAGES.get(mediaType));
    }

    /// @param base that relative IRIs are relative to
    /// @param most quads
    /// @throws ProblemException `Unreadable` with line and column, `Invalid`, or `Exceeded`
    public static RdfBody read(byte[] bytes, Lang language, String base, int most) {
        var text = text(bytes);
        refuseDepth(text, language);
        var quads = DatasetGraphFactory.create();
        var count = new int[1];
        try {
            RDFParser.create().source(new StringReader(text)).forceLang(language).base(base).checking(true)
                    .errorHandler(new Strict())
                    .streamManager(new StreamManager())
                    // Jena writes the base into it: one for each.
                    .set(LangJSONLD11.JSONLD_OPTIONS, withoutContexts())
                    .parse(new StreamRDFBase() {
                        @Override public void triple(Triple triple) {
                            quad(Quad.create(Quad.defaultGraphIRI, triple));
                        }

                        @Override public void quad(Quad quad) {
                            Allowance.check();
                            if (++count[0] > most) {
                                throw new ProblemException(new Problem.Exceeded(WHERE, Problem.Bound.LENGTH, "--edit-size",
                                        "there are more than " + most + " triples; send them in several parts, or load files"));
                            }
                            quads.add(quad);
                        }
                    });
        } catch (RiotException broken) {
            throw new ProblemException(new Problem.Unreadable(WHERE, String.valueOf(broken.getMessage())));
        }
        return new RdfBody(quads, Edits.hash(text));
    }

    /// The same as one: blank nodes of two bodies are never the same.
    public static RdfBody together(List<RdfBody> bodies) {
        var quads = DatasetGraphFactory.create();
        bodies.forEach(body -> body.quads().find().forEachRemaining(quads::add));
        return new RdfBody(quads, Edits.hash(bodies.stream().map(RdfBody::unnamed).collect(Collectors.joining(" "))));
    }

    /// @throws ProblemException `Invalid` when it is not UTF-8
    public static String text(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException other) {
            throw new ProblemException(new Problem.Invalid(WHERE, "bytes that are no UTF-8", "text in UTF-8"));
        }
    }

    private static JsonLdOptions withoutContexts() {
        return new JsonLdOptions((address, _) -> {
            throw new JsonLdError(JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, "the context <" + address + "> is not fetched; put it into the document");
        });
    }

    private static void refuseDepth(String text, Lang language) {
        if (language.equals(Lang.RDFXML)) {
            if (text.contains("<!DOCTYPE")) {
                throw new ProblemException(new Problem.Invalid(WHERE, "a DOCTYPE", "RDF/XML without one; write names and characters out instead of entities"));
            }
        } else if (Brackets.depth(text, language.equals(Lang.JSONLD11) || language.equals(Lang.RDFJSON)) > DEEPEST) {
            throw new ProblemException(new Problem.Exceeded(WHERE, Problem.Bound.SHAPE, "fixed",
                    "brackets stand in one another more than " + DEEPEST + " deep; give what is within a name of its own"));
        }
    }

    /// An error ends it; a warning too, unless it is about style.
    private static final class Strict implements ErrorHandler {
        @Override public void warning(String message, long line, long column) {
            // Of IRIs and values, those that can't be kept are refused later.
        }

        @Override public void error(String message, long line, long column) {
            fatal(message, line, column);
        }

        @Override public void fatal(String message, long line, long column) {
            throw new ProblemException(new Problem.Unreadable(line < 1 ? WHERE : new Where.Argument("body:" + line + " column " + column), message));
        }
    }
}
