package org.segnode.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.segnode.plan.JsonValue;
import org.segnode.plan.UnusableFileException;
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
    private static final int LARGEST_FILE = 64 << 20;

    public Postprocessing {
        steps = steps.stream().map(Set::copyOf).toList();
    }

    /** @throws UnusableFileException if the file is not nnU-Net's {@code postprocessing.json} or asks for something unknown */
    public static Postprocessing read(Path file) throws IOException {
        JsonValue json = JsonValue.read(file, LARGEST_FILE);
        List<JsonValue> functions = json.get("postprocessing_fns").items();
        List<JsonValue> arguments = json.get("postprocessing_kwargs").items();
        if (functions.size() != arguments.size()) {
            throw new UnusableFileException(file + ": postprocessing_fns has " + functions.size()
                    + " entries, postprocessing_kwargs " + arguments.size());
        }
        List<Set<Integer>> steps = new ArrayList<>();
        for (int i = 0; i < functions.size(); i++) {
            if (!functions.get(i).text().equals(FUNCTION)) {
                throw functions.get(i).wrong(FUNCTION);
            }
            steps.add(labels(arguments.get(i).get("labels_or_regions")));
        }
        return new Postprocessing(steps);
    }

    private static Set<Integer> labels(JsonValue value) throws UnusableFileException {
        if (!value.isList()) {
            return Set.of(value.integer(0, Short.MAX_VALUE));
        }
        Set<Integer> labels = new TreeSet<>();
        for (JsonValue item : value.items()) {
            labels.addAll(labels(item));
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
