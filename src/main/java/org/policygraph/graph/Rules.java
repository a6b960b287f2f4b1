package org.policygraph.graph;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.reasoner.TriplePattern;
import org.apache.jena.reasoner.rulesys.Functor;
import org.apache.jena.reasoner.rulesys.Node_RuleVariable;
import org.apache.jena.reasoner.rulesys.Rule;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// The rules of `ontology/rules/*.rules` (Jena's rule syntax), made ready for one ontology.
///
/// Body patterns about the schema (`rdfs:subClassOf`, `owl:inverseOf` …) are answered from the ontology once, here, so that
/// what is left are rules over data alone, each with its predicates known.
public final class Rules {

    private static final Node TYPE = RDF.type.asNode();
    private static final Set<Node> SCHEMA = Set.of(RDFS.subClassOf.asNode(), RDFS.subPropertyOf.asNode(), OWL2.inverseOf.asNode());

    /// A rule over data. Variables are numbered nodes; `size` is how many there are.
    /// @param name as the file says
    public record DataRule(String name, List<Triple> body, List<Triple> heads, List<Guard> guards, int size) {

        /// What a match of the body gives.
        List<Triple> heads(Node[] bound) {
            return heads.stream().map(head -> instance(head, bound)).toList();
        }
    }

    /// Two terms that must be the same, or must differ.
    public record Guard(boolean same, Node one, Node other) {}

    /// A pattern of a rule that a triple may match.
    private record Spot(DataRule rule, Triple pattern, List<Triple> rest) {}

    private final List<DataRule> rules;
    private final Map<Node, List<Spot>> bodies = new HashMap<>();
    private final Map<Node, List<Spot>> heads = new HashMap<>();

    private Rules(List<DataRule> rules) {
        this.rules = List.copyOf(rules);
        for (var rule : rules) {
            for (int i = 0; i < rule.body().size(); i++) {
                var rest = new ArrayList<>(rule.body());
                bodies.computeIfAbsent(key(rule.body().get(i)), _ -> new ArrayList<>()).add(new Spot(rule, rest.remove(i), rest));
            }
            rule.heads().forEach(head -> heads.computeIfAbsent(key(head), _ -> new ArrayList<>()).add(new Spot(rule, head, rule.body())));
        }
    }

    /// @throws ProblemException when a file can't be parsed, or a rule leaves a predicate open
    public static Rules read(Path folder, Graph ontology) {
        var rules = new LinkedHashSet<DataRule>();
        for (var file : files(folder)) {
            try (BufferedReader in = Files.newBufferedReader(file)) {
                for (var rule : Rule.parseRules(Rule.rulesParserFromReader(in))) {
                    rules.addAll(overData(file, rule, ontology));
                }
            } catch (Rule.ParserException broken) {
                throw new ProblemException(new Problem.Unreadable(Where.InFile.whole(file), broken.getMessage()));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return new Rules(List.copyOf(rules));
    }

    private static List<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".rules")).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public List<DataRule> rules() {
        return rules;
    }

    /// Whether any rule looks at such a triple.
    public boolean concern(Triple triple) {
        return !spots(bodies, triple).isEmpty();
    }

    /// Everything that follows in one step from the triple together with what the graph holds.
    void consequences(Triple triple, Graph facts, Consumer<Triple> found) {
        for (var spot : spots(bodies, triple)) {
            var bound = new Node[spot.rule().size()];
            if (bind(spot.pattern(), triple, bound)) {
                solve(spot.rule(), spot.rest(), bound, facts, match -> {
                    spot.rule().heads(match).forEach(found);
                    return true;
                });
            }
        }
    }

    /// Whether the triple follows in one step from what the graph holds.
    boolean follows(Triple triple, Graph facts) {
        for (var spot : spots(heads, triple)) {
            var bound = new Node[spot.rule().size()];
            // Solving stops, and says so, at the first match.
            if (bind(spot.pattern(), triple, bound) && !solve(spot.rule(), spot.rest(), bound, facts, _ -> false)) {
                return true;
            }
        }
        return false;
    }

    /// One way in which a triple follows in one step.
    /// @param rule     as the file names it
    /// @param premises what its body matched, in the rule's order
    public record Derivation(String rule, List<Triple> premises) {
        public Derivation {
            premises = List.copyOf(premises);
        }
    }

    /// The ways in which the triple follows in one step from what the graph holds.
    /// @param facts    asserted and inferred triples
    /// @param takesMore whether to look for another; may be told the same one twice
    public void derivations(Triple triple, Graph facts, Predicate<Derivation> takesMore) {
        for (var spot : spots(heads, triple)) {
            var bound = new Node[spot.rule().size()];
            if (bind(spot.pattern(), triple, bound) && !solve(spot.rule(), spot.rule().body(), bound, facts, match ->
                    takesMore.test(new Derivation(spot.rule().name(), spot.rule().body().stream().map(premise -> instance(premise, match)).toList())))) {
                return;
            }
        }
    }

    private interface Matches {
        /// @return whether to go on
        boolean at(Node[] bound);
    }

    private static boolean solve(DataRule rule, List<Triple> open, Node[] bound, Graph facts, Matches matches) {
        if (open.isEmpty()) {
            return rule.guards().stream().allMatch(guard -> guard.same() == value(guard.one(), bound).equals(value(guard.other(), bound)))
                    ? matches.at(bound) : true;
        }
        var next = open.getFirst();
        var rest = open.subList(1, open.size());
        var found = facts.find(wild(next.getSubject(), bound), next.getPredicate(), wild(next.getObject(), bound));
        try {
            while (found.hasNext()) {
                var more = bound.clone();
                if (bind(next, found.next(), more) && !solve(rule, rest, more, facts, matches)) {
                    return false;
                }
            }
        } finally {
            found.close();
        }
        return true;
    }

    private static List<Spot> spots(Map<Node, List<Spot>> index, Triple triple) {
        return index.getOrDefault(key(triple), List.of());
    }

    /// Patterns of types are told apart by the class, all others by the predicate.
    private static Node key(Triple triple) {
        return triple.getPredicate().equals(TYPE) && triple.getObject().isURI() ? triple.getObject() : triple.getPredicate();
    }

    private static boolean bind(Triple pattern, Triple triple, Node[] bound) {
        return pattern.getPredicate().equals(triple.getPredicate()) && bind(pattern.getSubject(), triple.getSubject(), bound)
                && bind(pattern.getObject(), triple.getObject(), bound);
    }

    private static boolean bind(Node pattern, Node node, Node[] bound) {
        if (!(pattern instanceof Node_RuleVariable variable)) {
            return pattern.equals(node);
        }
        if (bound[variable.getIndex()] == null) {
            bound[variable.getIndex()] = node;
            return true;
        }
        return bound[variable.getIndex()].equals(node);
    }

    private static Node value(Node node, Node[] bound) {
        return node instanceof Node_RuleVariable variable ? bound[variable.getIndex()] : node;
    }

    private static Node wild(Node node, Node[] bound) {
        var value = value(node, bound);
        return value == null ? Node.ANY : value;
    }

    private static Triple instance(Triple pattern, Node[] bound) {
        return Triple.create(value(pattern.getSubject(), bound), value(pattern.getPredicate(), bound), value(pattern.getObject(), bound));
    }

    // From a rule over schema and data to rules over data.

    private static Set<DataRule> overData(Path file, Rule rule, Graph ontology) {
        var schema = new ArrayList<Triple>();
        var body = new ArrayList<Triple>();
        var guards = new ArrayList<Guard>();
        for (var clause : rule.getBody()) {
            switch (clause) {
                case TriplePattern pattern -> (isSchema(pattern) ? schema : body).add(pattern.asTriple());
                case Functor guard when Set.of("equal", "notEqual").contains(guard.getName()) ->
                        guards.add(new Guard(guard.getName().equals("equal"), guard.getArgs()[0], guard.getArgs()[1]));
                default -> throw new ProblemException(new Problem.Invalid(Where.InFile.whole(file), "'" + clause + "' in the rule " + rule.getName(),
                        "a triple pattern, equal or notEqual"));
            }
        }
        var heads = new ArrayList<Triple>();
        for (var clause : rule.getHead()) {
            if (!(clause instanceof TriplePattern pattern)) {
                throw new ProblemException(new Problem.Invalid(Where.InFile.whole(file), "'" + clause + "' as a head of the rule " + rule.getName(), "a triple pattern"));
            }
            heads.add(pattern.asTriple());
        }
        var found = new LinkedHashSet<DataRule>();
        answers(schema, new Node[rule.getNumVars()], ontology, bound -> {
            // A guard between schema terms is decided here; one over data is kept.
            var open = guards.stream().map(guard -> new Guard(guard.same(), put(guard.one(), bound), put(guard.other(), bound))).toList();
            if (open.stream().filter(Rules::isDecided).allMatch(guard -> guard.same() == guard.one().equals(guard.other()))) {
                found.add(new DataRule(rule.getName(), put(body, bound), put(heads, bound),
                        open.stream().filter(guard -> !isDecided(guard)).toList(), bound.length));
            }
        });
        for (var one : found) {
            var patterns = new ArrayList<>(one.body());
            patterns.addAll(one.heads());
            if (patterns.stream().anyMatch(pattern -> !pattern.getPredicate().isURI()
                    || pattern.getPredicate().equals(TYPE) && !pattern.getObject().isURI())) {
                throw new ProblemException(new Problem.Invalid(Where.InFile.whole(file), "the rule " + rule.getName() + " with an open predicate or class",
                        "a rule whose predicates and classes are named, or bound by a pattern about the schema"));
            }
        }
        return found;
    }

    private static boolean isSchema(TriplePattern pattern) {
        return SCHEMA.contains(pattern.getPredicate())
                || pattern.getPredicate().equals(TYPE) && pattern.getObject().isURI() && pattern.getObject().getNameSpace().equals(OWL2.NS);
    }

    private static boolean isDecided(Guard guard) {
        return !(guard.one() instanceof Node_RuleVariable) && !(guard.other() instanceof Node_RuleVariable);
    }

    private static void answers(List<Triple> schema, Node[] bound, Graph ontology, Consumer<Node[]> found) {
        if (schema.isEmpty()) {
            found.accept(bound);
            return;
        }
        var next = schema.getFirst();
        for (var triple : ontology.find(wild(next.getSubject(), bound), next.getPredicate(), wild(next.getObject(), bound)).toList()) {
            var more = bound.clone();
            if (bind(next, triple, more)) {
                answers(schema.subList(1, schema.size()), more, ontology, found);
            }
        }
    }

    private static List<Triple> put(List<Triple> patterns, Node[] bound) {
        return patterns.stream().map(pattern -> Triple.create(put(pattern.getSubject(), bound), put(pattern.getPredicate(), bound),
                put(pattern.getObject(), bound))).toList();
    }

    private static Node put(Node node, Node[] bound) {
        var value = value(node, bound);
        return value == null ? node : value;
    }
}
