package org.policygraph.load;

import java.nio.file.Path;
import java.util.List;

/// What is to be loaded.
/// @param ontology the folder with `policygraph.ttl`, `taxonomy`, `rules` and `shapes`
/// @param data     folders with `entities` and `sources`
public record Content(Path ontology, List<Path> data) {
    public Content {
        data = List.copyOf(data);
    }
}
