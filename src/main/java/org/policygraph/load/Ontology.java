package org.policygraph.load;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jena.riot.RiotException;
import org.policygraph.graph.Rules;
import org.policygraph.graph.Shapes;
import org.policygraph.graph.Triples;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.term.Vocabulary;

/// All that an ontology's folder says: words, rules and shapes.
record Ontology(Path folder, Vocabulary words, Triples triples, Rules rules, Shapes records, Shapes links) {

    /// @throws ProblemException when something is missing or can't be parsed
    static Ontology read(Path folder) {
        if (!Files.isRegularFile(folder.resolve("policygraph.ttl"))) {
            throw new ProblemException(new Problem.Unreadable(Where.InFile.whole(folder), "there is no policygraph.ttl; this is not the folder of an ontology"));
        }
        try {
            var words = Vocabulary.read(folder);
            return new Ontology(folder, words, new Triples(words), Rules.read(folder.resolve("rules"), words.graph()),
                    Shapes.read(folder.resolve("shapes/records")), Shapes.read(folder.resolve("shapes/links")));
        } catch (RiotException broken) {
            throw new ProblemException(new Problem.Unreadable(Where.InFile.whole(folder), "not Turtle: " + broken.getMessage()));
        }
    }
}
