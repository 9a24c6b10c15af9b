package org.segnode.inference;

import org.segnode.volume.Shape;

/** Copies tiles out of a volume and adds up what the network says of them, undoing flips. */
final class TileCopy {
    private final int[] patch;
    private final int voxels;

    TileCopy(int[] patch) {
        this.patch = patch;
        this.voxels = patch[0] * patch[1] * patch[2];
    }

    /** Voxels of a tile. */
    int voxels() {
        return voxels;
    }

    /**
     * @param channel a whole volume of that shape
     * @param start first voxel of the tile
     * @param flipped which axes run backwards in the tile
     * @param target receives the tile from {@code to} on
     */
    void gather(float[] channel, Shape shape, int[] start, boolean[] flipped, float[] target, int to) {
        int index = to;
        for (int slice = 0; slice < patch[0]; slice++) {
            int from = start[0] + (flipped[0] ? patch[0] - 1 - slice : slice);
            for (int row = 0; row < patch[1]; row++) {
                int place = shape.index(from, start[1] + (flipped[1] ? patch[1] - 1 - row : row), start[2]);
                if (flipped[2]) {
                    for (int column = patch[2] - 1; column >= 0; column--) {
                        target[index++] = channel[place + column];
                    }
                } else {
                    System.arraycopy(channel, place, target, index, patch[2]);
                    index += patch[2];
                }
            }
        }
    }

    /**
     * Adds the prediction for a flipped tile, turned back, to the sum.
     *
     * @param output heads of one tile from {@code from} on
     * @param sum [head, slice, row, column]
     */
    void addBack(float[] output, int from, boolean[] flipped, float[] sum) {
        int index = from;
        for (int head = 0; head < sum.length / voxels; head++) {
            for (int slice = 0; slice < patch[0]; slice++) {
                int back = flipped[0] ? patch[0] - 1 - slice : slice;
                for (int row = 0; row < patch[1]; row++) {
                    int line = (head * patch[0] + back) * patch[1] + (flipped[1] ? patch[1] - 1 - row : row);
                    index = addLine(output, index, flipped[2], sum, line * patch[2]);
                }
            }
        }
    }

    private int addLine(float[] output, int from, boolean flipped, float[] sum, int to) {
        int index = from;
        if (flipped) {
            for (int column = patch[2] - 1; column >= 0; column--) {
                sum[to + column] += output[index++];
            }
        } else {
            for (int column = 0; column < patch[2]; column++) {
                sum[to + column] += output[index++];
            }
        }
        return index;
    }
}
