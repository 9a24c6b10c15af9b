package org.segnode.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.segnode.plan.PairwiseSum;

/**
 * Agreement on one label or region, of one case or averaged over several. Any may be NaN.
 *
 * @param dice 2 TP / (2 TP + FP + FN)
 * @param falseNegatives voxels
 * @param falsePositives voxels
 * @param iou intersection over union
 * @param trueNegatives voxels
 * @param truePositives voxels
 * @param predicted voxels of the prediction
 * @param referenced voxels of the reference
 */
public record Metrics(
        double dice,
        double falseNegatives,
        double falsePositives,
        double iou,
        double trueNegatives,
        double truePositives,
        double predicted,
        double referenced) {

    public static Metrics of(Overlap overlap) {
        return new Metrics(
                overlap.dice(),
                overlap.falseNegatives(),
                overlap.falsePositives(),
                overlap.iou(),
                overlap.trueNegatives(),
                overlap.truePositives(),
                overlap.predicted(),
                overlap.referenced());
    }

    /** Each metric averaged over the values that are numbers; NaN where none is. */
    public static Metrics meanOfNumbers(List<Metrics> each) {
        return combined(metric -> mean(each.stream()
                .mapToDouble(metric)
                .filter(value -> !Double.isNaN(value))
                .toArray()));
    }

    /** Each metric averaged; NaN where one value is NaN. */
    public static Metrics mean(List<Metrics> each) {
        return combined(metric -> mean(each.stream().mapToDouble(metric).toArray()));
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Dice", dice)
                .put("FN", falseNegatives)
                .put("FP", falsePositives)
                .put("IoU", iou)
                .put("TN", trueNegatives)
                .put("TP", truePositives)
                .put("n_pred", predicted)
                .put("n_ref", referenced);
    }

    private interface Average {
        double of(ToDoubleFunction<Metrics> metric);
    }

    private static Metrics combined(Average average) {
        return new Metrics(
                average.of(Metrics::dice),
                average.of(Metrics::falseNegatives),
                average.of(Metrics::falsePositives),
                average.of(Metrics::iou),
                average.of(Metrics::trueNegatives),
                average.of(Metrics::truePositives),
                average.of(Metrics::predicted),
                average.of(Metrics::referenced));
    }

    private static double mean(double[] values) {
        return values.length == 0 ? Double.NaN : PairwiseSum.of(values) / values.length;
    }
}
