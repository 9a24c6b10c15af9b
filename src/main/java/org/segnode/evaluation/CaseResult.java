package org.segnode.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.segnode.plan.Region;
import org.segnode.volume.LabelMap;

/**
 * One case compared with its reference.
 *
 * @param predictionFile as written into the summary
 * @param referenceFile as written into the summary
 * @param overlaps one per label or region, in the order of the summary's regions
 */
public record CaseResult(String predictionFile, String referenceFile, List<Overlap> overlaps) {
    public CaseResult {
        overlaps = List.copyOf(overlaps);
    }

    /** @param ignore label of the reference that is not counted, or −1 */
    public static CaseResult of(
            String predictionFile,
            LabelMap prediction,
            String referenceFile,
            LabelMap reference,
            List<Region> regions,
            int ignore) {
        return new CaseResult(
                predictionFile,
                referenceFile,
                regions.stream()
                        .map(region -> Overlap.of(prediction, reference, region, ignore))
                        .toList());
    }

    ObjectNode json(List<Region> regions) {
        ObjectNode metrics = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < regions.size(); i++) {
            metrics.set(regions.get(i).key(), json(overlaps.get(i)));
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("metrics", metrics);
        json.put("prediction_file", predictionFile);
        json.put("reference_file", referenceFile);
        return json;
    }

    /** Counts as whole numbers, as nnU-Net writes them for single cases. */
    private static ObjectNode json(Overlap overlap) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Dice", overlap.dice())
                .put("FN", overlap.falseNegatives())
                .put("FP", overlap.falsePositives())
                .put("IoU", overlap.iou())
                .put("TN", overlap.trueNegatives())
                .put("TP", overlap.truePositives())
                .put("n_pred", overlap.predicted())
                .put("n_ref", overlap.referenced());
    }
}
