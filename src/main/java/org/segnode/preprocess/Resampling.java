package org.segnode.preprocess;

import org.jspecify.annotations.Nullable;
import org.segnode.plan.ResamplingSpec;
import org.segnode.plan.ResamplingSpec.Function;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;

/**
 * Brings arrays to another shape as the plans say. The same for images and labels before the network and for its output
 * after it, in training and in inference.
 */
public final class Resampling {
    private final ResamplingSpec spec;
    private final Shape from;
    private final Shape to;
    private final Separation separation;
    private @Nullable SplineResize resize;

    /**
     * @param from shape of the arrays to come
     * @param to shape wanted
     * @param current spacing that belongs to {@code from}, in mm
     * @param target spacing that belongs to {@code to}, in mm
     */
    public Resampling(ResamplingSpec spec, Shape from, Shape to, Spacing current, Spacing target) {
        this.spec = spec;
        this.from = from;
        this.to = spec.function() == Function.NONE ? from : to;
        this.separation = Separation.of(spec, current, target);
    }

    /** Shape of an image with another spacing: old / new times the length, rounded half to even, in that order. */
    public static Shape newShape(Shape shape, Spacing current, Spacing target) {
        int[] lengths = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            double length = Math.rint(current.along(axis) / target.along(axis) * shape.length(axis));
            if (!(length >= 1 && length <= Integer.MAX_VALUE)) {
                throw new IllegalArgumentException("resampling axis " + axis + " of " + shape + " from "
                        + current.along(axis) + " to " + target.along(axis) + " mm leaves " + length + " voxels");
            }
            lengths[axis] = (int) length;
        }
        return Shape.of(lengths);
    }

    /** Shape of what comes out. */
    public Shape newShape() {
        return to;
    }

    /** Whether the arrays are handed back as they are. */
    public boolean isIdentity() {
        return from.equals(to);
    }

    /** @return the same array if the shape does not change */
    public float[] image(float[] voxels) {
        if (isIdentity()) {
            return voxels;
        }
        if (spec.function() == Function.TORCH) {
            return new TorchResize(from, to, separation).run(voxels);
        }
        float[] result = new float[to.voxels()];
        spline(Voxels.of(voxels), Voxels.of(result));
        return result;
    }

    /** @return the same array if the shape does not change */
    public short[] labels(short[] labels) {
        if (isIdentity()) {
            return labels;
        }
        return spec.function() == Function.TORCH
                ? new TorchResize(from, to, separation).run(labels, spec.memoryEfficient())
                : new LabelResize(from, to, spec.order(), separation).run(labels);
    }

    /**
     * One head of the network's output. With splines the result is rounded to half precision if the logits are kept so,
     * as in nnU-Net; torch's resampling leaves single precision.
     *
     * @param target takes the values; as long as the new shape has voxels
     */
    public void head(Logits logits, int head, float[] target) {
        if (isIdentity()) {
            for (int i = 0; i < target.length; i++) {
                target[i] = logits.value(head, i);
            }
        } else if (spec.function() == Function.TORCH) {
            System.arraycopy(
                    new TorchResize(from, to, separation).run(singles(logits, head)), 0, target, 0, target.length);
        } else if (logits.isHalf()) {
            spline(Voxels.ofHalfs(logits.halfs(head)), Voxels.roundedToHalf(target));
        } else {
            spline(Voxels.of(logits.floats(head)), Voxels.of(target));
        }
    }

    /** Working memory is kept for the next array. */
    void spline(Voxels in, Voxels out) {
        if (resize == null) {
            resize = new SplineResize(from, to, spec.order(), separation);
        }
        resize.run(in, out);
    }

    private static float[] singles(Logits logits, int head) {
        if (!logits.isHalf()) {
            return logits.floats(head);
        }
        float[] singles = new float[logits.shape().voxels()];
        for (int i = 0; i < singles.length; i++) {
            singles[i] = logits.value(head, i);
        }
        return singles;
    }
}
