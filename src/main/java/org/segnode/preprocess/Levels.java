package org.segnode.preprocess;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.segnode.plan.Labels;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.LabelMap;

/**
 * Takes the probabilities of a network's heads one after the other and keeps them in one byte per label and voxel. A region's
 * probability is that of the label it writes; as regions lie in each other, it stays below one half where another label was
 * written.
 */
final class Levels {
    private static final int BELOW_HALF = GradedLabelMap.CERTAIN / 2;

    private final boolean regions;
    private final List<Integer> order;
    private final SortedMap<Integer, byte[]> levels = new TreeMap<>();

    Levels(Labels labels) {
        this.regions = labels.hasRegions();
        this.order = regions ? labels.regionsClassOrder() : labels.all();
    }

    /** Not those of background. */
    boolean wants(int head) {
        return order.get(head) != 0;
    }

    /** @param probabilities on the whole grid of the case */
    void take(int head, float[] probabilities) {
        byte[] level = levels.computeIfAbsent(order.get(head), label -> new byte[probabilities.length]);
        Parallel.pieces(level.length, (start, end) -> {
            for (int i = start; i < end; i++) {
                level[i] = (byte) Math.max(level[i] & 0xff, Math.round(GradedLabelMap.CERTAIN * probabilities[i]));
            }
        });
    }

    /** @param found the label map that was decided */
    GradedLabelMap of(LabelMap found) {
        if (regions) {
            levels.forEach((label, level) -> {
                for (int i = 0; i < level.length; i++) {
                    if (found.labels()[i] != label) {
                        level[i] = (byte) Math.min(level[i] & 0xff, BELOW_HALF);
                    }
                }
            });
        }
        return new GradedLabelMap(found, levels);
    }
}
