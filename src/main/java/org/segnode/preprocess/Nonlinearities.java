package org.segnode.preprocess;

import java.util.Arrays;
import java.util.stream.IntStream;

/** From logits to probabilities, in place and in single precision. Only {@link Restoration} applies them. */
final class Nonlinearities {
    private static final int BLOCK = 1 << 12;

    private Nonlinearities() {}

    static float sigmoid(float logit) {
        return 1 / (1 + (float) Math.exp(-logit));
    }

    static void sigmoid(float[][] heads) {
        for (float[] head : heads) {
            Parallel.pieces(head.length, (start, end) -> {
                for (int i = start; i < end; i++) {
                    head[i] = sigmoid(head[i]);
                }
            });
        }
    }

    /** Over the heads, voxel by voxel. */
    static void softmax(float[][] heads) {
        int voxels = heads[0].length;
        IntStream.range(0, (voxels + BLOCK - 1) / BLOCK)
                .parallel()
                .forEach(block -> softmax(heads, block * BLOCK, Math.min(voxels, (block + 1) * BLOCK)));
    }

    private static void softmax(float[][] heads, int start, int end) {
        float[] largest = new float[end - start];
        float[] sum = new float[end - start];
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        for (float[] head : heads) {
            for (int i = start; i < end; i++) {
                largest[i - start] = Math.max(largest[i - start], head[i]);
            }
        }
        for (float[] head : heads) {
            for (int i = start; i < end; i++) {
                head[i] = (float) Math.exp(head[i] - largest[i - start]);
                sum[i - start] += head[i];
            }
        }
        for (float[] head : heads) {
            for (int i = start; i < end; i++) {
                head[i] /= sum[i - start];
            }
        }
    }
}
