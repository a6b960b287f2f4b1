package org.policygraph.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.source.DataFolder;
import org.policygraph.source.Origin;
import org.policygraph.store.DatasetVersion;
import org.policygraph.store.Store;

/// Brings files into a store: all of them, or none.
public final class Loader {

    private final Ontology ontology;
    private final List<DataFolder> folders;
    private final Optional<Path> queries;
    private final Progress progress;

    private Loader(Content content, Progress progress) {
        this.ontology = Ontology.read(content.ontology());
        this.folders = content.data().stream().map(folder -> new DataFolder(folder, ontology.words())).toList();
        this.queries = content.queries();
        this.progress = progress;
        for (int i = 0; i < folders.size(); i++) {
            if (folders.get(i).isEmpty()) {
                throw new ProblemException(new Problem.Unreadable(Where.InFile.whole(content.data().get(i)),
                        "there is nothing to load; a folder of data has entities/*.json and sources/<id>/source.json"));
            }
        }
    }

    /// What of a store gives way to files.
    public enum Replacing {
        /// Graphs whose files have changed, unless somebody has edited them since.
        UNEDITED,
        /// Those too; what was edited in them is gone then, but for the history.
        EDITED,
        /// All that the store has, the history of edits included.
        EVERYTHING
    }

    /// @param fresh whether all that the store has goes first
    /// @throws ProblemException with all problems of the files; the store is then as it was
    public static LoadReport load(Content content, Store store, boolean fresh, Progress progress) {
        return load(content, store, fresh ? Replacing.EVERYTHING : Replacing.UNEDITED, progress);
    }

    /// Each source is replaced as a whole, an entity too; what the store has from other sources stays.
    /// @throws ProblemException with all problems of the files, or `Conflicting` for each graph that has been edited; the store is then as it was
    public static LoadReport load(Content content, Store store, Replacing replacing, Progress progress) {
        return new Loader(content, progress).into(store, replacing);
    }

    private LoadReport into(Store store, Replacing replacing) {
        var fresh = replacing == Replacing.EVERYTHING;
        var units = units();
        var prints = new HashMap<Unit, String>();
        units.forEach(unit -> prints.put(unit, unit.fingerprint()));
        var changed = store.read(data -> units.stream().filter(unit -> fresh || !Description.fingerprint(data, unit.graph()).equals(prints.get(unit))).toList());
        // Which claims hold, and what units mean, is the ontology's to say: with a new one, all is read again.
        var reread = changed.stream().anyMatch(unit -> unit instanceof Unit.OfOntology) ? units : changed;
        if (changed.isEmpty()) {
            return new LoadReport(List.of());
        }
        var problems = new Problems();
        if (replacing == Replacing.UNEDITED) {
            store.read(data -> {
                reread.forEach(unit -> DatasetVersion.lastEdit(data, unit.graph()).ifPresent(edit -> problems.accept(edited(unit, edit))));
                return null;
            });
            problems.throwIfAny();
        }
        store.read(data -> {
            validate(reread, data, fresh, problems);
            return null;
        });
        problems.throwIfAny();

        var changes = new ArrayList<GraphChange>();
        store.write(data -> {
            if (fresh) {
                data.clear();
            }
            var writing = new Writing(data, ontology, progress);
            reread.forEach(unit -> {
                changes.add(writing.replace(unit));
                if (!unit.fingerprint().equals(prints.get(unit))) {
                    throw new ProblemException(new Problem.Unreadable(Where.InFile.whole(unit.files().getFirst()),
                            "the files of the " + unit.name() + " changed while they were read; load again"));
                }
            });
            changes.add(writing.infer());
            faultyLinks(data, reread).forEach(problems);
            problems.throwIfAny();
            changes.removeIf(change -> change.added() == 0 && change.removed() == 0);
            Description.write(data, ontology.words(), prints.entrySet().stream().collect(Collectors.toMap(entry -> entry.getKey().graph(), Map.Entry::getValue)), changes);
        });
        return new LoadReport(changes);
    }

    private static Problem edited(Unit unit, Node edit) {
        return new Problem.Conflicting(new Where.Resource(unit.graph().getURI()), "the files of the " + unit.name()
                + " have changed, but the graph has been edited since they were loaded (last by <" + edit
                + ">); what was edited would be lost. Bring it into the files (policygraph export tells the graph as it is), then load --over-edits");
    }

    private List<Unit> units() {
        var problems = new Problems();
        var units = new ArrayList<Unit>(List.of(new Unit.OfOntology(ontology), new Unit.OfRegistry(folders)));
        for (var folder : folders) {
            folder.sources(problems).forEach(source -> units.add(new Unit.OfSource(folder, source)));
        }
        queries.map(Unit.OfQuestions::new).filter(questions -> !questions.files().isEmpty()).ifPresent(units::add);
        problems.throwIfAny();
        return units;
    }

    /// Finds all that is wrong with the files, in the context of what the store has.
    private void validate(List<Unit> units, DatasetGraph data, boolean fresh, Problems problems) {
        var validation = new Validation(ontology, fresh ? new Registry() : Registry.of(data), problems);
        folders.forEach(validation::entities);
        for (var unit : units) {
            if (unit instanceof Unit.OfSource(var folder, var source)) {
                try (var task = progress.begin("Checking " + unit.name(), unit.bytes())) {
                    validation.source(folder, source, task);
                }
            }
        }
        for (var unit : units) {
            if (unit instanceof Unit.OfQuestions questions) {
                questions.read(_ -> { }, problems);
            }
            if (unit instanceof Unit.OfSource(var folder, var source)) {
                validation.awaited(folder, List.of(source), claim -> !fresh && data.contains(Node.ANY, claim, Node.ANY, Node.ANY));
            }
        }
    }

    /// What the shapes for links find in the whole, told of the JSON that caused it.
    private List<Problem> faultyLinks(DatasetGraph data, List<Unit> units) {
        try (var _ = progress.begin("Checking links", -1)) {
            var faults = ontology.links().faultsIn(data.getUnionGraph());
            if (faults.isEmpty()) {
                return List.of();
            }
            var nodes = faults.stream().map(fault -> fault.node()).collect(Collectors.toSet());
            var origins = new HashMap<Node, Origin>();
            units.forEach(unit -> Origins.find(unit, ontology, nodes, origins));
            return faults.stream().map(fault -> Validation.violated(fault, origins)).toList();
        }
    }
}
