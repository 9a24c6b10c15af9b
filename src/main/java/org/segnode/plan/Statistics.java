package org.segnode.plan;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Medians and percentiles as NumPy computes them in double precision. */
public final class Statistics {
    private Statistics() {}

    /**
     * {@code numpy.percentile(values, q)}: linear between the two nearest ranks.
     *
     * @param q in [0, 100]
     */
    public static double percentile(double[] values, double q) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double rank = (sorted.length - 1) * (q / 100);
        int lower = (int) Math.floor(rank);
        int upper = Math.min(lower + 1, sorted.length - 1);
        return between(sorted[lower], sorted[upper], rank - lower);
    }

    /** {@code numpy.median(values)}: the middle value, or the mean of the two. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Linear interpolation from the nearer end, so that it meets both ends exactly. */
    static double between(double lower, double upper, double fraction) {
        double difference = upper - lower;
        return fraction < 0.5 ? lower + difference * fraction : upper - difference * (1 - fraction);
    }

    static <T> double[] column(List<T> rows, ToDoubleFunction<T> value) {
        return rows.stream().mapToDouble(value).toArray();
    }
}
