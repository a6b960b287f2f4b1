package org.policygraph.question;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.source.Nearest;
import org.policygraph.source.QuestionFile;
import org.policygraph.store.Names;

/// The questions of a folder, each by its name.
public final class Library {

    private final SortedMap<String, Question> questions;

    private Library(SortedMap<String, Question> questions) {
        this.questions = questions;
    }

    /// @throws ProblemException with all that is wrong with the files
    public static Library read(Path folder, Names names) {
        var problems = new ArrayList<Problem>();
        var questions = new TreeMap<String, Question>();
        try {
            for (var file : QuestionFile.in(folder)) {
                new QuestionFile(file).read(problems::add).ifPresent(entry -> {
                    try {
                        questions.put(entry.name(), Question.of(entry, names));
                    } catch (ProblemException wrong) {
                        problems.addAll(wrong.problems());
                    }
                });
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new Library(questions);
    }

    /// By tier, then by name.
    public List<Question> questions() {
        var all = new ArrayList<>(questions.values());
        all.sort((one, other) -> one.entry().tier().compareTo(other.entry().tier()));
        return all;
    }

    public Collection<String> names() {
        return questions.keySet();
    }

    /// @throws ProblemException `Absent` when there is none of this name, with those that resemble it
    public Question named(String name, Where where) {
        var question = questions.get(QuestionFile.name(Path.of(name)));
        if (question == null) {
            throw new ProblemException(new Problem.Absent(where, "question", name, Nearest.to(name, questions.keySet())));
        }
        return question;
    }
}
