package org.policygraph.problem;

import java.nio.file.Path;

/// Where a problem is: in a file, in an argument, or at a resource.
public sealed interface Where {

    /// A place in a file.
    /// @param line    first line is 1; 0 stands for the file as a whole
    /// @param pointer JSON pointer (RFC 6901) from the top of the file, or of the line in NDJSON; empty for all of it
    record InFile(Path file, long line, String pointer) implements Where {

        public static InFile whole(Path file) {
            return new InFile(file, 0, "");
        }

        /// The place of the member `name`, told to be on `line`.
        public InFile at(String name, long line) {
            return new InFile(file, line, pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
        }

        @Override public String toString() {
            return file + (line == 0 ? "" : ":" + line) + (pointer.isEmpty() ? "" : " " + pointer);
        }
    }

    /// What a person typed: an option, an argument, a request parameter.
    record Argument(String name) implements Where {
        @Override public String toString() {
            return name;
        }
    }

    /// Something that is kept: a store, a graph, an entity.
    record Resource(String name) implements Where {
        @Override public String toString() {
            return name;
        }
    }

    /// This place in what stands there.
    default Where at(int line, int column) {
        return switch (this) {
            case InFile in -> new InFile(in.file(), line, "column " + column);
            case Argument argument -> new Argument(argument.name() + ":" + line + " column " + column);
            case Resource resource -> new Resource(resource.name() + ":" + line + " column " + column);
        };
    }
}
