package org.segnode.node.worker;

import java.time.Duration;

/**
 * What a model's process may take.
 *
 * @param threads processor threads; 0: as many as the machine has
 * @param heap bytes of Java heap, at least 64 MiB
 * @param resident bytes of memory altogether, native memory of the network included; above it the process is ended
 * @param startTimeout to load its model
 * @param jobTimeout for one volume
 */
public record ChildLimits(int threads, long heap, long resident, Duration startTimeout, Duration jobTimeout) {
    private static final long LEAST_HEAP = 64L << 20;

    public ChildLimits {
        if (threads < 0) {
            throw new IllegalArgumentException("a model's process has 0 or more threads, is " + threads);
        }
        if (heap < LEAST_HEAP) {
            throw new IllegalArgumentException("a model's process has at least 64 MiB of heap, is " + heap + " bytes");
        }
        if (resident < heap) {
            throw new IllegalArgumentException(
                    "a model's process may take at least its heap of " + heap + " bytes, is " + resident);
        }
        if (startTimeout.isNegative() || startTimeout.isZero() || jobTimeout.isNegative() || jobTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "timeouts are more than 0 s, are " + startTimeout + " and " + jobTimeout);
        }
    }

    /** All the machine's memory as the bound of a process. */
    public static ChildLimits of(int threads, long heap, Duration startTimeout, Duration jobTimeout) {
        return new ChildLimits(threads, heap, Math.max(heap, ProcessMemory.ofMachine()), startTimeout, jobTimeout);
    }
}
