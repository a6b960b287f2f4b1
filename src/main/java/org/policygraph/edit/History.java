package org.policygraph.edit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.policygraph.store.DatasetVersion;
import org.policygraph.store.GraphSizes;
import org.policygraph.store.Journal;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Pol;

/// `graph:edits`: who did what and when, as PROV-O tells it. Where the change itself stands in the [Journal], an identifier says.
final class History {

    private static final Pattern ENTRY = Pattern.compile("bytes (\\d+)-(\\d+) sha256 ([0-9a-f]{64})");

    private final DatasetGraph data;

    /// @param data in a transaction
    History(DatasetGraph data) {
        this.data = data;
    }

    /// The number of the last edit, 0 when there is none.
    long last() {
        return DatasetVersion.lastEdit(data, Iris.EDITS_GRAPH).map(History::number).orElse(0L);
    }

    private static long number(Node edit) {
        return Long.parseLong(edit.getURI().substring(edit.getURI().lastIndexOf('/') + 1));
    }

    Optional<Edit> find(long number) {
        var edit = Iris.edit(number);
        return one(edit, Pol.PROV_WAS_ASSOCIATED_WITH).map(editor -> new Edit(number, editor.getURI().substring(Iris.editor("").getURI().length()),
                Instant.parse(text(edit, Pol.PROV_ENDED_AT_TIME)), text(edit, DCTerms.description.asNode()),
                all(edit, Pol.PROV_GENERATED).stream().map(Node::getURI).sorted().toList(),
                Long.parseLong(text(edit, Pol.TRIPLES_ADDED)), Long.parseLong(text(edit, Pol.TRIPLES_REMOVED)),
                one(edit, Pol.PROV_WAS_INFORMED_BY).map(History::number)));
    }

    Optional<Journal.Entry> entry(long number) {
        return one(Iris.edit(number), DCTerms.identifier.asNode()).map(Node::getLiteralLexicalForm).map(ENTRY::matcher).filter(found -> found.matches())
                .map(found -> new Journal.Entry(Long.parseLong(found.group(1)), Long.parseLong(found.group(2)), found.group(3)));
    }

    /// Writes an edit down.
    /// @param entry where its change stands
    void add(Edit edit, Journal.Entry entry) {
        var it = Iris.edit(edit.number());
        var editor = Iris.editor(edit.editor());
        var graph = data.getGraph(Iris.EDITS_GRAPH);
        var size = new long[1];
        var facts = new ArrayList<Node[]>();
        facts.add(new Node[] {it, RDF.type.asNode(), Pol.PROV_ACTIVITY});
        facts.add(new Node[] {it, Pol.PROV_WAS_ASSOCIATED_WITH, editor});
        facts.add(new Node[] {it, Pol.PROV_ENDED_AT_TIME, Literals.instant(edit.at())});
        facts.add(new Node[] {it, DCTerms.description.asNode(), Literals.plain(edit.what())});
        facts.add(new Node[] {it, Pol.TRIPLES_ADDED, Literals.whole(edit.added())});
        facts.add(new Node[] {it, Pol.TRIPLES_REMOVED, Literals.whole(edit.removed())});
        facts.add(new Node[] {it, DCTerms.identifier.asNode(), Literals.plain("bytes " + entry.start() + "-" + entry.end() + " sha256 " + entry.sha256())});
        edit.graphs().forEach(changed -> facts.add(new Node[] {it, Pol.PROV_GENERATED, NodeFactory.createURI(changed)}));
        edit.undoes().ifPresent(undone -> facts.add(new Node[] {it, Pol.PROV_WAS_INFORMED_BY, Iris.edit(undone)}));
        facts.add(new Node[] {editor, RDF.type.asNode(), Pol.PROV_AGENT});
        facts.forEach(fact -> {
            if (!graph.contains(fact[0], fact[1], fact[2])) {
                data.add(Iris.EDITS_GRAPH, fact[0], fact[1], fact[2]);
                size[0]++;
            }
        });
        GraphSizes.changed(data, Iris.EDITS_GRAPH, size[0], 0);
    }

    /// Newest first.
    /// @param before only those with a smaller number
    List<Edit> list(long before, int most) {
        var found = new ArrayList<Edit>();
        for (var number = Math.min(before - 1, last()); number > 0 && found.size() < most; number--) {
            find(number).ifPresent(found::add);
        }
        return found;
    }

    private Optional<Node> one(Node subject, Node property) {
        return all(subject, property).stream().findFirst();
    }

    private List<Node> all(Node subject, Node property) {
        return data.getGraph(Iris.EDITS_GRAPH).find(subject, property, Node.ANY).mapWith(triple -> triple.getObject()).toList();
    }

    private String text(Node subject, Node property) {
        return one(subject, property).map(Node::getLiteralLexicalForm)
                .orElseThrow(() -> new IllegalStateException(subject + " has no " + property));
    }
}
