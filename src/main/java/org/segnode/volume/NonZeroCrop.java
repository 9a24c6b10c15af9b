package org.segnode.volume;

import java.util.BitSet;
import java.util.List;

/**
 * The part of an image that is not empty: where some channel is not 0, with closed holes filled. A hole is closed if it
 * cannot be left through the six neighbours towards any face of the array; a single slice has no closed holes.
 *
 * @param box tight around the part; the whole image if all of it is 0
 * @param inside voxels that belong to the part, as indices within the box ordered slice, row, column
 */
public record NonZeroCrop(Box box, BitSet inside) {

    /** @param channels arrays of {@code shape.voxels()} values each */
    public static NonZeroCrop of(Shape shape, List<float[]> channels) {
        Box box = tightBox(shape, channels);
        BitSet inside = new BitSet(box.shape().voxels());
        for (float[] channel : channels) {
            markNonZero(box.cut(channel, shape), inside);
        }
        new HoleFilling(box.shape(), inside).fill();
        return new NonZeroCrop(box, inside);
    }

    /**
     * Cuts labels to the box and marks background outside the part.
     *
     * @param labels of the whole image
     * @return labels of the box, in a new array; −1 where the label is 0 and the voxel is not {@link #inside}
     */
    public short[] cutLabels(short[] labels, Shape shape) {
        short[] cut = box.cut(labels, shape);
        short[] marked = cut == labels ? labels.clone() : cut;
        for (int i = inside.nextClearBit(0); i < marked.length; i = inside.nextClearBit(i + 1)) {
            if (marked[i] == 0) {
                marked[i] = -1;
            }
        }
        return marked;
    }

    private static void markNonZero(float[] voxels, BitSet inside) {
        for (int i = 0; i < voxels.length; i++) {
            if (voxels[i] != 0) {
                inside.set(i);
            }
        }
    }

    private static Box tightBox(Shape shape, List<float[]> channels) {
        int[] low = shape.toArray();
        int[] high = {-1, -1, -1};
        for (float[] channel : channels) {
            for (int slice = 0; slice < shape.slices(); slice++) {
                for (int row = 0; row < shape.rows(); row++) {
                    widen(channel, shape, slice, row, low, high);
                }
            }
        }
        return high[0] < 0 ? Box.whole(shape) : new Box(low[0], high[0] + 1, low[1], high[1] + 1, low[2], high[2] + 1);
    }

    private static void widen(float[] channel, Shape shape, int slice, int row, int[] low, int[] high) {
        int start = shape.index(slice, row, 0);
        int first = 0;
        while (first < shape.columns() && channel[start + first] == 0) {
            first++;
        }
        if (first == shape.columns()) {
            return;
        }
        int last = shape.columns() - 1;
        while (channel[start + last] == 0) {
            last--;
        }
        int[] firsts = {slice, row, first};
        int[] lasts = {slice, row, last};
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = Math.min(low[axis], firsts[axis]);
            high[axis] = Math.max(high[axis], lasts[axis]);
        }
    }
}
