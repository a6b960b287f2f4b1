package org.policygraph.term;

import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/// The terms of `ontology/policygraph.ttl` that Java names. Classes of entities, relations and attributes are not here:
/// data chooses among them by name, through [Vocabulary].
public final class Pol {

    public static final String NAMESPACE = "https://w3id.org/policygraph/ontology#";

    public static final Node ENTITY = term("Entity");
    public static final Node INSTRUMENT = term("Instrument");
    public static final Node SOURCE = term("Source");
    public static final Node EXTERNAL_SOURCE = term("ExternalSource");
    public static final Node PASSAGE_CLASS = term("Passage");
    public static final Node CLAIM = term("Claim");
    public static final Node FIGURE = term("Figure");
    public static final Node TARGET = term("Target");

    public static final Node RELATED_TO = term("relatedTo");
    public static final Node ATTRIBUTE = term("attribute");
    public static final Node HAS_FIGURE = term("hasFigure");
    public static final Node HAS_TARGET = term("hasTarget");

    public static final Node INSTRUMENT_KIND = term("instrumentKind");
    public static final Node LAYER = term("layer");
    public static final Node SECTOR = term("sector");

    public static final Node PASSAGE = term("passage");
    public static final Node ASSERTED_BY = term("assertedBy");
    public static final Node SPEAKER_KIND = term("speakerKind");
    public static final Node CLAIM_STATUS = term("claimStatus");
    public static final Node NEGATED = term("negated");
    public static final Node CONFIDENCE = term("confidence");
    public static final Node CONDITION = term("condition");
    public static final Node AT = term("at");
    public static final Node FROM = term("from");
    public static final Node UNTIL = term("until");
    public static final Node DUE = term("due");

    public static final Node IN_SOURCE = term("inSource");
    public static final Node PARAGRAPH = term("paragraph");
    public static final Node SECTION = term("section");
    public static final Node SHA256 = term("sha256");
    public static final Node PASSAGE_ROLE = term("passageRole");
    public static final Node PUBLISHED_BY = term("publishedBy");
    public static final Node LANGUAGE = term("language");

    public static final Node METRIC = term("metric");
    public static final Node COMPARATOR = term("comparator");
    public static final Node VALUE = term("value");
    public static final Node MINIMUM = term("minimum");
    public static final Node MAXIMUM = term("maximum");
    public static final Node NORMALIZED_VALUE = term("normalizedValue");
    public static final Node NORMALIZED_MINIMUM = term("normalizedMinimum");
    public static final Node NORMALIZED_MAXIMUM = term("normalizedMaximum");
    public static final Node NORMALIZED_UNIT = term("normalizedUnit");
    public static final Node FOR_DATE = term("forDate");
    public static final Node FOR_DATE_END = term("forDateEnd");
    public static final Node MADE_DATE = term("madeDate");
    public static final Node DUE_DATE = term("dueDate");
    public static final Node IN_PLACE = term("inPlace");
    public static final Node COMPARED_WITH = term("comparedWith");

    public static final Node TRIPLES_ADDED = term("triplesAdded");
    public static final Node TRIPLES_REMOVED = term("triplesRemoved");

    public static final Node DERIVED_INVERSE = term("derivedInverse");
    public static final Node HOLDS = term("holds");
    public static final Node SIGN = term("sign");
    public static final Node WEIGHT = term("weight");

    // Terms of others that the graph is written in.
    public static final Node UNIT = NodeFactory.createURI("http://qudt.org/schema/qudt/Unit");
    public static final Node HAS_UNIT = NodeFactory.createURI("http://qudt.org/schema/qudt/hasUnit");
    public static final Node CONVERSION_MULTIPLIER = NodeFactory.createURI("http://qudt.org/schema/qudt/conversionMultiplier");
    public static final Node CITO_SUPPORTS = NodeFactory.createURI("http://purl.org/spar/cito/supports");
    public static final Node CITO_DISPUTES = NodeFactory.createURI("http://purl.org/spar/cito/disputes");

    public static final Node PROV_ENTITY = prov("Entity");
    public static final Node PROV_ACTIVITY = prov("Activity");
    public static final Node PROV_WAS_DERIVED_FROM = prov("wasDerivedFrom");
    public static final Node PROV_WAS_GENERATED_BY = prov("wasGeneratedBy");
    public static final Node PROV_USED = prov("used");
    public static final Node PROV_GENERATED = prov("generated");
    public static final Node PROV_ENDED_AT_TIME = prov("endedAtTime");
    public static final Node PROV_WAS_ASSOCIATED_WITH = prov("wasAssociatedWith");
    public static final Node PROV_WAS_INFORMED_BY = prov("wasInformedBy");
    public static final Node PROV_AGENT = prov("Agent");
    public static final Node PROV_WAS_ATTRIBUTED_TO = prov("wasAttributedTo");
    public static final Node PROV_HAD_PRIMARY_SOURCE = prov("hadPrimarySource");

    private Pol() {}

    private static Node prov(String name) {
        return NodeFactory.createURI("http://www.w3.org/ns/prov#" + name);
    }

    private static Node term(String name) {
        return NodeFactory.createURI(NAMESPACE + name);
    }
}
