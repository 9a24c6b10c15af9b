package org.segnode.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where the tiles of a sliding window lie. */
public final class Tiles {
    private Tiles() {}

    /**
     * Where each tile begins along one axis.
     *
     * @param length voxels along the axis, padding included
     * @param tile voxels of the patch along the same axis
     * @param stepFraction largest step as a fraction of {@code tile}, in (0, 1]
     * @return ascending; the first is 0, the last is {@code length - tile}
     * @throws IllegalArgumentException if the tile does not fit, or the fraction is out of range
     * @see <a href="https://doi.org/10.1038/s41592-020-01008-z">Isensee et al. 2021, Methods</a>
     */
    static int[] starts(int length, int tile, double stepFraction) {
        if (tile < 1 || tile > length) {
            throw new IllegalArgumentException("a tile of " + tile + " voxels does not fit in " + length);
        }
        if (!(stepFraction > 0 && stepFraction <= 1)) {
            throw new IllegalArgumentException("a step is more than 0 and at most 1 tile, is " + stepFraction);
        }
        int count = (int) Math.ceil((length - tile) / (tile * stepFraction)) + 1;
        double step = count > 1 ? (double) (length - tile) / (count - 1) : 0;
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = (int) Math.rint(step * i); // half to even, as NumPy rounds
        }
        return starts;
    }

    /**
     * First voxel of each tile, the last axis running fastest.
     *
     * @param shape slices, rows, columns, padding included
     * @param patch voxels of a tile along the same axes; 1 slice for a network of two dimensions
     */
    static List<int[]> of(int[] shape, int[] patch, double stepFraction) {
        int[][] starts = new int[3][];
        for (int axis = 0; axis < 3; axis++) {
            starts[axis] =
                    patch[axis] == 1 && axis == 0 ? range(shape[0]) : starts(shape[axis], patch[axis], stepFraction);
        }
        List<int[]> tiles = new ArrayList<>();
        for (int slice : starts[0]) {
            for (int row : starts[1]) {
                for (int column : starts[2]) {
                    tiles.add(new int[] {slice, row, column});
                }
            }
        }
        return tiles;
    }

    private static int[] range(int length) {
        int[] all = new int[length];
        Arrays.setAll(all, i -> i);
        return all;
    }
}
