package org.policygraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.reasoner.rulesys.Rule;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sys.JenaSystem;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.junit.jupiter.api.Test;
import org.semanticweb.HermiT.ReasonerFactory;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.io.StringDocumentSource;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyCreationException;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;

/// What holds of `ontology/`, whoever edits it.
class OntologyTest {

    static {
        // Jena's vocabularies hold nulls when they are touched before Jena has set itself up.
        JenaSystem.init();
    }

    private static final Path FOLDER = Path.of("ontology");
    private static final String POL = "https://w3id.org/policygraph/ontology#";
    private static final String CONCEPT = "https://w3id.org/policygraph/concept/";
    private static final String QUDT = "http://qudt.org/schema/qudt/";
    private static final Set<String> LANGUAGES = Set.of("en", "zh-Hant");
    private static final Node TYPE = RDF.type.asNode();
    private static final Node LABEL = RDFS.label.asNode();
    private static final Node DEFINITION = SKOS.definition.asNode();
    private static final Node BROADER = SKOS.broader.asNode();
    private static final Node IN_SCHEME = SKOS.inScheme.asNode();
    private static final List<Node> SPECIALISES = List.of(RDFS.subClassOf.asNode(), RDFS.subPropertyOf.asNode());

    private final Graph graph = read(Stream.concat(Stream.of(FOLDER.resolve("policygraph.ttl")), files("taxonomy", ".ttl")));

    @Test void theOntologyAndItsTaxonomiesAreOwl2Dl() throws OWLOntologyCreationException {
        var ontology = inOwlApi(graph);

        var report = new OWL2DLProfile().checkOntology(ontology);

        assertEquals(List.of(), report.getViolations().stream().map(Object::toString).sorted().toList());
    }

    @Test void aReasonerFindsNoContradictionAndNoClassThatCanHaveNoMember() throws OWLOntologyCreationException {
        var reasoner = new ReasonerFactory().createReasoner(inOwlApi(graph));

        assertTrue(reasoner.isConsistent());
        assertEquals(Set.of(), reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom());
        reasoner.dispose();
    }

    @Test void everyTermIsNamedAndDefinedOnceInEachLanguage() {
        assertEquals(List.of(), offenders(terms(), term -> !once(term, LABEL) || !once(term, DEFINITION)));
    }

    @Test void everyTermHasAnExample() {
        assertEquals(List.of(), offenders(terms(), term -> !graph.contains(term, SKOS.example.asNode(), Node.ANY)));
    }

    @Test void everyTermSpecialisesAnotherOrSaysWhyItIsARoot() {
        assertEquals(List.of(), offenders(terms(), term -> SPECIALISES.stream().noneMatch(property -> graph.contains(term, property, Node.ANY))
                && !once(term, SKOS.scopeNote.asNode())));
    }

    @Test void everyConceptAndSchemeIsNamedAndDefinedOnceInEachLanguage() {
        var both = new TreeSet<>(Comparator.comparing(Node::getURI));
        both.addAll(concepts());
        both.addAll(ofType(SKOS.ConceptScheme.asNode()));

        assertEquals(List.of(), offenders(both, concept -> !once(concept, SKOS.prefLabel.asNode()) || !once(concept, DEFINITION)));
        assertEquals(List.of(), offenders(both, concept -> !objects(concept, LABEL).equals(objects(concept, SKOS.prefLabel.asNode()))));
    }

    @Test void aConceptIsInTheSchemeThatItsIriNames() {
        assertEquals(List.of(), offenders(concepts(), concept -> !objects(concept, IN_SCHEME).equals(Set.of(schemeByIri(concept)))
                || !graph.contains(schemeByIri(concept), TYPE, SKOS.ConceptScheme.asNode())
                || !concept.getURI().substring(schemeByIri(concept).getURI().length() + 1).matches("[a-z0-9]+(-[a-z0-9]+)*")));
    }

    @Test void aConceptIsOnTopOfItsSchemeOrHasABroaderOneInIt() {
        assertEquals(List.of(), offenders(concepts(), concept ->
                graph.contains(concept, BROADER, Node.ANY) == graph.contains(concept, SKOS.topConceptOf.asNode(), schemeByIri(concept))));
        assertEquals(List.of(), offenders(concepts(), concept ->
                objects(concept, BROADER).stream().anyMatch(broader -> !graph.contains(broader, IN_SCHEME, schemeByIri(concept)))));
    }

    @Test void noConceptIsBroaderThanItself() {
        assertEquals(List.of(), offenders(concepts(), concept -> above(concept, BROADER).contains(concept)));
    }

    @Test void aNotationStandsForOneConceptOfItsScheme() {
        var holders = new TreeMap<String, Set<String>>();
        graph.find(Node.ANY, SKOS.notation.asNode(), Node.ANY).forEach(noted -> {
            var scheme = graph.contains(noted.getSubject(), IN_SCHEME, Node.ANY) ? schemeByIri(noted.getSubject()).getURI() : "units";
            holders.computeIfAbsent(scheme + " " + noted.getObject().getLiteralLexicalForm(), _ -> new TreeSet<>()).add(noted.getSubject().getURI());
        });

        holders.values().removeIf(one -> one.size() == 1);
        assertEquals(new TreeMap<>(), holders);
    }

    @Test void aStatusHoldsOrNotAndAConfidenceHasAWeight() {
        assertEquals(List.of(), offenders(inScheme("claim-status"), status -> objects(status, pol("holds")).size() != 1));
        assertEquals(List.of(), offenders(inScheme("confidence"), confidence -> objects(confidence, pol("weight")).size() != 1));
    }

    @Test void aUnitIsConvertedToOneThatStaysAsItIs() {
        assertEquals(List.of(), offenders(ofType(NodeFactory.createURI(QUDT + "Unit")), unit -> {
            var bases = List.copyOf(objects(unit, pol("normalizedUnit")));
            return bases.size() != 1 || !once(unit, LABEL) || multiplier(unit).signum() <= 0
                    || !objects(bases.getFirst(), pol("normalizedUnit")).equals(Set.of(bases.getFirst()))
                    || multiplier(bases.getFirst()).compareTo(BigDecimal.ONE) != 0;
        }));
    }

    @Test void nothingIsABlankNode() {
        assertEquals(List.of(), graph.find().filterKeep(triple -> triple.getSubject().isBlank() || triple.getObject().isBlank()).toList());
    }

    // Rules climb from class to class and from property to property; what they find on the way must be ours to say.
    @Test void nothingIsSaidOfAForeignTermButWhatItIsAndWhoDefinesIt() {
        var allowed = Set.of(TYPE, RDFS.isDefinedBy.asNode());
        assertEquals(List.of(), offenders(foreignTerms(), term -> graph.find(term, Node.ANY, Node.ANY).toList().stream().anyMatch(triple -> !allowed.contains(triple.getPredicate()))
                || objects(term, RDFS.isDefinedBy.asNode()).size() != 1));
    }

    @Test void aRelationThatChangesSomethingSaysWhetherToMoreOrToLess() {
        var causal = new TreeSet<>(Comparator.comparing(Node::getURI));
        terms().stream().filter(term -> above(term, RDFS.subPropertyOf.asNode()).contains(pol("affects"))).forEach(causal::add);

        assertTrue(causal.size() > 10, causal.toString());
        assertEquals(List.of(), offenders(causal, relation -> !Set.of("1", "-1").contains(sign(relation))));
        assertEquals(List.of(), offenders(causal, relation -> objects(relation, RDFS.subPropertyOf.asNode()).stream()
                .anyMatch(wider -> causal.contains(wider) && !sign(wider).equals(sign(relation)))));
        assertEquals(List.of(), offenders(terms(), term -> !causal.contains(term) && !sign(term).isEmpty()));
    }

    @Test void anInverseIsToldFromBothSidesAndOneSideOnlyIsDerived() {
        assertEquals(List.of(), offenders(terms(), term -> objects(term, OWL2.inverseOf.asNode()).stream()
                .anyMatch(inverse -> !graph.contains(inverse, OWL2.inverseOf.asNode(), term))));
        assertEquals(List.of(), offenders(terms(), term -> isDerived(term) && objects(term, OWL2.inverseOf.asNode()).stream().allMatch(this::isDerived)));
    }

    @Test void aRelationOfClaimsSaysWhereItStartsAndWhereItLeads() {
        var relations = terms().stream().filter(term -> above(term, RDFS.subPropertyOf.asNode()).contains(pol("relatedTo"))).toList();

        assertTrue(relations.size() > 50, relations.toString());
        assertEquals(List.of(), offenders(relations, relation -> !says(relation, RDFS.domain.asNode(), "domainIncludes")
                || !says(relation, RDFS.range.asNode(), "rangeIncludes")));
        assertEquals(List.of(), offenders(relations, relation -> leadsToConcepts(relation) == objects(relation, pol("conceptScheme")).isEmpty()));
    }

    @Test void theRulesParseAndNoTwoHaveTheSameName() {
        var names = new ArrayList<String>();
        files("rules", ".rules").forEach(file -> {
            try (BufferedReader in = Files.newBufferedReader(file)) {
                Rule.parseRules(Rule.rulesParserFromReader(in)).forEach(rule -> names.add(rule.getName()));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });

        assertEquals(List.of("hasEffectOn", "inverse", "restrictsByBottleneck", "subClass", "subProperty", "symmetric", "transitive", "worksAgainst"),
                names.stream().sorted().toList());
    }

    @Test void theShapesParseAndEachFaultThatTheyFindHasASentence() {
        for (var folder : List.of("shapes/records", "shapes/links")) {
            var shapes = read(files(folder, ".ttl"));

            assertTrue(Shapes.parse(shapes).numRootShapes() > 10, folder);
            var constraints = new HashSet<Node>();
            shapes.find(Node.ANY, sh("property"), Node.ANY).filterKeep(held -> held.getSubject().isURI()).forEach(held -> constraints.add(held.getObject()));
            assertEquals(List.of(), constraints.stream().filter(one -> sentence(shapes, one).isEmpty()
                    && shapes.find(one, sh("sparql"), Node.ANY).filterDrop(query -> sentence(shapes, query.getObject()).isEmpty()).toList().isEmpty())
                    .map(one -> shapes.find(one, sh("path"), Node.ANY).toList()).toList());
        }
    }

    // Helpers, in the order of their use.

    private static Stream<Path> files(String folder, String ending) {
        try (var found = Files.list(FOLDER.resolve(folder))) {
            return found.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Graph read(Stream<Path> files) {
        var read = GraphFactory.createDefaultGraph();
        files.forEach(file -> RDFDataMgr.read(read, file.toUri().toString()));
        return read;
    }

    private static OWLOntology inOwlApi(Graph graph) throws OWLOntologyCreationException {
        var text = new StringWriter();
        RDFDataMgr.write(text, graph, Lang.NTRIPLES);
        // Given as text, and importing nothing: no network is asked.
        return OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new StringDocumentSource(text.toString()));
    }

    private static List<String> offenders(Collection<Node> nodes, Predicate<Node> offends) {
        return nodes.stream().filter(offends).map(Node::getURI).sorted().toList();
    }

    private static Node pol(String name) {
        return NodeFactory.createURI(POL + name);
    }

    private static Node sh(String name) {
        return NodeFactory.createURI("http://www.w3.org/ns/shacl#" + name);
    }

    private Set<Node> ofType(Node type) {
        return graph.find(Node.ANY, TYPE, type).mapWith(Triple::getSubject).toSet();
    }

    private Set<Node> concepts() {
        return ofType(SKOS.Concept.asNode());
    }

    private Set<Node> inScheme(String scheme) {
        return graph.find(Node.ANY, IN_SCHEME, NodeFactory.createURI(CONCEPT + scheme)).mapWith(Triple::getSubject).toSet();
    }

    private Set<Node> declared() {
        var declared = new HashSet<Node>();
        List.of(OWL2.Class, OWL2.ObjectProperty, OWL2.DatatypeProperty, OWL2.AnnotationProperty).forEach(type -> declared.addAll(ofType(type.asNode())));
        return declared;
    }

    private Set<Node> terms() {
        var terms = declared();
        terms.removeIf(term -> !term.getURI().startsWith(POL));
        return terms;
    }

    private Set<Node> foreignTerms() {
        var foreign = declared();
        foreign.removeIf(term -> term.getURI().startsWith(POL));
        return foreign;
    }

    private Set<Node> objects(Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).mapWith(Triple::getObject).toSet();
    }

    /// Whether there is one text in each language, and in no other.
    private boolean once(Node subject, Node property) {
        var texts = objects(subject, property);
        return texts.size() == LANGUAGES.size()
                && texts.stream().allMatch(text -> text.isLiteral() && !text.getLiteralLexicalForm().isBlank())
                && texts.stream().map(Node::getLiteralLanguage).collect(Collectors.toSet()).equals(LANGUAGES);
    }

    private static Node schemeByIri(Node concept) {
        return NodeFactory.createURI(concept.getURI().substring(0, concept.getURI().lastIndexOf('/')));
    }

    private Set<Node> above(Node start, Node property) {
        var found = new HashSet<Node>();
        var open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            objects(open.removeLast(), property).stream().filter(found::add).forEach(open::add);
        }
        return found;
    }

    private BigDecimal multiplier(Node unit) {
        return new BigDecimal(objects(unit, NodeFactory.createURI(QUDT + "conversionMultiplier")).iterator().next().getLiteralLexicalForm());
    }

    private String sign(Node relation) {
        return String.join(" ", objects(relation, pol("sign")).stream().map(Node::getLiteralLexicalForm).sorted().toList());
    }

    private boolean isDerived(Node relation) {
        return objects(relation, pol("derivedInverse")).stream().anyMatch(flag -> flag.getLiteralLexicalForm().equals("true"));
    }

    private boolean says(Node relation, Node property, String soft) {
        return graph.contains(relation, property, Node.ANY) || graph.contains(relation, NodeFactory.createURI("https://schema.org/" + soft), Node.ANY);
    }

    private boolean leadsToConcepts(Node relation) {
        return graph.contains(relation, RDFS.range.asNode(), SKOS.Concept.asNode())
                || graph.contains(relation, NodeFactory.createURI("https://schema.org/rangeIncludes"), SKOS.Concept.asNode());
    }

    private static List<Node> sentence(Graph shapes, Node constraint) {
        return shapes.find(constraint, sh("message"), Node.ANY).mapWith(Triple::getObject)
                .filterKeep(text -> text.getLiteralLanguage().equals("en") && text.getLiteralLexicalForm().endsWith(".")).toList();
    }
}
