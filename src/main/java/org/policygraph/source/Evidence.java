package org.policygraph.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.policygraph.source.Form.Field;
import org.policygraph.source.Form.Kind;
import org.policygraph.source.Form.Need;
import org.policygraph.source.Form.Read;
import org.policygraph.term.Vocabulary;

/// What a statement rests on.
/// @param paragraphs numbers of the passages, ascending, each once
/// @param assertedBy id of the actor that says so
/// @param speaker    concept of `speaker-kind`
/// @param status     concept of `claim-status`
/// @param negated    whether the statement is denied
/// @param confidence concept of `confidence`
/// @param gloss      the curator's paraphrase
/// @param condition  what it depends on
public record Evidence(List<Integer> paragraphs, String assertedBy, String speaker, String status, boolean negated,
                       String confidence, Bilingual gloss, Optional<Bilingual> condition) {

    static List<Field> fields(Vocabulary words) {
        return List.of(
                new Field("paragraphs", Need.REQUIRED, new Kind.Items(new Kind.Whole(1), 0), "numbers of the paragraphs that say so; none for an external source"),
                new Field("assertedBy", Need.REQUIRED, Form.ID, "id of the actor that says so"),
                new Field("speaker", Need.REQUIRED, new Kind.Choice("kind of speaker", words.concepts("speaker-kind").keySet()), "in which role the speaker speaks"),
                new Field("status", Need.REQUIRED, new Kind.Choice("claim status", words.concepts("claim-status").keySet()), "fact, judgement, goal, plan, projection …"),
                new Field("negated", Need.REQUIRED, new Kind.Flag(), "true when the source denies the statement"),
                new Field("confidence", Need.REQUIRED, new Kind.Choice("confidence", words.concepts("confidence").keySet()), "how firmly the source says so"),
                new Field("gloss", Need.REQUIRED, new Kind.Bilingual(), "the statement in a sentence of your own"),
                new Field("condition", Need.OPTIONAL, new Kind.Bilingual(), "what it depends on"));
    }

    static Evidence of(Read read) {
        var paragraphs = new TreeSet<Integer>();
        read.items("paragraphs").forEach(number -> paragraphs.add(((Json.Number) number).value().intValueExact()));
        return new Evidence(List.copyOf(new ArrayList<>(paragraphs)), read.text("assertedBy"), read.text("speaker"), read.text("status"),
                read.flag("negated"), read.text("confidence"), read.bilingual("gloss"), read.maybeBilingual("condition"));
    }
}
