package org.segnode.volume;

import java.util.Arrays;
import java.util.BitSet;

/** Fills the holes of a mask that no path through six-neighbours leads out of. Works in whole runs along the columns. */
final class HoleFilling {
    private final Shape shape;
    private final BitSet mask;
    private final BitSet outside;
    private int[] open = new int[1024];
    private int count;

    /** @param mask changed by {@link #fill}; indices ordered slice, row, column */
    HoleFilling(Shape shape, BitSet mask) {
        this.shape = shape;
        this.mask = mask;
        this.outside = new BitSet(shape.voxels());
    }

    void fill() {
        if (mask.cardinality() == shape.voxels()) {
            return;
        }
        for (int slice = 0; slice < shape.slices(); slice++) {
            for (int row = 0; row < shape.rows(); row++) {
                enterFromFaces(slice, row);
            }
        }
        while (count > 0) {
            int voxel = open[--count];
            visitNeighbours(voxel);
        }
        mask.set(0, shape.voxels());
        mask.andNot(outside);
    }

    private void enterFromFaces(int slice, int row) {
        int start = shape.index(slice, row, 0);
        int end = start + shape.columns();
        if (slice == 0 || slice == shape.slices() - 1 || row == 0 || row == shape.rows() - 1) {
            enterRuns(start, end);
        } else {
            enterRuns(start, start + 1);
            enterRuns(end - 1, end);
        }
    }

    /** Takes every run of empty voxels that touches the range and is not yet known to be outside. */
    private void enterRuns(int from, int to) {
        int rowStart = from - from % shape.columns();
        int rowEnd = rowStart + shape.columns();
        for (int voxel = mask.nextClearBit(from); voxel < to; voxel = mask.nextClearBit(voxel)) {
            int end = nextSet(voxel, rowEnd);
            if (!outside.get(voxel)) {
                int start = Math.max(rowStart, mask.previousSetBit(voxel) + 1);
                outside.set(start, end);
                push(start);
            }
            voxel = end;
        }
    }

    private void visitNeighbours(int start) {
        int columns = shape.columns();
        int slice = start / columns / shape.rows();
        int row = start / columns % shape.rows();
        int end = nextSet(start, start - start % columns + columns);
        int slab = columns * shape.rows();
        if (row > 0) {
            enterRuns(start - columns, end - columns);
        }
        if (row < shape.rows() - 1) {
            enterRuns(start + columns, end + columns);
        }
        if (slice > 0) {
            enterRuns(start - slab, end - slab);
        }
        if (slice < shape.slices() - 1) {
            enterRuns(start + slab, end + slab);
        }
    }

    private int nextSet(int voxel, int limit) {
        int next = mask.nextSetBit(voxel);
        return next < 0 || next > limit ? limit : next;
    }

    private void push(int start) {
        if (count == open.length) {
            open = Arrays.copyOf(open, count * 2);
        }
        open[count++] = start;
    }
}
