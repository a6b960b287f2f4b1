package org.policygraph.load;

import java.util.Optional;

/// How much of what a source says its claims and figures carry.
/// @param source     its id
/// @param paragraphs paragraphs that have content
/// @param cited      of those, the ones that a claim or a figure cites
/// @param numerals   what became of the numbers in the text; nothing where the text was not at hand
public record Coverage(String source, int paragraphs, int cited, Optional<Numbers> numerals) {

    /// The numbers in the paragraphs that have content and that stand in the text as they were read.
    /// @param carried by figures, by dates, by values of claims
    /// @param named   part of an entity's name
    /// @param waived  told in `notFigures` to count nothing
    /// @param open    none of these: a problem each
    public record Numbers(int carried, int named, int waived, int open) {
        public int all() {
            return carried + named + waived + open;
        }
    }

    /// One line for a person.
    public String summary() {
        return source + ": " + cited + " of " + paragraphs + " content paragraphs covered"
                + numerals.map(numbers -> ", " + (numbers.all() - numbers.open()) + " of " + numbers.all() + " numerals accounted for ("
                        + numbers.carried() + " carried, " + numbers.named() + " in names, " + numbers.waived() + " waived)").orElse("");
    }
}
