package org.segnode.inference;

import java.util.ArrayList;
import java.util.List;

/**
 * Some of the network's outputs.
 *
 * @param first from 0
 * @param count at least 1
 */
record HeadRange(int first, int count) {
    /** All heads in blocks of at most that many. */
    static List<HeadRange> blocks(int heads, int perBlock) {
        List<HeadRange> blocks = new ArrayList<>();
        for (int first = 0; first < heads; first += perBlock) {
            blocks.add(new HeadRange(first, Math.min(perBlock, heads - first)));
        }
        return blocks;
    }
}
