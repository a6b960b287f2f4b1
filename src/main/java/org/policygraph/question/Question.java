package org.policygraph.question;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.BindingFactory;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.ElementData;
import org.apache.jena.sparql.syntax.ElementSubQuery;
import org.apache.jena.sparql.syntax.ElementVisitorBase;
import org.apache.jena.sparql.syntax.ElementWalker;
import org.apache.jena.sparql.syntax.syntaxtransform.ElementTransformCopyBase;
import org.apache.jena.sparql.syntax.syntaxtransform.QueryTransformOps;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.SKOS;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.source.Nearest;
import org.policygraph.source.QuestionEntry;
import org.policygraph.source.QuestionEntry.Parameter;
import org.policygraph.store.Names;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;

/// A question that can be asked with values of the asker's.
///
/// A value enters as a term, in the cell of the query's own `VALUES ?parameter { … }`; text is never joined to SPARQL.
/// @param query with the defaults
public record Question(QuestionEntry entry, Query query, Names names) {

    /// @throws ProblemException when the query is none that may be asked here, or its parameters are not those of its head
    static Question of(QuestionEntry entry, Names names) {
        // No prefixes beside its own: it can be pasted anywhere.
        var question = new Question(entry, Sparql.read(entry.text(), entry.where(), Map.of()), names);
        var cells = question.cells();
        var problems = new ArrayList<Problem>();
        for (var parameter : entry.parameters()) {
            var cell = cells.remove(parameter.name());
            var wanted = parameter.value().map(value -> question.term(parameter, value));
            if (cell == null) {
                problems.add(new Problem.Invalid(parameter.where(), "no VALUES ?" + parameter.name() + " { … } in the query", "one, with the default"));
            } else if (!cell.equals(wanted)) {
                problems.add(new Problem.Invalid(parameter.where(), "the default " + parameter.value().orElse(QuestionEntry.ANY),
                        "what VALUES ?" + parameter.name() + " has: " + cell.map(names::shortened).orElse("UNDEF")));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return question;
    }

    /// The query with the values in their places; defaults stand where nothing is given.
    /// @param typed parameter and value, as a person types it: a name, a prefixed name, an IRI; a number; a date; `any`
    /// @param data  in a transaction
    /// @throws ProblemException `Unknown` for a parameter that there is not, `Absent` or `Invalid` for a value
    public Query with(Map<String, String> typed, DatasetGraph data) {
        var problems = new ArrayList<Problem>();
        var terms = new HashMap<Var, Optional<Node>>();
        typed.forEach((name, value) -> {
            var parameter = entry.parameters().stream().filter(one -> one.name().equals(name)).findFirst();
            if (parameter.isEmpty()) {
                var known = entry.parameters().stream().map(Parameter::name).toList();
                var near = Nearest.to(name, known);
                problems.add(new Problem.Unknown(new Where.Argument(entry.name()), "parameter", name, near.isEmpty() ? known : near));
                return;
            }
            try {
                terms.put(Var.alloc(name), chosen(parameter.get(), value, data));
            } catch (ProblemException wrong) {
                problems.addAll(wrong.problems());
            }
        });
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return terms.isEmpty() ? query : QueryTransformOps.transform(query, new Filling(terms));
    }

    /// The things that a parameter may have for a value, by their IRIs; empty when anything of its type will do.
    /// @param most how many at the most
    /// @param data in a transaction
    public List<Node> choices(Parameter parameter, int most, DatasetGraph data) {
        if (parameter.choices().size() != 1) {
            return parameter.choices().stream().map(choice -> term(parameter, choice)).toList();
        }
        var of = term(parameter, parameter.choices().getFirst());
        var union = data.getUnionGraph();
        var found = new TreeMap<String, Node>();
        for (var membership : List.of(RDF.type.asNode(), SKOS.inScheme.asNode())) {
            union.find(Node.ANY, membership, of).filterKeep(triple -> triple.getSubject().isURI())
                    .forEach(triple -> found.put(triple.getSubject().getURI(), triple.getSubject()));
        }
        return found.isEmpty() ? List.of(of) : found.values().stream().limit(most).toList();
    }

    private Optional<Node> chosen(Parameter parameter, String typed, DatasetGraph data) {
        if (typed.equals(QuestionEntry.ANY) && parameter.value().isEmpty()) {
            return Optional.empty();
        }
        var where = new Where.Argument(parameter.name());
        var value = parameter.type() == Parameter.Type.IRI ? names.thing(typed, where, data) : term(parameter, typed);
        if (!parameter.choices().isEmpty() && !isChoice(parameter, value, data)) {
            throw new ProblemException(new Problem.Invalid(where, "'" + typed + "'",
                    parameter.choices().size() == 1 ? "one of " + parameter.choices().getFirst() : String.join(" or ", parameter.choices())));
        }
        return Optional.of(value);
    }

    private boolean isChoice(Parameter parameter, Node value, DatasetGraph data) {
        var choices = parameter.choices().stream().map(choice -> term(parameter, choice)).toList();
        var union = data.getUnionGraph();
        return choices.contains(value) || choices.size() == 1 && (union.contains(value, RDF.type.asNode(), choices.getFirst())
                || union.contains(value, SKOS.inScheme.asNode(), choices.getFirst()));
    }

    /// A value as it is written in the head, or as it is typed.
    private Node term(Parameter parameter, String typed) {
        var where = new Where.Argument(parameter.name());
        return switch (parameter.type()) {
            case IRI -> names.node(typed).orElseGet(() -> Iris.id(typed));
            case STRING -> Literals.plain(typed);
            case INTEGER -> {
                if (!typed.matches("[+-]?\\d{1,18}")) {
                    throw new ProblemException(new Problem.Invalid(where, "'" + typed + "'", "a whole number"));
                }
                yield Literals.whole(Long.parseLong(typed));
            }
            case DECIMAL -> {
                if (!typed.matches("[+-]?\\d{1,30}(\\.\\d{1,30})?")) {
                    throw new ProblemException(new Problem.Invalid(where, "'" + typed + "'", "a number"));
                }
                yield NodeFactory.createLiteralDT(new BigDecimal(typed).toPlainString(), XSDDatatype.XSDdecimal);
            }
            case DATE -> {
                if (!typed.matches("\\d{4}(-\\d{2}(-\\d{2})?)?")) {
                    throw new ProblemException(new Problem.Invalid(where, "'" + typed + "'", "a date as 2025, 2025-04 or 2025-04-25"));
                }
                yield Literals.date(typed);
            }
        };
    }

    /// For each `VALUES` of one variable and one row, its cell; UNDEF is empty.
    private Map<String, Optional<Node>> cells() {
        var cells = new TreeMap<String, Optional<Node>>();
        ElementWalker.walk(query.getQueryPattern(), new ElementVisitorBase() {
            @Override public void visit(ElementSubQuery inner) {
                ElementWalker.walk(inner.getQuery().getQueryPattern(), this);
            }

            @Override public void visit(ElementData values) {
                if (isCell(values)) {
                    var variable = values.getVars().getFirst();
                    cells.put(variable.getVarName(), Optional.ofNullable(values.getRows().getFirst().get(variable)));
                }
            }
        });
        return cells;
    }

    private static boolean isCell(ElementData values) {
        return values.getVars().size() == 1 && values.getRows().size() == 1;
    }

    private static final class Filling extends ElementTransformCopyBase {
        private final Map<Var, Optional<Node>> terms;

        Filling(Map<Var, Optional<Node>> terms) {
            this.terms = terms;
        }

        @Override public Element transform(ElementData values) {
            if (!isCell(values) || !terms.containsKey(values.getVars().getFirst())) {
                return values;
            }
            var variable = values.getVars().getFirst();
            var filled = new ElementData();
            filled.add(variable);
            filled.add(terms.get(variable).map(term -> BindingFactory.binding(variable, term)).orElseGet(BindingFactory::binding));
            return filled;
        }
    }
}
