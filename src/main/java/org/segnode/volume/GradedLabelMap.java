package org.segnode.volume;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.segnode.UnusableSeriesException;

/**
 * A label map, and how probable each label is at each voxel. The label map is what was found; where something was taken out of
 * it afterwards, nothing is probable.
 *
 * @param levels by label, without background: {@code probability * 255}, rounded, as unsigned bytes, ordered as the labels;
 *     empty where nobody asked for them; handed over, not copied
 */
public record GradedLabelMap(LabelMap labels, SortedMap<Integer, byte[]> levels) {
    /** The level of what is certain. */
    public static final int CERTAIN = 255;

    /** @throws IllegalArgumentException if the levels have another number of voxels than the labels */
    public GradedLabelMap {
        int voxels = labels.labels().length;
        for (Map.Entry<Integer, byte[]> entry : levels.entrySet()) {
            if (entry.getValue().length != voxels) {
                throw new IllegalArgumentException("the levels of label " + entry.getKey() + " are "
                        + entry.getValue().length + " voxels, the label map has " + voxels);
            }
        }
    }

    /**
     * Asked before anything is computed.
     *
     * @param labels how many have levels
     * @param memory the program may use, in bytes
     * @throws UnusableSeriesException if the levels, once as computed and once as they are checked, need more than half of it
     */
    public static void requireMemory(int labels, Shape shape, long memory) throws UnusableSeriesException {
        long needed = 2L * labels * shape.voxels();
        if (needed > memory / 2) {
            throw new UnusableSeriesException("probabilities of " + labels + " labels on " + shape + " voxels need "
                    + (needed >> 20) + " MiB, more than half of the " + (memory >> 20)
                    + " MiB of memory this program may use; a seg or labelmap needs no such");
        }
    }

    /** A label map of which only the labels are known. */
    public static GradedLabelMap of(LabelMap labels) {
        return new GradedLabelMap(labels, new TreeMap<>());
    }

    /**
     * Does the same to the labels and to the levels of each.
     *
     * @param move takes voxels from one place to another, without making new values; background comes in from outside
     */
    public GradedLabelMap moved(UnaryOperator<LabelMap> move) {
        return new GradedLabelMap(
                move.apply(labels), levels(map -> move.apply(map).labels()));
    }

    /** The levels, each moved as a label map would be. */
    public SortedMap<Integer, byte[]> levels(Function<LabelMap, short[]> move) {
        SortedMap<Integer, byte[]> moved = new TreeMap<>();
        levels.forEach((label, each) -> {
            short[] values = new short[each.length];
            for (int i = 0; i < each.length; i++) {
                values[i] = (short) (each[i] & 0xff);
            }
            moved.put(label, bytes(move.apply(new LabelMap(labels.grid(), values))));
        });
        return moved;
    }

    /**
     * What is left when voxels were taken out of the label map: at these nothing is probable any more.
     *
     * @param kept on the same grid; the levels of this label map are changed and handed over
     */
    public GradedLabelMap restrictedTo(LabelMap kept) {
        short[] before = labels.labels();
        for (byte[] level : levels.values()) {
            for (int i = 0; i < level.length; i++) {
                if (before[i] != 0 && kept.labels()[i] == 0) {
                    level[i] = 0;
                }
            }
        }
        return new GradedLabelMap(kept, levels);
    }

    private static byte[] bytes(short[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
