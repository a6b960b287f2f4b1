package org.policygraph.problem;

import java.util.List;
import java.util.Optional;

/// What a person can fix, told apart by what they must do. Anything else that goes wrong is a bug.
public sealed interface Problem {

    /// Characters of what is quoted.
    int LONGEST = 1_000;

    Where where();

    /// What stood there, what was expected and what to do, in one sentence; the place is not repeated.
    String message();

    /// Something that can't be read at all: a missing file, broken JSON, broken Turtle.
    record Unreadable(Where where, String why) implements Problem {
        public Unreadable {
            why = shortened(why);
        }

        @Override public String message() {
            return why;
        }
    }

    /// A value that stands where another was expected.
    /// @param found    as it stood there
    /// @param expected "a number"
    record Invalid(Where where, String found, String expected) implements Problem {
        public Invalid {
            found = shortened(found);
        }

        @Override public String message() {
            return "found " + found + ", expected " + expected;
        }
    }

    /// A name inside some input that nothing bears.
    /// @param kind  "relation", "entity"
    /// @param found the name as it stood there
    /// @param close valid names that resemble it, nearest first
    record Unknown(Where where, String kind, String found, List<String> close) implements Problem {
        public Unknown {
            found = shortened(found);
            close = List.copyOf(close);
        }

        @Override public String message() {
            return "unknown " + kind + " '" + found + "'" + hint(close);
        }
    }

    /// A shape that the data does not have.
    /// @param rule what the shape asks for, as a sentence
    record Violated(Where where, String rule) implements Problem {
        @Override public String message() {
            return rule;
        }
    }

    /// Something asked for by name that is not there.
    record Absent(Where where, String kind, String found, List<String> close) implements Problem {
        public Absent {
            found = shortened(found);
            close = List.copyOf(close);
        }

        @Override public String message() {
            return "no " + kind + " '" + found + "'" + hint(close);
        }
    }

    /// The store or the machine can't do what is asked: locked, full, of another version.
    record Unusable(Where where, String why) implements Problem {
        @Override public String message() {
            return why;
        }
    }

    /// Something that is kept and that this asker may not change, or not in this way.
    /// @param what it is, and what to do instead
    record Forbidden(Where where, String what) implements Problem {
        @Override public String message() {
            return what;
        }
    }

    /// What was asked for only if something is as it was, which it is no more.
    record Outdated(Where where, String what) implements Problem {
        @Override public String message() {
            return what;
        }
    }

    /// What can't be done as things are now, though it could have been earlier.
    record Conflicting(Where where, String what) implements Problem {
        @Override public String message() {
            return what;
        }
    }

    /// Something that is there, and that the form asked for has no words for.
    /// @param form "XML"
    record Unsayable(Where where, String form) implements Problem {
        @Override public String message() {
            return form + " can't say this; choose another format";
        }
    }

    /// More than anyone may have: of time, of memory, of what can be sent or asked at once.
    /// @param option that sets the bound, as it is typed
    /// @param what   came to its end, as a sentence
    record Exceeded(Where where, Bound bound, String option, String what) implements Problem {
        @Override public String message() {
            return what + " (" + option + ")";
        }
    }

    /// What came to its end, told apart by what the asker can do.
    enum Bound {
        /// Ask for less; it may also be that others ask for much now.
        TIME, MEMORY,
        /// Write it shorter or flatter.
        LENGTH, SHAPE,
        /// Ask for a part at a time.
        RESULT,
        /// Ask again later.
        BUSY
    }

    /// The place, then the message: one line for a person.
    default String line() {
        return where() + ": " + message();
    }

    /// What someone sent may be a megabyte long; its beginning tells which it is.
    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }

    private static String hint(List<String> close) {
        return Optional.of(close).filter(names -> !names.isEmpty())
                .map(names -> "; did you mean " + String.join(" or ", names) + "?").orElse("");
    }
}
