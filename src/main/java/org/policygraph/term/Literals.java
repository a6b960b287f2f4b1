package org.policygraph.term;

import java.math.BigDecimal;
import java.time.Instant;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/// How values are written in RDF.
public final class Literals {

    public static final Node TRUE = flag(true);

    private Literals() {}

    public static Node flag(boolean value) {
        return NodeFactory.createLiteralDT(Boolean.toString(value), XSDDatatype.XSDboolean);
    }

    public static Node text(String text, String language) {
        return NodeFactory.createLiteralLang(text, language);
    }

    public static Node plain(String text) {
        return NodeFactory.createLiteralString(text);
    }

    public static Node whole(long value) {
        return NodeFactory.createLiteralDT(Long.toString(value), XSDDatatype.XSDinteger);
    }

    /// An `xsd:decimal` in canonical form: never an exponent, no superfluous zeros.
    public static Node decimal(BigDecimal value) {
        var short_ = value.stripTrailingZeros();
        var text = short_.toPlainString();
        return NodeFactory.createLiteralDT(short_.scale() > 0 ? text : text + ".0", XSDDatatype.XSDdecimal);
    }

    public static Node instant(Instant instant) {
        return NodeFactory.createLiteralDT(instant.toString(), XSDDatatype.XSDdateTime);
    }

    /// A date at the precision in which it was given.
    /// @param date `2025`, `2025-04` or `2025-04-25`
    public static Node date(String date) {
        return NodeFactory.createLiteralDT(date, switch (date.length()) {
            case 4 -> XSDDatatype.XSDgYear;
            case 7 -> XSDDatatype.XSDgYearMonth;
            default -> XSDDatatype.XSDdate;
        });
    }
}
