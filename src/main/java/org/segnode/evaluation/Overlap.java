package org.segnode.evaluation;

import org.segnode.plan.Region;
import org.segnode.volume.LabelMap;

/**
 * How far a prediction and a reference agree on one label or region, counted in voxels.
 *
 * @param truePositives in both
 * @param falsePositives only in the prediction
 * @param falseNegatives only in the reference
 * @param trueNegatives in neither
 */
public record Overlap(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
    private static final int NO_LABEL = -1;

    /** @throws IllegalArgumentException if the shapes differ */
    public static Overlap of(LabelMap prediction, LabelMap reference, Region region) {
        return of(prediction, reference, region, NO_LABEL);
    }

    /** @param ignore label of the reference whose voxels are not counted at all, or −1 */
    public static Overlap of(LabelMap prediction, LabelMap reference, Region region, int ignore) {
        if (!prediction.shape().equals(reference.shape())) {
            throw new IllegalArgumentException("a prediction of shape " + prediction.shape()
                    + " cannot be compared with a reference of shape " + reference.shape());
        }
        boolean[] member = new boolean[Short.MAX_VALUE + 1];
        region.labels().forEach(label -> member[label] = true);
        long[] counts = new long[4];
        for (int i = 0; i < prediction.labels().length; i++) {
            if (reference.labels()[i] != ignore) {
                counts[
                        (member[prediction.labels()[i]] ? 2 : 0)
                                + (member[reference.labels()[i]] ? 1 : 0)]++;
            }
        }
        return new Overlap(counts[3], counts[2], counts[1], counts[0]);
    }

    /** Voxels of the prediction. */
    public long predicted() {
        return truePositives + falsePositives;
    }

    /** Voxels of the reference. */
    public long referenced() {
        return truePositives + falseNegatives;
    }

    /** 2 TP / (2 TP + FP + FN); NaN if neither has a voxel. */
    public double dice() {
        return isEmpty() ? Double.NaN : 2.0 * truePositives / (2 * truePositives + falsePositives + falseNegatives);
    }

    /** Intersection over union; NaN if neither has a voxel. */
    public double iou() {
        return isEmpty() ? Double.NaN : (double) truePositives / (truePositives + falsePositives + falseNegatives);
    }

    /** Volume of a label in millilitres. */
    public static double millilitres(LabelMap labels, int label) {
        return labels.count(label) * labels.grid().voxelVolume() / 1000;
    }

    private boolean isEmpty() {
        return truePositives + falsePositives + falseNegatives == 0;
    }
}
