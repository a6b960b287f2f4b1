package org.policygraph;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Data travels one way: a package knows lower floors only, and its neighbours not at all.
class FloorsTest {

    private static final String HOUSE = "org.policygraph";

    private static final Map<String, Integer> FLOORS = new TreeMap<>(Map.ofEntries(
            Map.entry("term", 0), Map.entry("problem", 0),
            Map.entry("source", 1), Map.entry("limit", 1),
            Map.entry("graph", 2),
            Map.entry("store", 3),
            Map.entry("evidence", 4), Map.entry("search", 4),
            Map.entry("question", 5), Map.entry("export", 5), Map.entry("load", 5), Map.entry("edit", 5),
            Map.entry("serve", 6),
            Map.entry("cli", 7)));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(HOUSE);

    @Test void everyPackageHasAFloor() {
        assertTrue(CLASSES.size() > 50, () -> "only " + CLASSES.size() + " classes were found");
        classes().should(new ArchCondition<>("live on a floor") {
            @Override public void check(JavaClass type, ConditionEvents events) {
                if (!FLOORS.containsKey(room(type))) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is in no package of the table"));
                }
            }
        }).check(CLASSES);
    }

    @Test void aPackageKnowsLowerFloorsOnly() {
        classes().should(new ArchCondition<>("know lower floors only") {
            @Override public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isOurs(dependency.getTargetClass().getBaseComponentType()))
                        .filter(dependency -> !mayKnow(room(type), room(dependency.getTargetClass().getBaseComponentType())))
                        .forEach(dependency -> events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
            }
        }).check(CLASSES);
    }

    @Test void theRuleIsTheOneOfTheHouse() {
        assertTrue(mayKnow("load", "store"));
        assertTrue(mayKnow("cli", "term"));
        assertTrue(mayKnow("load", "load"));
        assertEquals(false, mayKnow("load", "export"), "neighbours");
        assertEquals(false, mayKnow("store", "load"), "upwards");
        assertEquals(false, mayKnow("term", "problem"), "neighbours");
    }

    private static boolean mayKnow(String room, String other) {
        return room.equals(other) || FLOORS.getOrDefault(other, Integer.MAX_VALUE) < FLOORS.getOrDefault(room, Integer.MIN_VALUE);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(HOUSE) || type.getPackageName().startsWith(HOUSE + ".");
    }

    /// What follows the house's name: one word, so that a package within a package has no floor.
    private static String room(JavaClass type) {
        return type.getPackageName().substring(Math.min(type.getPackageName().length(), HOUSE.length() + 1));
    }
}
