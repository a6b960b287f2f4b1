package org.policygraph.question;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.Syntax;
import org.apache.jena.shared.PrefixMapping;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.core.TriplePath;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.path.P_Seq;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.ElementGroup;
import org.apache.jena.sparql.syntax.ElementNamedGraph;
import org.apache.jena.sparql.syntax.ElementPathBlock;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.policygraph.question.Diagnosis.Reason;
import org.policygraph.term.Literals;
import org.policygraph.term.Vocabulary;

/// What the graph has instead of what a failing part asks for.
final class Reasons {

    private static final int MOST_SHOWN = 3;
    private static final int MOST_PROPERTIES = 6;
    private static final int MOST_LOOKED_AT = 10_000;

    private static final String COUNTED = resource("unheld-claims-counted.rq");
    private static final String LISTED = resource("unheld-claims.rq");

    private final Trial trial;
    private final Vocabulary words;
    private final Written written;
    private final PrefixMapping prefixes;
    private final Graph union;
    private final List<Reason> found = new ArrayList<>();

    /// @param union what a pattern that names no graph looks at
    Reasons(Trial trial, Graph union, Vocabulary words, Written written, PrefixMapping prefixes) {
        this.trial = trial;
        this.words = words;
        this.written = written;
        this.prefixes = prefixes;
        this.union = union;
    }

    /// @param set   fails together
    /// @param frame what stands around it
    List<Reason> of(List<Conjunct> set, UnaryOperator<Element> frame) {
        for (var part : set) {
            part.triple().ifPresent(path -> {
                var property = path.getPredicate();
                if (property == null) {
                    if (set.size() == 1) {
                        steps(part, path);
                    }
                } else if (property.isURI() && isKnown(property)) {
                    unheld(path, set, part);
                    if (set.size() == 1) {
                        alone(path.getSubject(), property, path.getObject(), part);
                    } else if (set.stream().allMatch(Conjunct::isCounted)) {
                        turned(path, set, part, frame);
                    }
                }
            });
        }
        if (set.size() > 1) {
            apart(set, frame);
        }
        return List.copyOf(found);
    }

    private boolean isKnown(Node property) {
        return words.graph().contains(property, Node.ANY, Node.ANY) || union.contains(Node.ANY, property, Node.ANY);
    }

    private void say(String text) {
        found.add(new Reason(text, Optional.empty()));
    }

    /// Claims that would be this edge, were they held to be so.
    private void unheld(TriplePath path, List<Conjunct> set, Conjunct part) {
        var inverse = inverses(path.getPredicate()).stream().filter(words::isStated).findFirst();
        var turned = !words.isStated(path.getPredicate()) && inverse.isPresent();
        Map<Var, Node> edge = Map.of(
                Var.alloc("subject"), turned ? path.getObject() : path.getSubject(),
                Var.alloc("predicate"), turned ? inverse.get() : path.getPredicate(),
                Var.alloc("object"), turned ? path.getSubject() : path.getObject());
        var others = set.stream().filter(one -> one != part).toList();

        var tally = new LinkedHashMap<String, Long>();
        trial.rows(among(COUNTED, edge, others), row -> {
            var claims = ((Number) row.get("claims").getLiteralValue()).longValue();
            var how = row.get("negated").equals(Literals.TRUE) ? "denied" : label(row.get("status"));
            tally.merge(how, claims, Long::sum);
            return true;
        });
        var all = tally.values().stream().mapToLong(Long::longValue).sum();
        if (all > 0) {
            var kinds = tally.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey()).toList();
            var ready = among(LISTED, edge, others);
            ready.getPrefixMapping().clearNsPrefixMap();
            UsedTerms.of(ready).uses().forEach(use -> prefixOf(use.term()).ifPresent(prefix ->
                    ready.setPrefix(prefix, prefixes.getNsPrefixURI(prefix))));
            found.add(new Reason("no edge " + written.text(path) + (others.isEmpty() ? "" : " that fits") + ", but " + all
                    + (all == 1 ? " claim of it that does" : " claims of it that do") + " not make one (" + String.join(", ", kinds)
                    + "); claims are asked by rdf:subject, rdf:predicate and rdf:object:", Optional.of(ready.toString().strip())));
        }
    }

    private static Query among(String template, Map<Var, Node> edge, List<Conjunct> others) {
        var filled = Trial.filled(QueryFactory.create(template, Syntax.syntaxSPARQL_11), edge);
        if (filled.getQueryPattern() instanceof ElementGroup group) {
            others.forEach(other -> group.addElement(other.element()));
        }
        return filled;
    }

    private Optional<String> prefixOf(Node term) {
        var text = written.text(term);
        return text.startsWith("<") ? Optional.empty() : Optional.of(text.substring(0, text.indexOf(':')));
    }

    private List<Node> inverses(Node property) {
        var inverses = new LinkedHashSet<Node>();
        words.graph().find(property, OWL2.inverseOf.asNode(), Node.ANY).mapWith(Triple::getObject).forEach(inverses::add);
        words.graph().find(Node.ANY, OWL2.inverseOf.asNode(), property).mapWith(Triple::getSubject).forEach(inverses::add);
        return List.copyOf(inverses);
    }

    private void alone(Node subject, Node property, Node object, Conjunct part) {
        var one = subject.isConcrete() ? subject : Node.ANY;
        var other = object.isConcrete() ? object : Node.ANY;
        part.graph().ifPresent(_ -> elsewhere(one, property, other));
        if (!one.isConcrete() && !other.isConcrete()) {
            if (!union.contains(Node.ANY, property, Node.ANY)) {
                say("nothing in the graph has " + written.text(property));
            }
            return;
        }
        var turned = other.isLiteral() || property.equals(RDF.type.asNode()) ? List.<Triple>of() : union.find(other, property, one).filterKeep(edge -> edge.getObject().isURI()).toList();
        if (!turned.isEmpty()) {
            say("the edge exists in the other direction: " + examples(turned.stream().map(this::text).sorted().toList())
                    + inverses(property).stream().findFirst().map(inverse -> "; " + written.text(inverse) + " is its inverse").orElse(""));
        }
        if (one.isConcrete() && union.contains(one, property, Node.ANY)) {
            say(written.text(one) + " has " + written.text(property) + " with other objects: "
                    + examples(nodes(union.find(one, property, Node.ANY).mapWith(Triple::getObject).toList())));
        } else if (one.isConcrete() && union.contains(one, Node.ANY, Node.ANY)) {
            say(written.text(one) + " has no " + written.text(property) + "; it has " + listed(properties(union.find(one, Node.ANY, Node.ANY))));
        }
        if (other.isConcrete() && one.isConcrete()) {
            if (union.contains(Node.ANY, property, other)) {
                say(written.text(other) + " is the object of " + written.text(property) + " from others: "
                        + examples(nodes(union.find(Node.ANY, property, other).mapWith(Triple::getSubject).toList())));
            }
            if (turned.isEmpty() && union.contains(one, Node.ANY, other)) {
                say("they are tied by " + listed(properties(union.find(one, Node.ANY, other))));
            }
        } else if (other.isURI() && union.contains(Node.ANY, Node.ANY, other)) {
            say("nothing leads to " + written.text(other) + " by " + written.text(property) + "; what leads to it is "
                    + listed(properties(union.find(Node.ANY, Node.ANY, other))));
        }
    }

    private void elsewhere(Node subject, Node property, Node object) {
        var graphs = new TreeSet<String>();
        Iter.asStream(trial.data().find(Node.ANY, subject, property, object)).limit(MOST_LOOKED_AT).map(Quad::getGraph)
                .forEach(graph -> graphs.add(written.text(graph)));
        if (!graphs.isEmpty()) {
            say("another graph has it: " + examples(List.copyOf(graphs)));
        }
    }

    /// With subject and object exchanged, the set would find something.
    private void turned(TriplePath path, List<Conjunct> set, Conjunct part, UnaryOperator<Element> frame) {
        if (path.getObject().isLiteral()) {
            return;
        }
        var block = new ElementPathBlock();
        block.addTriplePath(new TriplePath(Triple.create(path.getObject(), path.getPredicate(), path.getSubject())));
        Element element = part.element() instanceof ElementNamedGraph named ? new ElementNamedGraph(named.getGraphNameNode(), block) : block;
        var turned = new ArrayList<>(set);
        turned.set(set.indexOf(part), new Conjunct(part.place(), element, part.needs(), part.binds()));
        if (!trial.isOver() && trial.count(frame.apply(Conjunct.group(turned)), 1).rows() > 0) {
            say("with subject and object exchanged it finds something: " + written.text(block));
        }
    }

    /// A path in steps: how far it leads.
    private void steps(Conjunct part, TriplePath path) {
        if (!(path.getPath() instanceof P_Seq sequence)) {
            return;
        }
        var first = new TriplePath(path.getSubject(), sequence.getLeft(), Var.alloc("step"));
        var second = new TriplePath(Var.alloc("step"), sequence.getRight(), path.getObject());
        for (var step : List.of(first, second)) {
            var block = new ElementPathBlock();
            block.addTriplePath(step);
            Element element = part.element() instanceof ElementNamedGraph named ? new ElementNamedGraph(named.getGraphNameNode(), block) : block;
            if (trial.findsNothing(element)) {
                say("of the path, this step finds nothing: " + written.text(step));
                var simple = Conjunct.of(element).getFirst();
                if (step.getPredicate() != null && isKnown(step.getPredicate())) {
                    alone(step.getSubject(), step.getPredicate(), step.getObject(), simple);
                } else {
                    steps(simple, step);
                }
            }
        }
    }

    /// What each part finds for the variables that they share; what a FILTER rejects.
    private void apart(List<Conjunct> set, UnaryOperator<Element> frame) {
        var judging = set.stream().filter(Conjunct::isJudging).toList();
        if (judging.size() == 1) {
            var judge = judging.getFirst();
            var others = set.stream().filter(one -> one != judge).toList();
            var seen = samples(frame.apply(Conjunct.group(others)), List.copyOf(judge.needs()));
            judge.needs().stream().filter(variable -> !Var.isBlankNodeVar(variable)).sorted(Comparator.comparing(Var::getVarName)).forEach(variable ->
                    say("before " + written.text(judge.element()) + ", " + variable + " is "
                            + Optional.ofNullable(seen.get(variable)).map(Reasons::examples).orElse("never bound")));
        } else if (set.size() == 2 && set.stream().allMatch(Conjunct::isCounted)) {
            for (var variable : set.getFirst().binds()) {
                if (set.getLast().binds().contains(variable) && !variable.isAllocVar()) {
                    var one = samples(frame.apply(Conjunct.group(set.subList(0, 1))), List.of(variable)).getOrDefault(variable, List.of());
                    var other = samples(frame.apply(Conjunct.group(set.subList(1, 2))), List.of(variable)).getOrDefault(variable, List.of());
                    if (!one.isEmpty() && !other.isEmpty()) {
                        say(variable + " is " + examples(one) + " in the one, and " + examples(other) + " in the other");
                    }
                }
            }
        }
    }

    private Map<Var, List<String>> samples(Element pattern, List<Var> variables) {
        var seen = new LinkedHashMap<Var, List<String>>();
        var looked = new int[1];
        trial.rows(Trial.all(pattern), row -> {
            for (var variable : variables) {
                if (row.contains(variable) && !Var.isBlankNodeVar(variable)) {
                    var values = seen.computeIfAbsent(variable, _ -> new ArrayList<>());
                    var value = written.text(row.get(variable));
                    if (!values.contains(value)) {
                        values.add(value);
                    }
                }
            }
            return ++looked[0] < trial.cap() && seen.values().stream().anyMatch(values -> values.size() <= MOST_SHOWN);
        });
        return seen;
    }

    private List<String> properties(Iterator<Triple> edges) {
        var properties = new HashMap<Node, Integer>();
        Iter.asStream(edges).limit(MOST_LOOKED_AT).forEach(edge -> properties.merge(edge.getPredicate(), 1, Integer::sum));
        // What claims may state tells more than labels and types do.
        return properties.keySet().stream().sorted((one, other) -> {
            var stated = Boolean.compare(words.isStated(other), words.isStated(one));
            return stated != 0 ? stated : one.getURI().compareTo(other.getURI());
        }).map(written::text).toList();
    }

    private List<String> nodes(List<Node> nodes) {
        return nodes.stream().map(written::text).sorted().distinct().toList();
    }

    private String text(Triple triple) {
        return written.text(new TriplePath(triple));
    }

    private static String examples(List<String> all) {
        return String.join(", ", all.subList(0, Math.min(MOST_SHOWN, all.size()))) + (all.size() > MOST_SHOWN ? " …" : "");
    }

    private static String listed(List<String> all) {
        return String.join(", ", all.subList(0, Math.min(MOST_PROPERTIES, all.size()))) + (all.size() > MOST_PROPERTIES ? " …" : "");
    }

    private String label(Node status) {
        return union.find(status, RDFS.label.asNode(), Node.ANY).mapWith(Triple::getObject).filterKeep(label -> label.getLiteralLanguage().equals("en"))
                .mapWith(Node::getLiteralLexicalForm).nextOptional().orElseGet(() -> written.text(status));
    }

    private static String resource(String name) {
        try (var in = Reasons.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
