package org.segnode.inference;

import java.util.ArrayList;
import java.util.List;

/** Which axes are flipped in each pass over a tile, and how a flipped tile is read. */
final class Mirroring {
    /** No flips: one pass. */
    static final Mirroring NONE = new Mirroring(List.of(new boolean[3]));

    private final List<boolean[]> passes;

    private Mirroring(List<boolean[]> passes) {
        this.passes = passes;
    }

    /**
     * First nothing flipped, then all non-empty subsets: sizes ascending, in lexicographic order.
     *
     * @param axes of slice, row, column: 0, 1, 2
     */
    static Mirroring of(List<Integer> axes) {
        List<boolean[]> passes = new ArrayList<>();
        for (int size = 0; size <= axes.size(); size++) {
            addSubsets(axes, 0, size, new boolean[3], passes);
        }
        return new Mirroring(passes);
    }

    private static void addSubsets(List<Integer> axes, int from, int size, boolean[] flipped, List<boolean[]> passes) {
        if (size == 0) {
            passes.add(flipped.clone());
            return;
        }
        for (int i = from; i < axes.size(); i++) {
            flipped[axes.get(i)] = true;
            addSubsets(axes, i + 1, size - 1, flipped, passes);
            flipped[axes.get(i)] = false;
        }
    }

    /** At least 1. */
    int passes() {
        return passes.size();
    }

    /** Whether the axes slice, row, column are flipped in a pass. */
    boolean[] flipped(int pass) {
        return passes.get(pass);
    }
}
