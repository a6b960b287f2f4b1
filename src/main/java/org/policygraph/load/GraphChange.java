package org.policygraph.load;

/// What a load did to one graph.
/// @param graph its IRI
/// @param added   triples that came
/// @param removed triples that went
public record GraphChange(String graph, long added, long removed) {}
