package org.segnode.preprocess;

import org.segnode.volume.Shape;

/**
 * What the network says after its non-linearity, which is applied exactly once: by {@link Restoration}. One array per
 * head, in [0, 1]. Not to be confused with {@link Logits}: a second sigmoid would flood regions.
 *
 * @param shape of the grid the values lie on
 * @param heads [head][voxel], voxels ordered slice, row, column; handed over, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Probabilities(Shape shape, float[][] heads) {
    public Probabilities {
        float[][] given = heads;
        Heads.requireLengths(shape, given.length, head -> given[head].length);
    }

    /** Smallest, mean and largest value over all heads. */
    public Range range() {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (float[] head : heads) {
            for (float value : head) {
                smallest = Math.min(smallest, value); // NaN stays
                largest = Math.max(largest, value);
                sum += value;
            }
        }
        return new Range(smallest, sum / heads.length / shape.voxels(), largest);
    }

    /**
     * Refuses what are no probabilities.
     *
     * @param source where they come from, for the message
     * @throws IllegalArgumentException if a value is not in [0, 1]
     */
    public void requireValid(String source) {
        Range range = range();
        if (!(range.smallest() >= 0 && range.largest() <= 1)) {
            throw new IllegalArgumentException("probabilities of " + source + " must lie between 0 and 1, lie between "
                    + range.smallest() + " and " + range.largest() + "; are they logits?");
        }
    }

    /**
     * Spread of values.
     *
     * @param smallest NaN if any value is NaN
     * @param mean arithmetic mean
     * @param largest NaN if any value is NaN
     */
    public record Range(double smallest, double mean, double largest) {}
}
