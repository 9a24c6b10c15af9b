package org.segnode.preprocess;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.segnode.plan.Labels;
import org.segnode.plan.RandomState;
import org.segnode.plan.Region;

/**
 * Where voxels of each class lie: at most 10 000 of them or one in a hundred, whichever is more, drawn at random as
 * nnU-Net draws them. Training patches are placed around them.
 *
 * @param classes every class asked for, in order; one that does not occur has no voxels
 */
public record ClassLocations(List<Entry> classes) {
    private static final long SEED = 1234;
    private static final int FEWEST = 10_000;
    private static final double SHARE = 0.01;
    private static final int[] NONE = {};

    public ClassLocations {
        classes = List.copyOf(classes);
    }

    /**
     * One class.
     *
     * @param labels its labels; −1 stands for voxels outside the non-zero region
     * @param tuple whether the class is a set of labels rather than a single one
     * @param voxels indices into the label array, in the order drawn
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Entry(List<Integer> labels, boolean tuple, int[] voxels) {}

    /** Draws voxels of every foreground label or region, and of all annotated voxels if there is an ignore label. */
    public static ClassLocations of(short[] labels, Labels declared) {
        List<Entry> wanted = new ArrayList<>();
        for (Region region : declared.evaluated()) {
            wanted.add(new Entry(region.labels(), region.list(), new int[0]));
        }
        if (declared.ignore().isPresent()) {
            List<Integer> annotated = new ArrayList<>(List.of(-1));
            annotated.addAll(declared.all());
            wanted.add(new Entry(annotated, true, new int[0]));
        }
        return draw(labels, wanted);
    }

    /** @param wanted the classes; their voxels do not matter */
    static ClassLocations draw(short[] labels, List<Entry> wanted) {
        Map<Integer, int[]> places = places(labels, wanted);
        RandomState random = new RandomState(SEED);
        List<Entry> drawn = new ArrayList<>();
        for (Entry entry : wanted) {
            int total = count(entry.labels(), places);
            int count = Math.max(Math.min(FEWEST, total), (int) Math.ceil(total * SHARE));
            int[] voxels = new int[count];
            if (total > 0) {
                int[] all = concatenated(entry.labels(), places, total);
                int[] chosen = random.choiceWithoutReplacement(total, count);
                for (int i = 0; i < count; i++) {
                    voxels[i] = all[chosen[i]];
                }
            }
            drawn.add(new Entry(entry.labels(), entry.tuple(), voxels));
        }
        return new ClassLocations(drawn);
    }

    private static Map<Integer, int[]> places(short[] labels, List<Entry> wanted) {
        int[] counts = new int[1 << 16];
        for (short label : labels) {
            counts[label & 0xffff]++;
        }
        Map<Integer, int[]> places = new HashMap<>();
        for (Entry entry : wanted) {
            for (int label : entry.labels()) {
                places.computeIfAbsent(label, each -> new int[counts[each & 0xffff]]);
            }
        }
        int[] filled = new int[1 << 16];
        for (int i = 0; i < labels.length; i++) {
            int[] found = places.get((int) labels[i]);
            if (found != null) {
                found[filled[labels[i] & 0xffff]++] = i;
            }
        }
        return places;
    }

    private static int count(List<Integer> labels, Map<Integer, int[]> places) {
        int count = 0;
        for (int label : labels) {
            count += found(places, label).length;
        }
        return count;
    }

    private static int[] concatenated(List<Integer> labels, Map<Integer, int[]> places, int total) {
        int[] all = new int[total];
        int at = 0;
        for (int label : labels) {
            int[] found = found(places, label);
            System.arraycopy(found, 0, all, at, found.length);
            at += found.length;
        }
        return all;
    }

    private static int[] found(Map<Integer, int[]> places, int label) {
        return places.getOrDefault(label, NONE);
    }
}
