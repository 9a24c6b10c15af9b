package org.segnode.preprocess;

import org.segnode.volume.Shape;

/**
 * Resamples labels to another shape: every label is an image of zeros and ones, and the one with the largest
 * interpolated value wins. Where several share the largest value, the nearest voxel's label wins if it is among them,
 * else the lowest. The sums are made in scipy.ndimage's order, since ties are decided by exact equality.
 */
final class LabelResize {
    private final Shape from;
    private final Shape to;
    private final int order;
    private final Separation separation;

    /** @param order of the spline within slices, 0, 1 or 3 */
    LabelResize(Shape from, Shape to, int order, Separation separation) {
        this.from = from;
        this.to = to;
        this.order = order;
        this.separation = separation;
    }

    /** @return the same array if the shape does not change */
    short[] run(short[] labels) {
        if (from.equals(to)) {
            return labels;
        }
        if (!separation.isSeparate()) {
            return resize(labels, from, to);
        }
        int[] within = to.toArray();
        within[separation.axis()] = from.length(separation.axis());
        Shape resized = Shape.of(within);
        short[] slices = resize(labels, from, resized);
        return resized.equals(to) ? slices : across(slices, resized);
    }

    private short[] resize(short[] labels, Shape old, Shape wanted) {
        short[] result = new short[wanted.voxels()];
        if (order == 0) {
            new LabelInterpolation(old, wanted, 0, labels).nearest(result);
        } else if (order == 1) {
            new LabelInterpolation(old, wanted, 1, labels).linear(result);
        } else {
            new LabelSplines(old, wanted, order, separation).run(labels, result);
        }
        return result;
    }

    /** From slice to slice: the nearest, or with a higher order the label whose value is above one half, else 0. */
    private short[] across(short[] labels, Shape resized) {
        short[] result = new short[to.voxels()];
        if (separation.orderAcross() == 0) {
            new LabelInterpolation(resized, to, 0, labels).nearest(result);
            return result;
        }
        for (short label : LabelSplines.values(labels)) {
            double[] share = LabelSplines.share(labels, label);
            double[] resampled = new double[to.voxels()];
            new SplineResize(resized, to, separation.orderAcross(), Separation.NONE)
                    .run(Voxels.of(share), Voxels.of(resampled));
            for (int i = 0; i < result.length; i++) {
                if (Math.rint(resampled[i]) > 0.5) {
                    result[i] = label;
                }
            }
        }
        return result;
    }
}
