package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.policygraph.limit.Limits;
import org.policygraph.problem.Problem;
import org.policygraph.problem.Where;

/// Who gets a place, and who waits for whom.
class PlacesTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private final Map<String, CompletableFuture<Places.Outcome>> waiting = new LinkedHashMap<>();

    private static Running of(String caller) {
        return new Running("id", new Caller(caller), "GET", "/", Limits.usual(), _ -> { });
    }

    private static Places places(int requests, int ofCaller, int queue) {
        return new Places(new RequestBounds.Counts(1, 1, requests, ofCaller, queue));
    }

    private Running wait(Places places, String name, String caller) throws Exception {
        var running = come(places, name, caller);
        assertTrue(GateTest.soon(() -> running.state() == Running.State.QUEUED), "it does not wait");
        return running;
    }

    private Running come(Places places, String name, String caller) {
        var running = of(caller);
        var outcome = new CompletableFuture<Places.Outcome>();
        Thread.ofPlatform().daemon().start(() -> outcome.complete(places.take(running, LONG)));
        waiting.put(name, outcome);
        return running;
    }

    private String first() throws Exception {
        assertTrue(GateTest.soon(() -> waiting.values().stream().anyMatch(CompletableFuture::isDone)), "all wait");
        var first = waiting.entrySet().stream().filter(one -> one.getValue().isDone()).findFirst().orElseThrow();
        waiting.remove(first.getKey());
        return first.getKey() + " " + first.getValue().get();
    }

    @Test void whoHasNoneAtWorkIsNextThoughOthersWaitLonger() throws Exception {
        var places = places(2, 2, 10);
        var one = of("many");
        var two = of("many");
        assertEquals(List.of(Places.Outcome.TAKEN, Places.Outcome.TAKEN), List.of(places.take(one, LONG), places.take(two, LONG)));
        wait(places, "first of many", "many");
        wait(places, "second of many", "many");
        wait(places, "of another", "another");

        places.give(one);

        assertEquals("of another TAKEN", first());
        places.give(two);
        assertEquals("first of many TAKEN", first());
    }

    @Test void oneCallerDoesNotTakeAllPlaces() throws Exception {
        var places = places(3, 2, 10);
        places.take(of("many"), LONG);
        places.take(of("many"), LONG);
        wait(places, "third of many", "many");

        assertEquals(Places.Outcome.TAKEN, places.take(of("another"), LONG));
        assertEquals(1, places.waiting());
    }

    @Test void whoFillsTheQueueMakesRoomForAnother() throws Exception {
        var places = places(1, 1, 3);
        places.take(of("many"), LONG);
        wait(places, "1", "many");
        wait(places, "2", "many");
        wait(places, "3", "many");

        assertEquals(Places.Outcome.FULL, places.take(of("many"), LONG));
        wait(places, "another", "another");
        assertEquals("3 FULL", first());
        assertEquals(3, places.waiting());
    }

    @Test void whoWaitsForItsCallersSocketKeepsNoPlaceAndGoesOnAtOnce() throws Exception {
        var places = places(1, 1, 3);
        var writing = of("reader");
        places.take(writing, LONG);

        places.leave(writing);
        assertEquals(Places.Outcome.TAKEN, places.take(of("another"), LONG));
        places.rejoin(writing);

        assertEquals(2, places.taken());
        var next = of("third");
        var outcome = new ArrayList<Places.Outcome>();
        var asking = Thread.ofPlatform().start(() -> outcome.add(places.take(next, Duration.ofMillis(100))));
        asking.join();
        assertEquals(List.of(Places.Outcome.LATE), outcome);
    }

    @Test void whoseCallerHasGoneWaitsNoLonger() throws Exception {
        var places = places(1, 1, 3);
        places.take(of("one"), LONG);
        var gone = wait(places, "gone", "two");

        gone.end(new Problem.Unusable(new Where.Resource("caller"), "the caller has gone"));

        assertEquals("gone ENDED", first());
        assertEquals(0, places.waiting());
        assertTrue(waiting.isEmpty());
    }
}
