package org.policygraph.question;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// Who wrote a query that is none is told what it most likely lacks.
class MendTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SELECT * { ?s ?p ?o                                  | close the '{' of line 1 by '}'
        SELECT * {\\n ?s ?p "}" OPTIONAL {\\n ?o ?q <urn:x> # }     | close the '{' of line 2 by '}'; 2 brackets are open
        SELECT * { ?s ?p ?o FILTER(?o > 1 }                  | found '}'
        SELECT * { ?s ?p “x” }                               | write straight quotation marks, " or ', instead of “
        SELECT * { ?s ?p ?o FILTER(?o => 1) }                | write >= instead of =>
        SELECT * { ?s ?p ?o FILTER(?o =< 1) }                | write <= instead of =<
        SELECT * { ?s ?p ?o FILTER(?o == 1) }                | write = instead of ==
        SELECT * { ?s ?p ?o FILTER(?o > 1 AND ?o < 3) }      | SPARQL has && instead of AND
        SELCT * { ?s ?p ?o }                                 | did you mean SELECT?
        SELECT * WERE { ?s ?p ?o }                           | did you mean WHERE?
        SELECT * { OPTINAL { ?s ?p ?o } }                    | did you mean OPTIONAL?
        SELECT * { ?s ?p ?o } ODER BY ?s                     | did you mean ORDER?
        SELECT * { ?s ?p ?o ?x ?y ?z }                       | a '.' or ';' may be missing before it
        SELECT * { ?s ?p }                                   | something is missing before the '}'
        SELECT ?s, ?p { ?s ?p ?o }                           | leave out the comma
        SELECT COUNT(?s) AS ?n { ?s ?p ?o }                  | (COUNT(…) AS ?name)
        SELECT * { ?s ?p ?o };                               | leave out the ';' at the end
        SELECT * { ?s ?p ?o } LIMIT 3 ORDER BY ?s            | ORDER stands before LIMIT and OFFSET
        SELECT * { ?s ?p ?o FILTER ?o > 3 }                  | put the condition in brackets: ( … )
        SELECT * { ?s dbo:name ?o }                          | did you mean PREFIX dbo: <http://dbpedia.org/ontology/>?
        SELECT * { ?s wdt:P31 ?o }                           | did you mean PREFIX wdt: <http://www.wikidata.org/prop/direct/>?
        """)
    void aQueryThatIsNoneIsToldWhatWouldMendIt(String text, String mend) {
        var told = assertThrows(ProblemException.class, () -> Sparql.read(text.replace("\\n", "\n"), new Where.Argument("query"), Map.of()));

        assertTrue(told.getMessage().contains(mend), told::getMessage);
        assertTrue(told.getMessage().matches("(?s)query:\\d+ column \\d+: .*"), told::getMessage);
    }
}
