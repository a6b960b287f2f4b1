package org.policygraph.source;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.policygraph.problem.Where;
import org.policygraph.source.Form.Field;
import org.policygraph.source.Form.Kind;
import org.policygraph.source.Form.Need;
import org.policygraph.source.Form.Rule;

/// What claims are read from.
/// @param external    known by reference only, without passages
/// @param language    language tag of its text
/// @param publishedBy id of an entity
/// @param published   date at its true precision
/// @param reference   where it can be found
/// @param notFigures  numerals of the text that count nothing
public record SourceEntry(String id, boolean external, Bilingual label, Bilingual definition, String language,
                          Optional<String> publishedBy, Optional<String> published, Optional<String> reference,
                          Optional<Bilingual> licence, List<Passage> passages, List<NotFigure> notFigures,
                          Origin origin) implements Entry {

    /// One paragraph of the text.
    /// @param number first is 1
    /// @param body   whether it has content; a heading has none
    /// @param sha256 of the trimmed paragraph in UTF-8, in hexadecimal
    public record Passage(int number, boolean body, Bilingual section, String sha256, Where.InFile where) {}

    /// @param text as it stands in the paragraph
    public record NotFigure(int paragraph, String text, String reason, Where.InFile where) {}

    private static final Form PASSAGE = new Form("passage", List.of(
            new Field("number", Need.REQUIRED, new Kind.Whole(1), "which paragraph of the text, from 1; empty lines do not count"),
            new Field("role", Need.REQUIRED, new Kind.Choice("role of a passage", List.of("body", "heading")), "body has content, a heading has none"),
            new Field("section", Need.REQUIRED, new Kind.Bilingual(), "the section that it stands in, in words of your own"),
            new Field("sha256", Need.REQUIRED, new Kind.Pattern(Pattern.compile("[0-9a-f]{64}"), "a SHA-256 in 64 small hexadecimal digits"),
                    "SHA-256 of the trimmed paragraph in UTF-8")), List.of());

    private static final Form NOT_FIGURE = new Form("waived numeral", List.of(
            new Field("paragraph", Need.REQUIRED, new Kind.Whole(1), "which paragraph"),
            new Field("text", Need.REQUIRED, new Kind.Text(8), "the numeral as it stands there, with at most a word around it"),
            new Field("reason", Need.REQUIRED, new Kind.Text(Integer.MAX_VALUE), "why it counts nothing")), List.of());

    static Form form() {
        return new Form("source", List.of(
                new Field("id", Need.REQUIRED, Form.ID, "the name of its folder"),
                new Field("kind", Need.REQUIRED, new Kind.Choice("kind of source", List.of("external", "text")),
                        "text: read paragraph by paragraph; external: known by reference only"),
                new Field("label", Need.REQUIRED, new Kind.Bilingual(), "what to call it"),
                new Field("definition", Need.REQUIRED, new Kind.Bilingual(), "what it is, in words of your own"),
                new Field("language", Need.REQUIRED, new Kind.Pattern(Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"),
                        "a language tag (BCP 47) as \"en\" or \"zh-Hant\""), "language of its text"),
                new Field("publishedBy", Need.OPTIONAL, Form.ID, "id of the entity that published it"),
                new Field("published", Need.OPTIONAL, new Kind.Date(), "when it was published"),
                new Field("reference", Need.OPTIONAL, new Kind.Iri(), "where it can be found"),
                new Field("licence", Need.OPTIONAL, new Kind.Bilingual(), "on what terms it is used"),
                new Field("passages", Need.REQUIRED, new Kind.Items(new Kind.Inner(PASSAGE), 0), "every paragraph of the text; none when external"),
                new Field("notFigures", Need.OPTIONAL, new Kind.Items(new Kind.Inner(NOT_FIGURE), 0), "numerals of the text that count nothing")),
                List.of(new Rule.RequiredWhen("reference", "kind", new TreeSet<>(List.of("external")))));
    }

    static SourceEntry of(Form.Read read) {
        return new SourceEntry(read.text("id"), read.text("kind").equals("external"), read.bilingual("label"), read.bilingual("definition"),
                read.text("language"), read.maybe("publishedBy"), read.maybe("published"), read.maybe("reference"), read.maybeBilingual("licence"),
                read.records("passages").stream().map(passage -> new Passage(passage.number("number").intValueExact(),
                        passage.text("role").equals("body"), passage.bilingual("section"), passage.text("sha256"), passage.place().where())).toList(),
                read.records("notFigures").stream().map(waived -> new NotFigure(waived.number("paragraph").intValueExact(),
                        waived.text("text"), waived.text("reason"), waived.place().where())).toList(),
                read.origin());
    }
}
