package org.segnode.plan;

/**
 * Statistics of the foreground intensities of one channel over the training cases. Each may be NaN where a data set has
 * no foreground.
 *
 * @param max largest value
 * @param mean arithmetic mean
 * @param median 50th percentile
 * @param min smallest value
 * @param percentile005 0.5th percentile
 * @param percentile995 99.5th percentile
 * @param std population standard deviation
 */
public record IntensityProperties(
        double max, double mean, double median, double min, double percentile005, double percentile995, double std) {

    static IntensityProperties of(JsonValue json) throws UnusableFileException {
        return new IntensityProperties(
                number(json, "max"),
                number(json, "mean"),
                number(json, "median"),
                number(json, "min"),
                number(json, "percentile_00_5"),
                number(json, "percentile_99_5"),
                number(json, "std"));
    }

    /** Old plans lack some of the values: what is not there is NaN. */
    private static double number(JsonValue json, String key) throws UnusableFileException {
        return json.has(key) ? json.get(key).number() : Double.NaN;
    }
}
