package org.segnode.inference;

import java.util.stream.IntStream;
import org.segnode.volume.Shape;

/** Sums in single precision, for {@code --precise}. */
final class PreciseAccumulator implements LogitsAccumulator {
    private final Shape shape;
    private final int[] patch;
    private final float[] weights;
    private final HeadRange range;
    private final float[][] sums;
    private final float[] counts;

    PreciseAccumulator(Shape shape, int[] patch, float[] weights, HeadRange range) {
        this.shape = shape;
        this.patch = patch;
        this.weights = weights;
        this.range = range;
        this.sums = new float[range.count()][shape.voxels()];
        this.counts = new float[shape.voxels()];
    }

    @Override
    public void add(float[] prediction, int[] start) {
        IntStream.range(0, sums.length).parallel().forEach(head -> {
            int from = (range.first() + head) * weights.length;
            forEachVoxel(start, (place, index) -> sums[head][place] += prediction[from + index] * weights[index]);
        });
        forEachVoxel(start, (place, index) -> counts[place] += weights[index]);
    }

    private interface Voxel {
        void at(int place, int index);
    }

    private void forEachVoxel(int[] start, Voxel voxel) {
        int index = 0;
        for (int slice = 0; slice < patch[0]; slice++) {
            for (int row = 0; row < patch[1]; row++) {
                int place = shape.index(start[0] + slice, start[1] + row, start[2]);
                for (int column = 0; column < patch[2]; column++) {
                    voxel.at(place++, index++);
                }
            }
        }
    }

    /** The weighted means without the padding, one array per head; the sums are used up. */
    float[][] means(Padding padding) {
        float[][] means = new float[sums.length][];
        for (int head = 0; head < sums.length; head++) {
            float[] sum = sums[head];
            for (int i = 0; i < sum.length; i++) {
                sum[i] /= counts[i];
            }
            means[head] = padding.crop(sum);
            sums[head] = new float[0];
        }
        return means;
    }
}
