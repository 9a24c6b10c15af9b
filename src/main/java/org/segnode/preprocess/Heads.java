package org.segnode.preprocess;

import java.util.function.IntUnaryOperator;
import org.segnode.volume.Shape;

/** Checks arrays that come one per head. */
final class Heads {
    private Heads() {}

    static void requireLengths(Shape shape, int heads, IntUnaryOperator length) {
        if (heads < 1) {
            throw new IllegalArgumentException("there is at least one head");
        }
        for (int head = 0; head < heads; head++) {
            if (length.applyAsInt(head) != shape.voxels()) {
                throw new IllegalArgumentException("head " + head + " of shape " + shape + " has " + shape.voxels()
                        + " voxels, is given " + length.applyAsInt(head));
            }
        }
    }
}
