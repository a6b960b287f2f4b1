package org.policygraph.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.NodeFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.policygraph.problem.Where;
import org.policygraph.question.Sparql;

/// A stranger's datatypes are not kept.
class DatatypesTest {

    @BeforeAll static void forget() {
        Datatypes.forgetUnknown();
    }

    @Test void aQueryLeavesNoDatatypesBehind() {
        var before = Iter.count(TypeMapper.getInstance().listTypes());

        for (var query = 0; query < 3; query++) {
            var turn = query;
            Sparql.read(IntStream.range(0, 100).mapToObj(number -> "\"x\"^^<http://example.org/type/" + turn + "/" + number + ">")
                    .collect(Collectors.joining(" ", "SELECT * { VALUES ?x { ", " } }")), new Where.Argument("query"), java.util.Map.of());
        }

        assertEquals(before, Iter.count(TypeMapper.getInstance().listTypes()));
    }

    @Test void termsOfAnUnknownDatatypeAreEqualByItsName() {
        var one = NodeFactory.createLiteralDT("x", NodeFactory.getType("http://example.org/type"));
        var same = NodeFactory.createLiteralDT("x", NodeFactory.getType("http://example.org/type"));
        var other = NodeFactory.createLiteralDT("x", NodeFactory.getType("http://example.org/other"));

        assertEquals(one, same);
        assertEquals(one.hashCode(), same.hashCode());
        assertFalse(one.sameValueAs(other));
    }

    @Test void whatJenaKnowsStaysKnown() {
        assertSame(XSDDatatype.XSDinteger, NodeFactory.getType(XSDDatatype.XSDinteger.getURI()));
        assertSame(XSDDatatype.XSDinteger, TypeMapper.getInstance().getTypeByClass(java.math.BigInteger.class));
        assertSame(XSDDatatype.XSDint, TypeMapper.getInstance().getTypeByValue(1));
    }
}
