package org.segnode.preprocess;

import java.util.Arrays;
import org.segnode.plan.ResamplingSpec;
import org.segnode.volume.Spacing;

/**
 * Whether slices are resampled separately because the distance between them is much larger than within them.
 *
 * @param axis of the slices: 0, 1 or 2; −1 if all axes are treated alike
 * @param orderAcross spline order from slice to slice
 */
record Separation(int axis, int orderAcross) {
    static final Separation NONE = new Separation(-1, 0);

    boolean isSeparate() {
        return axis >= 0;
    }

    /**
     * nnU-Net's rule: the plans say it, or the spacing before, or the spacing after is anisotropic. Where two axes share
     * the largest spacing, slices are not separate.
     */
    static Separation of(ResamplingSpec spec, Spacing current, Spacing target) {
        int axis;
        if (spec.forceSeparateZ().isPresent()) {
            axis = spec.forceSeparateZ().get() ? coarsest(current) : -1;
        } else if (isAnisotropic(current, spec.anisotropyThreshold())) {
            axis = coarsest(current);
        } else if (isAnisotropic(target, spec.anisotropyThreshold())) {
            axis = coarsest(target);
        } else {
            axis = -1;
        }
        return axis < 0 ? NONE : new Separation(axis, spec.orderZ());
    }

    private static boolean isAnisotropic(Spacing spacing, double threshold) {
        double[] axes = spacing.toArray();
        Arrays.sort(axes);
        return axes[2] / axes[0] > threshold;
    }

    /** The axis of the largest spacing; −1 if several share it. */
    private static int coarsest(Spacing spacing) {
        double[] axes = spacing.toArray();
        double largest = Math.max(axes[0], Math.max(axes[1], axes[2]));
        int found = -1;
        for (int axis = 0; axis < 3; axis++) {
            if (largest / axes[axis] == 1) {
                if (found >= 0) {
                    return -1;
                }
                found = axis;
            }
        }
        return found;
    }
}
