package org.segnode.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

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

    /** One object per channel, keys in the order of their text, as in nnU-Net's sorted files. */
    static ObjectNode json(List<IntensityProperties> channels) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeSet<>(IntStream.range(0, channels.size())
                        .mapToObj(Integer::toString)
                        .toList())
                .forEach(channel -> json.set(
                        channel, channels.get(Integer.parseInt(channel)).json()));
        return json;
    }

    private ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("max", max)
                .put("mean", mean)
                .put("median", median)
                .put("min", min)
                .put("percentile_00_5", percentile005)
                .put("percentile_99_5", percentile995)
                .put("std", std);
    }

    /** Old plans lack some of the values: what is not there is NaN. */
    private static double number(JsonValue json, String key) throws UnusableFileException {
        return json.has(key) ? json.get(key).number() : Double.NaN;
    }
}
