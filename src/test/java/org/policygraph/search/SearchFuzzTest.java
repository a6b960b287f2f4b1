package org.policygraph.search;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.policygraph.attack.Fuzz;
import org.policygraph.attack.Mutation;
import org.policygraph.attack.Owed;
import org.policygraph.load.Content;
import org.policygraph.load.Loader;
import org.policygraph.load.Progress;
import org.policygraph.store.Names;
import org.policygraph.store.Store;
import org.policygraph.term.Language;
import org.policygraph.term.Vocabulary;

/// Whatever is looked for, something is found or nothing, soon.
class SearchFuzzTest {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Path ONTOLOGY = Path.of("ontology");
    private static final Names NAMES = new Names(Vocabulary.read(ONTOLOGY));
    private static Store store;

    @BeforeContainer static void fill() {
        store = Store.inMemory();
        Loader.load(new Content(ONTOLOGY, List.of(Path.of("data")), Optional.empty()), store, false, Progress.silent());
    }

    @AfterContainer static void close() {
        store.close();
    }

    @Provide Arbitrary<Asked> wanted() {
        var texts = Arbitraries.oneOf(Mutation.of(List.of("huawei", "華為", "U.S. export controls", "compute shortge", "hua wei", "芯片 chips", "人工智慧", "xī'ān"), "*", "~", "a", "的", "行", "lüè", "ﬁ", "ß", "İ", "\u0345"),
                Combinators.combine(Arbitraries.of("a", "行", "的 ", "x ", "é", "\u0301", "ab", "1", "🀄", "會計"), Arbitraries.integers().between(1, 100_000)).as(String::repeat));
        return Mutation.seeded(Combinators.combine(texts, Arbitraries.of(Language.class).optional(), Arbitraries.of(true, false), Arbitraries.of(1, 10, Wanted.MOST))
                .as(Asked::new));
    }

    record Asked(String text, Optional<Language> language, boolean prefix, int limit) {}

    @Fuzz void aSearchFindsSomethingOrNothing(@ForAll("wanted") Asked asked) {
        Owed.aValueOrAProblem(asked.text(), SOON, () -> Search.find(new Wanted(asked.text(), Optional.empty(), asked.language(), asked.prefix(), asked.limit()), store, NAMES));
    }
}
