package org.policygraph.limit;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;

/// The last guard: what is counted is an estimate, and not all that grows is counted. When a collection leaves the heap nearly
/// full, somebody has to go.
final class Heap {

    private static final double FULL = 0.9;
    /// Until what one gave up can be collected.
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isCollectionUsageThresholdSupported() && isLastingOne(pool.getName())).toList();
    private final AtomicLong last = new AtomicLong(System.nanoTime() - PAUSE);
    private final Runnable whenFull;

    Heap(Runnable whenFull) {
        this.whenFull = whenFull;
        pools.forEach(pool -> pool.setCollectionUsageThreshold((long) (pool.getUsage().getMax() * FULL)));
        ((NotificationEmitter) ManagementFactory.getMemoryMXBean()).addNotificationListener((told, _) -> {
            if (told.getType().equals(MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED)) {
                look();
            }
        }, null, null);
    }

    private static boolean isLastingOne(String name) {
        return name.contains("Old") || name.contains("Tenured") || name.contains("ZHeap") || name.equals("Shenandoah");
    }

    /// The listener hears only of what becomes full; what stays so is seen by who wants more.
    void look() {
        var before = last.get();
        var now = System.nanoTime();
        if (now - before > PAUSE && pools.stream().anyMatch(MemoryPoolMXBean::isCollectionUsageThresholdExceeded) && last.compareAndSet(before, now)) {
            whenFull.run();
        }
    }
}
