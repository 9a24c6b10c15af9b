package org.segnode.inference;

import java.util.List;
import org.segnode.inference.Predictor.Computed;
import org.segnode.plan.Labels;
import org.segnode.preprocess.Logits;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;

/**
 * How much of a case is left after each step, to find where a mask became empty.
 *
 * @param steps in the order they were done
 */
public record Explanation(List<Step> steps) {

    /**
     * @param name of the step, for people
     * @param shape of the grid after it, slice, row, column
     * @param voxels that are not zero in an image, or not background in a result
     */
    public record Step(String name, Shape shape, int voxels) {
        @Override
        public String toString() {
            return name + ": " + voxels + " of " + shape + " voxels";
        }
    }

    public Explanation {
        steps = List.copyOf(steps);
    }

    /**
     * @param decided labels before post-processing
     * @param written labels after it
     */
    public static Explanation of(Computed computed, Labels labels, LabelMap decided, LabelMap written) {
        Shape cropped = computed.prepared().geometry().shapeAfterCropping();
        Shape whole = computed.prepared().geometry().shapeBeforeCropping();
        return new Explanation(List.of(
                new Step("box around what is not zero", whole, cropped.voxels()),
                new Step("prepared for the network", computed.prepared().shape(), notZero(computed)),
                new Step(
                        "foreground in the network's output",
                        computed.logits().shape(),
                        foreground(computed.logits(), labels.hasRegions())),
                new Step("foreground on the grid of the case", decided.shape(), foreground(decided)),
                new Step("foreground after post-processing", written.shape(), foreground(written))));
    }

    /** One line that names the first step after which nothing was left, or says that something was found. */
    public String verdict() {
        for (Step step : steps) {
            if (step.voxels() == 0) {
                return "empty since: " + step.name();
            }
        }
        return "not empty";
    }

    private static int notZero(Computed computed) {
        float[] channel = computed.prepared().channels().get(0);
        int count = 0;
        for (float value : channel) {
            count += value != 0 ? 1 : 0;
        }
        return count;
    }

    /** Voxels where a region is more likely than not, or a label more likely than background. */
    private static int foreground(Logits logits, boolean regions) {
        int count = 0;
        for (int voxel = 0; voxel < logits.shape().voxels(); voxel++) {
            float threshold = regions ? 0 : logits.value(0, voxel);
            boolean found = false;
            for (int head = regions ? 0 : 1; head < logits.heads() && !found; head++) {
                found = logits.value(head, voxel) > threshold;
            }
            count += found ? 1 : 0;
        }
        return count;
    }

    private static int foreground(LabelMap labelMap) {
        int count = 0;
        for (short label : labelMap.labels()) {
            count += label != 0 ? 1 : 0;
        }
        return count;
    }
}
