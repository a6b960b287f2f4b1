package org.policygraph.attack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Queries that strangers have sent to servers like ours, or might.
final class Attacks {

    static final String EVERYTHING = "?s ?p ?o . ?s2 ?p2 ?o2 . ?s3 ?p3 ?o3";
    private static final int MOST = 1_000_000;

    private Attacks() {}

    /// Each would have the server ask another one.
    /// @param there where that is: `http://127.0.0.1:PORT/…`
    static List<String> waysOut(String there) {
        return Stream.of(
                "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
                "SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } }",
                "SELECT * { VALUES ?w { <%s> } SERVICE ?w { ?s ?p ?o } }",
                "SELECT * { BIND(IRI(CONCAT('http://127.0.0.1:', '" + there.replaceFirst(".*:(\\d+)/.*", "$1") + "/')) AS ?w) SERVICE ?w { ?s ?p ?o } }",
                "SELECT * { BIND(<%s> AS ?w) SERVICE SILENT ?w { ?s ?p ?o } }",
                "SELECT * { { SELECT * { { SELECT ?s { SERVICE <%s> { ?s ?p ?o } } } } } }",
                "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <%s> { ?s ?p ?o } } } LIMIT 1",
                "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE SILENT <%s> { ?s ?p ?o } } } LIMIT 1",
                "SELECT * { ?s ?p ?o MINUS { SERVICE <%s> { ?s ?p ?o } } } LIMIT 1",
                "SELECT * { OPTIONAL { SERVICE <%s> { ?s ?p ?o } } }",
                "SELECT * { { ?s ?p ?o } UNION { SERVICE <%s> { ?s ?p ?o } } } LIMIT 1",
                "SELECT * { GRAPH ?g { SERVICE <%s> { ?s ?p ?o } } }",
                "SELECT (EXISTS { SERVICE <%s> { ?s ?p ?o } } AS ?e) {}",
                "SELECT * { BIND(IF(EXISTS { SERVICE <%s> { ?s ?p ?o } }, 1, 2) AS ?e) }",
                "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(EXISTS { SERVICE <%s> { ?s ?p ?o } }) LIMIT 1",
                "SELECT ?s { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <%s> { ?s ?p ?o } }) LIMIT 1",
                "SELECT (COUNT(IF(EXISTS { SERVICE <%s> {} }, 1, 2)) AS ?n) {}",
                "ASK { SERVICE <%s> { ?s ?p ?o } }",
                "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <%s> { ?s ?p ?o } }",
                "DESCRIBE ?s { SERVICE <%s> { ?s ?p ?o } }",
                "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
                "SELECT * { SERVICE <loop:> { ?s ?p ?o } }", "SELECT * { SERVICE <loop:%s> { ?s ?p ?o } }", "SELECT * { SERVICE <cache:> { ?s ?p ?o } }", "SELECT * { SERVICE <cache:%s> { ?s ?p ?o } }",
                "SELECT * { SERVICE <bulk+10:%s> { ?s ?p ?o } }", "SELECT * { SERVICE <cache:loop+scoped:bulk+5:%s> { ?s ?p ?o } }", "SELECT * { SERVICE <self:> { ?s ?p ?o } }", "SELECT * { SERVICE <urn:x-arq:self> { ?s ?p ?o } }",
                "SELECT * { SERVICE <tdb:location:/tmp> { ?s ?p ?o } }", "SELECT * { SERVICE <jar:%s!/a> { ?s ?p ?o } }", "SELECT * { SERVICE <> { ?s ?p ?o } }")
                .map(query -> query.replace("%s", there)).toList();
    }

    /// Each calls something that no query may call.
    static List<String> functions() {
        return List.of(
                "SELECT (<java:java.lang.System>() AS ?x) {}", "SELECT (<java:org.apache.jena.sparql.function.library.wait>(5000) AS ?x) {}", "SELECT * { ?s <java:org.apache.jena.sparql.pfunction.library.versionARQ> ?o }",
                "SELECT (<http://jena.apache.org/ARQ/function#wait>(5000) AS ?x) {}", "SELECT (<http://jena.hpl.hp.com/ARQ/function#wait>(5000) AS ?x) {}", "SELECT (<java:java.lang.Thread>(1) AS ?x) {}", "SELECT (<JAVA:java.lang.Thread>(1) AS ?x) {}",
                "SELECT (<http://jena.apache.org/ARQ/function#version>() AS ?x) {}", "SELECT (<http://jena.apache.org/ARQ/function#system-timezone>() AS ?x) {}", "SELECT (<http://jena.apache.org/ARQ/jsFunction#x>('1') AS ?x) {}", "SELECT (<http://jena.apache.org/ARQ/function/js#f>() AS ?x) {}",
                "PREFIX apf: <http://jena.apache.org/ARQ/property#> SELECT * { ?s apf:versionARQ ?v }", "PREFIX apf: <http://jena.apache.org/ARQ/property#> SELECT * { ?s apf:textMatch ?v }", "PREFIX apf: <java:org.apache.jena.sparql.pfunction.library.> SELECT * { ?s apf:bnode ?v }",
                "SELECT (<urn:no-such-function>(1) AS ?x) {}", "SELECT * { FILTER(<urn:no-such-function>(1)) }", "SELECT * { BIND(COALESCE(<java:java.lang.Runtime>(), 1) AS ?x) }", "SELECT (SUM(<java:java.lang.Runtime>(?o)) AS ?x) { ?s ?p ?o }",
                "SELECT (<urn:no-such-aggregate>(DISTINCT ?o) AS ?x) { ?s ?p ?o }", "SELECT (CALL(<java:java.lang.Runtime>) AS ?x) {}", "SELECT * { ?s <http://jena.apache.org/text#query> <java:java.lang.Runtime> }");
    }

    /// Deeper than any parser's stack bears, by what they are.
    static Map<String, String> nested() {
        var shapes = new LinkedHashMap<String, String[]>();
        shapes.put("parentheses", new String[] {"SELECT * { FILTER(", "(", "1", ")", ") }"});
        shapes.put("groups", new String[] {"SELECT * { ", "{", "", "}", " }"});
        shapes.put("property paths", new String[] {"SELECT * { ?s ", "(", "<urn:p>", ")", " ?o }"});
        shapes.put("repeated property paths", new String[] {"SELECT * { ?s ", "(", "<urn:p>", ")*", " ?o }"});
        shapes.put("OPTIONALs", new String[] {"SELECT * { ", "OPTIONAL { ?s ?p ?o ", "", "}", " }"});
        shapes.put("sub-selects", new String[] {"", "SELECT * { ", "?s ?p ?o", " }", ""});
        shapes.put("sub-selects in groups", new String[] {"SELECT * { ", "{ SELECT * { ", "?s ?p ?o", " } }", "}"});
        shapes.put("lists", new String[] {"SELECT * { ?s ?p ", "(", "1", ")", " }"});
        shapes.put("blank nodes", new String[] {"SELECT * { ?s ?p ", "[ <urn:p> ", "1", "]", " }"});
        shapes.put("quoted triples", new String[] {"SELECT * { ", "<<", "?a <urn:p> ?b", ">> <urn:p> ?b ", " . }"});
        shapes.put("triple terms", new String[] {"SELECT * { ?s ?p ", "<<( ?a <urn:p> ", "?b", " )>>", " }"});
        shapes.put("annotations", new String[] {"SELECT * { ?s ?p ?o ", "{| <urn:p> ?x ", "", "|}", " }"});
        shapes.put("negations", new String[] {"SELECT * { FILTER(", "!", "?x", "", ") }"});
        shapes.put("minus signs", new String[] {"SELECT * { FILTER(", "- ", "?x", "", " = 1) }"});
        shapes.put("EXISTS", new String[] {"SELECT * { ", "FILTER EXISTS { ?s ?p ?o . ", "", "}", " }"});
        shapes.put("NOT EXISTS", new String[] {"SELECT * { ?s ?p ?o ", "FILTER NOT EXISTS { ?s ?p ?o . ", "", "}", " }"});
        shapes.put("MINUS", new String[] {"SELECT * { ?s ?p ?o ", "MINUS { ?s ?p ?o . ", "", "}", " }"});
        shapes.put("GRAPHs", new String[] {"SELECT * { ", "GRAPH ?g { ", "?s ?p ?o", "}", " }"});
        shapes.put("IFs", new String[] {"SELECT (", "IF(true, 1, ", "2", ")", " AS ?x) {}"});
        shapes.put("function calls", new String[] {"SELECT (", "STR(", "1", ")", " AS ?x) {}"});
        shapes.put("INs", new String[] {"SELECT (", "1 IN (", "2", ")", " AS ?x) {}"});
        shapes.put("UNIONs", new String[] {"SELECT * { ", "{} UNION { ", "?s ?p ?o", "}", " }"});
        shapes.put("inverse paths", new String[] {"SELECT * { ?s ", "^(", "<urn:p>", ")", " ?o }"});
        shapes.put("templates", new String[] {"CONSTRUCT { ?s ?p ", "(", "1", ")", " } WHERE { ?s ?p ?o }"});
        var texts = new LinkedHashMap<String, String>();
        shapes.forEach((what, shape) -> Stream.of(600, 3_000, 20_000).filter(deep -> (shape[1].length() + shape[3].length()) * deep < MOST)
                .forEach(deep -> texts.put(deep + " " + what + " in one another", shape[0] + shape[1].repeat(deep) + shape[2] + shape[3].repeat(deep) + shape[4])));
        return texts;
    }

    /// Long lists of what is short.
    static Map<String, String> wide() {
        var texts = new LinkedHashMap<String, String>();
        texts.put("100,000 values", "SELECT * { VALUES ?x {" + " 1".repeat(100_000) + "} }");
        texts.put("40,000 alternatives", "SELECT * { {}" + " UNION {}".repeat(40_000) + " }");
        texts.put("40,000 of &&", "SELECT * { FILTER(?x" + " && ?x".repeat(40_000) + ") }");
        texts.put("40,000 of ||", "SELECT * { FILTER(?x" + " || ?x".repeat(40_000) + ") }");
        texts.put("40,000 of +", "SELECT (1" + " + 1".repeat(40_000) + " AS ?x) {}");
        texts.put("40,000 of -1", "SELECT (1" + " -1".repeat(40_000) + " AS ?x) {}");
        texts.put("40,000 steps of a path", "SELECT * { ?s a" + "/a".repeat(40_000) + " ?o }");
        texts.put("40,000 alternatives of a path", "SELECT * { ?s a" + "|a".repeat(40_000) + " ?o }");
        texts.put("40,000 patterns", "SELECT * { " + "?s ?p ?o . ".repeat(40_000) + "}");
        texts.put("40,000 objects", "SELECT * { ?s ?p 1" + ",1".repeat(40_000) + "}");
        texts.put("40,000 predicates", "SELECT * { ?s ?p 1" + "; a 1".repeat(40_000) + "}");
        texts.put("40,000 BINDs", "SELECT * { " + each(0, 40_000, i -> "BIND(1 AS ?v" + i + ")") + "}");
        texts.put("40,000 OPTIONALs", "SELECT * { " + "OPTIONAL { ?s a ?o }".repeat(40_000) + "}");
        texts.put("40,000 FILTERs", "SELECT * { " + "FILTER(?s)".repeat(40_000) + "}");
        texts.put("60,000 in a list", "SELECT * { ?s ?p (" + " 1".repeat(60_000) + ") }");
        texts.put("60,000 of IN", "SELECT * { FILTER(?x IN (1" + ",1".repeat(60_000) + ")) }");
        texts.put("60,000 arguments", "SELECT (CONCAT('a'" + ",'a'".repeat(60_000) + ") AS ?x) {}");
        texts.put("40,000 graphs", "SELECT * " + "FROM <urn:g> ".repeat(40_000) + "{}");
        texts.put("60,000 prefixes", each(0, 30_000, i -> "PREFIX a" + i + ": <urn:x>\n") + "ASK {}");
        texts.put("60,000 sort keys", "SELECT * { ?s ?p ?o } ORDER BY" + " ?s".repeat(60_000));
        texts.put("60,000 sub-selects side by side", "SELECT * {" + "{SELECT * {}}".repeat(60_000) + "}");
        texts.put("a name of a megabyte", "SELECT * { ?" + "s".repeat(1_000_000) + " ?p ?o }");
        texts.put("a string of a megabyte that never ends", "SELECT * { ?s ?p '" + "s".repeat(1_000_000));
        texts.put("an IRI of a megabyte that never ends", "SELECT * { ?s ?p <" + "s".repeat(1_000_000));
        texts.put("a comment of a megabyte", "#" + "s".repeat(1_000_000));
        texts.put("a number of a megabyte", "SELECT (" + "1".repeat(1_000_000) + " AS ?x) {}");
        texts.put("backslashes of a megabyte", "SELECT * { ?s ?p '" + "\\".repeat(1_000_000));
        texts.put("blank of a megabyte", " ".repeat(1_000_000));
        return texts;
    }

    /// Queries without an end, or none that anyone would live to see.
    static Map<String, String> endless() {
        var queries = new LinkedHashMap<String, String>();
        queries.put("a regular expression that tries everything", "SELECT (REGEX('" + "a".repeat(60) + "!', '^(a+)+$') AS ?x) {}");
        queries.put("one with alternatives", "SELECT (REGEX('" + "a".repeat(60) + "!', '^(a|aa|a?a)+$') AS ?x) {}");
        queries.put("one with back references", "SELECT (REGEX('" + "a".repeat(5000) + "!', '(.*)(.*)(.*)(.*)(.*)(.*)\\\\1b') AS ?x) {}");
        queries.put("one with many stars", "SELECT (REGEX('" + "x".repeat(3000) + "', '" + "x*".repeat(40) + "y') AS ?x) {}");
        queries.put("one that is deep", "SELECT (REGEX('" + "a".repeat(200_000) + "', '(a|b)*c') AS ?x) {}");
        queries.put("one that comes from data", "SELECT * { BIND(CONCAT('^(', 'a+', ')+$') AS ?r) FILTER(REGEX('" + "a".repeat(60) + "!', ?r)) }");
        queries.put("a replacement that tries everything", "SELECT (REPLACE('" + "a".repeat(60) + "!', '(a+)+$', 'b') AS ?x) {}");
        queries.put("a replacement that grows", "SELECT (STRLEN(REPLACE(REPLACE(REPLACE('" + "a".repeat(1000) + "', 'a', '" + "b".repeat(1000) + "'), 'b', '" + "c".repeat(1000) + "'), 'c', 'dddddddd')) AS ?x) {}");
        queries.put("a string doubled forty times", "SELECT (STRLEN(?s40) AS ?n) { BIND('aaaaaaaaaa' AS ?s0) " + each(1, 40, i -> "BIND(CONCAT(?s" + (i - 1) + ", ?s" + (i - 1) + ") AS ?s" + i + ") ") + "}");
        queries.put("an IRI doubled forty times", "SELECT (STRLEN(STR(?s40)) AS ?n) { BIND(<urn:aaaaaaaaaa> AS ?s0) " + each(1, 40, i -> "BIND(IRI(CONCAT(STR(?s" + (i - 1) + "), STR(?s" + (i - 1) + "))) AS ?s" + i + ") ") + "}");
        queries.put("a number squared forty times", "SELECT (?s40 > 0 AS ?n) { BIND(3 AS ?s0) " + each(1, 40, i -> "BIND(?s" + (i - 1) + " * ?s" + (i - 1) + " AS ?s" + i + ") ") + "}");
        queries.put("a decimal squared forty times", "SELECT (STR(?s40) AS ?n) { BIND(3.7 AS ?s0) " + each(1, 40, i -> "BIND(?s" + (i - 1) + " * ?s" + (i - 1) + " AS ?s" + i + ") ") + "}");
        queries.put("a quotient that never ends, of large numbers", "SELECT ((" + "9".repeat(100_000) + " / " + "7".repeat(99_999) + ") AS ?x) {}");
        queries.put("a number with a giant exponent as a decimal", "SELECT (<http://www.w3.org/2001/XMLSchema#decimal>('1e300'^^<http://www.w3.org/2001/XMLSchema#double>) AS ?x) (<http://www.w3.org/2001/XMLSchema#integer>(1e300) AS ?y) {}");
        queries.put("percent signs doubled", "SELECT (STRLEN(?s20) AS ?n) { BIND('%%%%' AS ?s0) " + each(1, 20, i -> "BIND(ENCODE_FOR_URI(?s" + (i - 1) + ") AS ?s" + i + ") ") + "}");
        queries.put("one text of everything", "SELECT (STRLEN(GROUP_CONCAT(CONCAT(STR(?s), STR(?o2)); SEPARATOR='" + "x".repeat(1000) + "')) AS ?n) { " + EVERYTHING + " }");
        queries.put("texts of everything for each", "SELECT ?p (GROUP_CONCAT(?o2) AS ?t) { " + EVERYTHING + " } GROUP BY ?p");
        queries.put("everything with everything, counted", "SELECT (COUNT(*) AS ?n) { " + EVERYTHING + " }");
        queries.put("everything with everything, sorted", "SELECT * { " + EVERYTHING + " } ORDER BY ?o3 ?o2 ?o LIMIT 3");
        queries.put("everything with everything, sorted whole", "SELECT * { " + EVERYTHING + " } ORDER BY ?o3 ?o2 ?o");
        queries.put("everything with everything, grouped", "SELECT ?s ?s2 ?s3 (COUNT(*) AS ?n) { " + EVERYTHING + " } GROUP BY ?s ?s2 ?s3");
        queries.put("everything with everything, each once", "SELECT DISTINCT ?s ?s2 ?s3 { " + EVERYTHING + " }");
        queries.put("everything with everything, each once counted", "SELECT (COUNT(DISTINCT *) AS ?n) { " + EVERYTHING + " }");
        queries.put("everything with everything, one of each group", "SELECT ?o (SAMPLE(?s2) AS ?a) (MAX(?o3) AS ?b) { " + EVERYTHING + " } GROUP BY ?o ?o2 ?o3");
        queries.put("everything with everything, from far on", "SELECT * { " + EVERYTHING + " } OFFSET 9000000000000000000 LIMIT 1");
        queries.put("everything with everything, streamed", "SELECT * { " + EVERYTHING + " }");
        queries.put("everything without anything", "SELECT * { " + EVERYTHING + " MINUS { ?s ?p ?o2 . ?a ?b ?o } FILTER(?s = ?o3) }");
        queries.put("what is not beside everything else", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER NOT EXISTS { ?s2 ?p2 ?o2 . ?s3 ?p3 ?o3 FILTER(?o2 = ?s && ?o3 = ?s2 && ?p2 = ?p3 && ?s = ?p) } }");
        queries.put("what is beside something else", "ASK { ?s ?p ?o . ?s2 ?p2 ?o2 FILTER EXISTS { ?a ?b ?c FILTER(?a = ?o && ?c = ?s2 && ?b = ?a) } FILTER(?s = ?o2 && ?p = ?s2 && ?o = ?p2) }");
        queries.put("ways of any length between everything", "SELECT (COUNT(*) AS ?n) { ?s (!<urn:x>)* ?o . ?o (!<urn:x>|!^<urn:x>)* ?z . ?z (!<urn:y>)+ ?y }");
        queries.put("ways within ways", "SELECT (COUNT(*) AS ?n) { ?s ((((!<urn:x>)*)+)*/(^(!<urn:y>)*)*)* ?o . ?o ((!<urn:x>)+|(^!<urn:y>)+)* ?z }");
        queries.put("a graph of everything with everything", "CONSTRUCT { ?s ?p2 ?o3 . ?s2 ?p3 ?o . ?s3 ?p ?o2 . [ ?p ?o ] } WHERE { " + EVERYTHING + " }");
        queries.put("a description of everything", "DESCRIBE * { " + EVERYTHING + " }");
        queries.put("joins without a shared name", "SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a ?b ?c } ORDER BY ?c } { SELECT ?d { ?d ?e ?f } ORDER BY ?f } { SELECT ?g { ?g ?h ?i } ORDER BY ?i } FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) < 0) }");
        queries.put("optional parts without a shared name", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { { SELECT * { ?d ?e ?f } } } OPTIONAL { { SELECT * { ?g ?h ?i } } } }");
        queries.put("hashes of everything", "SELECT (MAX(SHA512(CONCAT(STR(?s), STR(?o), STR(?o2), STR(?o3)))) AS ?h) { " + EVERYTHING + " }");
        queries.put("values multiplied", "SELECT (COUNT(*) AS ?n) { " + Stream.of("a", "b", "c", "d", "e", "f", "g", "h").map(name -> "VALUES ?" + name + " {" + " 1 2 3 4 5 6 7 8 9 10".repeat(10) + " } ").reduce("", String::concat) + "}");
        queries.put("wildcards in the text index", "SELECT * { ?s <http://jena.apache.org/text#query> '" + "*a*e*i*o*u ".repeat(60) + "' }");
        queries.put("fuzzy words in the text index", "SELECT * { ?s <http://jena.apache.org/text#query> '" + "abcdefghij~2 OR ".repeat(400) + "x' }");
        queries.put("a regular expression in the text index", "SELECT * { ?s <http://jena.apache.org/text#query> '/(.*a){30}/' }");
        queries.put("random sort of everything", "SELECT * { " + EVERYTHING + " } ORDER BY RAND() LIMIT 1");
        return queries;
    }

    private static String each(int first, int times, IntFunction<String> part) {
        return IntStream.range(first, first + times).mapToObj(part).collect(Collectors.joining());
    }
}
