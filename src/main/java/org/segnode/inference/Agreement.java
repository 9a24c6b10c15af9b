package org.segnode.inference;

import java.util.BitSet;
import org.segnode.preprocess.Logits;

/**
 * How far two computations of the same case decide alike, on the network's grid.
 *
 * @param voxels share of voxels with the same decision, 0 to 1
 * @param dice lowest Dice over the labels or regions that the first computation found
 * @param foreground voxels of the first computation that are not background
 */
record Agreement(double voxels, double dice, long foreground) {
    private static final double ENOUGH_VOXELS = 0.9999;
    private static final double ENOUGH_DICE = 0.999;

    /** @param regions whether heads are regions, decided each by itself, instead of labels of which one wins */
    static Agreement of(Logits first, Logits second, boolean regions) {
        long[] sizes = new long[first.heads()];
        long[] both = new long[first.heads()];
        long same = 0;
        long foreground = 0;
        int voxels = first.shape().voxels();
        for (int voxel = 0; voxel < voxels; voxel++) {
            BitSet one = regions ? regions(first, voxel) : largest(first, voxel);
            BitSet other = regions ? regions(second, voxel) : largest(second, voxel);
            count(one, sizes);
            count(other, sizes);
            same += one.equals(other) ? 1 : 0;
            foreground += one.isEmpty() ? 0 : 1;
            one.and(other);
            count(one, both);
        }
        return new Agreement((double) same / voxels, lowestDice(sizes, both), foreground);
    }

    private static void count(BitSet found, long[] counts) {
        for (int head = found.nextSetBit(0); head >= 0; head = found.nextSetBit(head + 1)) {
            counts[head]++;
        }
    }

    /** A label with one voxel more or less passes, however small it is. */
    private static double lowestDice(long[] sizes, long[] both) {
        double lowest = 1;
        for (int head = 0; head < sizes.length; head++) {
            boolean nearlyEqual = sizes[head] - 2 * both[head] <= 1;
            lowest = nearlyEqual ? lowest : Math.min(lowest, 2.0 * both[head] / sizes[head]);
        }
        return lowest;
    }

    /** The head with the largest logit; nothing if that is background. */
    private static BitSet largest(Logits logits, int voxel) {
        int best = 0;
        for (int head = 1; head < logits.heads(); head++) {
            best = logits.value(head, voxel) > logits.value(best, voxel) ? head : best;
        }
        BitSet found = new BitSet();
        found.set(best, best > 0);
        return found;
    }

    private static BitSet regions(Logits logits, int voxel) {
        BitSet found = new BitSet();
        for (int head = 0; head < logits.heads(); head++) {
            found.set(head, logits.value(head, voxel) > 0);
        }
        return found;
    }

    /** Whether a comparison says anything: a case without any finding agrees with everything. */
    boolean isConclusive() {
        return foreground > 0;
    }

    boolean isEnough() {
        return voxels >= ENOUGH_VOXELS && dice >= ENOUGH_DICE;
    }
}
