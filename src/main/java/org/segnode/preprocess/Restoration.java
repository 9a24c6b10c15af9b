package org.segnode.preprocess;

import org.segnode.plan.Configuration;
import org.segnode.plan.Labels;
import org.segnode.plan.Plans;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;

/**
 * Brings the network's output back onto the grid of the case: resamples, decides, pastes into the whole image, permutes
 * the axes back. The way back of {@link Preprocessor}.
 */
public final class Restoration {
    private final Configuration configuration;
    private final Labels labels;

    /** @param plans their axes are remembered by each case */
    public Restoration(Plans plans, Configuration configuration, Labels labels) {
        requireConfiguration(plans, configuration);
        this.configuration = configuration;
        this.labels = labels;
    }

    /**
     * The label with the largest logit (the lowest of several), or the regions whose probability is above one half. One
     * head is resampled at a time, so that memory does not grow with their number.
     *
     * @param logits on the network's grid
     */
    public LabelMap labels(Logits logits, CaseGeometry geometry) {
        Resampling resampling = resampling(logits, geometry);
        Decision decision = Decision.of(labels, resampling.newShape().voxels());
        float[] values = new float[resampling.newShape().voxels()];
        for (int head = 0; head < logits.heads(); head++) {
            resampling.head(logits, head, values);
            decision.takeLogits(head, values);
        }
        return pasted(decision.labels(), geometry);
    }

    /**
     * The same label map, with the probability of each label in one byte per voxel. Every head is resampled twice, one at a
     * time, so that memory grows by a byte per label and voxel only.
     *
     * @param logits on the network's grid
     */
    public GradedLabelMap graded(Logits logits, CaseGeometry geometry) {
        Resampling resampling = resampling(logits, geometry);
        int voxels = resampling.newShape().voxels();
        Decision decision = Decision.of(labels, voxels);
        SoftmaxSum sum = new SoftmaxSum(voxels);
        float[] values = new float[voxels];
        for (int head = 0; head < logits.heads(); head++) {
            resampling.head(logits, head, values);
            decision.takeLogits(head, values);
            sum.add(values);
        }
        Levels levels = new Levels(labels);
        for (int head = 0; head < logits.heads(); head++) {
            if (levels.wants(head)) {
                resampling.head(logits, head, values);
                if (labels.hasRegions()) {
                    Nonlinearities.sigmoid(new float[][] {values});
                } else {
                    sum.share(values);
                }
                levels.take(head, pasted(values, 0, geometry));
            }
        }
        return levels.of(pasted(decision.labels(), geometry));
    }

    /** The same from probabilities on the whole grid of the case, for results of several models. */
    public static GradedLabelMap graded(Labels labels, Probabilities probabilities, Grid grid) {
        LabelMap found = labels(labels, probabilities, grid);
        Levels levels = new Levels(labels);
        for (int head = 0; head < probabilities.heads().length; head++) {
            if (levels.wants(head)) {
                levels.take(head, probabilities.heads()[head]);
            }
        }
        return levels.of(found);
    }

    /**
     * Softmax over the heads, or sigmoid of each where the labels have regions, on the whole grid of the case with its
     * axes as in the file. Outside the non-zero part background is certain.
     *
     * @param logits on the network's grid
     */
    public Probabilities probabilities(Logits logits, CaseGeometry geometry) {
        Resampling resampling = resampling(logits, geometry);
        float[][] heads = new float[logits.heads()][resampling.newShape().voxels()];
        for (int head = 0; head < heads.length; head++) {
            resampling.head(logits, head, heads[head]);
        }
        if (labels.hasRegions()) {
            Nonlinearities.sigmoid(heads);
        } else {
            Nonlinearities.softmax(heads);
        }
        for (int head = 0; head < heads.length; head++) {
            float around = head == 0 && !labels.hasRegions() ? 1 : 0;
            heads[head] = pasted(heads[head], around, geometry);
        }
        return new Probabilities(geometry.grid().shape(), heads);
    }

    /**
     * The label with the largest probability (the lowest of several), or the regions whose probability is above one half.
     *
     * @param probabilities on the whole grid of the case, axes as in the file
     * @param grid of the case
     */
    public LabelMap labels(Probabilities probabilities, Grid grid) {
        return labels(labels, probabilities, grid);
    }

    /** The same, for results of several models. */
    public static LabelMap labels(Labels labels, Probabilities probabilities, Grid grid) {
        if (probabilities.heads().length != labels.heads()) {
            throw new IllegalArgumentException("the labels need " + labels.heads() + " heads, the probabilities have "
                    + probabilities.heads().length);
        }
        Decision decision = Decision.of(labels, probabilities.shape().voxels());
        for (int head = 0; head < probabilities.heads().length; head++) {
            decision.takeProbabilities(head, probabilities.heads()[head]);
        }
        return new LabelMap(grid, decision.labels());
    }

    private Resampling resampling(Logits logits, CaseGeometry geometry) {
        if (logits.heads() != labels.heads()) {
            throw new IllegalArgumentException(
                    "the labels need " + labels.heads() + " heads, the network has " + logits.heads());
        }
        Spacing target = geometry.permutedSpacing();
        return new Resampling(
                configuration.resamplingProbabilities(),
                logits.shape(),
                geometry.shapeAfterCropping(),
                Spacings.ofConfiguration(configuration, target),
                target);
    }

    private static float[] pasted(float[] part, float around, CaseGeometry geometry) {
        Shape whole = geometry.shapeBeforeCropping();
        return geometry.axes().inverse().apply(geometry.box().paste(part, whole, around), whole);
    }

    private static LabelMap pasted(short[] part, CaseGeometry geometry) {
        Shape whole = geometry.shapeBeforeCropping();
        short[] pasted = geometry.box().paste(part, whole);
        return new LabelMap(geometry.grid(), geometry.axes().inverse().apply(pasted, whole));
    }

    private static void requireConfiguration(Plans plans, Configuration configuration) {
        if (!configuration.equals(plans.configurations().get(configuration.name()))) {
            throw new IllegalArgumentException("the plans have no such configuration " + configuration.name());
        }
    }
}
