package org.segnode.plan;

/**
 * Sums in the order NumPy sums: buffers of 8192 values one after the other; in each, halves of halves down to blocks of
 * at most 128 values, with eight running sums in a block. In single precision the order decides the last digits.
 */
public final class PairwiseSum {
    private static final int BUFFER = 8192;
    private static final int BLOCK = 128;

    private PairwiseSum() {}

    /** Single-precision values by index. */
    public interface Floats {
        float at(long index);
    }

    /** Double-precision values by index. */
    public interface Doubles {
        double at(long index);
    }

    /** {@code numpy.sum} of a float32 array. */
    public static float of(float[] values) {
        return of(index -> values[(int) index], values.length);
    }

    /** {@code numpy.sum} of a float64 array. */
    public static double of(double[] values) {
        return ofDoubles(index -> values[(int) index], values.length);
    }

    /** {@code numpy.mean} of a float32 array; NaN if it is empty. */
    public static float mean(float[] values) {
        return (float) ((double) of(values) / values.length);
    }

    /** {@code numpy.std} of a float32 array (population); NaN if it is empty. */
    public static float std(float[] values) {
        return std(index -> values[(int) index], values.length, mean(values));
    }

    /** {@code numpy.std} with the mean at hand. */
    public static float std(Floats values, long length, float mean) {
        Floats squares = index -> {
            float difference = values.at(index) - mean;
            return difference * difference;
        };
        return (float) Math.sqrt((float) ((double) of(squares, length) / length));
    }

    /** {@code numpy.std} of a float64 array with the mean at hand. */
    public static double stdOfDoubles(Doubles values, long length, double mean) {
        Doubles squares = index -> {
            double difference = values.at(index) - mean;
            return difference * difference;
        };
        return Math.sqrt(ofDoubles(squares, length) / length);
    }

    /** Sum of the first {@code length} values. */
    public static float of(Floats values, long length) {
        float sum = 0;
        for (long start = 0; start < length; start += BUFFER) {
            sum += pairwise(values, start, Math.min(BUFFER, length - start));
        }
        return sum;
    }

    /** Sum of the first {@code length} values. */
    public static double ofDoubles(Doubles values, long length) {
        double sum = 0;
        for (long start = 0; start < length; start += BUFFER) {
            sum += pairwiseDoubles(values, start, Math.min(BUFFER, length - start));
        }
        return sum;
    }

    private static float pairwise(Floats values, long start, long length) {
        if (length > BLOCK) {
            long half = length / 2 - length / 2 % 8;
            return pairwise(values, start, half) + pairwise(values, start + half, length - half);
        }
        long end = start + length;
        long next = start;
        float sum = -0.0f;
        if (length >= 8) {
            float[] running = new float[8];
            for (int i = 0; i < 8; i++) {
                running[i] = values.at(start + i);
            }
            for (next = start + 8; next + 8 <= end; next += 8) {
                for (int i = 0; i < 8; i++) {
                    running[i] += values.at(next + i);
                }
            }
            sum = running[0]
                    + running[1]
                    + (running[2] + running[3])
                    + (running[4] + running[5] + (running[6] + running[7]));
        }
        for (; next < end; next++) {
            sum += values.at(next);
        }
        return sum;
    }

    private static double pairwiseDoubles(Doubles values, long start, long length) {
        if (length > BLOCK) {
            long half = length / 2 - length / 2 % 8;
            return pairwiseDoubles(values, start, half) + pairwiseDoubles(values, start + half, length - half);
        }
        long end = start + length;
        long next = start;
        double sum = -0.0;
        if (length >= 8) {
            double[] running = new double[8];
            for (int i = 0; i < 8; i++) {
                running[i] = values.at(start + i);
            }
            for (next = start + 8; next + 8 <= end; next += 8) {
                for (int i = 0; i < 8; i++) {
                    running[i] += values.at(next + i);
                }
            }
            sum = running[0]
                    + running[1]
                    + (running[2] + running[3])
                    + (running[4] + running[5] + (running[6] + running[7]));
        }
        for (; next < end; next++) {
            sum += values.at(next);
        }
        return sum;
    }
}
