package org.policygraph.load;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.policygraph.load.ParagraphNumbers.FigureNumber;
import org.policygraph.problem.Problem;
import org.policygraph.source.ClaimEntry;
import org.policygraph.source.ClaimEntry.Said;
import org.policygraph.source.FigureEntry;
import org.policygraph.source.Numeral;
import org.policygraph.source.Numeral.Dated;
import org.policygraph.source.Numeral.Reading;
import org.policygraph.source.Numerals;
import org.policygraph.source.SourceEntry;
import org.policygraph.source.SourceEntry.Passage;
import org.policygraph.term.Vocabulary;

/// What the claims and figures of one source leave out of it. Hears them one by one and keeps, of claims, only what
/// matches a number of the text.
final class Gaps {

    private final SourceEntry source;
    private final Vocabulary words;
    private final Names names;
    private final Set<Integer> content;
    private final BitSet cited = new BitSet();
    private final Optional<SourceText> text;
    private final List<Problem> problems = new ArrayList<>();
    /// Of the paragraphs that have content and stand in the text as they were read.
    private final Map<Integer, ParagraphNumbers> numbers = new TreeMap<>();

    Gaps(SourceEntry source, Optional<SourceText> text, Names names, Vocabulary words) {
        this.source = source;
        this.text = text;
        this.names = names;
        this.words = words;
        this.content = source.passages().stream().filter(Passage::body).map(Passage::number).collect(Collectors.toSet());
        text.ifPresent(this::compare);
    }

    private void compare(SourceText text) {
        var passages = new HashMap<Integer, Passage>();
        source.passages().forEach(passage -> passages.put(passage.number(), passage));
        var numberOf = new HashMap<String, Integer>();
        text.paragraphs().forEach(paragraph -> numberOf.putIfAbsent(paragraph.sha256(), paragraph.number()));
        for (var paragraph : text.paragraphs()) {
            var passage = passages.remove(paragraph.number());
            if (passage == null) {
                problems.add(new Problem.Violated(text.at(paragraph), "paragraph " + paragraph.number() + " is not among the passages of '" + source.id()
                        + "'; add it there with sha256 " + paragraph.sha256()));
            } else if (!passage.sha256().equals(paragraph.sha256())) {
                var moved = numberOf.get(passage.sha256());
                problems.add(new Problem.Violated(passage.where(), "paragraph " + paragraph.number() + " of " + text.file() + " is not the one that was read: "
                        + (moved != null ? "that one is now number " + moved + "; number the passages, and what cites them, anew"
                        : "read it again, then write its sha256 " + paragraph.sha256())));
            } else if (passage.body()) {
                var waivers = source.notFigures().stream().filter(waiver -> waiver.paragraph() == paragraph.number()).toList();
                numbers.put(paragraph.number(), new ParagraphNumbers(paragraph.text(), source.language(), names, waivers));
            }
        }
        passages.values().stream().sorted((one, other) -> Integer.compare(one.number(), other.number())).forEach(passage ->
                problems.add(new Problem.Violated(passage.where(), text.file() + " has no paragraph " + passage.number() + ", it ends with "
                        + text.paragraphs().size() + "; take the passage out, or give the whole text")));
        source.notFigures().stream().filter(waiver -> source.passages().stream().anyMatch(passage -> passage.number() == waiver.paragraph() && !passage.body()))
                .forEach(waiver -> problems.add(new Problem.Violated(waiver.where(), "paragraph " + waiver.paragraph()
                        + " is a heading, and numbers of headings need no waiver; take it out of notFigures")));
    }

    void claim(ClaimEntry claim) {
        cite(claim.evidence().paragraphs());
        for (var paragraph : checked(claim.evidence().paragraphs())) {
            mention(paragraph, claim.subject());
            switch (claim.object()) {
                case Said.OfEntity(var id) -> mention(paragraph, id);
                case Said.OfDate(var date) -> paragraph.date(date);
                case Said.OfNumber(var number) -> paragraph.value(number);
                case Said.OfText(var said, var language) -> Numerals.in(said, language.orElse(source.language())).stream()
                        .flatMap(numeral -> numeral.readings().stream()).flatMap(Reading::values).forEach(paragraph::value);
                case Said.OfConcept _, Said.OfIri _ -> { }
            }
            var time = claim.time();
            Stream.of(time.at(), time.from(), time.until(), time.due()).flatMap(Optional::stream).forEach(paragraph::date);
        }
    }

    void figure(FigureEntry figure) {
        cite(figure.evidence().paragraphs());
        var checked = checked(figure.evidence().paragraphs());
        for (var paragraph : checked) {
            Stream.concat(Stream.of(figure.about()), Stream.concat(figure.place().stream(), figure.comparedWith().stream()))
                    .forEach(id -> mention(paragraph, id));
            Stream.of(figure.forDate(), figure.forDateEnd(), figure.madeDate(), figure.dueDate()).flatMap(Optional::stream).forEach(paragraph::date);
            numbersOf(figure).forEach(paragraph::figure);
        }
        // Zero is mostly told without a number: "none".
        if (!checked.isEmpty() && checked.size() == figure.evidence().paragraphs().size()) {
            numbersOf(figure).filter(number -> number.value().signum() != 0 && checked.stream().noneMatch(paragraph -> paragraph.tells(number)))
                    .forEach(number -> problems.add(new Problem.Violated(figure.where(), "'" + figure.id() + "' has the number " + number.value().toPlainString()
                            + ", which no paragraph that it cites (" + listed(figure.evidence().paragraphs()) + ") tells; give it as the text does, in the same unit")));
        }
    }

    private Stream<FigureNumber> numbersOf(FigureEntry figure) {
        var multiplier = words.multiplier(words.units().get(figure.unit()));
        return (switch (figure.amount()) {
            case FigureEntry.Amount.One(var value) -> Stream.of(value);
            case FigureEntry.Amount.Range(var minimum, var maximum) -> Stream.of(minimum, maximum);
        }).map(value -> new FigureNumber(figure.id(), value, Numeral.plain(value.multiply(multiplier))));
    }

    /// A number of no paragraph is a problem that loading tells of.
    private void cite(List<Integer> paragraphs) {
        paragraphs.stream().filter(content::contains).forEach(cited::set);
    }

    private List<ParagraphNumbers> checked(List<Integer> paragraphs) {
        return paragraphs.stream().map(numbers::get).filter(found -> found != null).toList();
    }

    private void mention(ParagraphNumbers paragraph, String entity) {
        paragraph.mentioned(names.numeralsOf(entity));
    }

    private static String listed(List<Integer> numbers) {
        return String.join(", ", numbers.stream().map(Object::toString).toList());
    }

    /// How far the source is covered, when all claims and figures have been heard.
    Coverage coverage() {
        return new Coverage(source.id(), content.size(), cited.cardinality(), text.map(_ -> new Coverage.Numbers(
                numbers.values().stream().mapToInt(ParagraphNumbers::carried).sum(), numbers.values().stream().mapToInt(ParagraphNumbers::inNames).sum(),
                numbers.values().stream().mapToInt(ParagraphNumbers::waived).sum(), numbers.values().stream().mapToInt(paragraph -> paragraph.open().size()).sum())));
    }

    /// What is left out, paragraph by paragraph.
    List<Problem> problems() {
        var all = new ArrayList<>(problems);
        for (var passage : source.passages()) {
            if (passage.body() && !cited.get(passage.number())) {
                all.add(new Problem.Violated(passage.where(), "no claim and no figure cites paragraph " + passage.number()
                        + "; write what it says, or give it the role heading if it says nothing"));
            }
        }
        text.ifPresent(text -> numbers.forEach((number, paragraph) -> {
            all.addAll(paragraph.idleWaivers());
            paragraph.open().forEach(numeral -> all.add(new Problem.Violated(text.at(text.paragraphs().get(number - 1)),
                    "nothing carries '" + numeral.text() + "' of paragraph " + number + ", in \"" + paragraph.shown(numeral) + "\""
                            + paragraph.hint(numeral) + "; " + advice(numeral))));
        }));
        return all;
    }

    private static String advice(Numeral numeral) {
        return (numeral.readings().getFirst() instanceof Dated ? "give it as a time of a claim or a date of a figure"
                : "write a figure with it") + " that cites the paragraph, or waive it in notFigures if it counts nothing";
    }
}
