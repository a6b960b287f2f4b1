package org.policygraph.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.policygraph.source.Form.Field;
import org.policygraph.source.Form.Kind;
import org.policygraph.source.Form.Need;
import org.policygraph.source.Form.Rule;
import org.policygraph.term.Pol;
import org.policygraph.term.Vocabulary;

/// A thing that claims are about.
/// @param type    local name of its class
/// @param aliases by language
/// @param kind    concept of the scheme `instrument-kind`; instruments only
/// @param layers  concepts of the scheme `layer`: the curator's classification
/// @param sectors concepts of the scheme `sector`: the curator's classification
/// @param exactMatch IRIs of the same thing in other graphs
public record EntityEntry(String id, String type, Bilingual label, Bilingual definition, List<Alias> aliases,
                          Optional<String> kind, List<String> layers, List<String> sectors, List<String> exactMatch,
                          Origin origin) implements Entry {

    public record Alias(String text, String language) {}

    static Form form(Vocabulary words) {
        var instruments = words.typesWithin(Pol.INSTRUMENT);
        return new Form("entity", List.of(
                new Field("id", Need.REQUIRED, Form.ID, "the id that claims use; becomes the last part of its IRI"),
                new Field("type", Need.REQUIRED, new Kind.Choice("class of entities", words.types().keySet()), "its most specific class"),
                new Field("label", Need.REQUIRED, new Kind.Bilingual(), "its name"),
                new Field("definition", Need.REQUIRED, new Kind.Bilingual(), "what it is, in a sentence of your own"),
                new Field("altLabel", Need.OPTIONAL, new Kind.Aliases(), "other names and spellings"),
                new Field("kind", Need.OPTIONAL, new Kind.Choice("kind of instrument", words.concepts("instrument-kind").keySet()),
                        "what an instrument is: a concept of the taxonomy instrument-kind"),
                new Field("layers", Need.OPTIONAL, new Kind.Items(new Kind.Choice("layer", words.concepts("layer").keySet()), 1),
                        "layers of the technology stack that it belongs to"),
                new Field("sectors", Need.OPTIONAL, new Kind.Items(new Kind.Choice("sector", words.concepts("sector").keySet()), 1),
                        "sectors that it belongs to"),
                new Field("exactMatch", Need.OPTIONAL, new Kind.Items(new Kind.Iri(), 1), "IRIs of the same thing elsewhere, only where checked")),
                List.of(new Rule.RequiredWhen("kind", "type", instruments), new Rule.OnlyWhen("kind", "type", instruments)));
    }

    static EntityEntry of(Form.Read read) {
        var aliases = new ArrayList<Alias>();
        if (read.has("altLabel")) {
            var byLanguage = read.inner("altLabel");
            for (var language : Form.LANGUAGES) {
                byLanguage.texts(language).forEach(text -> aliases.add(new Alias(text, language)));
            }
        }
        return new EntityEntry(read.text("id"), read.text("type"), read.bilingual("label"), read.bilingual("definition"),
                aliases.stream().distinct().toList(), read.maybe("kind"), distinct(read.texts("layers")), distinct(read.texts("sectors")),
                distinct(read.texts("exactMatch")), read.origin());
    }

    private static List<String> distinct(List<String> names) {
        return List.copyOf(new TreeSet<>(names));
    }
}
