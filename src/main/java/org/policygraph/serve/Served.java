package org.policygraph.serve;

import org.policygraph.graph.Rules;
import org.policygraph.question.Library;
import org.policygraph.store.Names;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;

/// What the server answers from.
/// @param words   of the ontology that the store was loaded by
/// @param rules   of the same
/// @param library the questions that can be asked by name
/// @param version of the program
public record Served(Store store, Vocabulary words, Rules rules, Library library, String version) {

    Names names() {
        return new Names(words);
    }
}
