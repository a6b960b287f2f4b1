package org.policygraph.limit;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.query.text.TextQuery;
import org.apache.jena.sparql.ARQConstants;
import org.apache.jena.sparql.function.FunctionFactory;
import org.apache.jena.sparql.function.FunctionRegistry;
import org.apache.jena.sparql.pfunction.PropertyFunctionFactory;
import org.apache.jena.sparql.pfunction.PropertyFunctionRegistry;
import org.apache.jena.sparql.util.Context;

/// What a query may call by its IRI. ARQ knows some three hundred such functions, and makes one of any Java class that is named
/// to it; those here look at nothing but their arguments, take no longer than these are long, and can't call others.
public final class Calls {

    private static final Set<String> FUNCTIONS = Stream.of(
            under(ARQConstants.xsdPrefix, "anyURI boolean byte date dateTime dayTimeDuration decimal double duration float gDay gMonth gMonthDay gYear gYearMonth "
                    + "int integer long negativeInteger nonNegativeInteger nonPositiveInteger positiveInteger short string time unsignedByte unsignedInt "
                    + "unsignedLong unsignedShort yearMonthDuration"),
            under(ARQConstants.fnPrefix, "abs adjust-date-to-timezone adjust-dateTime-to-timezone adjust-time-to-timezone boolean ceiling concat contains dateTime "
                    + "day-from-date day-from-dateTime days-from-duration encode-for-uri ends-with floor hours-from-dateTime hours-from-duration hours-from-time "
                    + "lower-case minutes-from-dateTime minutes-from-duration minutes-from-time month-from-date month-from-dateTime months-from-duration "
                    + "normalize-space normalize-unicode not numeric-integer-divide numeric-mod round round-half-to-even seconds-from-dateTime seconds-from-duration "
                    + "seconds-from-time starts-with string-length substring substring-after substring-before timezone-from-date timezone-from-dateTime "
                    + "timezone-from-time upper-case year-from-date year-from-dateTime years-from-duration"),
            under(ARQConstants.mathPrefix, "acos asin atan atan2 cos exp exp10 log log10 pi pow sin sqrt tan"))
            .flatMap(names -> names).collect(Collectors.toUnmodifiableSet());

    private static final Set<String> AGGREGATES = under(ARQConstants.ARQAggregateLibraryURI, "stdev stdev_samp stdev_pop variance var_samp var_pop")
            .collect(Collectors.toUnmodifiableSet());

    /// Properties under these are no relations of any graph, but what ARQ or jena-text would run in their place.
    private static final Set<String> RUN = Set.of(ARQConstants.javaClassURIScheme, "http://jena.apache.org/", "http://jena.hpl.hp.com/");

    private static final Map<String, PropertyFunctionFactory> PROPERTIES = new ConcurrentHashMap<>();

    private Calls() {}

    private static Stream<String> under(String namespace, String names) {
        return Arrays.stream(names.split(" ")).map(namespace::concat);
    }

    public static boolean function(String iri) {
        return FUNCTIONS.contains(iri);
    }

    public static boolean aggregate(String iri) {
        return AGGREGATES.contains(iri);
    }

    /// Whether a pattern may have this for its property: nearly all are relations and call nothing.
    public static boolean property(String iri) {
        return RUN.stream().noneMatch(iri::startsWith) || TextQuery.NS.concat("query").equals(iri) || PROPERTIES.containsKey(iri);
    }

    /// Lets queries call this by a property. Made known once more, it changes nothing.
    public static void allow(String iri, PropertyFunctionFactory factory) {
        PROPERTIES.put(iri, factory);
    }

    /// Has queries on what this context is of find nothing else, even if one got past whoever read it.
    public static void set(Context context) {
        FunctionRegistry.set(context, new Functions());
        PropertyFunctionRegistry.set(context, new Properties());
    }

    /// Jena's own registries load classes by name.
    private static final class Functions extends FunctionRegistry {
        @Override public FunctionFactory getFunctionFactory(String iri) {
            return FUNCTIONS.contains(iri) ? _ -> new Texts.Function(FunctionRegistry.standardRegistry().getFunction(iri)) : null;
        }

        @Override public boolean isRegistered(String iri) {
            return FUNCTIONS.contains(iri);
        }
    }

    private static final class Properties extends PropertyFunctionRegistry {
        @Override public PropertyFunctionFactory get(String iri) {
            var ours = PROPERTIES.get(iri);
            return ours == null && TextQuery.NS.concat("query").equals(iri) ? PropertyFunctionRegistry.standardRegistry().get(iri) : ours;
        }

        @Override public boolean manages(String iri) {
            return get(iri) != null;
        }

        @Override public boolean isRegistered(String iri) {
            return get(iri) != null;
        }
    }
}
