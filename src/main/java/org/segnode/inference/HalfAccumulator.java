package org.segnode.inference;

import java.util.stream.IntStream;
import org.segnode.volume.Halfs;
import org.segnode.volume.Shape;

/**
 * Sums in half precision, as nnU-Net keeps them on every device: the product of prediction and weight stays in 32 bits and
 * each addition is rounded once.
 */
final class HalfAccumulator implements LogitsAccumulator {
    private final Shape shape;
    private final int[] patch;
    private final float[] weights;
    private final HeadRange range;
    private final short[][] sums;
    private final short[] counts;

    /**
     * @param shape padding included
     * @param weights one per voxel of a tile
     * @param range the heads that are kept
     */
    HalfAccumulator(Shape shape, int[] patch, float[] weights, HeadRange range) {
        this.shape = shape;
        this.patch = patch;
        this.weights = weights;
        this.range = range;
        this.sums = new short[range.count()][shape.voxels()];
        this.counts = new short[shape.voxels()];
    }

    @Override
    public void add(float[] prediction, int[] start) {
        IntStream.range(0, sums.length)
                .parallel()
                .forEach(head -> add(sums[head], prediction, (range.first() + head) * weights.length, start));
        addCounts(start);
    }

    private void add(short[] sum, float[] prediction, int from, int[] start) {
        int index = 0;
        for (int slice = 0; slice < patch[0]; slice++) {
            for (int row = 0; row < patch[1]; row++) {
                int place = shape.index(start[0] + slice, start[1] + row, start[2]);
                for (int column = 0; column < patch[2]; column++, index++, place++) {
                    sum[place] = Halfs.ofFloat(Halfs.toFloat(sum[place]) + prediction[from + index] * weights[index]);
                }
            }
        }
    }

    private void addCounts(int[] start) {
        int index = 0;
        for (int slice = 0; slice < patch[0]; slice++) {
            for (int row = 0; row < patch[1]; row++) {
                int place = shape.index(start[0] + slice, start[1] + row, start[2]);
                for (int column = 0; column < patch[2]; column++, index++, place++) {
                    counts[place] = Halfs.ofFloat(Halfs.toFloat(counts[place]) + weights[index]);
                }
            }
        }
    }

    /**
     * The weighted means without the padding, one array per head; the sums are used up.
     *
     * @throws IllegalStateException if one is infinite
     */
    short[][] means(Padding padding) {
        short[][] means = new short[sums.length][];
        for (int head = 0; head < sums.length; head++) {
            short[] sum = sums[head];
            for (int i = 0; i < sum.length; i++) {
                sum[i] = Halfs.ofFloat(Halfs.toFloat(sum[i]) / Halfs.toFloat(counts[i]));
            }
            requireFinite(sum, range.first() + head);
            means[head] = padding.crop(sum);
            sums[head] = new short[0];
        }
        return means;
    }

    /** @throws IllegalStateException if a number is infinite */
    static void requireFinite(short[] halfs, int head) {
        for (short half : halfs) {
            if ((half & 0x7fff) == 0x7c00) {
                throw new IllegalStateException("the network's output is too large for half precision (head " + head
                        + "); compute with --precise");
            }
        }
    }
}
