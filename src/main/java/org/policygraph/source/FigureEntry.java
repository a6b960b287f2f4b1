package org.policygraph.source;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.policygraph.source.Form.Field;
import org.policygraph.source.Form.Kind;
import org.policygraph.source.Form.Need;
import org.policygraph.source.Form.Rule;
import org.policygraph.term.Vocabulary;

/// A quantity that a source gives: observed, estimated or projected, or a target to reach.
/// @param about        id of the entity that it measures
/// @param metric       concept of `metric`
/// @param unit         name of a unit
/// @param comparator   concept of `comparator`
/// @param forDate      the date, or the first date, that it is for; dates at their true precision
/// @param forDateEnd   the last date that it is for
/// @param madeDate     when it was estimated or projected
/// @param dueDate      by when a target is to be reached
/// @param place        id of an entity
/// @param comparedWith id of the entity that a ratio, rank or gap is against
public record FigureEntry(String id, boolean target, String about, String metric, Amount amount, String unit, String comparator,
                          Optional<String> forDate, Optional<String> forDateEnd, Optional<String> madeDate, Optional<String> dueDate,
                          Optional<String> place, Optional<String> comparedWith, Evidence evidence, Origin origin) implements Entry {

    /// How much, in the figure's unit.
    public sealed interface Amount {
        record One(BigDecimal value) implements Amount {}

        record Range(BigDecimal minimum, BigDecimal maximum) implements Amount {}
    }

    static Form form(Vocabulary words) {
        var fields = new ArrayList<>(List.of(
                new Field("id", Need.REQUIRED, Form.ID, "unique in its source; by custom f, paragraph, hyphen, number"),
                new Field("type", Need.REQUIRED, new Kind.Choice("type of quantity", List.of("Figure", "Target")), "Target: to be reached; Figure: observed, estimated or projected"),
                new Field("about", Need.REQUIRED, Form.ID, "id of the entity that it measures"),
                new Field("metric", Need.REQUIRED, new Kind.Choice("metric", words.concepts("metric").keySet()), "what is measured: a concept of the taxonomy metric"),
                new Field("value", Need.OPTIONAL, new Kind.Decimal(), "the full number, without words of scale"),
                new Field("minimum", Need.OPTIONAL, new Kind.Decimal(), "lower end of a range"),
                new Field("maximum", Need.OPTIONAL, new Kind.Decimal(), "upper end of a range"),
                new Field("unit", Need.REQUIRED, new Kind.Choice("unit", words.units().keySet()), "its unit"),
                new Field("comparator", Need.REQUIRED, new Kind.Choice("comparator", words.concepts("comparator").keySet()), "exactly, about, more than …, as the source says"),
                new Field("forDate", Need.OPTIONAL, new Kind.Date(), "the date that it is for, or the first"),
                new Field("forDateEnd", Need.OPTIONAL, new Kind.Date(), "the last date that it is for"),
                new Field("madeDate", Need.OPTIONAL, new Kind.Date(), "when it was estimated or projected"),
                new Field("dueDate", Need.OPTIONAL, new Kind.Date(), "by when a target is to be reached"),
                new Field("place", Need.OPTIONAL, Form.ID, "id of the place that it is for"),
                new Field("comparedWith", Need.OPTIONAL, Form.ID, "id of the entity that a ratio, rank or gap is against")));
        fields.addAll(Evidence.fields(words));
        return new Form("figure", fields, List.of(
                new Rule.ExactlyOne("value", "minimum"),
                new Rule.Together("minimum", "maximum"),
                new Rule.OnlyWhen("dueDate", "type", new TreeSet<>(List.of("Target")))));
    }

    static FigureEntry of(Form.Read read) {
        var amount = read.has("value") ? new Amount.One(read.number("value")) : new Amount.Range(read.number("minimum"), read.number("maximum"));
        return new FigureEntry(read.text("id"), read.text("type").equals("Target"), read.text("about"), read.text("metric"), amount,
                read.text("unit"), read.text("comparator"), read.maybe("forDate"), read.maybe("forDateEnd"), read.maybe("madeDate"),
                read.maybe("dueDate"), read.maybe("place"), read.maybe("comparedWith"), Evidence.of(read), read.origin());
    }
}
