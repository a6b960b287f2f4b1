package org.policygraph.question;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.syntaxtransform.QueryTransformOps;

/// Asks parts of a query, within one deadline for all of them.
final class Trial {

    /// No single part may take more of what is left than this, so that a slow one does not silence the others.
    private static final double SHARE = 1.0 / 3;
    private static final double FIRST_SHARE = 2.0 / 3;
    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(20);

    private final DatasetGraph data;
    private final int cap;
    private final long end;
    private boolean late;

    /// @param data what the query chose to look at, in a transaction
    /// @param cap  beyond which rows are not counted
    Trial(DatasetGraph data, Duration time, int cap) {
        this(data, System.nanoTime() + time.toNanos(), cap);
    }

    private Trial(DatasetGraph data, long end, int cap) {
        this.data = data;
        this.cap = cap;
        this.end = end;
    }

    /// The same deadline, for other data.
    Trial elsewhere(DatasetGraph others) {
        return new Trial(others, end, cap);
    }

    /// How many rows there were.
    /// @param orMore  the count was ended at the cap
    /// @param certain false when time ran out first: there may be more
    record Count(long rows, boolean orMore, boolean certain) {
        boolean none() {
            return certain && rows == 0;
        }
    }

    DatasetGraph data() {
        return data;
    }

    int cap() {
        return cap;
    }

    /// Whether something had to be left out for lack of time.
    boolean late() {
        return late;
    }

    boolean isOver() {
        if (System.nanoTime() - end >= 0) {
            late = true;
        }
        return late && System.nanoTime() - end >= 0;
    }

    /// Whether the pattern is known to find nothing.
    boolean findsNothing(Element pattern) {
        return count(pattern, 1).none();
    }

    Count count(Element pattern) {
        return count(pattern, cap);
    }

    Count count(Element pattern, int most) {
        return count(all(pattern), most);
    }

    /// With more time than others get, since all else depends on it.
    Count countFirst(Element pattern) {
        return count(all(pattern), cap, FIRST_SHARE);
    }

    Count count(Query select) {
        return count(select, cap);
    }

    Count count(Query select, int most) {
        return count(select, most, SHARE);
    }

    private Count count(Query select, int most, double share) {
        var seen = new long[1];
        var certain = ask(select, share, asked -> {
            var rows = asked.select();
            while (seen[0] < most && rows.hasNext()) {
                rows.next();
                seen[0]++;
            }
            return rows.hasNext();
        });
        return new Count(seen[0], certain == Outcome.YES, certain != Outcome.LATE);
    }

    private enum Outcome { YES, NO, LATE }

    private Outcome ask(Query query, Function<QueryExec, Boolean> work) {
        return ask(query, SHARE, work);
    }

    private Outcome ask(Query query, double share, Function<QueryExec, Boolean> work) {
        var left = end - System.nanoTime();
        if (left <= 0) {
            late = true;
            return Outcome.LATE;
        }
        try (var asked = QueryExec.dataset(data).query(query).timeout(Math.max(LEAST, (long) (left * share)), TimeUnit.NANOSECONDS).build()) {
            return work.apply(asked) ? Outcome.YES : Outcome.NO;
        } catch (QueryCancelledException _) {
            late = true;
            return Outcome.LATE;
        }
    }

    /// Whether the query's graph (CONSTRUCT, DESCRIBE) is known to have no triple.
    boolean makesNothing(Query query) {
        return triples(query) == Outcome.NO;
    }

    /// Whether it is known to have one.
    boolean makesSomething(Query query) {
        return triples(query) == Outcome.YES;
    }

    private Outcome triples(Query query) {
        return ask(query, asked -> query.isDescribeType() ? !asked.describe().isEmpty() : asked.constructTriples().hasNext());
    }

    /// Gives each row to the reader until it has enough or time is over.
    void rows(Query select, Predicate<Binding> more) {
        ask(select, asked -> {
            RowSet rows = asked.select();
            while (rows.hasNext() && more.test(rows.next())) {
                continue;
            }
            return true;
        });
    }

    static Query all(Element pattern) {
        var query = new Query();
        query.setQuerySelectType();
        query.setQueryResultStar(true);
        query.setQueryPattern(pattern);
        return query;
    }

    static Query filled(Query template, Map<Var, Node> values) {
        return QueryTransformOps.replaceVars(template, values);
    }
}
