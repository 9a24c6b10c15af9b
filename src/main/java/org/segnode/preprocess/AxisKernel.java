package org.segnode.preprocess;

/**
 * Resamples along one axis: a matrix with one, two or four numbers in each row, after a recursive filter for cubic
 * splines. New voxel i lies at (i + 0.5) · old / new − 0.5; beyond the ends the outermost voxel is repeated.
 *
 * @see <a href="https://doi.org/10.1109/79.799930">Unser 1999, Splines: a perfect fit for signal and image processing</a>
 */
final class AxisKernel {
    /** Voxels repeated at each end before a cubic filter, as scipy.ndimage does. */
    private static final int PADDING = 12;

    private static final double POLE = Math.sqrt(3) - 2;
    private static final double GAIN = (1 - POLE) * (1 - 1 / POLE);

    private final int length;
    private final int newLength;
    private final int taps;
    private final int[] first;
    private final double[] weights;

    /** @param order of the spline: 0 nearest, 1 linear, 3 cubic */
    AxisKernel(int length, int newLength, int order) {
        if (order != 0 && order != 1 && order != 3) {
            throw new IllegalArgumentException("splines of order 0, 1 and 3 are known, not of order " + order);
        }
        this.length = length;
        this.newLength = newLength;
        this.taps = length == newLength ? 1 : order + 1;
        this.first = new int[newLength];
        this.weights = new double[newLength * taps];
        double ratio = (double) length / newLength;
        for (int i = 0; i < newLength; i++) {
            place(i, (i + 0.5) * ratio - 0.5);
        }
    }

    private void place(int i, double x) {
        switch (taps) {
            case 1 -> {
                first[i] = Math.min((int) Math.floor(Math.max(x, 0) + 0.5), length - 1);
                weights[i] = 1;
            }
            case 2 -> {
                double clamped = Math.min(Math.max(x, 0), length - 1);
                int low = (int) clamped;
                double near = 1 - (clamped - low);
                first[i] = Math.min(low, Math.max(length - 2, 0));
                boolean last = first[i] < low;
                weights[2 * i] = last ? 0 : near;
                weights[2 * i + 1] = 1 - weights[2 * i];
            }
            default -> {
                int low = (int) Math.floor(x);
                first[i] = low + PADDING - 1;
                putCubic(i * taps, x - low);
            }
        }
    }

    private void putCubic(int at, double t) {
        double u = 1 - t;
        weights[at] = u * u * u / 6;
        weights[at + 1] = (3 * t * t * (t - 2) + 4) / 6;
        weights[at + 2] = (3 * u * u * (u - 2) + 4) / 6;
        weights[at + 3] = 1 - weights[at] - weights[at + 1] - weights[at + 2];
    }

    int length() {
        return length;
    }

    int newLength() {
        return newLength;
    }

    /** Numbers in each row of the matrix. */
    int taps() {
        return taps;
    }

    /** Whether every new voxel is one of the old ones. */
    boolean isSelection() {
        return taps == 1;
    }

    boolean isIdentity() {
        return length == newLength;
    }

    /** First old voxel a new voxel is made of; for one or two taps. */
    int first(int newVoxel) {
        return first[newVoxel];
    }

    double weight(int newVoxel, int tap) {
        return weights[newVoxel * taps + tap];
    }

    /** Doubles of working memory that {@link #apply} needs. */
    int scratch(int width) {
        return taps == 4 ? (length + 2 * PADDING) * width : 0;
    }

    /**
     * Resamples rows of numbers that lie side by side: the axis runs from row to row.
     *
     * @param in {@code length} rows of {@code width} numbers, {@code inStride} apart, beginning at {@code inAt}
     * @param out takes {@code newLength} rows
     * @param scratch at least {@link #scratch} numbers
     */
    void apply(
            double[] in, int inAt, int inStride, double[] out, int outAt, int outStride, int width, double[] scratch) {
        if (taps == 1) {
            for (int i = 0; i < newLength; i++) {
                System.arraycopy(in, inAt + first[i] * inStride, out, outAt + i * outStride, width);
            }
        } else if (taps == 2) {
            for (int i = 0; i < newLength; i++) {
                int low = inAt + first[i] * inStride;
                int high = length > 1 ? low + inStride : low;
                mixTwo(in, low, high, weights[2 * i], weights[2 * i + 1], out, outAt + i * outStride, width);
            }
        } else {
            filter(in, inAt, inStride, width, scratch);
            for (int i = 0; i < newLength; i++) {
                mixFour(scratch, first[i] * width, width, 4 * i, out, outAt + i * outStride);
            }
        }
    }

    /** Resamples one line of numbers that follow each other; for one or two taps. */
    void applyLine(double[] in, int inAt, double[] out, int outAt) {
        if (taps == 1) {
            for (int i = 0; i < newLength; i++) {
                out[outAt + i] = in[inAt + first[i]];
            }
            return;
        }
        int step = length > 1 ? 1 : 0;
        for (int i = 0; i < newLength; i++) {
            int low = inAt + first[i];
            out[outAt + i] = weights[2 * i] * in[low] + weights[2 * i + 1] * in[low + step];
        }
    }

    private static void mixTwo(double[] in, int low, int high, double a, double b, double[] out, int at, int width) {
        for (int c = 0; c < width; c++) {
            out[at + c] = a * in[low + c] + b * in[high + c];
        }
    }

    private void mixFour(double[] in, int from, int width, int weight, double[] out, int at) {
        double a = weights[weight];
        double b = weights[weight + 1];
        double c = weights[weight + 2];
        double d = weights[weight + 3];
        int second = from + width;
        int third = second + width;
        int fourth = third + width;
        for (int i = 0; i < width; i++) {
            out[at + i] = a * in[from + i] + b * in[second + i] + c * in[third + i] + d * in[fourth + i];
        }
    }

    /** Spline coefficients of the padded rows, half-sample symmetric at both ends. */
    private void filter(double[] in, int inAt, int inStride, int width, double[] rows) {
        int count = length + 2 * PADDING;
        for (int row = 0; row < count; row++) {
            int from = inAt + Math.min(Math.max(row - PADDING, 0), length - 1) * inStride;
            for (int i = 0; i < width; i++) {
                rows[row * width + i] = GAIN * in[from + i];
            }
        }
        begin(rows, count, width);
        for (int row = 1; row < count; row++) {
            int at = row * width;
            for (int i = 0; i < width; i++) {
                rows[at + i] += POLE * rows[at - width + i];
            }
        }
        int last = (count - 1) * width;
        for (int i = 0; i < width; i++) {
            rows[last + i] *= POLE / (POLE - 1);
        }
        for (int row = count - 2; row >= 0; row--) {
            int at = row * width;
            for (int i = 0; i < width; i++) {
                rows[at + i] = POLE * (rows[at + width + i] - rows[at + i]);
            }
        }
    }

    private static void begin(double[] rows, int count, int width) {
        double all = Math.pow(POLE, count);
        for (int i = 0; i < width; i++) {
            double sum = rows[i] + all * rows[(count - 1) * width + i];
            double power = POLE;
            for (int row = 1; row < count && Math.abs(power) > 1e-18; row++) {
                sum += power * (rows[row * width + i] + all * rows[(count - 1 - row) * width + i]);
                power *= POLE;
            }
            rows[i] += POLE / (1 - all * all) * sum;
        }
    }
}
