package org.segnode.network;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.segnode.plan.Labels;

/**
 * What nnU-Net minimises: soft Dice plus cross entropy for labels, soft Dice plus binary cross entropy for regions, summed
 * over the outputs of the network.
 *
 * @param regions whether heads are regions, which may overlap, instead of labels
 * @param batchDice whether Dice is taken over the whole batch instead of sample by sample
 * @param ignore the label of voxels that do not count; with regions a last target channel that is 1 there
 * @param weights one per output, full resolution first; an output of weight 0 is left out and gets no gradient
 */
public record Loss(boolean regions, boolean batchDice, OptionalInt ignore, List<Double> weights) {
    public Loss {
        weights = List.copyOf(weights);
        for (double weight : weights) {
            if (!Double.isFinite(weight) || weight < 0) {
                throw new IllegalArgumentException("a loss weight is finite and not negative, is " + weight);
            }
        }
        if (weights.stream().allMatch(weight -> weight == 0)) {
            throw new IllegalArgumentException("a loss needs an output with a weight above 0, has " + weights);
        }
    }

    /**
     * With nnU-Net's weights: each half the one before, the last 0, together 1.
     *
     * @param outputs of the network, one less than it has stages
     * @throws IllegalArgumentException for fewer than two outputs: nothing would remain
     */
    public static Loss deepSupervision(Labels labels, boolean batchDice, int outputs) {
        if (outputs < 2) {
            throw new IllegalArgumentException(
                    "deep supervision leaves the lowest output out and so needs 2 outputs (3 stages) or more, has "
                            + outputs);
        }
        double sum = 2 - Math.scalb(1.0, 2 - outputs);
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < outputs - 1; i++) {
            weights.add(Math.scalb(1.0, -i) / sum);
        }
        weights.add(0.0);
        return new Loss(labels.hasRegions(), batchDice, labels.ignore(), weights);
    }

    /** Channels of a target: one with labels; one per region, and the ignored voxels last. */
    int targetChannels(int heads) {
        return regions ? heads + (ignore.isPresent() ? 1 : 0) : 1;
    }
}
