package org.segnode.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A named set of label values: an entry of {@code labels} in dataset.json.
 *
 * @param name as written in the file
 * @param labels the values, at least one, each from 0 to 32767
 * @param list whether the file gives a list; a single number is not the same as a list of one
 */
public record Region(String name, List<Integer> labels, boolean list) {
    public Region {
        labels = List.copyOf(labels);
        if (labels.isEmpty() || (!list && labels.size() > 1)) {
            throw new IllegalArgumentException(
                    "region \"" + name + "\" has one label, or a list of labels, is given " + labels);
        }
        for (int label : labels) {
            if (label < 0 || label > Short.MAX_VALUE) {
                throw new IllegalArgumentException("label of \"" + name + "\" must be from 0 to 32767, is " + label);
            }
        }
    }

    /** A region of one label. */
    public static Region of(String name, int label) {
        return new Region(name, List.of(label), false);
    }

    public boolean contains(int label) {
        return labels.contains(label);
    }

    /** Consists of background only. */
    public boolean isBackground() {
        return labels.stream().allMatch(label -> label == 0);
    }

    /** The key nnU-Net writes into summary.json: the Python text of a number or a tuple, {@code 3}, {@code (3,)}, {@code (1, 2)}. */
    public String key() {
        if (!list) {
            return labels.get(0).toString();
        }
        String inner = labels.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return labels.size() == 1 ? "(" + inner + ",)" : "(" + inner + ")";
    }
}
