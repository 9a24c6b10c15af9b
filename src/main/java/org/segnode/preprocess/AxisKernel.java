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

    /** Rows of working memory that {@link #apply} needs. */
    int scratchRows() {
        return taps == 4 ? length + 2 * PADDING : 0;
    }

    /**
     * Resamples rows of numbers that lie side by side: the axis runs from row to row.
     *
     * @param in {@code length} rows of at least {@code width} numbers
     * @param out takes {@code newLength} rows
     * @param scratch at least {@link #scratchRows} rows
     */
    void apply(double[][] in, double[][] out, int width, double[][] scratch) {
        if (taps == 4) {
            filter(in, width, scratch);
        }
        for (int i = 0; i < newLength; i++) {
            switch (taps) {
                case 1 -> System.arraycopy(in[first[i]], 0, out[i], 0, width);
                case 2 -> mixTwo(in, i, out[i], width);
                default -> mixFour(scratch, i, out[i], width);
            }
        }
    }

    /**
     * Resamples lines of numbers that follow each other, for one or two taps; four at a time, since finding out where to
     * read takes longer than reading.
     *
     * @param in lines of {@code length} numbers
     * @param out as many lines of {@code newLength}
     */
    void applyLines(double[][] in, double[][] out) {
        int line = 0;
        for (; line + 4 <= in.length; line += 4) {
            applyFour(in, out, line);
        }
        for (; line < in.length; line++) {
            for (int i = 0; i < newLength; i++) {
                double near = near(i) * in[line][first[i]];
                out[line][i] = taps == 1 ? near : near + weights[2 * i + 1] * in[line][second(i)];
            }
        }
    }

    private double near(int i) {
        return weights[i * taps];
    }

    private int second(int i) {
        return Math.min(first[i] + 1, length - 1);
    }

    private void applyFour(double[][] in, double[][] out, int line) {
        double[] a = in[line];
        double[] b = in[line + 1];
        double[] c = in[line + 2];
        double[] d = in[line + 3];
        double[] newA = out[line];
        double[] newB = out[line + 1];
        double[] newC = out[line + 2];
        double[] newD = out[line + 3];
        for (int i = 0; i < newLength; i++) {
            int low = first[i];
            int high = taps == 1 ? low : second(i);
            double near = near(i);
            double far = taps == 1 ? 0 : weights[2 * i + 1];
            newA[i] = near * a[low] + far * a[high];
            newB[i] = near * b[low] + far * b[high];
            newC[i] = near * c[low] + far * c[high];
            newD[i] = near * d[low] + far * d[high];
        }
    }

    /** Loops run over whole rows by one index, so that the compiler can use vector instructions. */
    private void mixTwo(double[][] in, int i, double[] out, int width) {
        double[] low = in[first[i]];
        double[] high = in[Math.min(first[i] + 1, length - 1)];
        double a = weights[2 * i];
        double b = weights[2 * i + 1];
        for (int c = 0; c < width; c++) {
            out[c] = a * low[c] + b * high[c];
        }
    }

    private void mixFour(double[][] in, int i, double[] out, int width) {
        double a = weights[4 * i];
        double b = weights[4 * i + 1];
        double c = weights[4 * i + 2];
        double d = weights[4 * i + 3];
        double[] one = in[first[i]];
        double[] two = in[first[i] + 1];
        double[] three = in[first[i] + 2];
        double[] four = in[first[i] + 3];
        for (int k = 0; k < width; k++) {
            out[k] = a * one[k] + b * two[k] + c * three[k] + d * four[k];
        }
    }

    /** Spline coefficients of the padded rows, half-sample symmetric at both ends. */
    private void filter(double[][] in, int width, double[][] rows) {
        int count = length + 2 * PADDING;
        for (int row = 0; row < count; row++) {
            scale(in[Math.min(Math.max(row - PADDING, 0), length - 1)], rows[row], width);
        }
        begin(rows, count, width);
        for (int row = 1; row < count; row++) {
            forward(rows[row - 1], rows[row], width);
        }
        double[] last = rows[count - 1];
        for (int i = 0; i < width; i++) {
            last[i] *= POLE / (POLE - 1);
        }
        for (int row = count - 2; row >= 0; row--) {
            backward(rows[row + 1], rows[row], width);
        }
    }

    private static void scale(double[] in, double[] row, int width) {
        for (int i = 0; i < width; i++) {
            row[i] = GAIN * in[i];
        }
    }

    private static void forward(double[] previous, double[] row, int width) {
        for (int i = 0; i < width; i++) {
            row[i] = row[i] + POLE * previous[i];
        }
    }

    private static void backward(double[] next, double[] row, int width) {
        for (int i = 0; i < width; i++) {
            row[i] = POLE * (next[i] - row[i]);
        }
    }

    private static void begin(double[][] rows, int count, int width) {
        double all = Math.pow(POLE, count);
        for (int i = 0; i < width; i++) {
            double sum = rows[0][i] + all * rows[count - 1][i];
            double power = POLE;
            for (int row = 1; row < count && Math.abs(power) > 1e-18; row++) {
                sum += power * (rows[row][i] + all * rows[count - 1 - row][i]);
                power *= POLE;
            }
            rows[0][i] += POLE / (1 - all * all) * sum;
        }
    }
}
