package org.policygraph.attack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.FixedSeedMode;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/// A property that is tried with made-up inputs: a few hundred, always the same, or for as long as `-Dfuzz.minutes=` says
/// (each property) and then from `-Dfuzz.seed=` (a number) on.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Property(tries = Integer.MAX_VALUE, seed = "20261130", generation = GenerationMode.RANDOMIZED, shrinking = ShrinkingMode.BOUNDED,
        whenFixedSeed = FixedSeedMode.ALLOW)
@AddLifecycleHook(UntilTimeIsUp.class)
public @interface Fuzz {}
