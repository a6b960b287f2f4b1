package org.policygraph.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is to be loaded.
/// @param ontology the folder with `policygraph.ttl`, `taxonomy`, `rules` and `shapes`
/// @param data     folders with `entities` and `sources`
/// @param queries  the folder of the question library
public record Content(Path ontology, List<Path> data, Optional<Path> queries) {
    public Content {
        data = List.copyOf(data);
    }

    public Content(Path ontology, List<Path> data) {
        this(ontology, data, Optional.empty());
    }
}
