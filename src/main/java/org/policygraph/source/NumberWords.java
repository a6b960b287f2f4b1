package org.policygraph.source;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// How one language writes numbers, over one text.
interface NumberWords {

    /// The number that starts here, as far as it goes.
    Optional<FoundNumber> at(int start);

    /// Where the other end of a range would start, if what follows the number can join the ends of one.
    OptionalInt otherEnd(FoundNumber amount);

    /// What follows a number of hundredths: "percent".
    Pattern percent();

    /// The number as a year, a month or a day, where what stands around it says so.
    FoundNumber dated(FoundNumber amount);
}
