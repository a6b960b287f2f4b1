package org.policygraph.edit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.exec.UpdateExec;
import org.apache.jena.update.UpdateException;
import org.apache.jena.update.UpdateRequest;
import org.policygraph.graph.Rules;
import org.policygraph.graph.Shapes;
import org.policygraph.limit.Allowance;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.store.DatasetVersion;
import org.policygraph.store.GraphSizes;
import org.policygraph.store.Store;
import org.policygraph.term.Iris;
import org.policygraph.term.Literals;
import org.policygraph.term.Vocabulary;

/// What editors do to a store: each edit a transaction that leaves everything as true as it was, or nothing at all.
///
/// Afterwards the inferred graph is the closure of the others, no shape finds a fault that it did not find before, the text
/// index has what the quads say, the dataset's description counts right, and the history knows who did it.
public final class Edits {

    private static final int MOST_FAULTS = 100;
    private static final int MOST_WAITING = 50;
    private static final int HASH_DIGITS = 12;

    private final Store store;
    private final Rules rules;
    private final List<Shapes> shapes;
    private final Permitted permitted;
    private final EditLimits limits;
    private final ReentrantLock turn = new ReentrantLock(true);

    /// @param shapes that the store as a whole must have
    public Edits(Store store, Vocabulary words, Rules rules, List<Shapes> shapes, EditLimits limits) {
        this(store, rules, shapes, new Permitted(words.graph()), limits);
    }

    Edits(Store store, Rules rules, List<Shapes> shapes, Permitted permitted, EditLimits limits) {
        this.store = store;
        this.rules = rules;
        this.shapes = List.copyOf(shapes);
        this.permitted = permitted;
        this.limits = limits;
    }

    /// What became of a request.
    /// @param edit    empty when everything was so already
    /// @param version of the graph that was asked for, or of the dataset
    /// @param created whether the graph that was asked for was not there before
    public record Outcome(Optional<Edit> edit, Optional<String> version, boolean created) {}

    public EditLimits limits() {
        return limits;
    }

    /// SPARQL Update.
    /// @param text      as it was sent
    /// @param condition that the version of the dataset must meet
    /// @throws ProblemException `Forbidden`, `Invalid`, `Violated`, `Outdated` or `Exceeded`; nothing has changed then
    public Outcome update(Editors.Editor editor, UpdateRequest request, String text, Precondition condition) {
        // The same update does its work again when it is sent again, with other things where it names none.
        var unnamed = hash(text + UUID.randomUUID());
        return write(editor, new Change(what(request), Optional.of(text), Optional.empty(), recording -> {
            try {
                UpdateExec.dataset(recording).update(request).build().execute();
            } catch (UpdateException impossible) {
                throw new ProblemException(new Problem.Conflicting(new Where.Argument("update"), String.valueOf(impossible.getMessage())));
            }
        }), unnamed, Optional.empty(), condition);
    }

    /// Makes a graph hold these triples and no others.
    /// @param unnamed goes into the names of blank nodes: the same for the same triples, so that to say them again changes nothing
    public Outcome put(Editors.Editor editor, Node graph, Graph triples, String unnamed, Precondition condition) {
        return write(editor, new Change("PUT <" + graph + ">", Optional.empty(), Optional.empty(),
                recording -> recording.replace(graph, () -> triples.find())), unnamed, Optional.of(graph), condition);
    }

    /// Adds triples to a graph.
    public Outcome post(Editors.Editor editor, Node graph, Graph triples, String unnamed, Precondition condition) {
        return write(editor, new Change("POST <" + graph + ">", Optional.empty(), Optional.empty(),
                recording -> {
                    permitted.graph(graph);
                    triples.find().forEach(triple -> recording.add(Quad.create(graph, triple)));
                }), unnamed, Optional.of(graph), condition);
    }

    /// Adds quads, each to its graph.
    public Outcome post(Editors.Editor editor, DatasetGraph quads, String unnamed, Precondition condition) {
        return write(editor, new Change("POST quads", Optional.empty(), Optional.empty(),
                recording -> quads.find().forEachRemaining(recording::add)), unnamed, Optional.empty(), condition);
    }

    /// Takes away a graph with all that it holds.
    /// @throws ProblemException `Absent` when there is none
    public Outcome delete(Editors.Editor editor, Node graph, Precondition condition) {
        return write(editor, new Change("DELETE <" + graph + ">", Optional.empty(), Optional.empty(), recording -> {
            permitted.graph(graph);
            if (!recording.containsGraph(graph)) {
                throw new ProblemException(new Problem.Absent(new Where.Argument("graph"), "graph", graph.getURI(), List.of()));
            }
            recording.removeGraph(graph);
        }), "", Optional.of(graph), condition);
    }

    /// Takes an edit back, by another edit that changes things the other way round.
    /// @throws ProblemException `Absent` when there is no such edit, `Conflicting` when something of it has changed since
    public Outcome undo(Editors.Editor editor, long number) {
        return write(editor, new Change("Undo edit " + number, Optional.empty(), Optional.of(number), recording -> {
            var patch = Patch.read(patch(new History(recording), number));
            var changed = Stream.concat(patch.added().stream().filter(quad -> !recording.contains(quad)),
                    patch.removed().stream().filter(recording::contains)).findFirst();
            if (changed.isPresent()) {
                var triple = changed.get();
                throw new ProblemException(new Problem.Conflicting(new Where.Resource("edit " + number), "<" + triple.getSubject() + "> <" + triple.getPredicate() + "> in <"
                        + triple.getGraph() + "> has changed since; undo what came later first, or write what should be"));
            }
            patch.added().forEach(recording::delete);
            patch.removed().forEach(recording::add);
        }), "", Optional.empty(), Precondition.none());
    }

    /// The edits, newest first.
    /// @param before only those with a smaller number
    public List<Edit> list(long before, int most) {
        return store.read(data -> new History(data).list(before, most));
    }

    public Optional<Edit> find(long number) {
        return store.read(data -> new History(data).find(number));
    }

    /// What the edit changed, in RDF Patch.
    /// @throws ProblemException `Absent` when there is no such edit
    public byte[] patch(long number) {
        return store.read(data -> patch(new History(data), number));
    }

    private byte[] patch(History history, long number) {
        return store.journal().read(history.entry(number).orElseThrow(() -> new ProblemException(
                new Problem.Absent(new Where.Argument("edit"), "edit", Long.toString(number), List.of()))));
    }

    private Outcome write(Editors.Editor editor, Change change, String unnamed, Optional<Node> asked, Precondition condition) {
        takeTurn();
        try {
            var outcome = new AtomicReference<Outcome>();
            store.write(data -> outcome.set(written(data, editor, change, unnamed, asked, condition)));
            return outcome.get();
        } finally {
            turn.unlock();
        }
    }

    /// TDB2 has one writer at a time, and would let the others wait for ever.
    private void takeTurn() {
        try {
            if (turn.getQueueLength() < MOST_WAITING) {
                // Who waits here computes nothing, and whom they wait for must get on.
                Allowance.away(() -> turn.tryLock(limits.patience().toMillis(), TimeUnit.MILLISECONDS));
                if (turn.isHeldByCurrentThread()) {
                    return;
                }
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(new Problem.Exceeded(new Where.Argument("edit"), Problem.Bound.BUSY, "--edit-wait",
                "other editors are writing; try again"));
    }

    private Outcome written(DatasetGraph data, Editors.Editor editor, Change change, String unnamed, Optional<Node> asked, Precondition condition) {
        condition.check(data, asked);
        var isThere = asked.map(data::containsGraph).orElse(true);
        var recording = new Recording(data, permitted, limits.size(), unnamed);
        change.work().accept(recording);
        var patch = new Patch(recording.removed(), recording.added());
        if (patch.removed().isEmpty() && patch.added().isEmpty()) {
            return new Outcome(Optional.empty(), version(data, asked), false);
        }
        var follows = Consequences.follow(data, rules, patch.added(), patch.removed());
        var changed = new ArrayList<Triple>(follows.changed());
        Stream.concat(patch.added().stream(), patch.removed().stream()).map(Quad::asTriple).forEach(changed::add);
        judge(data, changed);

        var graphs = new TreeSet<String>();
        Stream.concat(patch.added().stream(), patch.removed().stream()).forEach(quad -> graphs.add(quad.getGraph().getURI()));
        var history = new History(data);
        var last = history.last();
        var edit = new Edit(last + 1, editor.name(), Instant.now().truncatedTo(ChronoUnit.MILLIS), change.what(), List.copyOf(graphs),
                patch.added().size(), patch.removed().size(), change.undoes());
        var written = patch.gzipped(headers(edit, change));
        var entry = store.journal().append(history.entry(last).map(before -> before.end()).orElse(0L), written);
        history.add(edit, entry);
        describe(data, edit, patch, follows, entry.sha256());
        return new Outcome(Optional.of(edit), version(data, asked), !isThere);
    }

    private static Optional<String> version(DatasetGraph data, Optional<Node> asked) {
        return asked.isPresent() ? DatasetVersion.of(data, asked.get()) : DatasetVersion.of(data);
    }

    private static LinkedHashMap<String, Node> headers(Edit edit, Change change) {
        var headers = new LinkedHashMap<String, Node>();
        headers.put("id", Iris.edit(edit.number()));
        if (edit.number() > 1) {
            headers.put("prev", Iris.edit(edit.number() - 1));
        }
        headers.put("editor", Literals.plain(edit.editor()));
        headers.put("at", Literals.instant(edit.at()));
        headers.put("request", Literals.plain(change.text().orElse(change.what())));
        return headers;
    }

    private static void describe(DatasetGraph data, Edit edit, Patch patch, Consequences follows, String contents) {
        var it = Iris.edit(edit.number());
        for (var named : edit.graphs()) {
            var graph = NodeFactory.createURI(named);
            GraphSizes.changed(data, graph, count(patch.added(), graph), count(patch.removed(), graph));
            DatasetVersion.edit(data, graph, it, contents);
        }
        if (follows.added() > 0 || follows.removed() > 0) {
            GraphSizes.changed(data, Iris.INFERRED_GRAPH, follows.added(), follows.removed());
        }
        DatasetVersion.edit(data, Iris.EDITS_GRAPH, it, contents);
        DatasetVersion.renew(data);
    }

    private static long count(List<Quad> quads, Node graph) {
        return quads.stream().filter(quad -> quad.getGraph().equals(graph)).count();
    }

    /// @throws ProblemException `Violated`, with all that shapes find now and did not find before
    private void judge(DatasetGraph data, List<Triple> changed) {
        var faults = new ArrayList<>(faults(data.getUnionGraph(), changed));
        if (faults.isEmpty()) {
            return;
        }
        faults.removeAll(faultsBefore(changed));
        if (!faults.isEmpty()) {
            throw new ProblemException(faults.stream().limit(MOST_FAULTS)
                    .<Problem>map(fault -> new Problem.Violated(new Where.Resource(fault.node().toString()), fault.rule())).toList());
        }
    }

    private List<Shapes.Fault> faults(Graph union, List<Triple> changed) {
        return shapes.stream().flatMap(one -> one.faultsIn(union, changed).stream()).toList();
    }

    /// Of the state that was committed last, which other threads still see.
    private List<Shapes.Fault> faultsBefore(List<Triple> changed) {
        var before = new AtomicReference<List<Shapes.Fault>>(List.of());
        var reader = Thread.ofPlatform().name("before-the-edit").start(() -> before.set(store.read(data -> faults(data.getUnionGraph(), changed))));
        try {
            reader.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return before.get();
    }

    /// Not its text, which may tell what is meant to go.
    private static String what(UpdateRequest request) {
        return request.getOperations().size() == 1 ? "SPARQL Update" : "SPARQL Update of " + request.getOperations().size() + " operations";
    }

    static String hash(String text) {
        return DigestUtils.sha256Hex(text).substring(0, HASH_DIGITS);
    }
}
