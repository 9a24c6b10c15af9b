package org.segnode.network;

/** Ways to compute the same network; they differ in rounding and in speed. */
public enum Variant {
    /** As nnU-Net computes on a CPU: 32 bits, instance norm. */
    REFERENCE(false, false),
    /**
     * 32 bits, channels stored last. Instance norm would copy this layout to and fro; group norm with as many groups as
     * channels does not, but its variance in one pass loses digits where the mean is large, so that a mean of every 4th
     * voxel is subtracted first.
     */
    CHANNELS_LAST(true, false),
    /** The same in 16 bits (bfloat16); only worth it where the CPU multiplies such matrices itself (AMX). */
    BFLOAT16(true, true);

    private final boolean channelsLast;
    private final boolean lowPrecision;

    Variant(boolean channelsLast, boolean lowPrecision) {
        this.channelsLast = channelsLast;
        this.lowPrecision = lowPrecision;
    }

    boolean channelsLast() {
        return channelsLast;
    }

    boolean lowPrecision() {
        return lowPrecision;
    }
}
