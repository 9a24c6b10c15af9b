package org.segnode.inference;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.segnode.volume.Shape;

/** Connected pieces of a mask; voxels that touch by a corner are connected (26 neighbours, 8 in a single slice). */
final class Components {
    private Components() {}

    /** The voxels of the largest piece; of all largest pieces if several have the same size. */
    static BitSet largest(BitSet mask, Shape shape) {
        BitSet rest = (BitSet) mask.clone();
        List<BitSet> best = new ArrayList<>();
        int size = 0;
        for (int seed = rest.nextSetBit(0); seed >= 0; seed = rest.nextSetBit(seed)) {
            BitSet piece = take(rest, seed, shape);
            int count = piece.cardinality();
            if (count > size) {
                best.clear();
                size = count;
            }
            if (count == size) {
                best.add(piece);
            }
        }
        BitSet result = new BitSet(shape.voxels());
        best.forEach(result::or);
        return result;
    }

    /** Takes the piece around the seed out of the mask. */
    private static BitSet take(BitSet rest, int seed, Shape shape) {
        BitSet piece = new BitSet(shape.voxels());
        Stack open = new Stack();
        rest.clear(seed);
        open.push(seed);
        while (!open.isEmpty()) {
            int voxel = open.pop();
            piece.set(voxel);
            int column = voxel % shape.columns();
            int row = voxel / shape.columns() % shape.rows();
            int slice = voxel / shape.columns() / shape.rows();
            for (int s = Math.max(0, slice - 1); s <= Math.min(shape.slices() - 1, slice + 1); s++) {
                for (int r = Math.max(0, row - 1); r <= Math.min(shape.rows() - 1, row + 1); r++) {
                    pushLine(rest, open, shape.index(s, r, 0), column, shape.columns());
                }
            }
        }
        return piece;
    }

    private static void pushLine(BitSet rest, Stack open, int line, int column, int columns) {
        int last = line + Math.min(columns - 1, column + 1);
        for (int i = rest.nextSetBit(line + Math.max(0, column - 1)); i >= 0 && i <= last; i = rest.nextSetBit(i + 1)) {
            rest.clear(i);
            open.push(i);
        }
    }

    /** Voxels still to be looked at. */
    private static final class Stack {
        private int[] voxels = new int[1024];
        private int count;

        void push(int voxel) {
            if (count == voxels.length) {
                voxels = java.util.Arrays.copyOf(voxels, 2 * count);
            }
            voxels[count++] = voxel;
        }

        int pop() {
            return voxels[--count];
        }

        boolean isEmpty() {
            return count == 0;
        }
    }
}
