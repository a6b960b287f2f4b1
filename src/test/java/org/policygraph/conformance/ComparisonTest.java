package org.policygraph.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.policygraph.conformance.Trial.Passed.BY_TERM;
import static org.policygraph.conformance.Trial.Passed.BY_VALUE;

import java.nio.charset.StandardCharsets;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.junit.jupiter.api.Test;

/// What is taken for the same when an answer is compared with what was expected.
class ComparisonTest {

    @Test void orderCountsWhereItIsKept() {
        assertTrue(rows("?x\n1\n2\n").sameAs(rows("?x\n2\n1\n"), Rows.Order.FREE, BY_TERM));
        assertFalse(rows("?x\n1\n2\n").sameAs(rows("?x\n2\n1\n"), Rows.Order.KEPT, BY_TERM));
    }

    @Test void aRowCountsAsOftenAsItIsThere() {
        assertFalse(rows("?x\n1\n1\n2\n").sameAs(rows("?x\n1\n2\n2\n"), Rows.Order.FREE, BY_TERM));
        assertFalse(rows("?x\n_:a\n_:a\n_:b\n").sameAs(rows("?x\n_:a\n_:b\n_:b\n_:c\n"), Rows.Order.FREE, BY_TERM));
        assertTrue(rows("?x\n_:a\n_:a\n_:b\n").sameAs(rows("?x\n_:p\n_:q\n_:q\n"), Rows.Order.FREE, BY_TERM));
    }

    @Test void aRowWithMoreIsAnother() {
        assertFalse(rows("?x\t?y\n1\t\n").sameAs(rows("?x\t?y\n1\t2\n"), Rows.Order.FREE, BY_TERM));
        assertFalse(rows("?x\n1\n").sameAs(rows("?x\t?y\n1\t\n"), Rows.Order.FREE, BY_TERM));
        assertTrue(rows("?x\t?y\n1\t2\n").sameAs(rows("?y\t?x\n2\t1\n"), Rows.Order.FREE, BY_TERM));
    }

    @Test void aSpellingOfTheSameValueIsTheSameByValueAlone() {
        assertFalse(rows("?x\n1\n").sameAs(rows("?x\n01\n"), Rows.Order.FREE, BY_TERM));
        assertTrue(rows("?x\n1\n").sameAs(rows("?x\n01\n"), Rows.Order.FREE, BY_VALUE));
        assertTrue(rows("?x\n3.0e4\n").sameAs(rows("?x\n30000.0e0\n"), Rows.Order.FREE, BY_VALUE));
        assertFalse(rows("?x\n1\n").sameAs(rows("?x\n1.0\n"), Rows.Order.FREE, BY_VALUE));
        assertFalse(rows("?x\n\"a\"\n").sameAs(rows("?x\n\"a\"@en\n"), Rows.Order.FREE, BY_VALUE));
    }

    @Test void blankNodesStandForOneAnotherThroughout() {
        assertTrue(same("_:a <http://e/p> _:b . _:b <http://e/p> _:a .", "_:x <http://e/p> _:y . _:y <http://e/p> _:x ."));
        assertFalse(same("_:a <http://e/p> _:b . _:b <http://e/p> _:a .", "_:x <http://e/p> _:x . _:y <http://e/p> _:y ."));
        assertFalse(same("_:a <http://e/p> 1 . _:b <http://e/p> 2 .", "_:a <http://e/p> 1 , 2 ."));
        assertTrue(same("<http://e/s> <http://e/p> <<( _:a <http://e/q> 1 )>> , _:a .", "<http://e/s> <http://e/p> <<( _:b <http://e/q> 1 )>> , _:b ."));
        assertFalse(same("<http://e/s> <http://e/p> <<( _:a <http://e/q> 1 )>> , _:a .", "<http://e/s> <http://e/p> <<( _:b <http://e/q> 1 )>> , _:c ."));
    }

    private static boolean same(String some, String others) {
        return Terms.same(Terms.of(graph(some)), Terms.of(graph(others)), BY_TERM);
    }

    private static Graph graph(String turtle) {
        return RDFParser.fromString(turtle, Lang.TURTLE).toGraph();
    }

    private static Rows rows(String tsv) {
        return Rows.read(tsv.getBytes(StandardCharsets.UTF_8), ResultSetLang.RS_TSV);
    }
}
