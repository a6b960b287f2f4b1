package org.policygraph.source;

import java.util.List;
import org.policygraph.source.Form.Field;
import org.policygraph.source.Form.Kind;
import org.policygraph.source.Form.Need;
import org.policygraph.source.Form.Rule;
import org.policygraph.term.Language;

/// The same text in English and in Traditional Chinese.
public record Bilingual(String en, String zhHant) {

    private static final Kind ANY_TEXT = new Kind.Text(Integer.MAX_VALUE);

    static final Form FORM = new Form("text in both languages", List.of(
            new Field("en", Need.REQUIRED, ANY_TEXT, "in English"),
            new Field("zh-Hant", Need.REQUIRED, ANY_TEXT, "in Traditional Chinese")), List.of());

    static final Form ALIASES = new Form("list of aliases by language", List.of(
            new Field("en", Need.OPTIONAL, new Kind.Items(ANY_TEXT, 1), "other names in English"),
            new Field("zh-Hant", Need.OPTIONAL, new Kind.Items(ANY_TEXT, 1), "other names in Traditional Chinese")),
            List.of(new Rule.Some(List.of("en", "zh-Hant"))));

    static final Form TAGGED = new Form("text with its language", List.of(
            new Field("text", Need.REQUIRED, ANY_TEXT, "the text"),
            new Field("lang", Need.REQUIRED, new Kind.Pattern(java.util.regex.Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"),
                    "a language tag (BCP 47) as \"en\" or \"zh-Hant\""), "its language (BCP 47)")), List.of());

    public String in(Language language) {
        return switch (language) {
            case EN -> en;
            case ZH_HANT -> zhHant;
        };
    }
}
