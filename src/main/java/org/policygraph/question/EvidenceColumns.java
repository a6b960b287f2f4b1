package org.policygraph.question;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.policygraph.evidence.Claim;
import org.policygraph.evidence.Proof;
import org.policygraph.evidence.RowEvidence;
import org.policygraph.store.Names;
import org.policygraph.term.Literals;

/// The evidence of a row as columns of their own, after those of the query.
final class EvidenceColumns {

    private static final String SEVERAL = "; ";

    private final Names names;
    private final Map<Var, Function<RowEvidence, Optional<Node>>> columns = new LinkedHashMap<>();

    /// @param taken columns of the query; a name among these gets an underscore more
    EvidenceColumns(Names names, Collection<Var> taken) {
        this.names = names;
        column("claims", taken, row -> text(row.claims().stream().map(Claim::node).map(Node::getURI), " "));
        column("paragraphs", taken, this::paragraphs);
        column("status", taken, row -> text(row.claims().stream().flatMap(claim ->
                claim.status().map(status -> last(status) + (claim.negated() ? " (denied)" : "")).stream()).distinct(), SEVERAL));
        column("speakers", taken, row -> text(row.claims().stream().flatMap(claim -> claim.assertedBy().map(speaker ->
                last(speaker) + claim.speakerKind().map(kind -> " (" + last(kind) + ")").orElse("")).stream()).distinct(), SEVERAL));
        column("confidence", taken, row -> row.weakestLink().flatMap(Proof::strength).map(BigDecimal::stripTrailingZeros).map(Literals::decimal));
        column("weakest_link", taken, row -> text(row.weakestLink().stream().map(this::shortened), ""));
        column("sole_source", taken, row -> text(row.soleSources().stream().map(EvidenceColumns::last), SEVERAL));
        column("note", taken, row -> text(row.notes().stream(), SEVERAL));
    }

    private void column(String name, Collection<Var> taken, Function<RowEvidence, Optional<Node>> value) {
        var variable = Var.alloc("evidence_" + name);
        while (taken.contains(variable)) {
            variable = Var.alloc(variable.getName() + "_");
        }
        columns.put(variable, value);
    }

    List<Var> after(List<Var> variables) {
        var all = new ArrayList<>(variables);
        all.addAll(columns.keySet());
        return all;
    }

    Binding after(Binding row, RowEvidence evidence) {
        var all = Binding.builder(row);
        columns.forEach((column, value) -> value.apply(evidence).ifPresent(node -> all.add(column, node)));
        return all.build();
    }

    /// Name and value of each column that has one.
    Map<String, String> named(RowEvidence evidence) {
        var all = new LinkedHashMap<String, String>();
        columns.forEach((column, value) -> value.apply(evidence).ifPresent(node -> all.put(column.getName(), node.getLiteralLexicalForm())));
        return all;
    }

    /// `16, 35`; of several sources `full-stack 16, 35; rand-full-stack 3`.
    private Optional<Node> paragraphs(RowEvidence row) {
        var bySource = new LinkedHashMap<String, TreeSet<Integer>>();
        row.claims().forEach(claim -> claim.passages().forEach(passage ->
                bySource.computeIfAbsent(claim.source().map(EvidenceColumns::last).orElse(""), _ -> new TreeSet<>()).add(passage.paragraph())));
        return text(bySource.entrySet().stream().map(source -> (bySource.size() > 1 ? source.getKey() + " " : "")
                + source.getValue().stream().map(Objects::toString).collect(Collectors.joining(", "))), SEVERAL);
    }

    private String shortened(Proof proof) {
        return Stream.of(proof.triple().getSubject(), proof.triple().getPredicate(), proof.triple().getObject()).map(names::shortened).collect(Collectors.joining(" "));
    }

    private static Optional<Node> text(Stream<String> parts, String between) {
        return Optional.of(parts.collect(Collectors.joining(between))).filter(text -> !text.isEmpty()).map(Literals::plain);
    }

    private static String last(Node node) {
        return node.isURI() ? node.getURI().replaceFirst("^.*[/#]", "") : node.toString();
    }
}
