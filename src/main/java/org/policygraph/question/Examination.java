package org.policygraph.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.ElementData;
import org.apache.jena.sparql.syntax.ElementGroup;
import org.policygraph.question.Diagnosis.Part;
import org.policygraph.question.Diagnosis.Parts;
import org.policygraph.question.Diagnosis.Reason;
import org.policygraph.term.Vocabulary;

/// Makes the diagnosis of one query, within one transaction.
final class Examination {

    private static final int MOST_TEXT = 400;
    private static final int DEEPEST = 4;

    /// With its FROM, which [#query] has no more.
    private final Query asked;
    private final Query query;
    private final DatasetGraph data;
    private final Vocabulary words;
    private final Trial trial;
    private final Written written;
    private final List<Reason> reasons = new ArrayList<>();

    Examination(Query query, DatasetGraph data, Vocabulary words, Diagnosis.Limits limits) {
        this.data = data;
        this.asked = query;
        this.query = Answer.free(query);
        this.words = words;
        this.trial = new Trial(Answer.chosen(query, data), limits.time(), limits.rows());
        this.written = new Written(query);
    }

    /// Whether a first row is found.
    boolean findsSomething() {
        if (query.isDescribeType() || query.isConstructType()) {
            return trial.makesSomething(query);
        }
        if (query.isSelectType() && query.getLimit() == 0) {
            return false;
        }
        // Neither order nor a limit changes whether there is one; what aggregates over nothing say is no find.
        return query.isSelectType() && (query.hasHaving() || query.hasOffset())
                ? trial.count(pattern(), 1).rows() > 0 && trial.count(with(query.getHavingExprs(), true), 1).rows() > 0
                : trial.count(pattern(), 1).rows() > 0;
    }

    Diagnosis whole() {
        if (query.getQueryPattern() == null) {
            return described();
        }
        if (query.isSelectType() && query.getLimit() == 0) {
            reasons.add(new Reason("LIMIT 0 asks for no row", Optional.empty()));
            return told(true, new Trial.Count(0, false, true), Optional.empty());
        }
        var pattern = trial.countFirst(pattern());
        if (pattern.rows() > 0) {
            return pattern(pattern);
        }
        var smallest = new Smallest(trial, UnaryOperator.identity()).of(Conjunct.of(pattern()));
        var parts = smallest.map(set -> parts(set, UnaryOperator.identity(), 0));
        if (asked.hasDatasetDescription()) {
            var everywhere = trial.elsewhere(data).count(pattern());
            if (everywhere.rows() > 0) {
                reasons.addFirst(new Reason("FROM leaves out what it asks for: without it, the pattern has " + solutions(everywhere), Optional.empty()));
            }
        }
        return told(pattern.none() || smallest.isPresent(), pattern, parts);
    }

    private Diagnosis described() {
        var nothing = trial.makesNothing(query);
        return told(nothing, new Trial.Count(nothing ? 0 : query.getResultURIs().size(), false, true), Optional.empty());
    }

    /// The pattern finds something: it is what is done with its rows that leaves none.
    private Diagnosis pattern(Trial.Count pattern) {
        if (query.isAskType()) {
            return told(false, pattern, Optional.empty());
        }
        if (!query.isSelectType()) {
            var nothing = trial.makesNothing(query);
            if (nothing) {
                reasons.add(new Reason("the pattern has " + solutions(pattern) + ", but none fills a whole triple of the template", Optional.empty()));
            }
            return told(nothing, pattern, Optional.empty());
        }
        var rows = trial.count(with(query.getHavingExprs(), true));
        if (!rows.none()) {
            return told(false, rows, Optional.empty());
        }
        var groups = trial.count(with(List.of(), false));
        var kept = trial.count(with(query.getHavingExprs(), false));
        if (!kept.none()) {
            reasons.add(new Reason("OFFSET " + query.getOffset() + " is beyond the end: there " + (kept.rows() == 1 ? "is 1 row" : "are " + number(kept) + " rows"),
                    Optional.empty()));
            return told(true, rows, Optional.empty());
        }
        reasons.add(new Reason("before HAVING there " + (groups.rows() == 1 ? "is 1 group" : "are " + number(groups) + " groups") + "; it keeps none",
                Optional.empty()));
        var failing = query.getHavingExprs().stream().filter(one -> trial.count(with(List.of(one), false)).none()).limit(1).toList();
        return told(true, rows, Optional.of(new Parts((failing.isEmpty() ? query.getHavingExprs() : failing).stream()
                .map(one -> new Part("HAVING " + written.text(one), OptionalLong.empty(), false, List.of())).toList())));
    }

    private Query with(List<Expr> having, boolean sliced) {
        var changed = query.cloneQuery();
        var kept = List.copyOf(having);
        changed.getHavingExprs().clear();
        changed.getHavingExprs().addAll(kept);
        if (changed.hasOrderBy()) {
            changed.getOrderBy().clear();
        }
        if (!sliced) {
            changed.setOffset(Query.NOLIMIT);
            changed.setLimit(Query.NOLIMIT);
        }
        return changed;
    }

    /// What the query looks for, with a VALUES that stands behind it.
    private ElementGroup pattern() {
        var whole = new ElementGroup();
        if (query.getQueryPattern() instanceof ElementGroup group) {
            group.getElements().forEach(whole::addElement);
        } else {
            whole.addElement(query.getQueryPattern());
        }
        if (query.hasValues() && !query.hasGroupBy() && !query.hasAggregators()) {
            whole.addElement(new ElementData(query.getValuesVariables(), query.getValuesData()));
        }
        return whole;
    }

    private Parts parts(List<Conjunct> set, UnaryOperator<Element> frame, int depth) {
        if (set.stream().allMatch(one -> one.insides().isEmpty()) || set.size() > 1) {
            reasons.addAll(new Reasons(trial, asked.hasDatasetDescription() ? trial.data().getDefaultGraph() : data.getUnionGraph(), words, written, query.getPrefixMapping()).of(set, frame));
        }
        return new Parts(set.stream().map(one -> part(one, frame, depth)).toList());
    }

    private Part part(Conjunct one, UnaryOperator<Element> frame, int depth) {
        if (!one.isCounted()) {
            return new Part(written.text(one.element()), OptionalLong.empty(), false, List.of());
        }
        var alone = trial.count(frame.apply(Conjunct.group(List.of(one))));
        var within = new ArrayList<Parts>();
        if (alone.none() && depth < DEEPEST) {
            one.insides().forEach(inside -> {
                UnaryOperator<Element> around = inner -> frame.apply(inside.frame().apply(inner));
                new Smallest(trial, around).of(Conjunct.of(inside.pattern())).ifPresent(set -> within.add(parts(set, around, depth + 1)));
            });
        }
        return new Part(written.text(one.element()), alone.certain() || alone.rows() > 0 ? OptionalLong.of(alone.rows()) : OptionalLong.empty(),
                alone.orMore() || !alone.certain(), within);
    }

    private Diagnosis told(boolean empty, Trial.Count rows, Optional<Parts> smallest) {
        var unknown = new UnknownTerms(trial, data, words, written).in(asked);
        var complete = !trial.late();
        var text = new StringBuilder();
        if (empty) {
            text.append(query.isAskType() ? "The answer is no.\n" : "This finds nothing.\n");
        } else if (rows.rows() > 0) {
            text.append("This finds something: ").append(number(rows)).append(rows.rows() == 1 && !rows.orMore() ? " row.\n" : " rows.\n");
        } else {
            text.append("Time ran out before it was known whether this finds anything.\n");
        }
        unknown.forEach(one -> text.append("  ").append(one.text()).append('\n'));
        smallest.ifPresent(set -> {
            text.append(complete ? "Smallest part that fails:\n" : "A part that fails:\n");
            tell(set, "  ", text);
        });
        if (!reasons.isEmpty() && smallest.isPresent()) {
            text.append("In the graph:\n");
        }
        reasons.forEach(reason -> {
            text.append("  ").append(reason.text()).append('\n');
            reason.query().ifPresent(ready -> ready.lines().forEach(line -> text.append(line.isEmpty() ? "" : "      ").append(line).append('\n')));
        });
        if (!complete) {
            text.append("Time ran out: there may be more to say.\n");
        }
        return new Diagnosis(empty, complete, rows.rows(), rows.orMore(), unknown, smallest, reasons, text.toString());
    }

    private static void tell(Parts set, String indent, StringBuilder text) {
        for (var part : set.parts()) {
            var shown = part.text().length() > MOST_TEXT ? part.text().substring(0, MOST_TEXT) + " …" : part.text();
            text.append(indent).append(shown);
            part.solutions().ifPresent(solutions -> text.append("    # alone: ").append(number(solutions, part.orMore()))
                    .append(solutions == 1 && !part.orMore() ? " solution" : " solutions"));
            text.append('\n');
            for (var at = 0; at < part.within().size(); at++) {
                text.append(indent).append(part.within().size() == 1 ? "  of this:\n" : "  of branch " + (at + 1) + ":\n");
                tell(part.within().get(at), indent + "    ", text);
            }
        }
    }

    private static String solutions(Trial.Count count) {
        return number(count) + (count.rows() == 1 && !count.orMore() ? " solution" : " solutions");
    }

    private static String number(Trial.Count count) {
        return number(count.rows(), count.orMore() || !count.certain());
    }

    private static String number(long rows, boolean orMore) {
        return (rows == 0 ? "no" : String.format(Locale.ROOT, "%,d", rows)) + (orMore ? " or more" : "");
    }
}
