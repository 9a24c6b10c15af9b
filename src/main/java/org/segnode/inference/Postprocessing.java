package org.segnode.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;

/**
 * What nnU-Net found worth doing with a result: of certain labels, taken together, only the largest connected piece is kept.
 *
 * @param steps done in order; each the labels whose union is looked at
 */
public record Postprocessing(List<Set<Integer>> steps) {
    public static final Postprocessing NONE = new Postprocessing(List.of());

    private static final String FUNCTION = "remove_all_but_largest_component_from_segmentation";
    private static final long LARGEST_FILE = 64 << 20;

    public Postprocessing {
        steps = steps.stream().map(Set::copyOf).toList();
    }

    /** @throws IOException if the file is not nnU-Net's {@code postprocessing.json} or asks for something unknown */
    public static Postprocessing read(Path file) throws IOException {
        if (java.nio.file.Files.size(file) > LARGEST_FILE) {
            throw new IOException(file.getFileName() + ": is too large");
        }
        JsonMapper mapper = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
        try {
            JsonNode json = mapper.readTree(file.toFile());
            return new Postprocessing(steps(file, json));
        } catch (JsonProcessingException e) {
            throw new IOException(file.getFileName() + ": is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static List<Set<Integer>> steps(Path file, JsonNode json) throws IOException {
        JsonNode functions = json.path("postprocessing_fns");
        JsonNode arguments = json.path("postprocessing_kwargs");
        if (!functions.isArray() || !arguments.isArray() || functions.size() != arguments.size()) {
            throw new IOException(
                    file.getFileName() + ": needs postprocessing_fns and postprocessing_kwargs of equal length");
        }
        List<Set<Integer>> steps = new ArrayList<>();
        for (int i = 0; i < functions.size(); i++) {
            if (!functions.get(i).asText().equals(FUNCTION)) {
                throw new IOException(file.getFileName() + ": asks for " + functions.get(i) + ", which is not known");
            }
            steps.add(labels(file, arguments.get(i).path("labels_or_regions")));
        }
        return steps;
    }

    private static Set<Integer> labels(Path file, JsonNode node) throws IOException {
        Set<Integer> labels = new TreeSet<>();
        if (node.isArray()) {
            for (JsonNode item : node) {
                labels.addAll(labels(file, item));
            }
        } else if (node.isIntegralNumber() && node.asInt() >= 0 && node.asInt() <= Short.MAX_VALUE) {
            labels.add(node.asInt());
        } else {
            throw new IOException(file.getFileName() + ": labels_or_regions is " + node);
        }
        return labels;
    }

    /** On the same grid; the argument is left as it is. */
    public LabelMap apply(LabelMap labelMap) {
        if (steps.isEmpty()) {
            return labelMap;
        }
        short[] labels = labelMap.labels().clone();
        for (Set<Integer> step : steps) {
            keepLargest(labels, step, labelMap.shape());
        }
        return new LabelMap(labelMap.grid(), labels);
    }

    private static void keepLargest(short[] labels, Set<Integer> step, Shape shape) {
        BitSet mask = new BitSet(labels.length);
        for (int i = 0; i < labels.length; i++) {
            mask.set(i, step.contains((int) labels[i]));
        }
        BitSet removed = (BitSet) mask.clone();
        removed.andNot(Components.largest(mask, shape));
        for (int i = removed.nextSetBit(0); i >= 0; i = removed.nextSetBit(i + 1)) {
            labels[i] = 0;
        }
    }
}
