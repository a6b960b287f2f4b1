package org.policygraph.serve;

import org.policygraph.graph.Rules;
import org.policygraph.store.Store;
import org.policygraph.term.Vocabulary;

/// What the server answers from.
/// @param words   of the ontology that the store was loaded by
/// @param rules   of the same
/// @param version of the program
public record Served(Store store, Vocabulary words, Rules rules, String version) {}
