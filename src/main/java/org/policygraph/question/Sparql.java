package org.policygraph.question;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.jena.query.ARQ;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryException;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.QueryParseException;
import org.apache.jena.query.Syntax;
import org.apache.jena.update.UpdateFactory;
import org.apache.jena.update.UpdateRequest;
import org.policygraph.limit.Allowance;
import org.policygraph.limit.Datatypes;
import org.policygraph.limit.Limits;
import org.policygraph.limit.QueryText;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.source.Nearest;
import org.policygraph.term.Iris;

/// Text becomes a query here and nowhere else: SPARQL as the standard has it, none of ARQ's own additions.
public final class Sparql {

    private static final Pattern PLACE = Pattern.compile("(?i)\\bline (\\d+), column (\\d+)");
    private static final Pattern NO_PREFIX = Pattern.compile("Unresolved prefixed name: ([^\\s:]*):");
    private static final Pattern TOKEN = Pattern.compile("(?m)^ {4}(\\S+)");
    private static final Pattern NEXT = Pattern.compile("[\\p{L}\\p{N}_?$:<>/#.@-]+|\\S");
    private static final String AT_THE_END = "Encountered \"<EOF>\"";
    private static final Properties WELL_KNOWN = wellKnown();
    private static final int MOST_FOUND = 40;
    private static final int MOST_EXPECTED = 12;

    static {
        // Should one get past Reach, it still does not get out.
        ARQ.globalServiceAllowed = false;
        Datatypes.forgetUnknown();
    }

    private Sparql() {}

    /// Reads one query and makes sure that it stays within the graph, and within the bounds of the request if there is one.
    /// @param where    what a problem is told about: the file, the option, the request parameter
    /// @param prefixes used where the query declares none itself: prefix without colon, namespace
    /// @throws ProblemException `Invalid`, `Unknown` (a prefix), `Exceeded` or `Unreadable`, each with line and column
    public static Query read(String text, Where where, Map<String, String> prefixes) {
        var limits = limits();
        var query = new Query();
        prefixes.forEach(query::setPrefix);
        parsed(QueryText.checked(text, limits, where), where, prefixes.keySet(),
                () -> QueryFactory.parse(query, text, Iris.BASE, Syntax.syntaxSPARQL_12));
        within(Reach.beyondTheGraph(query, limits.federated()), where, "a query that asks this graph alone");
        return query;
    }

    private static Properties wellKnown() {
        try (var in = Sparql.class.getResourceAsStream("prefixes.properties")) {
            var known = new Properties();
            known.load(in);
            return known;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Whether the query has the same answer as long as the data are the same: it asks neither for the time nor for chance.
    public static boolean isLasting(Query query) {
        return Lasting.is(query);
    }

    /// Reads an update, which may be a sequence of them, and makes sure that it fetches nothing from elsewhere.
    /// @param length bytes that it may have
    public static UpdateRequest readUpdate(String text, long length, Where where, Map<String, String> prefixes) {
        var limits = limits();
        var request = new UpdateRequest();
        prefixes.forEach(request::setPrefix);
        parsed(QueryText.checkedUpdate(text, limits, length, where), where, prefixes.keySet(),
                () -> UpdateFactory.parse(request, text, Iris.BASE, Syntax.syntaxSPARQL_12));
        // An update is the only one that may write meanwhile: it waits for no other server.
        within(Reach.beyondTheGraph(request.getOperations(), Set.of()), where, "an update of what is here");
        return request;
    }

    private static Limits limits() {
        return Allowance.current().map(Allowance::limits).orElseGet(Limits::usual);
    }

    private static void within(Optional<String> beyond, Where where, String expected) {
        beyond.ifPresent(what -> {
            throw new ProblemException(new Problem.Invalid(where, what, expected));
        });
    }

    private static void parsed(QueryText text, Where where, Set<String> prefixes, Runnable parse) {
        try {
            text.deeply(parse);
        } catch (QueryException wrong) {
            throw new ProblemException(problem(wrong, text.text(), where, prefixes));
        }
    }

    private static Problem problem(QueryException wrong, String text, Where where, Set<String> prefixes) {
        var message = String.valueOf(wrong.getMessage());
        var place = PLACE.matcher(message);
        var line = 0;
        var column = 0;
        if (place.find()) {
            // What the exception itself gives is the place of the token before.
            line = Integer.parseInt(place.group(1));
            column = Integer.parseInt(place.group(2));
        } else if (wrong instanceof QueryParseException parsing && parsing.getLine() > 0) {
            line = parsing.getLine();
            column = parsing.getColumn();
        }
        var at = line == 0 ? where : where.at(line, column);

        var prefix = NO_PREFIX.matcher(message);
        if (prefix.find()) {
            return new Problem.Unknown(at, "prefix", prefix.group(1), close(prefix.group(1), prefixes));
        }
        if (message.startsWith("Encountered ")) {
            return new Problem.Invalid(at, found(message, text, line, column), expected(message)
                    + (message.startsWith(AT_THE_END) ? said(new Mend(text, text.length(), tokens(message))) : mend(text, line, column, tokens(message))));
        }
        if (message.startsWith("Lexical error")) {
            return new Problem.Invalid(at, lexical(message), "a keyword, a name, a variable, a number or a closed string" + mend(text, line, column, Set.of()));
        }
        return new Problem.Unreadable(at, message.lines().findFirst().orElse("not a query"));
    }

    /// Names like it; else the declaration that is most likely missing.
    private static List<String> close(String prefix, Set<String> prefixes) {
        var near = Nearest.to(prefix, prefixes);
        var known = Optional.ofNullable(WELL_KNOWN.getProperty(prefix)).map(namespace -> "PREFIX " + prefix + ": <" + namespace + ">");
        return known.map(List::of).orElse(near);
    }

    private static String mend(String text, int line, int column, Set<String> expected) {
        var start = 0;
        for (var i = 1; i < line; i++) {
            start = text.indexOf('\n', start) + 1;
        }
        return said(new Mend(text, Math.clamp(start + Math.max(0L, column - 1L), 0, text.length()), expected));
    }

    private static String said(Mend mend) {
        return mend.sentence().map(sentence -> "; " + sentence).orElse("");
    }

    private static Set<String> tokens(String message) {
        return TOKEN.matcher(message).results().map(result -> result.group(1).replace('"', '\'')).collect(Collectors.toSet());
    }

    private static String found(String message, String text, int line, int column) {
        if (message.startsWith(AT_THE_END)) {
            return "the end";
        }
        return text.lines().skip(Math.max(0, line - 1L)).findFirst()
                .map(NEXT::matcher)
                .filter(next -> column > 0 && next.regionEnd() >= column && next.find(column - 1))
                .map(next -> quoted(next.group()))
                .orElse("the end");
    }

    private static String lexical(String message) {
        var prefix = message.indexOf("after prefix ");
        var read = prefix < 0 ? "" : message.substring(prefix + "after prefix ".length()).strip();
        return read.isEmpty() || read.equals("\"\"") ? "a character that stands for nothing there" : shortened(read);
    }

    private static String quoted(String found) {
        return "'" + shortened(found) + "'";
    }

    private static String shortened(String found) {
        return found.length() > MOST_FOUND ? found.substring(0, found.offsetByCodePoints(0, MOST_FOUND / 2)) + "…" : found;
    }

    /// The parser lists every token it could go on with, up to ninety: kinds of terms first, then signs, then words.
    private static String expected(String message) {
        var kinds = new LinkedHashSet<String>();
        var signs = new LinkedHashSet<String>();
        var words = new LinkedHashSet<String>();
        TOKEN.matcher(message).results().map(result -> result.group(1)).forEach(token -> {
            if (token.startsWith("<")) {
                kind(token).ifPresent(kinds::add);
            } else if (Character.isLetter(token.charAt(1))) {
                words.add(token.replace("\"", ""));
            } else {
                signs.add(token.replace('"', '\''));
            }
        });
        var all = new ArrayList<String>(kinds);
        all.addAll(signs);
        all.addAll(words);
        if (all.isEmpty()) {
            return "the end of the query";
        }
        List<String> shown = all.subList(0, Math.min(all.size(), MOST_EXPECTED));
        return String.join(" or ", shown) + (shown.size() < all.size() ? " or " + (all.size() - shown.size()) + " other words" : "");
    }

    private static Optional<String> kind(String token) {
        var name = token.substring(1);
        if (name.startsWith("EOF")) {
            return Optional.of("the end of the query");
        }
        if (name.startsWith("IRI") || name.startsWith("PNAME")) {
            return Optional.of("a name");
        }
        if (name.startsWith("VAR")) {
            return Optional.of("a variable");
        }
        if (name.startsWith("INTEGER") || name.startsWith("DECIMAL") || name.startsWith("DOUBLE")) {
            return Optional.of("a number");
        }
        return name.startsWith("STRING") ? Optional.of("a string") : Optional.empty();
    }
}
