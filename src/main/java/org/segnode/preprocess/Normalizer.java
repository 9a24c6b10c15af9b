package org.segnode.preprocess;

import java.util.BitSet;
import java.util.Optional;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.IntensityProperties;
import org.segnode.plan.Normalization;
import org.segnode.plan.PairwiseSum;

/**
 * Normalises the intensities of one channel, in single precision throughout.
 *
 * @param normalization the rule
 * @param masked whether statistics and changes are limited to the non-zero region
 * @param intensities of the training cases; CT normalisation needs them
 */
record Normalizer(Normalization normalization, boolean masked, Optional<IntensityProperties> intensities) {
    private static final float EPSILON = 1e-8f;

    /**
     * @param voxels not changed
     * @param inside the non-zero region
     * @return a new array, or the same one if nothing is to be done
     * @throws UnusableSeriesException if the values do not suit the rule
     */
    float[] apply(float[] voxels, BitSet inside) throws UnusableSeriesException {
        return switch (normalization.scheme()) {
            case Z_SCORE -> masked ? zScoreInside(voxels, inside) : zScore(voxels);
            case CT -> ct(voxels);
            case NONE -> voxels;
            case RESCALE_TO_0_1 -> rescale(voxels);
            case RGB_TO_0_1 -> rgb(voxels);
            case WINDOW, RANGE -> range(voxels, (float) normalization.lower(), (float) normalization.upper());
        };
    }

    private static float[] zScore(float[] voxels) {
        float mean = PairwiseSum.mean(voxels);
        float std = PairwiseSum.std(voxels);
        return scaled(voxels, mean, Math.max(std, EPSILON));
    }

    private static float[] zScoreInside(float[] voxels, BitSet inside) {
        float[] values = new float[inside.cardinality()];
        int count = 0;
        for (int i = inside.nextSetBit(0); i >= 0; i = inside.nextSetBit(i + 1)) {
            values[count++] = voxels[i];
        }
        if (count == 0) {
            return voxels;
        }
        float mean = PairwiseSum.mean(values);
        float std = Math.max(PairwiseSum.std(values), EPSILON);
        float[] normalized = voxels.clone();
        for (int i = inside.nextSetBit(0); i >= 0; i = inside.nextSetBit(i + 1)) {
            normalized[i] = (voxels[i] - mean) / std;
        }
        return normalized;
    }

    private float[] ct(float[] voxels) {
        IntensityProperties known = intensities.orElseThrow(() -> new IllegalArgumentException(
                "CTNormalization needs foreground_intensity_properties_per_channel in the plans"));
        float low = (float) known.percentile005();
        float high = (float) known.percentile995();
        float mean = (float) known.mean();
        float std = (float) Math.max(known.std(), EPSILON);
        float[] normalized = new float[voxels.length];
        for (int i = 0; i < voxels.length; i++) {
            normalized[i] = (Math.min(Math.max(voxels[i], low), high) - mean) / std;
        }
        return normalized;
    }

    private static float[] rescale(float[] voxels) {
        float smallest = voxels[0];
        float largest = voxels[0];
        for (float value : voxels) {
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }
        return scaled(voxels, smallest, Math.max(largest - smallest, EPSILON));
    }

    private static float[] rgb(float[] voxels) throws UnusableSeriesException {
        for (float value : voxels) {
            if (!(value >= 0 && value <= 255)) {
                throw new UnusableSeriesException(
                        "the model takes colours from 0 to 255, but the image holds the value " + value);
            }
        }
        return scaled(voxels, 0, 255);
    }

    private static float[] range(float[] voxels, float low, float high) {
        float[] normalized = new float[voxels.length];
        for (int i = 0; i < voxels.length; i++) {
            normalized[i] = (Math.min(Math.max(voxels[i], low), high) - low) / (high - low);
        }
        return normalized;
    }

    private static float[] scaled(float[] voxels, float subtracted, float divisor) {
        float[] scaled = new float[voxels.length];
        for (int i = 0; i < voxels.length; i++) {
            scaled[i] = (voxels[i] - subtracted) / divisor;
        }
        return scaled;
    }
}
