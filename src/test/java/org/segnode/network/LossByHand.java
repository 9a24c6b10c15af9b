package org.segnode.network;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The definition of the loss of one output, in double precision. */
record LossByHand(Loss loss, int batch, int heads) {
    double of(float[] logits, float[] target) {
        int voxels = logits.length / batch / heads;
        double[][][] sums = new double[batch][heads][3];
        double entropy = 0;
        double valid = 0;
        for (int b = 0; b < batch; b++) {
            for (int v = 0; v < voxels; v++) {
                if (counts(target, b, v, voxels)) {
                    entropy += voxel(logits, target, b, v, voxels, sums[b]);
                    valid++;
                }
            }
        }
        boolean overChannels = loss.regions() && loss.ignore().isEmpty();
        return entropy / (overChannels ? valid * heads : valid) - dice(sums);
    }

    private boolean counts(float[] target, int b, int v, int voxels) {
        int channels = target.length / batch / voxels;
        return loss.ignore().isEmpty()
                || (loss.regions()
                        ? target[(b * channels + channels - 1) * voxels + v] == 0
                        : target[b * voxels + v] != loss.ignore().getAsInt());
    }

    private double voxel(float[] logits, float[] target, int b, int v, int voxels, double[][] sums) {
        int channels = target.length / batch / voxels;
        double[] exponents = IntStream.range(0, heads)
                .mapToDouble(c -> Math.exp(logits[(b * heads + c) * voxels + v]))
                .toArray();
        double all = Arrays.stream(exponents).sum();
        double entropy = 0;
        for (int c = 0; c < heads; c++) {
            double p = loss.regions() ? exponents[c] / (1 + exponents[c]) : exponents[c] / all;
            double g = loss.regions() ? target[(b * channels + c) * voxels + v] : (target[b * voxels + v] == c ? 1 : 0);
            entropy -= g * Math.log(p) + (loss.regions() ? (1 - g) * Math.log(1 - p) : 0);
            sums[c][0] += p * g;
            sums[c][1] += p;
            sums[c][2] += g;
        }
        return entropy;
    }

    private double dice(double[][][] sums) {
        double total = 0;
        int count = 0;
        for (int c = loss.regions() ? 0 : 1; c < heads; c++) {
            double[] both = new double[3];
            for (int b = 0; b < batch; b++) {
                for (int k = 0; k < 3; k++) {
                    both[k] += sums[b][c][k];
                }
                if (!loss.batchDice()) {
                    total += dice(sums[b][c]);
                    count++;
                }
            }
            if (loss.batchDice()) {
                total += dice(both);
                count++;
            }
        }
        return total / count;
    }

    private static double dice(double[] sums) {
        return (2 * sums[0] + 1e-5) / Math.max(sums[1] + sums[2] + 1e-5, 1e-8);
    }
}
