package org.segnode.preprocess;

import java.util.TreeSet;
import org.segnode.volume.Shape;

/** Resamples labels with higher splines: one image of zeros and ones per label, the largest value wins. */
final class LabelSplines {
    private final Shape from;
    private final Shape to;
    private final int order;
    private final Separation separation;

    LabelSplines(Shape from, Shape to, int order, Separation separation) {
        this.from = from;
        this.to = to;
        this.order = order;
        this.separation = separation;
    }

    void run(short[] labels, short[] result) {
        short[] nearest = new short[result.length];
        new LabelInterpolation(from, to, 0, labels).nearest(nearest);
        double[] best = new double[result.length];
        double[] resampled = new double[result.length];
        boolean first = true;
        SplineResize resize = new SplineResize(from, to, order, separation);
        for (short label : values(labels)) {
            resize.run(Voxels.of(share(labels, label)), Voxels.of(resampled));
            for (int i = 0; i < result.length; i++) {
                boolean tied = resampled[i] == best[i] && label == nearest[i];
                if (first || resampled[i] > best[i] || tied) {
                    best[i] = resampled[i];
                    result[i] = label;
                }
            }
            first = false;
        }
    }

    /** The labels that occur, ascending. */
    static short[] values(short[] labels) {
        TreeSet<Short> values = new TreeSet<>();
        boolean[] seen = new boolean[1 << 16];
        for (short label : labels) {
            if (!seen[label & 0xffff]) {
                seen[label & 0xffff] = true;
                values.add(label);
            }
        }
        short[] ascending = new short[values.size()];
        int count = 0;
        for (short value : values) {
            ascending[count++] = value;
        }
        return ascending;
    }

    /** 1 where the label is, else 0. */
    static double[] share(short[] labels, short label) {
        double[] share = new double[labels.length];
        for (int i = 0; i < share.length; i++) {
            share[i] = labels[i] == label ? 1 : 0;
        }
        return share;
    }
}
