package org.policygraph.term;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.junit.jupiter.api.Test;

class PolTest {

    /// Terms that only readers of the graph use: what rules infer, and what the ontology says about its own terms.
    private static final java.util.Set<String> FOR_READERS = java.util.Set.of("Quantity", "hasEffectOn", "worksAgainst", "conceptScheme", "weight");

    @Test void everyConstantIsATermOfTheOntologyAndEveryTermIsReachedFromJava() {
        var words = Vocabulary.read(Path.of("ontology"));
        var constants = Arrays.stream(Pol.class.getFields()).filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Node.class)
                .map(PolTest::value).filter(term -> term.getURI().startsWith(Pol.NAMESPACE)).map(Node::getLocalName).collect(Collectors.toCollection(TreeSet::new));
        var reached = new TreeSet<>(constants);
        reached.addAll(words.types().keySet());
        reached.addAll(words.relations().keySet());
        reached.addAll(words.attributes().keySet());
        reached.addAll(FOR_READERS);
        words.graph().find(Node.ANY, Pol.DERIVED_INVERSE, Literals.TRUE).forEach(inverse -> reached.add(inverse.getSubject().getLocalName()));

        var terms = words.terms().stream().map(Node::getLocalName).collect(Collectors.toCollection(TreeSet::new));

        assertEquals(terms, reached);
    }

    private static Node value(java.lang.reflect.Field field) {
        try {
            return (Node) field.get(null);
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
