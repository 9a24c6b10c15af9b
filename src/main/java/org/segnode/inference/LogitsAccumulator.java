package org.segnode.inference;

/** Adds up weighted tiles over a whole volume. */
interface LogitsAccumulator {
    /**
     * @param prediction [head, slice, row, column] of the tile, not yet weighted
     * @param start first voxel of the tile: slice, row, column
     */
    void add(float[] prediction, int[] start);
}
