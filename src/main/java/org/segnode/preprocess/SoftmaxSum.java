package org.segnode.preprocess;

import java.util.Arrays;

/** Softmax over heads that are seen one at a time: all of them once for the sum, then each again for its share. */
final class SoftmaxSum {
    private final float[] largest;
    private final float[] sum;

    SoftmaxSum(int voxels) {
        this.largest = new float[voxels];
        this.sum = new float[voxels];
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    }

    void add(float[] logits) {
        Parallel.pieces(sum.length, (start, end) -> {
            for (int i = start; i < end; i++) {
                float most = Math.max(largest[i], logits[i]);
                sum[i] = (float) (sum[i] * Math.exp(largest[i] - most) + Math.exp(logits[i] - most));
                largest[i] = most;
            }
        });
    }

    /** In place, from logits of one head to its probabilities. */
    void share(float[] logits) {
        Parallel.pieces(sum.length, (start, end) -> {
            for (int i = start; i < end; i++) {
                logits[i] = (float) Math.exp(logits[i] - largest[i]) / sum[i];
            }
        });
    }
}
