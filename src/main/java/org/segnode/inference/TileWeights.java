package org.segnode.inference;

import java.util.Arrays;
import org.segnode.volume.Halfs;

/**
 * How much each voxel of a tile counts where tiles overlap: a Gaussian around the centre with a standard deviation of an
 * eighth of the tile per axis and the maximum 10, or 1 everywhere.
 */
final class TileWeights {
    private static final double MAXIMUM = 10;
    private static final double SIGMA = 1.0 / 8;
    private static final double TRUNCATE = 4; // standard deviations

    private TileWeights() {}

    /**
     * @param patch voxels per axis
     * @return one weight per voxel as half-precision numbers, none of them 0
     */
    static float[] gaussian(int[] patch) {
        float[] weights = precise(patch);
        float smallest = Float.POSITIVE_INFINITY;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Halfs.toFloat(Halfs.ofFloat(weights[i]));
            smallest = weights[i] > 0 ? Math.min(smallest, weights[i]) : smallest;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.max(weights[i], smallest);
        }
        return weights;
    }

    /** The same without rounding to half precision. */
    static float[] precise(int[] patch) {
        double[][] lines = new double[patch.length][];
        int count = 1;
        double highest = 1;
        for (int axis = 0; axis < patch.length; axis++) {
            lines[axis] = line(patch[axis]);
            count *= patch[axis];
            highest *= lines[axis][patch[axis] / 2];
        }
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            double product = 1;
            int rest = i;
            int stride = count;
            for (int axis = 0; axis < patch.length; axis++) {
                stride /= patch[axis];
                product *= lines[axis][rest / stride];
                rest %= stride;
            }
            weights[i] = (float) (product / (highest / MAXIMUM));
        }
        return weights;
    }

    static float[] uniform(int[] patch) {
        float[] weights = new float[Arrays.stream(patch).reduce(1, Math::multiplyExact)];
        Arrays.fill(weights, 1);
        return weights;
    }

    /** A unit impulse at the middle, filtered by a Gaussian that is cut off at 4 standard deviations; zero outside. */
    private static double[] line(int length) {
        double sigma = length * SIGMA;
        int radius = (int) (TRUNCATE * sigma + 0.5);
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
            sum += Math.exp(-0.5 / (sigma * sigma) * i * i);
        }
        double[] line = new double[length];
        for (int i = 0; i < length; i++) {
            int distance = i - length / 2;
            line[i] = Math.abs(distance) > radius ? 0 : Math.exp(-0.5 / (sigma * sigma) * distance * distance) / sum;
        }
        return line;
    }
}
