package org.segnode.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.segnode.plan.PythonJson;
import org.segnode.plan.Region;

/**
 * Several cases compared with their references: what summary.json holds.
 *
 * @param regions the labels or regions compared
 * @param cases results in file order
 */
public record Summary(List<Region> regions, List<CaseResult> cases) {
    public Summary {
        regions = List.copyOf(regions);
        cases = List.copyOf(cases);
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("a summary needs at least one case");
        }
    }

    /** Averages over the cases, one per region; cases whose metric is NaN do not count. */
    public List<Metrics> means() {
        List<Metrics> means = new ArrayList<>();
        for (int i = 0; i < regions.size(); i++) {
            int index = i;
            means.add(Metrics.meanOfNumbers(cases.stream()
                    .map(each -> Metrics.of(each.overlaps().get(index)))
                    .toList()));
        }
        return means;
    }

    /** Average of the regions' means, background left out; NaN if one of them is NaN. */
    public Metrics foregroundMean() {
        List<Metrics> means = means();
        return Metrics.mean(IntStream.range(0, regions.size())
                .filter(i -> !regions.get(i).key().equals("0"))
                .mapToObj(means::get)
                .toList());
    }

    /** Writes summary.json as nnU-Net does: sorted keys, indented by four, NaN as a bare word. */
    public void write(Path file) throws IOException {
        PythonJson.write(file, json(), true);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("foreground_mean", foregroundMean().json());
        ObjectNode mean = json.putObject("mean");
        List<Metrics> means = means();
        for (int i = 0; i < regions.size(); i++) {
            mean.set(regions.get(i).key(), means.get(i).json());
        }
        ArrayNode each = json.putArray("metric_per_case");
        cases.forEach(result -> each.add(result.json(regions)));
        return json;
    }
}
