package org.segnode.dicom;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.GradedLabelMap;

/**
 * A result before it has a form: labels on the slices of a series, what they mean, and where they come from.
 *
 * @param values modality values of the slices' pixels, ordered as the labels; handed over
 * @param meanings one per label that becomes a segment, ascending; the first is segment 1
 * @param levels probability of each label as in {@link GradedLabelMap}, ordered as the labels; empty where no form needs it
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record SegmentedSeries(
        SourceLabels labels,
        float[] values,
        List<LabelMeaning> meanings,
        SegmentationOrigin origin,
        SortedMap<Integer, byte[]> levels) {
    /** @throws IllegalArgumentException if the meanings do not ascend or a label has none: nothing is left out silently */
    public SegmentedSeries {
        meanings = List.copyOf(meanings);
        requireAscending(meanings);
        requireMeanings(labels.labels(), segments(meanings));
        requireLevels(levels, labels.labels().length, segments(meanings));
        if (values.length != labels.labels().length) {
            throw new IllegalArgumentException(
                    "there are " + values.length + " values for " + labels.labels().length + " labels");
        }
    }

    /** A result of labels only. */
    public SegmentedSeries(
            SourceLabels labels, float[] values, List<LabelMeaning> meanings, SegmentationOrigin origin) {
        this(labels, values, meanings, origin, new TreeMap<>());
    }

    public SourceSeries source() {
        return labels.source();
    }

    /** The same where nothing is known but the labels, and each is taken for certain. */
    public SegmentedSeries asCertain() {
        SortedMap<Integer, byte[]> certain = new TreeMap<>();
        for (LabelMeaning meaning : meanings) {
            byte[] level = new byte[values.length];
            for (int i = 0; i < level.length; i++) {
                level[i] = (byte) (labels.labels()[i] == meaning.label() ? GradedLabelMap.CERTAIN : 0);
            }
            certain.put(meaning.label(), level);
        }
        return new SegmentedSeries(labels, values, meanings, origin, certain);
    }

    /** Segment number of each label, 0 where it has none. */
    int[] segmentOfLabel() {
        return segments(meanings);
    }

    /** UIDs of whatever is made of it. */
    DerivedUids uids() {
        return DerivedUids.of(source(), origin);
    }

    private static int[] segments(List<LabelMeaning> meanings) {
        int[] segmentOf = new int[meanings.get(meanings.size() - 1).label() + 1];
        for (int s = 0; s < meanings.size(); s++) {
            segmentOf[meanings.get(s).label()] = s + 1;
        }
        return segmentOf;
    }

    private static void requireAscending(List<LabelMeaning> meanings) {
        if (meanings.isEmpty()) {
            throw new IllegalArgumentException("a segmentation has at least one label");
        }
        for (int i = 1; i < meanings.size(); i++) {
            if (meanings.get(i - 1).label() >= meanings.get(i).label()) {
                throw new IllegalArgumentException(
                        "labels ascend, but " + meanings.get(i - 1).label() + " comes before "
                                + meanings.get(i).label());
            }
        }
    }

    private static void requireLevels(SortedMap<Integer, byte[]> levels, int voxels, int[] segmentOf) {
        levels.forEach((label, level) -> {
            if (label < 1 || label >= segmentOf.length || segmentOf[label] == 0) {
                throw new IllegalArgumentException("there are probabilities of the label " + label
                        + ", which has no meaning: nothing may be left out silently");
            }
            if (level.length != voxels) {
                throw new IllegalArgumentException("there are " + level.length + " probabilities of label " + label
                        + " for " + voxels + " labels");
            }
        });
    }

    private static void requireMeanings(short[] labels, int[] segmentOf) {
        for (short label : labels) {
            if (label != 0 && (label < 0 || label >= segmentOf.length || segmentOf[label] == 0)) {
                throw new IllegalArgumentException("the label map holds the label " + label
                        + ", which has no meaning: nothing may be left out silently");
            }
        }
    }
}
