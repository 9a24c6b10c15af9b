package org.segnode.inference;

import java.util.ArrayList;
import java.util.List;
import org.segnode.network.ComputeDevice;

/**
 * How the memory for a case is used. From the first to the last rung less is needed and more time; the segmentation is the
 * same.
 *
 * @param rung where the sums are kept
 * @param batch tiles given to the network at once
 * @param headsPerBlock heads whose sums are kept at the same time; the network runs once for each block
 */
record MemoryPlan(Rung rung, int batch, int headsPerBlock) {
    /** Ways to save memory, each with those before it. */
    enum Rung {
        /** Sums stay on the network's device. */
        DEVICE,
        /** Sums in the computer's memory. */
        HOST,
        /** Sums of some heads at a time, finished ones in a temporary file. */
        CLASS_BLOCKS,
        /** One tile at a time. */
        SINGLE_TILES,
        /** The processor instead of the graphics card. */
        PROCESSOR
    }

    MemoryPlan {
        if (batch < 1 || headsPerBlock < 1) {
            throw new IllegalArgumentException(
                    "a memory plan has the batch " + batch + " and " + headsPerBlock + " heads per block");
        }
    }

    /**
     * The plans to try one after the other.
     *
     * @param first the cheapest that fits by the estimate
     * @param needs of the case
     * @param heapBytes the computer's memory for sums
     */
    static List<MemoryPlan> ladder(Rung first, MemoryNeeds needs, int batch, long heapBytes, ComputeDevice device) {
        int perBlock = needs.headsWithin(heapBytes);
        List<MemoryPlan> plans = new ArrayList<>();
        for (Rung rung : Rung.values()) {
            boolean useless = device.isCpu() && rung == Rung.PROCESSOR;
            if (rung.compareTo(first) >= 0 && !useless) {
                int tiles = rung.compareTo(Rung.SINGLE_TILES) >= 0 ? 1 : batch;
                int heads = rung.compareTo(Rung.CLASS_BLOCKS) >= 0 ? perBlock : needs.heads();
                plans.add(new MemoryPlan(rung, tiles, heads));
            }
        }
        return plans;
    }

    /**
     * The first rung that fits by the estimate.
     *
     * @param deviceBytes free memory of the network's device, 0 where the sums would be in the same memory anyway
     * @param heapBytes free memory of the Java process
     */
    static Rung first(MemoryNeeds needs, long deviceBytes, long heapBytes) {
        if (deviceBytes > 0 && needs.sumBytes() <= deviceBytes && needs.logitsBytes() <= heapBytes) {
            return Rung.DEVICE;
        }
        return needs.sumBytes() <= heapBytes ? Rung.HOST : Rung.CLASS_BLOCKS;
    }
}
