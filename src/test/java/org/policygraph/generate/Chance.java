package org.policygraph.generate;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Choices that are the same for the same seed, on every machine.
final class Chance {

    /// Of all picks by rank, so many fall on any rank alike: without them, half of a large population would never be spoken of.
    private static final double EVEN = 0.25;

    private final RandomGenerator random;

    Chance(long seed) {
        // Named, because the default generator may change with the Java version.
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// Things with the weights at which they are picked; the order in which they are given counts for nothing.
    static final class Weighted<T extends Comparable<T>> {
        private final List<T> things;
        private final double[] ends;

        private Weighted(SortedMap<T, Double> weights) {
            this.things = List.copyOf(weights.keySet());
            this.ends = new double[things.size()];
            var sum = 0.0;
            for (int i = 0; i < ends.length; i++) {
                sum += weights.get(things.get(i));
                ends[i] = sum;
            }
        }

        static <T extends Comparable<T>> Weighted<T> of(Map<T, Double> weights) {
            return new Weighted<>(new TreeMap<>(weights));
        }

        List<T> things() {
            return things;
        }
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long below(long bound) {
        return random.nextLong(bound);
    }

    <T> T of(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    <T extends Comparable<T>> T of(Weighted<T> weighted) {
        var at = random.nextDouble() * weighted.ends[weighted.ends.length - 1];
        int i = 0;
        while (weighted.ends[i] <= at) {
            i++;
        }
        return weighted.things.get(i);
    }

    /// A rank from 0 as in Zipf's law: rank r about as often as 1/(r+1), so that a few have most and most have few.
    /// Needs no table, however many there are.
    long rank(long count) {
        return happens(EVEN) ? below(count) : steepRank(count);
    }

    /// As [#rank], with nothing left to the tail.
    long steepRank(long count) {
        // Strict, so that no processor rounds it otherwise.
        return Math.min(count, (long) StrictMath.pow(count + 1.0, random.nextDouble())) - 1;
    }

    /// Evenly spread over the orders of magnitude between the two.
    double between(double least, double most) {
        return least * StrictMath.pow(most / least, random.nextDouble());
    }
}
